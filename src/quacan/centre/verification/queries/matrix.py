"""The matrix an assessor asks for first: who may work by which procedure, and what keeps the others from it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.language.texts import is_english
from quacan.centre.base.refusals import Words
from quacan.centre.instruments.catalogue import kind as catalogue_kind
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Authorisation, Person, VerifierCard
from quacan.centre.people.queries import people_with, reach_of
from quacan.centre.verification.library import Shelf
from quacan.centre.verification.queries.competence import procedures_in_force

WORDS: Final[dict[str, tuple[Words, str, str]]] = {
    "full": (gettext_lazy("được làm"), "pass", "check"),
    "limited": (gettext_lazy("được làm trong phạm vi"), "pass", "ruler"),
    "supervised": (gettext_lazy("dưới giám sát"), "open", "eye"),
    "no_card": (gettext_lazy("có ủy quyền, thiếu thẻ còn hạn"), "fail", "triangle-alert"),
    "ended": (gettext_lazy("ủy quyền đã hết"), "", "history"),
    "none": (gettext_lazy("chưa ủy quyền"), "", ""),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one person may do by one procedure: the state, its word, and the detail (range, supervisor, last day)."""

    state: str
    detail: str

    @property
    def word(self) -> str:
        return str(WORDS[self.state][0])

    @property
    def tone(self) -> str:
        return WORDS[self.state][1]

    @property
    def text(self) -> str:
        """This will write the cell for a file: the word and the detail."""
        return f"{self.word} ({self.detail})" if self.detail else self.word


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure with what everybody may do by it."""

    code: str
    title: str
    method: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """People across, procedures down."""

    people: tuple[Person, ...]
    lines: tuple[Line, ...]


def competence_matrix(organisation: Organisation, *, on: date, every: bool = False) -> Matrix:
    """This will tell what everybody who may measure may do on a day, by procedure.

    Procedures nobody was ever authorised for are left out, unless *every* is asked for.
    """
    people = tuple(people_with("worksheets.record", organisation, on=on))
    leaves: dict[tuple[int, str], list[Authorisation]] = {}
    for row in Authorisation.objects.filter(organisation=organisation).select_related("supervisor"):
        leaves.setdefault((row.person_id, row.procedure), []).append(row)
    cards: dict[int, list[VerifierCard]] = {}
    for card in VerifierCard.objects.filter(organisation=organisation, issued_on__lte=on, expires_on__gte=on):
        cards.setdefault(card.person_id, []).append(card)
    lines = []
    for shelf in procedures_in_force(on):
        procedure = shelf.procedure
        held = [leaves.get((person.pk, procedure.code), []) for person in people]
        if not every and not any(held):
            continue
        lines.append(
            Line(
                code=procedure.code,
                title=procedure.title.en if is_english() else procedure.title.vi,
                method=procedure.method,
                cells=tuple(
                    _cell(rows, shelf, cards.get(person.pk, []), on=on)
                    for person, rows in zip(people, held, strict=True)
                ),
            )
        )
    return Matrix(people, tuple(lines))


def _cell(rows: list[Authorisation], shelf: Shelf, cards: list[VerifierCard], *, on: date) -> Cell:
    now = [row for row in rows if row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)]
    if not now:
        ended = [row.valid_to for row in rows if row.valid_to is not None and row.valid_to < on]
        return Cell("ended", _("hết {day:%d/%m/%Y}").format(day=max(ended))) if ended else Cell("none", "")
    fields = _fields(shelf)
    if fields and not any(fields & set(card.fields) for card in cards):
        return Cell("no_card", "")
    free = [row for row in now if row.supervisor_id is None]
    if not free:
        return Cell("supervised", _supervised(now))
    if any(not reach_of(row).is_limited for row in free):
        return Cell("full", _until(free))
    return Cell("limited", "; ".join(reach_of(row).text for row in free))


def _fields(shelf: Shelf) -> set[str]:
    if shelf.procedure.service != "verification":
        return set()
    return {catalogue_kind(code).field for code in shelf.procedure.applies_to}


def _supervised(rows: list[Authorisation]) -> str:
    names = dict.fromkeys(row.supervisor.full_name for row in rows if row.supervisor)
    limits = dict.fromkeys(reach_of(row).text for row in rows if reach_of(row).is_limited)
    return "; ".join([*names, *limits])


def _until(rows: list[Authorisation]) -> str:
    if any(row.valid_to is None for row in rows):
        return ""
    last = max(row.valid_to for row in rows if row.valid_to is not None)
    return _("đến hết {day:%d/%m/%Y}").format(day=last)
