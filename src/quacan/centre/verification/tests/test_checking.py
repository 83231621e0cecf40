"""A worksheet is sent, checked by somebody else, sent back, approved, replaced."""

import pytest
from django.db import IntegrityError, transaction

from quacan.centre.base.refusals import NotAuthorised, ReasonMissing, WrongStage
from quacan.centre.contracts.models import Job
from quacan.centre.examinations.models import Condition, Run, StandardUse
from quacan.centre.examinations.queries import current_readings, differences
from quacan.centre.examinations.refusals import SamePerson, StandardMissing, Undetermined
from quacan.centre.verification.actions import (
    approve_worksheet,
    enter_conditions,
    enter_readings,
    return_worksheet,
    submit_worksheet,
    supersede_worksheet,
    void_worksheet,
)
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import flaws
from quacan.centre.verification.refusals import AlreadyReplaced, ReplacementStays
from quacan.centre.verification.tests.conftest import KINDS, ON, Bench

pytestmark = pytest.mark.django_db

UP = "accuracy_up.1.indication"


def issued(sheet: Worksheet) -> None:
    """The certificates department signs; here only the stage matters."""
    Worksheet.objects.filter(pk=sheet.pk).update(state="issued")


class TestSubmitting:
    @pytest.mark.parametrize("code", KINDS)
    def test_a_pass(self, bench: Bench, code: str) -> None:
        sheet = bench.submitted(code)
        assert (sheet.state, sheet.verdict) == ("submitted", "pass")
        assert differences(sheet) == []

    @pytest.mark.parametrize("code", KINDS)
    def test_a_failure_decided_early(self, bench: Bench, code: str) -> None:
        sheet = bench.submitted(code, "failing")
        assert (sheet.state, sheet.verdict) == ("submitted", "fail")

    def test_undetermined_says_what_is_missing(self, bench: Bench) -> None:
        sheet = bench.typed()
        gone = [f"repeatability.1.{n}.{column}" for n in (3, 4, 5) for column in ("indication", "add_load")]
        enter_readings(bench.act(), sheet, cells=dict.fromkeys([*gone, "visual.seal.choice"], ""))
        enter_conditions(bench.act(), sheet, values={("humidity", "end"): ""})
        with pytest.raises(Undetermined) as refused:
            submit_worksheet(bench.act(), sheet)
        sentence = refused.value.sentence
        assert "Độ lặp lại: còn thiếu 6 số đọc" in sentence
        assert "Độ ẩm không khí" in sentence
        assert "niêm phong" in sentence

    def test_without_a_standard(self, bench: Bench) -> None:
        sheet = bench.typed()
        StandardUse.objects.filter(examination=sheet).delete()
        with pytest.raises(StandardMissing) as refused:
            submit_worksheet(bench.act(), sheet)
        assert "Quả cân chuẩn" in refused.value.sentence

    def test_closes_the_worksheet_for_entry(self, bench: Bench) -> None:
        sheet = bench.submitted()
        with pytest.raises(WrongStage):
            enter_readings(bench.act(), sheet, cells={UP: "105"})
        with pytest.raises(WrongStage):
            submit_worksheet(bench.act(), sheet)


class TestChecking:
    def test_not_by_the_performer(self, bench: Bench) -> None:
        sheet = bench.submitted()
        with pytest.raises(SamePerson):
            approve_worksheet(bench.act(), sheet)

    def test_not_even_in_the_database(self, bench: Bench) -> None:
        sheet = bench.submitted()
        with pytest.raises(IntegrityError), transaction.atomic():
            Worksheet.objects.filter(pk=sheet.pk).update(checker=bench.an)
        with pytest.raises(IntegrityError), transaction.atomic():
            Worksheet.objects.filter(pk=sheet.pk).update(state="approved")

    @pytest.mark.parametrize("who", ["vanthu", "nguoikhac", "giamdoc"])
    def test_only_who_may_check(self, bench: Bench, who: str) -> None:
        with pytest.raises(NotAuthorised):
            approve_worksheet(bench.act(who), bench.submitted())

    def test_approved_names_the_checker(self, bench: Bench) -> None:
        sheet = bench.approved()
        assert (sheet.state, sheet.checker) == ("approved", bench.world.people["kdv.binh"])
        assert sheet.approved_at is not None

    def test_not_before_it_was_sent(self, bench: Bench) -> None:
        with pytest.raises(WrongStage):
            approve_worksheet(bench.act("kdv.binh"), bench.typed())

    def test_returned_corrected_sent_again_and_approved(self, bench: Bench) -> None:
        sheet = bench.submitted()
        with pytest.raises(ReasonMissing):
            return_worksheet(bench.act("kdv.binh"), sheet)
        sheet = return_worksheet(bench.act("kdv.binh", reason="xem lại điểm đầu"), sheet)
        assert (sheet.state, sheet.verdict, sheet.content_sha256) == ("draft", "undetermined", "")
        run = sheet.runs.get(ordinal=2)
        assert (run.kind, run.reason) == (Run.Kind.CORRECT, "xem lại điểm đầu")
        enter_readings(bench.act(), sheet, cells={UP: "105"})
        assert current_readings(sheet)[UP].run == run
        enter_readings(bench.act(), sheet, cells={UP: "100"})
        sheet = submit_worksheet(bench.act(), sheet)
        assert approve_worksheet(bench.act("kdv.binh"), sheet).state == "approved"

    def test_an_approved_one_can_still_be_returned(self, bench: Bench) -> None:
        sheet = return_worksheet(bench.act("truongphong", reason="nhầm máy"), bench.approved())
        assert (sheet.state, sheet.checker) == ("draft", None)


class TestAfterIssue:
    def test_readings_stand_for_good(self, bench: Bench) -> None:
        sheet = bench.approved(name="failing")
        issued(sheet)
        for correct in (
            lambda: enter_readings(bench.act(), sheet, cells={UP: "105"}),
            lambda: enter_conditions(bench.act(), sheet, values={("temperature", "end"): "20"}),
        ):
            with pytest.raises(WrongStage, match="Lập phiếu thay thế"):
                correct()
        with pytest.raises(WrongStage):
            return_worksheet(bench.act("kdv.binh", reason="muộn rồi"), sheet)

    def test_superseding_opens_a_second(self, bench: Bench) -> None:
        sheet = bench.approved(name="failing")
        issued(sheet)
        with pytest.raises(ReasonMissing):
            supersede_worksheet(bench.act(), sheet, performed_on=ON)
        second = supersede_worksheet(bench.act(reason="đo lại sau sửa"), sheet, performed_on=ON)
        assert second.supersedes == sheet
        assert second.number != sheet.number
        assert second.state == "draft"
        sheet.refresh_from_db()
        assert sheet.state == "issued"
        with pytest.raises(AlreadyReplaced) as refused:
            supersede_worksheet(bench.act(reason="lần nữa"), sheet, performed_on=ON)
        assert second.number in refused.value.sentence
        with pytest.raises(ReplacementStays):
            void_worksheet(bench.act(reason="thôi"), second)

    def test_not_before_issue(self, bench: Bench) -> None:
        with pytest.raises(WrongStage):
            supersede_worksheet(bench.act(reason="sớm"), bench.approved(), performed_on=ON)


class TestVoiding:
    def test_gives_the_job_back_and_keeps_the_number(self, bench: Bench) -> None:
        sheet = bench.opened()
        with pytest.raises(ReasonMissing):
            void_worksheet(bench.act(), sheet)
        void_worksheet(bench.act(reason="khách xin hoãn"), sheet)
        assert Job.objects.get(pk=sheet.job_id).state == Job.State.WAITING
        bench.jobs["counter-scale"].refresh_from_db()
        assert bench.opened().number != sheet.number

    def test_not_once_it_was_sent(self, bench: Bench) -> None:
        with pytest.raises(WrongStage):
            void_worksheet(bench.act(reason="thôi"), bench.submitted())


class TestProofs:
    def test_whatever_is_changed_by_hand_is_named(self, bench: Bench) -> None:
        sheet = bench.submitted()
        assert list(flaws()) == []
        number = sheet.number
        for change in (
            lambda: Condition.objects.filter(examination=sheet, key="temperature").update(text="99"),
            lambda: StandardUse.objects.filter(examination=sheet).update(
                certificate=bench.certificates["volume"]
            ),
            lambda: Run.objects.filter(examination=sheet).update(reason="đã sửa"),
            lambda: Worksheet.objects.filter(pk=sheet.pk).update(performed_on=ON.replace(day=19)),
            lambda: Worksheet.objects.filter(pk=sheet.pk).update(verdict="fail"),
            lambda: Worksheet.objects.filter(pk=sheet.pk).update(result="{}"),
        ):
            spot = transaction.savepoint()
            change()
            found = list(flaws())
            assert found
            assert all(number in flaw.record for flaw in found)
            transaction.savepoint_rollback(spot)
        assert list(flaws()) == []

    def test_a_changed_result_recomputes_differently(self, bench: Bench) -> None:
        sheet = bench.submitted()
        sheet.verdict = "fail"
        assert "fail" in differences(sheet)[0]
