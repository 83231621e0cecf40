"""Open a test of a place, write it down, send it, check it and report it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.documents import Rendition, freeze_text, issue_document
from quacan.centre.base.language.folding import fold
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.paper import plain_data
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.base.registers import take_number
from quacan.centre.examinations.actions import (
    approve,
    begin,
    choose_standard,
    send_back,
    submit,
    write_conditions,
    write_readings,
)
from quacan.centre.examinations.rules import said
from quacan.centre.instruments.library import Shelf
from quacan.centre.laboratory.facts import posting_of
from quacan.centre.laboratory.models import PlaceTest
from quacan.centre.laboratory.moves import ENTER, REPORT, RETURN, SUBMIT, USE_STANDARD, VOID
from quacan.centre.laboratory.papers import render_report
from quacan.centre.laboratory.queries import procedures_for_places, report_of
from quacan.centre.laboratory.refusals import NoTestProcedure, TermsIncomplete
from quacan.centre.ledger.actions import post
from quacan.centre.organisation.models import Organisation
from quacan.centre.parties.models import Establishment
from quacan.centre.people.models import Person
from quacan.centre.standards.models import StandardCertificate
from quacan.metrology.procedure import layout


@dataclass(frozen=True, slots=True)
class PlaceTestDraft:
    """A test as it is asked for: where, by which procedure, on which day, and what the procedure must know."""

    establishment: Establishment
    procedure: str
    performed_on: date
    characteristics: Mapping[str, str] = field(default_factory=dict)


@action("worksheets.record")
def open_test(act: Act, organisation: Organisation, draft: PlaceTestDraft) -> PlaceTest:
    """A new test in the hands of whoever opens it; procedure and limits of the day are frozen with it."""
    act.require(organisation)
    if draft.performed_on > act.on:
        raise FieldWrong(field=_("Ngày đo"), why=_("sau hôm nay"))
    shelf = next(
        (
            one
            for one in procedures_for_places(on=draft.performed_on)
            if one.procedure.code == draft.procedure
        ),
        None,
    )
    if shelf is None:
        raise NoTestProcedure(code=draft.procedure, on=draft.performed_on)
    test = _blank(act, organisation, draft, shelf)
    begin(act, test)
    return test


def _blank(act: Act, organisation: Organisation, draft: PlaceTestDraft, shelf: Shelf) -> PlaceTest:
    procedure, place = shelf.procedure, draft.establishment
    event = procedure.events[0]
    known = {key: " ".join(text.split()) for key, text in draft.characteristics.items() if text.strip()}
    if problems := layout(procedure, characteristics=known, event=event).problems:
        raise TermsIncomplete(why=" ".join(said(one, english=is_english()) for one in problems))
    number = take_number(
        act, organisation, kind="test", subject=f"parties.Establishment:{place.pk}", on=draft.performed_on
    ).text
    freeze = {"code": procedure.code, "version": procedure.version}
    return PlaceTest(
        organisation=organisation,
        establishment=place,
        event=event,
        number=number,
        procedure_code=procedure.code,
        procedure_version=procedure.version,
        procedure_text_id=freeze_text(kind="procedure", text=shelf.text, **freeze),
        limits_text_id=freeze_text(kind="limits", text=shelf.limits_text, **freeze),
        characteristics=known,
        place=f"{place.name}, {place.address}".strip(", ")[:250],
        performed_on=draft.performed_on,
        performer=Person.objects.get(username=act.actor.username),
        folded=fold(f"{number} {place.name} {place.party.name} {procedure.title.vi}")[:600],
    )


@action(ENTER)
def write_test(
    act: Act, test: PlaceTest, *, cells: Mapping[str, str], conditions: Mapping[tuple[str, str], str]
) -> PlaceTest:
    """The test with readings and conditions written as typed; what is unchanged is left alone."""
    write_readings(act, test, cells=cells)
    write_conditions(act, test, values=conditions)
    return test


@action(USE_STANDARD)
def use_test_standard(act: Act, test: PlaceTest, *, need: str, certificate: StandardCertificate) -> PlaceTest:
    """The test with a standard chosen for a need; readings typed before are bound to it anew."""
    choose_standard(act, test, need=need, certificate=certificate)
    return test


@action(SUBMIT)
def submit_test(act: Act, test: PlaceTest) -> PlaceTest:
    """The test with what was typed and what it comes to frozen, sent to be checked."""
    submit(act, test)
    return test


@action(REPORT)
def report_test(act: Act, test: PlaceTest) -> PlaceTest:
    """The test approved by another than its performer, its numbered report issued, its points in the book."""
    checker = Person.objects.get(username=act.actor.username)
    number = take_number(
        act, test.organisation, kind="test_report", subject=f"laboratory.PlaceTest:{test.pk}", on=act.on
    ).text
    paper = report_of(test, number=number, at=act.at, checker=checker.full_name)
    test.report = issue_document(
        act,
        book=test.organisation.code,
        kind="test_report",
        number=number,
        title=_("Phiếu kết quả thử nghiệm {number}: {place}").format(number=number, place=test.establishment),
        snapshot={"test": test.number, "content_sha256": test.content_sha256, "paper": plain_data(paper)},
        renditions=(Rendition("pdf", f"phieu-ket-qua-{number}.pdf".replace("/", "-"), render_report(paper)),),
        on=act.on,
    )
    approve(act, test)
    post(act, [posting_of(test)])
    return test


@action(RETURN)
def return_test(act: Act, test: PlaceTest) -> PlaceTest:
    """The test sent back to its performer with a reason; corrections go into a new run."""
    send_back(act, test)
    return test


@action(VOID)
def void_test(act: Act, test: PlaceTest) -> PlaceTest:
    """A test given up; its number stays in the register."""
    act.moved(test)
    return test
