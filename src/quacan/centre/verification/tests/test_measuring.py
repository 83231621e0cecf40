"""A verifier opens a worksheet and writes down what the instrument shows."""

import itertools
from datetime import date, timedelta

import pytest

from quacan.centre.base.refusals import FieldWrong, NotAuthorised, NotFound, ReasonMissing, WrongStage
from quacan.centre.contracts.models import Job
from quacan.centre.examinations.models import Reading, Run
from quacan.centre.examinations.queries import current_readings, evaluation, typed_cells
from quacan.centre.examinations.refusals import (
    NoProcedure,
    NotPerformer,
    SeveralProcedures,
    StandardUnsuitable,
    UnknownCell,
)
from quacan.centre.standards.actions import (
    CertificateDraft,
    StandardDraft,
    add_certificate,
    change_state,
    enter_standard,
)
from quacan.centre.verification.actions import (
    begin_run,
    enter_conditions,
    enter_readings,
    open_worksheet,
    opening,
    submit_worksheet,
    use_standard,
)
from quacan.centre.verification.library import shelves
from quacan.centre.verification.queries import flaws, waiting_jobs, worksheet, worksheets
from quacan.centre.verification.tests.conftest import ON, VALUES, Bench, equip

pytestmark = pytest.mark.django_db

UP = "accuracy_up.1.indication"


class TestOpening:
    def test_freezes_the_procedure_and_begins_the_job(self, bench: Bench) -> None:
        sheet = bench.opened()
        assert sheet.state == "draft"
        assert sheet.procedure_code == "counter-scale"
        assert 'code = "counter-scale"' in sheet.procedure_text.text
        assert "r76" in sheet.limits_text.text
        assert sheet.characteristics["max_load"] == "15 kg"
        assert Job.objects.get(pk=sheet.job_id).state == Job.State.MEASURING
        assert list(sheet.runs.values_list("kind", flat=True)) == [Run.Kind.FIRST]

    def test_takes_the_job_off_the_waiting_list(self, bench: Bench) -> None:
        assert len(waiting_jobs(bench.an)) == 3
        bench.opened()
        assert len(waiting_jobs(bench.an)) == 2

    def test_proposes_the_standard_in_force(self, bench: Bench) -> None:
        uses = bench.opened().standard_uses.all()
        assert [(use.need, use.certificate.number) for use in uses] == [("weights", "C25.M1")]

    def test_only_the_performer_opens(self, bench: Bench) -> None:
        with pytest.raises(NotPerformer):
            open_worksheet(bench.act("kdv.binh"), bench.jobs["counter-scale"], performed_on=ON)

    def test_not_twice(self, bench: Bench) -> None:
        bench.opened()
        job = Job.objects.get(pk=bench.jobs["counter-scale"].pk)
        with pytest.raises(WrongStage):
            open_worksheet(bench.act(), job, performed_on=ON)

    def test_not_for_tomorrow(self, bench: Bench) -> None:
        with pytest.raises(FieldWrong):
            open_worksheet(bench.act(), bench.jobs["counter-scale"], performed_on=ON + timedelta(days=1))

    def test_needs_a_procedure_of_the_day(self, bench: Bench) -> None:
        with pytest.raises(NoProcedure) as refused:
            open_worksheet(bench.act(), bench.jobs["counter-scale"], performed_on=date(2016, 12, 31))
        assert "31/12/2016" in refused.value.sentence

    def test_the_same_key_opens_once(self, bench: Bench) -> None:
        job = bench.jobs["counter-scale"]
        asked = {"performed_on": ON, "procedure_code": "counter-scale"}
        first = open_worksheet(bench.act(key="k1"), job, **asked)
        assert open_worksheet(bench.act(key="k1"), job, **asked) == first

    def test_two_procedures_wait_for_a_choice(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        both = [shelf for shelf in shelves() if shelf.procedure.code in ("counter-scale", "truck-scale")]
        monkeypatch.setattr(opening, "shelves_for", lambda *_kind, **_day: both)
        with pytest.raises(SeveralProcedures) as refused:
            open_worksheet(bench.act(), bench.jobs["counter-scale"], performed_on=ON)
        assert "counter-scale, truck-scale" in refused.value.sentence


class TestReadings:
    @pytest.mark.parametrize("text", ["100,5", "100.5", " 100,5 "])
    def test_comma_and_point_are_the_same_number(self, bench: Bench, text: str) -> None:
        sheet = bench.opened()
        enter_readings(bench.act(), sheet, cells={UP: text, "accuracy_up.1.add_load": "2,5"})
        assert evaluation(sheet).rows["accuracy_up.1"].values["E"] == 0.5
        assert typed_cells(sheet)[UP] == text.strip()

    def test_a_correction_is_a_new_revision(self, bench: Bench) -> None:
        sheet = bench.opened()
        for text in ("100", "105", "105"):
            enter_readings(bench.act(), sheet, cells={UP: text})
        rows = Reading.objects.filter(examination=sheet, cell=UP).order_by("revision")
        assert [(row.revision, row.text) for row in rows] == [(1, "100"), (2, "105")]

    def test_empty_text_withdraws(self, bench: Bench) -> None:
        sheet = bench.opened()
        enter_readings(bench.act(), sheet, cells={UP: "100"})
        enter_readings(bench.act(), sheet, cells={UP: ""})
        assert UP not in typed_cells(sheet)
        assert current_readings(sheet)[UP].revision == 2

    def test_an_unknown_cell_is_refused_and_nothing_is_kept(self, bench: Bench) -> None:
        sheet = bench.opened()
        with pytest.raises(UnknownCell):
            enter_readings(bench.act(), sheet, cells={UP: "100", "accuracy_up.99.indication": "1"})
        assert not sheet.readings.exists()

    def test_only_the_performer_writes(self, bench: Bench) -> None:
        sheet = bench.opened()
        for who in ("kdv.binh", "truongphong"):
            with pytest.raises(NotPerformer):
                enter_readings(bench.act(who), sheet, cells={UP: "100"})
        for who in ("vanthu", "nguoikhac"):
            with pytest.raises(NotAuthorised):
                enter_readings(bench.act(who), sheet, cells={UP: "100"})

    def test_what_cannot_be_read_stays_as_typed_and_decides_nothing(self, bench: Bench) -> None:
        sheet = bench.typed()
        enter_readings(bench.act(), sheet, cells={UP: "1OO"})
        result = evaluation(sheet)
        assert result.verdict == "undetermined"
        assert typed_cells(sheet)[UP] == "1OO"
        assert any(reason.code == "unreadable_reading" for reason in result.reasons)

    def test_order_of_entry_does_not_matter(self, bench: Bench) -> None:
        pairs = [(UP, "100"), ("accuracy_up.1.add_load", "2,5"), ("visual.seal", "ok")]
        pairs = [(cell if cell != "visual.seal" else "visual.seal.choice", text) for cell, text in pairs]
        sheet = bench.opened()
        seen = set()
        for order in itertools.permutations(pairs):
            enter_readings(bench.act(), sheet, cells={cell: "" for cell, _text in pairs})
            for cell, text in order:
                enter_readings(bench.act(), sheet, cells={cell: text})
            seen.add(str(evaluation(sheet)))
        assert len(seen) == 1


class TestConditions:
    def test_both_moments_count(self, bench: Bench) -> None:
        sheet = bench.typed()
        assert evaluation(sheet).verdict == "pass"
        enter_conditions(bench.act(), sheet, values={("temperature", "end"): ""})
        result = evaluation(sheet)
        assert result.verdict == "undetermined"
        assert any(reason.code == "missing_condition" for reason in result.reasons)

    @pytest.mark.parametrize("where", [("wind", "start"), ("temperature", "middle")])
    def test_an_unknown_one_is_refused(self, bench: Bench, where: tuple[str, str]) -> None:
        with pytest.raises(UnknownCell):
            enter_conditions(bench.act(), bench.opened(), values={where: "20"})

    def test_too_long_a_text_is_refused_not_cut(self, bench: Bench) -> None:
        with pytest.raises(FieldWrong):
            enter_conditions(bench.act(), bench.opened(), values={("temperature", "start"): "2" * 41})


class TestStandards:
    def test_readings_are_bound_to_the_certificate(self, bench: Bench) -> None:
        sheet = bench.opened()
        enter_readings(bench.act(), sheet, cells={UP: "100"})
        assert current_readings(sheet)[UP].standard_certificate == bench.certificates["mass"]

    def test_another_standard_binds_them_again(self, bench: Bench) -> None:
        other = equip(bench.world, "M2", "mass")
        sheet = bench.opened()
        enter_readings(bench.act(), sheet, cells={UP: "100", "visual.seal.choice": "ok"})
        use_standard(bench.act(), sheet, need="weights", certificate=other)
        now = current_readings(sheet)
        assert (now[UP].revision, now[UP].text, now[UP].standard_certificate) == (2, "100", other)
        assert now["visual.seal.choice"].revision == 1

    def test_expired_on_the_day(self, bench: Bench) -> None:
        old = equip(bench.world, "M3", "mass", until=ON - timedelta(days=1))
        with pytest.raises(StandardUnsuitable) as refused:
            use_standard(bench.act(), bench.opened(), need="weights", certificate=old)
        assert "19/11/2026" in refused.value.sentence

    def test_its_last_day_still_counts(self, bench: Bench) -> None:
        last = equip(bench.world, "M4", "mass", until=ON)
        use_standard(bench.act(), bench.opened(), need="weights", certificate=last)

    def test_of_another_quantity(self, bench: Bench) -> None:
        with pytest.raises(StandardUnsuitable):
            use_standard(
                bench.act(), bench.opened(), need="weights", certificate=bench.certificates["volume"]
            )

    def test_of_another_house(self, bench: Bench) -> None:
        world = bench.world
        theirs = enter_standard(
            world.operator(), world.rival, StandardDraft(code="X1", name="Quả cân", kind="mass")
        )
        certificate = add_certificate(
            world.operator(),
            theirs,
            CertificateDraft(
                number="C1",
                issuer="Viện",
                issued_on=date(2025, 1, 1),
                valid_until=date(2027, 1, 1),
                values=[{"nominal": "1", "value": "1", "U": "0.1", "k": "2", "unit": "kg"}],
            ),
        )
        with pytest.raises(StandardUnsuitable) as refused:
            use_standard(bench.act(), bench.opened(), need="weights", certificate=certificate)
        assert "cơ quan khác" in refused.value.sentence

    def test_away_for_calibration_on_that_day(self, bench: Bench) -> None:
        sheet = bench.typed()
        standard = bench.certificates["mass"].standard
        change_state(bench.act("truongphong"), standard, state="under_calibration", on=ON)
        with pytest.raises(StandardUnsuitable):
            submit_worksheet(bench.act(), sheet)

    def test_back_in_use_later_does_not_help_the_day(self, bench: Bench) -> None:
        sheet = bench.typed()
        standard = bench.certificates["mass"].standard
        change_state(bench.act("truongphong"), standard, state="under_calibration", on=ON)
        bench.world.later(days=3)
        standard.refresh_from_db()
        change_state(bench.act("truongphong"), standard, state="in_use", on=ON + timedelta(days=3))
        with pytest.raises(StandardUnsuitable):
            submit_worksheet(bench.act(), sheet)

    def test_a_newer_certificate_takes_its_place(self, bench: Bench) -> None:
        sheet = bench.typed()
        standard = bench.certificates["mass"].standard
        newer = add_certificate(
            bench.act("truongphong"),
            standard,
            CertificateDraft(
                number="C26.9",
                issuer="Viện",
                issued_on=date(2026, 11, 1),
                valid_until=date(2027, 11, 1),
                values=VALUES["mass"],
            ),
        )
        with pytest.raises(StandardUnsuitable) as refused:
            submit_worksheet(bench.act(), sheet)
        assert "C26.9" in refused.value.sentence
        use_standard(bench.act(), sheet, need="weights", certificate=newer)
        assert submit_worksheet(bench.act(), sheet).state == "submitted"


class TestRuns:
    def test_each_has_its_reason(self, bench: Bench) -> None:
        sheet = bench.opened()
        with pytest.raises(ReasonMissing):
            begin_run(bench.act(), sheet, kind="repeat")
        run = begin_run(bench.act(reason="cân chưa ổn định"), sheet, kind="repeat")
        enter_readings(bench.act(), sheet, cells={UP: "100"})
        assert current_readings(sheet)[UP].run == run

    @pytest.mark.parametrize("kind", ["first", "whatever"])
    def test_only_the_four_acts(self, bench: Bench, kind: str) -> None:
        with pytest.raises(FieldWrong):
            begin_run(bench.act(reason="thử"), bench.opened(), kind=kind)


class TestSeeing:
    def test_other_houses_see_nothing(self, bench: Bench) -> None:
        sheet = bench.opened()
        outsider = bench.world.people["nguoikhac"]
        assert not worksheets(outsider, on=ON).exists()
        with pytest.raises(NotFound):
            worksheet(outsider, sheet.pk, on=ON)
        assert worksheet(bench.an, sheet.pk, on=ON) == sheet

    def test_a_whole_bench_has_no_flaw(self, bench: Bench) -> None:
        bench.typed()
        assert list(flaws()) == []

    def test_a_changed_reading_is_named(self, bench: Bench) -> None:
        sheet = bench.typed()
        Reading.objects.filter(examination=sheet, cell=UP).update(text="999")
        found = list(flaws())
        assert len(found) == 1
        assert UP in found[0].record

    def test_a_deleted_revision_is_named(self, bench: Bench) -> None:
        sheet = bench.opened()
        for text in ("100", "105"):
            enter_readings(bench.act(), sheet, cells={UP: text})
        Reading.objects.filter(examination=sheet, cell=UP, revision=1).delete()
        assert [UP in flaw.record for flaw in flaws()] == [True]
