"""What waits for a signature, and what decides whether it may be signed."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from quacan.centre.base.chain import canonical
from quacan.centre.base.definitions import pair_of
from quacan.centre.base.language.texts import Text
from quacan.centre.base.refusals import Refusal, Words
from quacan.centre.certificates.models import Outcome, Stamp
from quacan.centre.certificates.queries.scopes import standing_in_scope
from quacan.centre.certificates.refusals import IntervalUnknown
from quacan.centre.certificates.rules import leads_to
from quacan.centre.instruments.catalogue import kind as catalogue_kind
from quacan.centre.organisation.queries import ScopeStanding
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.verification.actions import refuse_unfit
from quacan.centre.verification.models import Worksheet

MOST = 200
"""So many worksheets are shown at once; the rest follows when these are signed."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What decides, besides a worksheet and the person, whether its result may be issued.

    The scopes of the day of measuring, the stamps in the performer's hands, and why performer or checker were not
    fit for it (None where they were).
    """

    scope: ScopeStanding
    stamps_left: int
    unfit: Refusal | None


@dataclass(frozen=True, slots=True)
class SheetToSign:
    """A checked worksheet as the one who signs sees it."""

    pk: int
    number: str
    instrument: str
    owner: str
    performed_on: date
    performer: str
    checker: str
    verdict: str
    leads_to: Words
    replaces: str
    scope: str
    warnings: tuple[str, ...]


def may_sign(person: Person, *, on: date) -> bool:
    """Whether a person may sign results anywhere."""
    return person.may("certificates.sign", organisation_id=None, unit_id=None, on=on)


def to_sign(person: Person, *, on: date) -> QuerySet[Worksheet]:
    """The checked worksheets of the houses where a person may sign, the longest waiting first."""
    rows = Worksheet.objects.filter(state=Worksheet.State.APPROVED).select_related(
        "instrument__owner", "performer", "checker", "organisation", "supersedes__outcome"
    )
    return visible(rows, person, "certificates.sign", on=on).order_by("approved_at", "pk")


def sheets_to_sign(sheets: Sequence[Worksheet]) -> list[SheetToSign]:
    """The worksheets with what they lead to, their scope and their warnings."""
    scopes = _scopes(sheets)
    return [_shown(sheet, scopes[sheet.pk]) for sheet in sheets]


def _shown(sheet: Worksheet, scope: ScopeStanding) -> SheetToSign:
    return SheetToSign(
        pk=sheet.pk,
        number=sheet.number,
        instrument=str(sheet.instrument),
        owner=sheet.instrument.owner.name,
        performed_on=sheet.performed_on,
        performer=sheet.performer.full_name,
        checker=sheet.checker.full_name if sheet.checker else "",
        verdict=sheet.verdict,
        leads_to=Outcome.Kind(leads_to(sheet.service, sheet.verdict)).label,
        replaces=sheet.supersedes.outcome.number if sheet.supersedes else "",
        scope=scope.sentence,
        warnings=tuple(_warnings(sheet)),
    )


def _warnings(sheet: Worksheet) -> Iterable[str]:
    rows: Sequence[dict[str, str]] = json.loads(sheet.result).get("warnings", [])
    return dict.fromkeys(str(pair_of(row)) for row in rows)


def grounds_of(sheets: Sequence[Worksheet]) -> dict[int, Grounds]:
    """What decides about worksheets, by worksheet: every question is asked once, however many share it."""
    scopes, left, unfit = _scopes(sheets), _stamps_left(sheets), _unfit(sheets)
    return {
        sheet.pk: Grounds(
            scopes[sheet.pk], left[sheet.organisation_id, sheet.performer_id], unfit.get(sheet.pk)
        )
        for sheet in sheets
    }


def _scopes(sheets: Iterable[Worksheet]) -> dict[int, ScopeStanding]:
    asked: dict[tuple[object, ...], ScopeStanding] = {}
    found = {}
    for sheet in sheets:
        kind = sheet.instrument.kind_code
        question = (sheet.organisation_id, sheet.service, kind, sheet.procedure_code, sheet.performed_on)
        if question not in asked:
            asked[question] = standing_in_scope(sheet)
        found[sheet.pk] = asked[question]
    return found


def _stamps_left(sheets: Iterable[Worksheet]) -> Counter[tuple[int, int]]:
    performers = {sheet.performer_id for sheet in sheets}
    rows = Stamp.objects.filter(state=Stamp.State.ISSUED, holder__in=performers)
    return Counter(rows.values_list("organisation_id", "holder_id"))


def _unfit(sheets: Iterable[Worksheet]) -> dict[int, Refusal]:
    """Worksheets whose performer or checker was not fit for them, with the reason; a like one is not asked again."""
    fit: set[tuple[object, ...]] = set()
    found: dict[int, Refusal] = {}
    for sheet in sheets:
        question = (
            sheet.organisation_id, sheet.service, sheet.instrument.kind_code, sheet.performed_on, sheet.performer_id,
            sheet.checker_id, sheet.procedure_code, sheet.procedure_text_id, canonical(sheet.characteristics),
        )  # fmt: skip
        if question in fit:
            continue
        try:
            refuse_unfit(sheet)
        except Refusal as refusal:
            found[sheet.pk] = refusal
        else:
            fit.add(question)
    return found


def kind_name(sheet: Worksheet) -> Text:
    """What kind of instrument a worksheet is about, as the catalogue calls it."""
    kind = catalogue_kind(sheet.instrument.kind_code)
    return kind.name


def valid_until(sheet: Worksheet) -> date | None:
    """The last day of the month in which the interval of the day ends; None for a kind without one.

    Refuses (IntervalUnknown) a kind whose interval on that day is not known.
    """
    try:
        return catalogue_kind(sheet.instrument.kind_code).valid_until(sheet.performed_on)
    except LookupError as error:
        raise IntervalUnknown(kind=kind_name(sheet), on=f"{sheet.performed_on:%d/%m/%Y}") from error
