"""A place is tested by a declared procedure: typed, checked by another, reported, counted once."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import World
from quacan.centre.base.act import reference
from quacan.centre.base.moves import offer
from quacan.centre.base.refusals import WrongStage
from quacan.centre.examinations.models import Examination, Reading
from quacan.centre.examinations.refusals import NotPerformer, SamePerson, Undetermined
from quacan.centre.laboratory import actions
from quacan.centre.laboratory.models import PlaceTest
from quacan.centre.laboratory.moves import REPORT, TEST
from quacan.centre.laboratory.queries import flaws, postings
from quacan.centre.laboratory.refusals import NoTestProcedure, TermsIncomplete
from quacan.centre.ledger.models import Entry
from quacan.centre.parties.actions import (
    EstablishmentDraft,
    PartyDraft,
    record_establishment,
    record_party,
)
from quacan.centre.parties.models import Establishment
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard

pytestmark = pytest.mark.django_db
ASKED = {"required_resistance": "10", "distance": "40"}
CONDITIONS = {("temperature", "start"): "24,6", ("temperature", "end"): "25"}
CELLS = {
    "site.dry.choice": "ok",
    "site.disconnected.choice": "ok",
    "site.probes.choice": "ok",
    "resistance.p618.1.R": "8,0",
    "resistance.p618.2.R": "8,1",
    "resistance.p618.3.R": "8,2",
    "plateau.p518.R": "8,1",
    "plateau.p718.R": "8,1",
}


@pytest.fixture
def place(world: World) -> Establishment:
    """A station of a customer, and the earth meter of the house."""
    world.now = world.now.replace(year=2026, month=11, day=20)
    standard = enter_standard(
        world.act("truongphong"),
        world.centre,
        StandardDraft(code="ĐĐ-01", name="Máy đo điện trở đất", kind="electrical resistance"),
    )
    add_certificate(
        world.act("truongphong"),
        standard,
        CertificateDraft(
            number="C26.DD", issuer="Viện Đo lường mẫu", issued_on=date(2026, 1, 5), valid_until=date(2027, 1, 5),
            values=[{"nominal": "10", "value": "10", "U": "0.1", "k": "2", "unit": "Ω"}],
        ),
    )  # fmt: skip
    party = record_party(
        world.act("vanthu"), world.centre, PartyDraft(kind="enterprise", name="Xăng dầu Mẫu")
    )
    return record_establishment(
        world.act("vanthu"),
        party,
        EstablishmentDraft(name="Cửa hàng số 3", address="Phường Hợp Giang"),
        organisation=world.centre,
    )


def opened(world: World, place: Establishment, **asked: str) -> PlaceTest:
    draft = actions.PlaceTestDraft(place, "earthing-resistance-test", date(2026, 11, 20), ASKED | asked)
    return actions.open_test(world.act("kdv.an"), world.centre, draft)


def sent(world: World, place: Establishment) -> PlaceTest:
    test = opened(world, place)
    actions.write_test(world.act("kdv.an"), test, cells=CELLS, conditions=CONDITIONS)
    return actions.submit_test(world.act("kdv.an"), test)


def test_from_opening_to_a_numbered_report_counted_once(world: World, place: Establishment) -> None:
    test = sent(world, place)
    assert not Entry.objects.filter(measure="testing.earthing_points").exists(), (
        "nothing is counted unchecked"
    )
    test = actions.report_test(world.act("kdv.binh"), test)
    assert (test.state, test.verdict, test.checker.username) == ("issued", "pass", "kdv.binh")
    assert test.report.number == "T26.00001"
    [pdf] = test.report.files.all()
    assert pdf.format == "pdf"
    assert pdf.size > 5000
    entry = Entry.objects.get(measure="testing.earthing_points")
    assert (entry.source, entry.quantity) == (f"laboratory.PlaceTest:{test.pk}", 1)
    assert [one.source for one in postings()] == [entry.source]
    assert list(flaws()) == []


def test_nobody_else_writes_and_nobody_checks_their_own(world: World, place: Establishment) -> None:
    test = opened(world, place)
    with pytest.raises(NotPerformer):
        actions.write_test(world.act("kdv.binh"), test, cells=CELLS, conditions={})
    with pytest.raises(Undetermined):
        actions.submit_test(world.act("kdv.an"), test)
    test = sent(world, place)
    shut = offer(REPORT, test, world.people["kdv.an"], on=world.now.date())
    assert any(isinstance(one, SamePerson) for one in shut.hindrances) or not shut.is_open
    with pytest.raises(type(shut.hindrances[0])):
        actions.report_test(world.act("kdv.an"), test)


def test_a_returned_test_is_corrected_in_a_new_run(world: World, place: Establishment) -> None:
    test = actions.return_test(world.act("kdv.binh", reason="xem lại lần 2"), sent(world, place))
    assert (test.state, test.is_returned, test.content_sha256) == ("draft", True, "")
    actions.write_test(world.act("kdv.an"), test, cells={"resistance.p618.2.R": "8,3"}, conditions={})
    newest = Reading.objects.filter(examination=test, cell="resistance.p618.2.R").latest("revision")
    assert (newest.revision, newest.run.ordinal) == (2, 2)
    with pytest.raises(WrongStage):
        actions.report_test(world.act("kdv.binh"), test)


def test_what_the_procedure_must_know_is_asked_first(world: World, place: Establishment) -> None:
    with pytest.raises(TermsIncomplete):
        opened(world, place, distance="")
    draft = actions.PlaceTestDraft(place, "counter-scale", date(2026, 11, 20))
    with pytest.raises(NoTestProcedure):
        actions.open_test(world.act("kdv.an"), world.centre, draft)


def test_it_is_an_examination_of_its_own_kind(world: World, place: Establishment) -> None:
    test = opened(world, place)
    examination = Examination.objects.get(pk=test.pk)
    assert examination.of_its_kind() == test
    assert examination.subject.name == "Cửa hàng số 3"
    assert reference(test) == f"laboratory.PlaceTest:{test.pk}"
    assert {one.name for one in TEST} == {"enter", "use_standard", "submit", "report", "return", "void"}


def test_the_screens_from_place_to_report(world: World, place: Establishment, sign_in: object) -> None:
    an = sign_in(world.people["kdv.an"])
    assert "Cửa hàng số 3" in an.get("/thu-nghiem/moi/?q=hop giang").content.decode()
    form = f"/thu-nghiem/moi/{place.pk}/earthing-resistance-test/"
    given = {f"asked.{key}": text for key, text in ASKED.items()} | {"performed_on": "2026-11-20"}
    assert an.post(form, given | {"asked.distance": ""}).status_code == 422
    page = an.post(form, given).headers["Location"]
    shown = an.get(page).content.decode()
    assert 'name="cell:resistance.p618.1.R"' in shown
    typed = {f"cell:{cell}": text for cell, text in CELLS.items()}
    typed |= {f"condition:{key}/{moment}": text for (key, moment), text in CONDITIONS.items()}
    assert an.post(f"{page}so-doc/", typed).status_code == 302
    assert an.post(f"{page}gui/").status_code == 302
    binh = sign_in(world.people["kdv.binh"])
    assert 'name="cell:' not in binh.get(page).content.decode()
    assert binh.post(f"{page}duyet/").status_code == 302
    assert "T26.00001" in binh.get(page).content.decode()
    assert binh.get(f"{page}phieu-ket-qua.pdf").content.startswith(b"%PDF")
    assert "PT26.00001" in binh.get("/thu-nghiem/").content.decode()
    assert sign_in(world.people["nguoikhac"]).get(page).status_code == 404
