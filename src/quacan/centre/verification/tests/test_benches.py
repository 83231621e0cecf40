"""Forty electricity meters on a bench: opened in one go, read from its file, decided, recorded, sent, checked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import World
from quacan.centre.base.models import AuditLine
from quacan.centre.base.refusals import NotAuthorised, NotFound, ReasonMissing, Refusal
from quacan.centre.contracts.models import Job
from quacan.centre.examinations.models import Reading, Run
from quacan.centre.examinations.queries import differences, evaluation, typed_cells
from quacan.centre.examinations.refusals import NotPerformer, SamePerson
from quacan.centre.people.models import VerifierCard
from quacan.centre.verification.actions import (
    approve_batch,
    attach_bench_file,
    enter_bench,
    enter_readings,
    map_bench_file,
    open_batch,
    record_bench_file,
    return_worksheet,
    weigh_bench_file,
)
from quacan.centre.verification.models import Bench, Worksheet
from quacan.centre.verification.queries.batches import batch_seen_by, cells_of
from quacan.centre.verification.rules import benches
from quacan.centre.verification.tests.meters import (
    FACTORS,
    MAPPING,
    ON,
    PLATE,
    POINTS,
    Meters,
    csv_of,
    forty_meters,
    good_rows,
    ordered_meters,
    serial,
    story_rows,
)
from quacan.metrology.procedure import Verdict, layout


@pytest.fixture
def meters(world: World) -> Meters:
    """The batch of forty."""
    return forty_meters(world)


class TestOpening:
    def test_opens_all_worksheets_in_one_go(self, meters: Meters) -> None:
        sheets = list(meters.batch.worksheets.order_by("position"))
        assert [sheet.position for sheet in sheets] == list(range(1, 41))
        numbers = [int(sheet.number.rpartition(".")[2]) for sheet in sheets]
        assert numbers == list(range(numbers[0], numbers[0] + 40))
        assert all(sheet.standard_uses.count() == 1 and sheet.runs.count() == 1 for sheet in sheets)
        assert set(meters.order.jobs.values_list("state", flat=True)) == {Job.State.MEASURING}

    def test_writes_one_audit_line_with_its_list(self, meters: Meters) -> None:
        lines = AuditLine.objects.filter(action="verification.open_batch")
        opened = [line for line in lines if line.subject.startswith("verification.Batch:")]
        assert len(opened) == 1
        assert len(lines) == 2, "and one for the jobs that were begun"
        assert meters.sheet(40).number in opened[0].after

    def test_jobs_that_are_begun_are_not_opened_again(self, meters: Meters) -> None:
        jobs = list(
            meters.order.jobs.select_related("instrument", "line", "performer", "order__organisation")
        )
        with pytest.raises(Refusal, match="bắt đầu đo"):
            open_batch(meters.act(), meters.order, bench=meters.bench, jobs=jobs, performed_on=ON)
        assert Worksheet.objects.count() == 40

    def test_only_the_performer_opens(self, world: World) -> None:
        world.now = world.now.replace(year=2026, month=11, day=20)
        order = ordered_meters(world, 2)
        bench = enter_bench(world.act("kdv.an"), world.centre, code="B", name="Bàn", positions=4)
        with pytest.raises(NotPerformer):
            open_batch(
                world.act("kdv.binh"), order, bench=bench, jobs=list(order.jobs.all()), performed_on=ON
            )

    def test_who_lost_the_card_does_not_open(self, world: World) -> None:
        world.now = world.now.replace(year=2026, month=11, day=20)
        order = ordered_meters(world, 2)
        bench = enter_bench(world.act("kdv.an"), world.centre, code="B", name="Bàn", positions=4)
        VerifierCard.objects.filter(person=world.people["kdv.an"]).update(expires_on=date(2026, 1, 1))
        with pytest.raises(Refusal, match=r"[Tt]hẻ"):
            open_batch(world.act("kdv.an"), order, bench=bench, jobs=list(order.jobs.all()), performed_on=ON)

    def test_another_organisation_sees_and_does_nothing(self, meters: Meters) -> None:
        with pytest.raises(NotFound):
            batch_seen_by(meters.world.people["nguoikhac"], meters.batch.pk, on=ON)
        with pytest.raises((NotAuthorised, NotPerformer)):
            attach_bench_file(
                meters.act("nguoikhac"), meters.batch, name="x.csv", content=csv_of(good_rows())
            )


class TestStoryOfForty:
    def test_two_fail_one_unknown_one_missing(self, meters: Meters) -> None:
        file = meters.weighed(story_rows())
        verdicts = {
            verdict: file.rows.filter(verdict=verdict).count() for verdict in ("pass", "fail", "undetermined")
        }
        assert verdicts == {"pass": 36, "fail": 2, "undetermined": 3}
        codes = sorted(p["code"] for row in file.rows.all() for p in row.problems if p["code"] != "said")
        assert codes == ["missing_unit", "unknown_serial", "value_missing"]
        unknown = file.rows.get(unit_text="CT-99999")
        assert unknown.worksheet is None
        words = benches.sentence(unknown.problems[0], english=False)
        assert "Hàng 31" in words
        assert "Số máy" in words
        assert "sửa số máy" in words
        worst = file.rows.order_by("-worst").first()
        assert worst is not None
        assert (worst.unit_text, worst.worst_at) == (serial(18), "load.1")
        assert Reading.objects.count() == 0, "a preview writes nothing"

        meters.record(file)
        assert typed_cells(meters.sheet(5))["load.3.error"] == "-2,31"
        assert typed_cells(meters.sheet(30)) == {}
        assert Reading.objects.count() == 39 * 13 - 1
        assert all(meters.sheet(1).readings.exclude(cell__startswith="visual").values_list("standard_certificate")), (
            "readings name the standard that supports them"
        )  # fmt: skip
        done, refused = meters.submit()
        assert done == 38
        assert len(refused) == 2
        assert sorted(meters.batch.worksheets.filter(state="draft").values_list("position", flat=True)) == [
            30,
            36,
        ]
        assert meters.batch.worksheets.filter(verdict="fail").count() == 2
        for sheet in meters.batch.worksheets.filter(state="submitted"):
            assert differences(sheet) == []

    def test_the_checker_approves_all_but_some(self, meters: Meters) -> None:
        meters.record(meters.weighed(good_rows()))
        assert meters.submit()[0] == 40
        step = approve_batch(meters.act("kdv.binh", reason="xem lại điểm Itr"), meters.batch, leave=[7])
        assert step.done == 39
        assert meters.sheet(7).state == Worksheet.State.DRAFT
        assert meters.sheet(7).returned_reason == "xem lại điểm Itr"
        assert meters.sheet(8).state == Worksheet.State.APPROVED

    def test_the_performer_does_not_check_the_batch(self, meters: Meters) -> None:
        meters.record(meters.weighed(good_rows()))
        meters.submit()
        with pytest.raises(SamePerson):
            approve_batch(meters.act("kdv.an"), meters.batch)
        assert set(meters.batch.worksheets.values_list("state", flat=True)) == {Worksheet.State.SUBMITTED}

    def test_figures_of_the_batch(self, meters: Meters) -> None:
        rows = [[serial(n), *(["0,5"] * 7)] for n in range(1, 40)] + [[serial(40), "1,7", *(["0,5"] * 6)]]
        import json

        summary = json.loads(meters.weighed(rows).summary)
        assert summary["verdicts"] == {"pass": 40}
        assert summary["near"] == 1
        first = next(one for one in summary["points"] if one["key"] == "load.1")
        assert first["n"] == 40
        assert first["high"] == pytest.approx(1.7)
        assert first["mean"] == pytest.approx((39 * 0.5 + 1.7) / 40)
        assert sum(first["counts"]) == 40


class TestFilesAgain:
    def test_the_same_file_changes_nothing(self, meters: Meters) -> None:
        first = meters.record(meters.weighed(good_rows()))
        readings = Reading.objects.count()
        again = meters.attach(good_rows())
        assert again.pk == first.pk
        meters.record(meters.weighed(good_rows()))
        assert Reading.objects.count() == readings
        assert Run.objects.filter(examination__worksheet__batch=meters.batch).count() == 40

    def test_the_same_readings_in_another_file_change_nothing(self, meters: Meters) -> None:
        meters.record(meters.weighed(good_rows()))
        readings = Reading.objects.count()
        other = meters.attach(list(reversed(good_rows())), separator="\t", bom=False)
        file = map_bench_file(meters.act(), other, mapping=MAPPING)
        meters.record(weigh_bench_file(meters.act(), file))
        assert Reading.objects.count() == readings

    def test_a_corrected_file_corrects_changed_cells_with_a_reason(self, meters: Meters) -> None:
        meters.record(meters.weighed(good_rows()))
        before = Reading.objects.count()
        rows = good_rows()
        rows[2][1] = "1,11"
        file = meters.weighed(rows)
        assert file.rows.filter(overrides=1).count() == 1
        with pytest.raises(ReasonMissing):
            record_bench_file(meters.act(), file)
        meters.record(file, reason="đầu dò tiếp xúc kém, đo lại")
        assert Reading.objects.count() == before + 1
        newest = meters.sheet(3).readings.get(cell="load.1.error", revision=2)
        assert newest.text == "1,11"
        assert (newest.run.kind, newest.run.reason) == (Run.Kind.CORRECT, "đầu dò tiếp xúc kém, đo lại")
        assert meters.sheet(4).runs.count() == 1

    def test_a_blank_where_a_reading_stood_takes_it_back(self, meters: Meters) -> None:
        meters.record(meters.weighed(good_rows()))
        rows = good_rows()
        rows[0][1] = ""
        meters.record(meters.weighed(rows), reason="bàn báo lỗi vị trí 1")
        assert "load.1.error" not in typed_cells(meters.sheet(1))
        assert evaluation(meters.sheet(1)).verdict is Verdict.UNDETERMINED

    def test_a_worksheet_already_sent_is_left_alone(self, meters: Meters) -> None:
        meters.record(meters.weighed(good_rows()))
        meters.submit()
        rows = good_rows()
        rows[0][1] = "0,01"
        file = meters.weighed(rows)
        assert [p["code"] for p in file.rows.get(ordinal=1).problems] == ["not_draft"]
        meters.record(file, reason="thử")
        assert typed_cells(meters.sheet(1))["load.1.error"] != "0,01"

    def test_a_returned_worksheet_takes_the_new_file(self, meters: Meters) -> None:
        meters.record(meters.weighed(good_rows()))
        meters.submit()
        return_worksheet(meters.act("kdv.binh", reason="đo lại"), meters.sheet(1))
        rows = good_rows()
        rows[0][1] = "0,01"
        meters.record(meters.weighed(rows), reason="đo lại theo yêu cầu")
        assert typed_cells(meters.sheet(1))["load.1.error"] == "0,01"

    def test_the_bench_remembers_how_it_is_read(self, meters: Meters) -> None:
        meters.weighed(good_rows())
        kept = Bench.objects.get(pk=meters.bench.pk).mappings["electricity-meter-single-phase"]
        table = benches.read_table(csv_of(good_rows()), name="moi.csv")
        proposed = benches.guess(table.columns, cells_of(meters.batch), last=kept)
        assert proposed["columns"] == MAPPING["columns"]
        assert proposed["unit"] == "Số máy"
        assert proposed["constants"]["visual.markings.choice"] == "ok"
        assert proposed["conditions"] == {}, "the weather of another day is not proposed"

    def test_readings_typed_by_hand_stand_beside_the_file(self, meters: Meters) -> None:
        enter_readings(meters.act(), meters.sheet(1), cells={"remarks.note": "vỏ xước nhẹ"})
        meters.record(meters.weighed(good_rows()))
        assert typed_cells(meters.sheet(1))["remarks.note"] == "vỏ xước nhẹ"


class TestNothingMissingPasses:
    def test_any_blank_is_undetermined(self, meters: Meters) -> None:
        for column in range(1, 8):
            rows = good_rows()
            rows[0][column] = ""
            rows[0][(column % 7) + 1] = rows[0][(column % 7) + 1] or "0,1"
            file = meters.weighed(rows)
            assert file.rows.get(ordinal=1).verdict == "undetermined", f"column {column}"

    def test_without_conditions_nothing_passes(self, meters: Meters) -> None:
        mapping = {**MAPPING, "conditions": {"temperature": "23,4", "humidity/start": "61"}}
        file = meters.weighed(good_rows(), mapping)
        assert set(file.rows.values_list("verdict", flat=True)) == {"undetermined"}

    def test_without_the_checklist_nothing_passes(self, meters: Meters) -> None:
        file = meters.weighed(good_rows(), {**MAPPING, "constants": {"visual.markings.choice": "ok"}})
        assert set(file.rows.values_list("verdict", flat=True)) == {"undetermined"}

    def test_two_rows_of_one_unit_belong_to_neither(self, meters: Meters) -> None:
        rows = [*good_rows(), [serial(1), *(["0,1"] * 7)]]
        file = meters.weighed(rows)
        assert file.rows.filter(worksheet=meters.sheet(1)).count() == 0
        assert [p["code"] for p in file.rows.get(ordinal=41).problems] == ["unit_twice"]
        meters.record(file)
        assert typed_cells(meters.sheet(1)) == {}

    def test_an_unreadable_number_is_named(self, meters: Meters) -> None:
        rows = good_rows()
        rows[9][2] = "0,3 %"
        row = meters.weighed(rows).rows.get(ordinal=10)
        assert row.verdict == "undetermined"
        assert "Hàng 11, cột “E2”: “0,3 %”" in benches.sentence(row.problems[0], english=False)

    @given(st.data())
    def test_the_preview_says_what_the_worksheet_will(self, data: st.DataObject) -> None:
        """Pure: whatever stands in a row, taking a value away from it never yields a pass."""
        from quacan.centre.verification.library import limits_of, shelves

        shelf = next(one for one in shelves() if one.procedure.code == "electricity-meter-single-phase")
        keys = [*POINTS, *FACTORS]
        shape = layout(shelf.procedure, characteristics=PLATE, event="periodic")
        checks = [cell for cell in benches.cell_names(shape, english=False) if cell.choice]
        cells = {key: data.draw(st.sampled_from(["0,1", "-1,9", "2", "", "2,4", "x"])) for key in keys}
        cells |= {cell.key: "ok" for cell in checks}
        gone = data.draw(st.sampled_from(sorted(cells)))
        [full, less] = benches.weigh(
            shelf.procedure, characteristics=PLATE, event="periodic", on=ON,
            units=[cells, {k: v for k, v in cells.items() if k != gone}],
            conditions={"temperature": ["23", "23"], "humidity": ["60", "60"]}, limits=limits_of(shelf),
        )  # fmt: skip
        assert less.verdict != "pass"
        assert full.verdict in {"pass", "fail", "undetermined"}
