"""What the screen offers is what the action does, whoever asks and at whatever stage; and nobody is ever stuck."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quacan.centre.base.moves import Move, dead_ends, is_open, offer
from quacan.centre.base.refusals import NotAuthorised, Refusal
from quacan.centre.examinations.models import Reading, Run
from quacan.centre.examinations.queries import current_readings, gathered, revisions, sheet_layout
from quacan.centre.examinations.refusals import CharacteristicsAgree, NotPerformer, SupervisorChecks
from quacan.centre.people.models import Authorisation, Person, VerifierCard
from quacan.centre.verification import actions
from quacan.centre.verification.models import BatchFile, Worksheet
from quacan.centre.verification.moves import (
    ADJUST,
    APPROVE,
    ASK_DEVIATION,
    BATCH_FILE,
    BEGIN_RUN,
    CARRY_CHECKLISTS,
    CORRECT_CHARACTERISTICS,
    ENTER,
    RECORD_SEAL,
    REPLACE,
    RETURN,
    SUBMIT,
    USE_STANDARD,
    VOID,
    WORKSHEET,
    sheets_to_check,
)
from quacan.centre.verification.refusals import AlreadyReplaced
from quacan.centre.verification.tests.conftest import ON, Bench

pytestmark = pytest.mark.django_db

UP = "accuracy_up.1.indication"
WHO = ("kdv.an", "kdv.binh", "truongphong", "giamdoc", "vanthu", "nguoikhac")
SignIn = Callable[[Person], Client]

MAKERS: dict[Move, Callable[[Any, Worksheet, Bench], object]] = {
    SUBMIT: lambda act, sheet, _bench: actions.submit_worksheet(act, sheet),
    APPROVE: lambda act, sheet, _bench: actions.approve_worksheet(act, sheet),
    RETURN: lambda act, sheet, _bench: actions.return_worksheet(act, sheet),
    VOID: lambda act, sheet, _bench: actions.void_worksheet(act, sheet),
    REPLACE: lambda act, sheet, _bench: actions.supersede_worksheet(act, sheet, performed_on=ON),
    ENTER: lambda act, sheet, _bench: actions.enter_readings(act, sheet, cells={UP: "100"}),
    USE_STANDARD: lambda act, sheet, bench: actions.use_standard(
        act, sheet, need="weights", certificate=bench.certificates["mass"]
    ),
    BEGIN_RUN: lambda act, sheet, _bench: actions.begin_run(act, sheet, kind=Run.Kind.REPEAT),
    ADJUST: lambda act, sheet, _bench: actions.adjust_instrument(act, sheet),
    CARRY_CHECKLISTS: lambda act, sheet, _bench: actions.carry_checklists(act, sheet),
    RECORD_SEAL: lambda act, sheet, _bench: actions.record_seal(
        act, sheet, moment="found", position=f"Nắp {sheet.seals.count()}"
    ),
    CORRECT_CHARACTERISTICS: lambda act, sheet, _bench: actions.correct_characteristics(act, sheet),
    ASK_DEVIATION: lambda act, sheet, _bench: actions.request_deviation(act, sheet),
}


def issued(sheet: Worksheet) -> Worksheet:
    """The certificates department signs; here only the stage matters."""
    Worksheet.objects.filter(pk=sheet.pk).update(state="issued")
    return Worksheet.objects.get(pk=sheet.pk)


def supervise(bench: Bench, supervisor: str) -> None:
    rows = Authorisation.objects.filter(person=bench.an, procedure="counter-scale")
    rows.update(supervisor=bench.world.people[supervisor])


def corrected(sheet: Worksheet, **changes: str) -> Worksheet:
    """The instrument is corrected in the register."""
    instrument = sheet.instrument
    instrument.characteristics = {**instrument.characteristics, **changes}
    instrument.save(update_fields=["characteristics"])
    return Worksheet.objects.get(pk=sheet.pk)


def make(bench: Bench, sheet: Worksheet, move: Move, who: str) -> None:
    """One person makes one move: open is never refused, shut is refused by the first thing that was said."""
    person = bench.world.people[who]
    shown = offer(move, gathered(sheet), person, on=ON)
    assert shown.sentences == offer(move, sheet, person, on=ON).sentences
    act = bench.act(who, reason="vì thế")
    before = sheet.state
    if shown.is_open:
        MAKERS[move](act, sheet, bench)
        return
    with pytest.raises(Refusal) as refused, transaction.atomic():
        MAKERS[move](act, sheet, bench)
    assert refused.value.sentence == shown.sentences[0]
    sheet.refresh_from_db()
    assert sheet.state == before


def somebody_goes_on(bench: Bench, sheet: Worksheet) -> bool:
    people = [bench.world.people[who] for who in WHO]
    return any(is_open(move, sheet, one, on=ON) for move in MAKERS for one in people)


STEP = st.tuples(st.sampled_from([*MAKERS, "issue"]), st.sampled_from(WHO))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(["empty", "typed", "submitted", "approved"]), steps=st.lists(STEP, max_size=8))
def test_every_walk_agrees_with_what_was_offered_and_nobody_is_stuck(
    bench: Bench, start: str, steps: list[tuple[Any, str]]
) -> None:
    with transaction.atomic():
        begin = {"empty": bench.opened, "typed": bench.typed, "submitted": bench.submitted}
        sheet = begin.get(start, bench.approved)()
        for move, who in steps:
            if move == "issue":
                sheet = issued(sheet) if sheet.state == "approved" else sheet
            else:
                make(bench, sheet, move, who)
            sheet = Worksheet.objects.get(pk=getattr(sheet, "superseded_by", sheet).pk)
            assert sheet.state in WORKSHEET.ends or somebody_goes_on(bench, sheet)
        transaction.set_rollback(True)


def test_no_state_is_a_dead_end() -> None:
    assert dead_ends(WORKSHEET, Worksheet.State.values) == []
    assert dead_ends(BATCH_FILE, [one for one in BatchFile.State.values if one != "mapping"]) == []


class TestSupervision:
    """Approval is offered to the supervisor of a supervised performer, to nobody else."""

    def test_the_button_is_shut_for_every_other_checker(self, bench: Bench) -> None:
        supervise(bench, "kdv.binh")
        sheet = bench.submitted()
        head = offer(APPROVE, gathered(sheet), bench.world.people["truongphong"], on=ON)
        assert [one.name for one in head.hindrances] == ["SupervisorChecks"]
        assert is_open(APPROVE, sheet, bench.world.people["kdv.binh"], on=ON)
        with pytest.raises(SupervisorChecks) as refused:
            actions.approve_worksheet(bench.act("truongphong"), sheet)
        assert refused.value.sentence == head.sentences[0]

    def test_the_lane_holds_it_for_the_supervisor_alone(self, bench: Bench) -> None:
        supervise(bench, "kdv.binh")
        sheet = bench.submitted()
        people = bench.world.people
        assert list(sheets_to_check(people["kdv.binh"], on=ON)) == [sheet]
        assert list(sheets_to_check(people["truongphong"], on=ON)) == []
        supervise(bench, "truongphong")
        assert list(sheets_to_check(people["truongphong"], on=ON)) == [sheet]

    def test_the_page_says_whose_it_is(self, bench: Bench, sign_in: SignIn) -> None:
        supervise(bench, "kdv.binh")
        sheet = bench.submitted()
        page = sign_in(bench.world.people["truongphong"]).get(f"/kiem-dinh/{sheet.pk}/").content.decode()
        assert "dưới sự giám sát của Nguyễn Thị Bình" in page
        assert f'action="/kiem-dinh/{sheet.pk}/duyet/"' not in page


class TestReplacing:
    def test_any_recorder_replaces_and_then_measures(self, bench: Bench) -> None:
        sheet = issued(bench.approved(name="failing"))
        binh = bench.world.people["kdv.binh"]
        assert is_open(REPLACE, sheet, binh, on=ON)
        second = actions.supersede_worksheet(bench.act("kdv.binh", reason="đo lại"), sheet, performed_on=ON)
        assert second.performer == binh
        actions.enter_readings(bench.act("kdv.binh"), second, cells={UP: "100"})
        with pytest.raises(NotPerformer):
            actions.enter_readings(bench.act("kdv.an"), second, cells={UP: "105"})
        sheet = Worksheet.objects.get(pk=sheet.pk)
        (hindrance,) = offer(REPLACE, sheet, bench.an, on=ON).hindrances
        assert isinstance(hindrance, AlreadyReplaced)

    def test_nobody_opens_what_they_may_not_measure(self, bench: Bench) -> None:
        sheet = issued(bench.approved(name="failing"))
        Authorisation.objects.filter(person=bench.world.people["kdv.binh"]).delete()
        shown = offer(REPLACE, sheet, bench.world.people["kdv.binh"], on=ON)
        assert [one.name for one in shown.hindrances] == ["NotAuthorisedFor"]
        with pytest.raises(NotAuthorised):
            actions.supersede_worksheet(bench.act("vanthu", reason="x"), sheet, performed_on=ON)


class TestCharacteristics:
    def test_nothing_to_take_where_the_register_agrees(self, bench: Bench) -> None:
        sheet = bench.typed()
        (hindrance,) = offer(CORRECT_CHARACTERISTICS, sheet, bench.an, on=ON).hindrances
        assert isinstance(hindrance, CharacteristicsAgree)

    def test_what_the_new_table_has_stays_and_the_rest_is_withdrawn(self, bench: Bench) -> None:
        sheet = bench.typed()
        before = {cell: row.text for cell, row in current_readings(sheet).items() if row.text}
        sheet = corrected(sheet, max_load="100 g")
        actions.correct_characteristics(bench.act(reason="ghi nhầm Max"), sheet)
        sheet = Worksheet.objects.get(pk=sheet.pk)
        assert sheet.characteristics["max_load"] == "100 g"
        cells = {cell.key for step in sheet_layout(sheet).steps for row in step.rows for cell in row.cells}
        now = {cell: row.text for cell, row in current_readings(sheet).items()}
        assert {cell for cell, text in now.items() if text} == set(before) & cells
        lost = set(before) - cells
        assert lost
        assert {now[cell] for cell in lost} == {""}
        run = sheet.runs.latest("ordinal")
        assert (run.kind, run.reason) == (Run.Kind.CORRECT, "ghi nhầm Max")
        withdrawn = Reading.objects.filter(run=run)
        assert set(withdrawn.values_list("cell", flat=True)) == lost
        words = {one.label for one in revisions(sheet)}
        assert words == {"ô không còn trong bảng"}

    def test_the_sheet_shows_what_differs_and_takes_it(self, bench: Bench, sign_in: SignIn) -> None:
        sheet = bench.typed()
        place = f"/kiem-dinh/{sheet.pk}/"
        an = sign_in(bench.an)
        assert "Sổ phương tiện đo nay ghi khác" not in an.get(place).content.decode()
        corrected(sheet, max_load="6 kg")
        page = an.get(place).content.decode()
        assert "<del>15 kg</del> <b>6 kg</b>" in page
        assert an.post(f"{place}sua-dac-tinh/", {"reason": " "}).status_code == 422
        assert an.post(f"{place}sua-dac-tinh/", {"reason": "ghi nhầm Max"}).status_code == 302
        assert "Sổ phương tiện đo nay ghi khác" not in an.get(place).content.decode()
        clerk = sign_in(bench.world.people["vanthu"]).get(place).content.decode()
        assert f'href="/phuong-tien-do/{sheet.instrument_id}/sua/"' in clerk


class TestEntry:
    def test_who_may_not_record_sees_no_form(self, bench: Bench, sign_in: SignIn) -> None:
        sheet = bench.typed()
        place = f"/kiem-dinh/{sheet.pk}/"
        assert "data-cell=" in sign_in(bench.an).get(place).content.decode()
        VerifierCard.objects.filter(person=bench.an).update(expires_on=ON.replace(day=19))
        page = sign_in(bench.an).get(place).content.decode()
        assert "data-cell=" not in page
        assert "hết hạn" in page

    def test_a_cell_is_named_in_words(self, bench: Bench, sign_in: SignIn) -> None:
        sheet = bench.opened()
        for text in ("100", "105"):
            actions.enter_readings(bench.act(), sheet, cells={UP: text})
        page = sign_in(bench.an).get(f"/kiem-dinh/{sheet.pk}/lich-su/").content.decode()
        assert "Hoàng Văn An" in page
        assert "kdv.an" not in page.split("<main", 1)[1]
        assert f">{UP}<" not in page

    def test_only_the_performer_is_asked_for_the_day_of_a_worksheet(
        self, bench: Bench, sign_in: SignIn
    ) -> None:
        place = f"/kiem-dinh/mo/{bench.jobs['counter-scale'].pk}/"
        assert "performed_on" in sign_in(bench.an).get(place).content.decode()
        for who in ("kdv.binh", "vanthu"):
            assert 'name="performed_on"' not in sign_in(bench.world.people[who]).get(place).content.decode()


def test_a_refused_stage_names_the_steps_that_lead_on_from_it(bench: Bench) -> None:
    sheet = bench.opened()
    said = " ".join(offer(APPROVE, sheet, bench.world.people["kdv.binh"], on=ON).sentences)
    assert "Các bước có thể làm bây giờ: Kết thúc, gửi soát xét, Bỏ phiếu." in said
