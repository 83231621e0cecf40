"""A standard gauge turns out to be wrong: what follows, told through the actions."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from conftest import World
from quacan.centre.base import queries as base
from quacan.centre.base.models import FollowUp, FrozenText
from quacan.centre.base.refusals import (
    FieldMissing,
    FieldWrong,
    NotAuthorised,
    NotFound,
    StaleRecord,
    WrongStage,
)
from quacan.centre.certificates.tests.conftest import CUSTOMER, MEASURED, Bench
from quacan.centre.examinations.models import Reading
from quacan.centre.followups.actions import finish_follow_up
from quacan.centre.quality import queries
from quacan.centre.quality.actions import (
    advance_simulation,
    close_nonconformity,
    open_nonconformity,
    simulate_deviation,
)
from quacan.centre.quality.models import Nonconformity, Simulation
from quacan.centre.quality.refusals import (
    DeviationUnreadable,
    FollowUpsOpen,
    NonconformityKnown,
    NotConfirmed,
    NothingAffected,
    NotTechnicalHead,
    SimulationStale,
)
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard
from quacan.centre.standards.models import Standard
from quacan.centre.standards.queries import readiness
from quacan.centre.verification.models import Worksheet

FOUND = date(2022, 6, 1)
FAR = 40  # mmHg, beyond any limit of a blood-pressure gauge


def simulated(
    world: World,
    standard: Standard,
    value: str = "10",
    unit: str = "mmHg",
    *,
    who: str = "chatluong",
    from_on: date = date(2022, 5, 1),
    to_on: date | None = None,
    on: date = FOUND,
) -> Simulation:
    act = world.act(who, on=on)
    made = simulate_deviation(
        act, standard, deviation=value, unit=unit, from_on=from_on, to_on=to_on, explanation="Hiệu chuẩn lại"
    )
    while made.state == Simulation.State.RUNNING:
        made = advance_simulation(world.act(who, on=on), made)
    return made


def effects(found: Simulation) -> dict[str, str]:
    return {row.worksheet.number: row.effect for row in queries.simulation_rows(found)}


def opened(world: World, found: Simulation, *, block: str = "", on: date = FOUND) -> Nonconformity:
    return open_nonconformity(
        world.act("chatluong", on=on),
        found,
        summary="Áp kế chuẩn lệch",
        owner=world.people["truongphong"],
        working_days=5,
        block=block,
    )


def test_a_wrong_gauge_turns_a_pass_into_a_fail_and_leaves_readings_as_they_were(
    bench: Bench, standard: Standard
) -> None:
    passed, failed, draft = bench.issued(0), bench.issued(1, off_by=FAR), bench.draft(2)
    before = list(Reading.objects.order_by("pk").values_list("text", "digest"))
    found = simulated(bench.world, standard)
    assert effects(found) == {
        passed.worksheet.number: "becomes_fail",
        failed.worksheet.number: "still_fail",
        draft.number: "undetermined",
    }
    row = found.rows.get(worksheet=passed.worksheet)
    assert (row.outcome, row.party.name, row.before, row.after) == (passed, CUSTOMER, "pass", "fail")
    assert row.readings == passed.worksheet.readings.filter(standard_certificate__standard=standard).count()
    assert (row.tightest["before"], row.tightest["after"]) == ("0", "-10")
    assert found.rows.get(worksheet=draft).why == "not_submitted"
    assert list(Reading.objects.order_by("pk").values_list("text", "digest")) == before
    passed.worksheet.refresh_from_db()
    assert passed.worksheet.verdict == "pass"
    counts = queries.effect_counts(found)
    assert (counts.worksheets, counts.certificates, counts.parties, counts.to_act_on) == (3, 2, 1, 2)
    assert not list(queries.flaws())


def test_a_little_wrong_leaves_every_conclusion_and_nothing_at_all_changes_nothing(
    bench: Bench, standard: Standard
) -> None:
    passed = bench.issued(0)
    for value in ("1", "-1", "0"):
        found = simulated(bench.world, standard, value)
        assert effects(found) == {passed.worksheet.number: "still_pass"}
        assert found.rows.get().changed == (value != "0")
        assert queries.parties_affected(found) == []


def test_a_gauge_may_have_failed_only_because_of_the_standard(bench: Bench, standard: Standard) -> None:
    failed = bench.issued(1, off_by=5)
    assert effects(simulated(bench.world, standard, "2,5")) == {failed.worksheet.number: "becomes_pass"}
    assert effects(simulated(bench.world, standard, "-2,5")) == {failed.worksheet.number: "still_fail"}
    percent = simulated(bench.world, standard, "5", "%").rows.get()
    assert (percent.effect, percent.changed) == ("still_fail", True)


def test_only_the_days_asked_for_and_only_worksheets_not_given_up(bench: Bench, standard: Standard) -> None:
    bench.issued(0)
    assert simulated(bench.world, standard, from_on=MEASURED, to_on=MEASURED).done == 1
    for from_on, to_on in ((date(2022, 5, 11), None), (date(2022, 1, 1), date(2022, 5, 9))):
        with pytest.raises(NothingAffected):
            simulated(bench.world, standard, from_on=from_on, to_on=to_on)
    Worksheet.objects.update(state="void")
    with pytest.raises(NothingAffected):
        simulated(bench.world, standard)


def test_what_is_worked_out_in_chunks_is_what_is_worked_out_at_once(bench: Bench, standard: Standard) -> None:
    for job in (0, 1, 2):
        bench.issued(job)
    world = bench.world
    whole = simulated(world, standard)
    pieces = simulate_deviation(
        world.act("chatluong", on=FOUND),
        standard,
        deviation="10",
        unit="mmHg",
        from_on=date(2022, 5, 1),
        explanation="từng phần",
    )
    steps = 0
    while pieces.state == Simulation.State.RUNNING:
        pieces = advance_simulation(world.act("chatluong", on=FOUND), pieces, count=1)
        steps += 1
    assert steps == 4
    with pytest.raises(WrongStage):
        advance_simulation(world.act("chatluong", on=FOUND), pieces)
    assert (pieces.done, pieces.rows.count()) == (3, 3)
    assert effects(pieces) == effects(whole)


def test_readings_later_bound_to_another_standard_are_not_affected(bench: Bench, standard: Standard) -> None:
    from quacan.centre.verification.actions import use_standard

    world, sheet = bench.world, bench.draft(0)
    other = enter_standard(
        world.act("truongphong"),
        world.centre,
        StandardDraft(
            code="AK-02",
            name="Áp kế chuẩn 2",
            kind="pressure",
            range_from="0",
            range_to="400",
            range_unit="mmHg",
        ),
    )
    certificate = add_certificate(
        world.act("truongphong"),
        other,
        CertificateDraft(
            number="C21.P-2",
            issuer="Viện Mẫu",
            issued_on=date(2021, 11, 5),
            valid_until=date(2023, 11, 30),
            values=[{"nominal": "100", "value": "100.0", "U": "0.2", "k": "2", "unit": "mmHg"}],
            traceable_to="giấy C21.P-1 của đơn vị",
        ),
    )
    use_standard(world.act("kdv.an", on=MEASURED), sheet, need="pressure_standard", certificate=certificate)
    with pytest.raises(NothingAffected):
        simulated(world, standard)
    assert simulated(world, other).done == 1
    outcome = bench.sign(bench.checked(sheet))
    (branch,) = queries.certificate_tree(outcome).branches
    assert branch.link.standard == other
    (upper,) = branch.link.upper
    assert (upper.standard, upper.certificate.traceable_to) == (standard, "Chuẩn đo lường quốc gia")
    assert not branch.link.is_broken


def test_a_procedure_whose_frozen_text_says_otherwise_cannot_pass(bench: Bench, standard: Standard) -> None:
    """A worksheet of a later, unknown procedure has no declaration: undetermined, not a pass."""
    passed = bench.issued(0)
    text = FrozenText.objects.get(pk=passed.worksheet.procedure_text_id)
    changed = text.text.replace('code = "sphygmomanometer"', 'code = "sphygmomanometer-2"', 1)
    assert changed != text.text
    new = FrozenText.objects.create(sha256="f" * 64, kind=text.kind, code="x", version="2", text=changed)
    Worksheet.objects.filter(pk=passed.worksheet_id).update(procedure_text=new)
    found = simulated(bench.world, standard, "0")
    row = found.rows.get()
    assert (row.effect, row.why, row.after) == ("undetermined", "not_declared", "undetermined")


def test_what_cannot_be_asked_is_refused_by_name(bench: Bench, standard: Standard) -> None:
    world = bench.world
    bench.issued(0)
    for value, unit in (("mười", "mmHg"), ("1", "sải"), ("-100", "%")):
        with pytest.raises(DeviationUnreadable):
            simulated(world, standard, value, unit)
    with pytest.raises(FieldWrong):
        simulated(world, standard, from_on=date(2022, 6, 2))
    with pytest.raises(FieldWrong):
        simulated(world, standard, to_on=date(2022, 4, 1))
    with pytest.raises(FieldMissing):
        simulate_deviation(
            world.act("chatluong", on=FOUND),
            standard,
            deviation="1",
            unit="mmHg",
            from_on=MEASURED,
            explanation=" ",
        )


@pytest.mark.parametrize("who", ["kdv.an", "vanthu", "kehoach", "nguoikhac"])
def test_who_may_not_record_quality_may_not_simulate(bench: Bench, standard: Standard, who: str) -> None:
    bench.issued(0)
    with pytest.raises(NotAuthorised):
        simulated(bench.world, standard, who=who)
    found = simulated(bench.world, standard)
    person = bench.world.people[who]
    assert list(queries.simulations(person, on=FOUND)) == []
    with pytest.raises(NotFound):
        queries.simulation(person, found.pk, on=FOUND)
    act = bench.world.act(who, on=FOUND)
    with pytest.raises(NotAuthorised):
        open_nonconformity(act, found, summary="x", owner=bench.world.people["truongphong"], working_days=3)


def test_a_nonconformity_freezes_the_result_drafts_notices_and_stops_the_standard(
    bench: Bench, standard: Standard
) -> None:
    world = bench.world
    passed = bench.issued(0)
    found = simulated(world, standard)
    made = opened(world, found, block="withdrawn")
    assert (made.number, made.opened_on, made.state) == ("KPH22.001", FOUND, "open")
    frozen = json.loads(made.document.snapshot)
    assert frozen["deviation"] == "10"
    assert [(row["certificate"], row["effect"]) for row in frozen["rows"]] == [
        (passed.number, "becomes_fail")
    ]
    assert queries.frozen_rows(made) == frozen["rows"]
    (notice,) = made.notices.all()
    assert notice.party.name == CUSTOMER
    for words in (passed.number, "HA-001", "thành không đạt", "Dự thảo – chưa gửi", CUSTOMER, made.number):
        assert words in notice.text
    assert (notice.follow_up.owner, notice.follow_up.due_on) == ("truongphong", date(2022, 6, 8))
    standard.refresh_from_db()
    assert standard.state == Standard.State.WITHDRAWN
    assert readiness([standard], on=FOUND)[0].obstacle is not None
    assert [one.number for one in queries.nonconformities(world.people["giamdoc"], on=FOUND)] == [made.number]
    with pytest.raises(NotFound):
        queries.nonconformity(world.people["nguoikhac"], made.pk, on=FOUND)
    with pytest.raises(NonconformityKnown):
        opened(world, found)
    assert not [*base.flaws(), *queries.flaws()]


def test_a_notice_says_which_certificates_are_out_of_force_already(bench: Bench, standard: Standard) -> None:
    old = bench.issued(0)
    new = bench.replaced(old, off_by=1)
    (notice,) = opened(bench.world, simulated(bench.world, standard)).notices.all()
    assert f"{old.number} (đã thay thế) –" in notice.text
    assert f"{new.number} –" in notice.text


def test_what_is_not_issued_is_measured_again_and_told_to_nobody(bench: Bench, standard: Standard) -> None:
    draft = bench.draft(0)
    made = opened(bench.world, simulated(bench.world, standard, "1"))
    assert not made.notices.exists()
    (task,) = queries.follow_ups_of(made)
    assert draft.number in task.title
    assert task.owner == "truongphong"


def test_a_nonconformity_needs_a_whole_and_present_simulation_and_a_checker(
    bench: Bench, standard: Standard
) -> None:
    world = bench.world
    bench.issued(0)
    running = simulate_deviation(
        world.act("chatluong", on=FOUND),
        standard,
        deviation="10",
        unit="mmHg",
        from_on=MEASURED,
        explanation="x",
    )
    with pytest.raises(WrongStage, match="Tính tiếp"):
        opened(world, running)
    found = simulated(world, standard)
    with pytest.raises(NotTechnicalHead):
        open_nonconformity(
            world.act("chatluong", on=FOUND), found, summary="x", owner=world.people["vanthu"], working_days=3
        )
    with pytest.raises(FieldWrong):
        open_nonconformity(
            world.act("chatluong", on=FOUND),
            found,
            summary="x",
            owner=world.people["truongphong"],
            working_days=0,
        )
    bench.issued(1)
    with pytest.raises(SimulationStale):
        opened(world, found)
    assert not Nonconformity.objects.exists()


def test_a_director_may_open_it_but_not_stop_a_standard_and_then_nothing_is_left_behind(
    bench: Bench, standard: Standard
) -> None:
    world = bench.world
    bench.issued(0)
    found = simulated(world, standard)
    with pytest.raises(NotAuthorised):
        open_nonconformity(
            world.act("giamdoc", on=FOUND),
            found,
            summary="x",
            owner=world.people["truongphong"],
            working_days=3,
            block="withdrawn",
        )
    assert not Nonconformity.objects.exists()
    assert not FollowUp.objects.exists()
    assert opened(world, found).number == "KPH22.001"


def test_it_is_closed_with_cause_remedy_a_day_to_look_again_and_every_task_done(
    bench: Bench, standard: Standard
) -> None:
    world = bench.world
    bench.issued(0)
    made = opened(world, simulated(world, standard))
    whole = {
        "version": 1,
        "cause": "Va đập khi vận chuyển",
        "corrective_action": "Hộp chống sốc, kiểm tra giữa kỳ hằng tháng",
        "effectiveness_on": date(2022, 9, 1),
        "confirmed": True,
    }
    close = date(2022, 6, 10)

    def closing(**changed: object) -> Nonconformity:
        return close_nonconformity(world.act("chatluong", on=close), made, **{**whole, **changed})

    with pytest.raises(FollowUpsOpen):
        closing()
    task = FollowUp.objects.get()
    act = world.act("truongphong", on=close)
    finish_follow_up(act, task, evidence="Công văn 12, đã đo lại")
    for refusal, changed in (
        (FieldMissing, {"cause": " "}),
        (FieldMissing, {"corrective_action": ""}),
        (FieldMissing, {"effectiveness_on": None}),
        (FieldWrong, {"effectiveness_on": close}),
        (NotConfirmed, {"confirmed": False}),
        (StaleRecord, {"version": 7}),
    ):
        with pytest.raises(refusal):
            closing(**changed)
    done = closing()
    assert (done.state, done.closed_on, done.closed_by) == ("closed", close, "chatluong")
    again = FollowUp.objects.exclude(pk=task.pk).get()
    assert (again.owner, again.due_on) == ("chatluong", date(2022, 9, 1))
    with pytest.raises(WrongStage):
        closing(version=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Nonconformity.objects.update(cause="")


def test_a_certificate_is_traced_to_the_national_standard_and_a_gap_is_said(
    bench: Bench, standard: Standard
) -> None:
    outcome = bench.issued(0)
    tree = queries.certificate_tree(outcome)
    (branch,) = tree.branches
    assert branch.link.certificate.number == "C21.P-1"
    assert branch.link.is_end
    assert branch.readings == tree.readings - tree.loose
    assert branch.readings > 10
    assert tree.is_whole
    standard.certificates.update(traceable_to="")
    tree = queries.certificate_tree(outcome)
    assert tree.branches[0].link.is_broken
    assert not tree.is_whole
