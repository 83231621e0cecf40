"""Reads of tests, kept to the organisations where a person may see them."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.actors import HERE
from quacan.centre.base.language.folding import fold
from quacan.centre.base.paper.composition import day_text, long_day_text
from quacan.centre.base.problems import Flaw
from quacan.centre.base.refusals import NotFound
from quacan.centre.examinations.queries import (
    content_flaws,
    evaluation,
    gathered,
    sheet_view,
    typed_conditions,
)
from quacan.centre.examinations.queries.content import uses_of
from quacan.centre.examinations.rules import conclusion
from quacan.centre.examinations.rules.subjects import TESTING
from quacan.centre.instruments.library import Shelf, frozen, shelves
from quacan.centre.laboratory.facts import posting_of
from quacan.centre.laboratory.models import PlaceTest
from quacan.centre.laboratory.papers import ReportPaper, ReportRow
from quacan.centre.ledger.rules import Posting
from quacan.centre.parties.models import Establishment
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible

MOST_PLACES = 50


def place_tests(person: Person, *, on: date) -> QuerySet[PlaceTest]:
    """The tests a person may see, the newest first."""
    rows = PlaceTest.objects.select_related(
        "organisation", "unit", "performer", "checker", "establishment__party"
    )
    return visible(rows, person, "worksheets.see", on=on)


def place_test(person: Person, key: int, *, on: date) -> PlaceTest:
    """One test, refusing the unknown and what the person may not see alike."""
    rows = place_tests(person, on=on).select_related("procedure_text", "limits_text", "report")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound(record=_("phép thử"))
    return found


def tests_to_check(person: Person, *, on: date) -> QuerySet[PlaceTest]:
    """The tests that wait for this checker, the earliest first; never one's own."""
    rows = PlaceTest.objects.select_related("performer", "establishment__party").exclude(performer=person)
    rows = visible(rows.filter(state=PlaceTest.State.SUBMITTED), person, "worksheets.check", on=on)
    return rows.order_by("submitted_at", "pk")


def tests_of(person: Person) -> QuerySet[PlaceTest]:
    """What a person has begun to measure."""
    rows = PlaceTest.objects.filter(performer=person, state=PlaceTest.State.DRAFT)
    return rows.select_related("establishment__party").order_by("performed_on", "pk")


def places_like(text: str) -> QuerySet[Establishment]:
    """The places that bear these words, a screenful of them."""
    rows = Establishment.objects.select_related("party").order_by("party__folded", "folded")
    for word in fold(text).split():
        rows = rows.filter(folded__contains=word) | rows.filter(party__folded__contains=word)
    return rows[:MOST_PLACES]


def procedures_for_places(*, on: date) -> list[Shelf]:
    """The procedures by which a place is tested on a day: those for testing that are for no kind of instrument."""
    return [
        shelf
        for shelf in shelves()
        if shelf.procedure.service == TESTING
        and not shelf.procedure.applies_to
        and shelf.procedure.is_in_force(on=on)
    ]


def report_of(test: PlaceTest, *, number: str, at: datetime, checker: str) -> ReportPaper:
    """The report a test comes to, from what was frozen with it: nothing is measured or judged anew."""
    procedure, _limits = frozen(test.procedure_text, test.limits_text)
    result = evaluation(test)
    labels = {one.key: (one.label.vi, one.unit or "") for one in procedure.characteristics}
    typed = typed_conditions(test)
    return ReportPaper(
        number=number,
        parent=test.organisation.parent.name if test.organisation.parent else "",
        organisation=test.organisation.name,
        place_and_day=f"{test.organisation.place}, {long_day_text(at.astimezone(HERE).date())}",
        title=procedure.title.vi,
        method=f"{procedure.method}, {test.procedure_code} ({test.procedure_version})",
        customer=test.establishment.party.name,
        place=f"{test.establishment.name}, {test.establishment.address}".strip(", "),
        performed_on=day_text(test.performed_on),
        asked=tuple(
            (labels[key][0], f"{text} {labels[key][1]}".strip())
            for key, text in test.characteristics.items()
            if key in labels
        ),
        conditions=tuple(
            (rule.label.vi, f"{' – '.join(dict.fromkeys(texts))} {rule.unit}")
            for rule in procedure.conditions
            if (texts := [one for one in typed[rule.key] if one])
        ),
        standards=tuple(
            f"{use.certificate.standard} ({use.certificate.number})" for use in uses_of(test).values()
        ),
        rows=tuple(_rows(test)),
        conclusion=tuple(conclusion(result, english=False)),
        performer=test.performer.full_name,
        checker=checker,
        stamped_at=at.replace(microsecond=0),
    )


def _rows(test: PlaceTest) -> Iterator[ReportRow]:
    words = {"pass": "Đạt", "fail": "Không đạt"}
    for step in sheet_view(gathered(test)).steps:
        for row in step.rows:
            typed = [cell.shown for cell in row.cells if cell.shown]
            computed = [f"{one.label} {one.text} {one.unit}".strip() for one in row.values if one.text]
            if typed or computed:
                verdict = words.get(row.verdict, "")
                yield ReportRow(step.title, row.label, "; ".join([*typed, *computed]), row.limit, verdict)


def postings() -> Iterator[Posting]:
    """What every test stands for, for the proof that the book says what the records say."""
    yield from (posting_of(test) for test in PlaceTest.objects.order_by("pk").iterator())


def flaws() -> Iterator[Flaw]:
    """Every test that was sent, proven against its content and its result."""
    for test in PlaceTest.objects.exclude(content_sha256="").order_by("pk"):
        yield from content_flaws(test, f"laboratory.PlaceTest:{test.pk} ({test.number})")
