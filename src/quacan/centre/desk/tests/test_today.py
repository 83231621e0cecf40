"""Hôm nay: each role sees what waits for it, late things are called late, others' work stays theirs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from quacan.centre.activities.models import Activity
from quacan.centre.base.act import Act
from quacan.centre.base.periods import period
from quacan.centre.desk.queries.day import SHOWN, day_of, waiting_at_doors
from quacan.centre.desk.queries.day import lanes as every_lane
from quacan.centre.desk.queries.pace import elapsed, plan_kept
from quacan.centre.desk.queries.rail import Waiting, rail
from quacan.centre.desk.rules import Month, year_chart
from quacan.centre.followups.actions import finish_follow_up, open_follow_up
from quacan.centre.people.models import VerifierCard
from quacan.centre.people.roles import all_permissions
from quacan.centre.planning.actions import TargetDraft, approve_plan, open_plan, set_target
from quacan.centre.reporting.models import Report
from quacan.centre.verification.actions import return_worksheet

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


def lanes(person, *, on=ON):
    day = day_of(person, on=on)
    return {lane.key: lane for lane in (*day.waiting, *day.outlook)}


def test_every_lane_asks_for_a_permission_some_role_has():
    known = all_permissions()
    declared = every_lane()
    assert [lane.key for lane in declared if lane.permission and lane.permission not in known] == []
    assert len({lane.key for lane in declared}) == len(declared) >= 21


def test_the_verifier_has_jobs_the_others_do_not(bench):
    an = lanes(bench.an)
    assert {task.title for task in an["jobs"].tasks} == {str(job.instrument) for job in bench.jobs.values()}
    assert "jobs" not in lanes(bench.world.people["kdv.binh"])
    assert "jobs" not in lanes(bench.world.people["vanthu"])


def test_a_job_is_late_after_its_day(bench):
    planned = bench.jobs["counter-scale"].order.planned_on
    assert lanes(bench.an, on=planned)["jobs"].late == 0
    after = lanes(bench.an, on=planned + timedelta(days=1))["jobs"]
    assert after.late == after.number == len(bench.jobs)


def test_a_worksheet_walks_from_the_verifier_to_the_checker_to_the_director(bench):
    people = bench.world.people
    sheet = bench.submitted()
    assert len(lanes(bench.an)["jobs"].tasks) == len(bench.jobs) - 1
    assert [task.title for task in lanes(people["truongphong"])["check"].tasks] == [str(sheet.instrument)]
    assert [task.verdict for task in lanes(people["kdv.binh"])["check"].tasks] == ["pass"]
    assert "check" not in lanes(bench.an), "nobody checks their own worksheet"
    assert "sign" not in lanes(people["giamdoc"])


def test_an_approved_worksheet_waits_for_who_signs_and_has_left_the_checker(bench):
    people = bench.world.people
    bench.approved()
    assert lanes(people["giamdoc"])["sign"].number == 1
    assert "check" not in lanes(people["truongphong"])
    assert "sign" not in lanes(people["nguoikhac"]), "the rival centre's director signs nothing of ours"


def test_a_returned_worksheet_comes_back_with_its_reason_once(bench):
    sheet = bench.submitted()
    return_worksheet(bench.act("truongphong", reason="Thiếu nhiệt độ cuối buổi"), sheet)
    found = lanes(bench.an)
    assert "Thiếu nhiệt độ cuối buổi" in found["returned"].tasks[0].text
    assert len(found["jobs"].tasks) == len(bench.jobs) - 1


def test_the_clerk_and_the_director_see_contracts_near_their_day(bench):
    contract = bench.jobs["counter-scale"].order.contract
    contract.due_on = ON - timedelta(days=2)
    contract.save(update_fields=["due_on"])
    for who in ("vanthu", "giamdoc"):
        lane = lanes(bench.world.people[who])["contracts_due"]
        assert (lane.number, lane.late) == (1, 1)
    contract.due_on = ON + timedelta(days=7)
    contract.save(update_fields=["due_on"])
    assert lanes(bench.world.people["vanthu"])["contracts_due"].late == 0
    contract.due_on = ON + timedelta(days=8)
    contract.save(update_fields=["due_on"])
    assert "contracts_due" not in lanes(bench.world.people["vanthu"])


def test_standards_near_their_end_wait_for_who_keeps_them(bench):
    until = date(2027, 6, 19)
    quality = bench.world.people["chatluong"]
    assert "standards" not in lanes(quality, on=until - timedelta(days=61))
    assert lanes(quality, on=until - timedelta(days=60))["standards"].late == 0
    assert lanes(quality, on=until + timedelta(days=1))["standards"].late > 0
    assert "standards" not in lanes(bench.an, on=until)


def test_cards_near_their_end_are_told_to_who_gives_out_work_and_to_their_holder(bench):
    card = VerifierCard.objects.filter(person=bench.an).order_by("-expires_on").first()
    VerifierCard.objects.filter(person=bench.an).exclude(pk=card.pk).delete()
    for days, late in ((90, 0), (30, 0), (-1, 1)):
        on = card.expires_on - timedelta(days=days)
        for who in ("truongphong", "vanthu", "kdv.an"):
            lane = lanes(bench.world.people[who], on=on)["cards"]
            found = [task for task in lane.tasks if task.title == "Hoàng Văn An"]
            assert [task.is_late(on) for task in found] == [bool(late)]
    mine = lanes(bench.world.people["kdv.binh"], on=card.expires_on).get("cards")
    assert mine is None or {task.title for task in mine.tasks} == {"Nguyễn Thị Bình"}
    early = lanes(bench.an, on=card.expires_on - timedelta(days=91))
    assert "cards" not in early


def test_activities_wait_for_confirmation(bench):
    Activity.objects.create(
        organisation=bench.world.centre, kind_code="x", kind_version="1", title="Tập huấn an toàn bức xạ",
        occurred_on=ON, recorded_by="vanthu", folded="tap huan",
    )  # fmt: skip
    assert lanes(bench.world.people["kehoach"])["activities"].tasks[0].title == "Tập huấn an toàn bức xạ"
    assert "activities" not in lanes(bench.world.people["vanthu"])
    assert "activities" not in lanes(bench.world.people["nguoikhac"])


def test_follow_ups_go_to_their_owner_and_back_to_who_asked(world):
    act: Act = world.act("giamdoc")
    asked = open_follow_up(
        act, world.centre, kind="directive", title="Kiểm kho tem", owner="vanthu", due_on=ON
    )
    assert lanes(world.people["vanthu"])["follow_ups"].tasks[0].due_on == ON
    assert "confirm" not in lanes(world.people["giamdoc"])
    finish_follow_up(world.act("vanthu"), asked, evidence="Biên bản 12")
    assert "follow_ups" not in lanes(world.people["vanthu"])
    assert "Biên bản 12" in lanes(world.people["giamdoc"])["confirm"].tasks[0].text


def test_a_long_lane_shows_its_first_tasks_and_its_number(world):
    for i in range(SHOWN + 3):
        open_follow_up(
            world.act("giamdoc"),
            world.centre,
            kind="task",
            title=f"Việc {i}",
            owner="vanthu",
            due_on=ON + timedelta(days=i),
        )
    lane = lanes(world.people["vanthu"])["follow_ups"]
    assert [task.title for task in lane.tasks] == [f"Việc {i}" for i in range(SHOWN)]
    assert lane.number == SHOWN + 3
    assert lane.more


def test_the_rail_counts_what_waits_and_hides_closed_doors(bench):
    bench.submitted()
    head = bench.world.people["truongphong"]
    waiting = waiting_at_doors(head, on=ON)
    assert waiting["worksheets"].number == 1
    assert waiting["today"].number >= 1
    groups = rail(head, path="/kiem-dinh/5/", on=ON, waiting={"worksheets": Waiting(120, "việc chờ")})
    items = {item.href: item for group in groups for item in group.items}
    if "/kiem-dinh/" in items:
        assert items["/kiem-dinh/"].current
        assert items["/kiem-dinh/"].count == "99+"
    assert not items["/"].current
    clerk = rail(bench.world.people["vanthu"], path="/", on=ON, waiting={})
    assert "/nguoi-dung/" not in {item.href for group in clerk for item in group.items}


def planned(world, value="1000"):
    plan = open_plan(world.act("kehoach"), world.centre, year=2022, title="Kế hoạch năm 2022")
    draft = TargetDraft("verification.instruments", "2022", Decimal(value))
    set_target(world.act("kehoach"), plan, draft)
    return approve_plan(world.act("giamdoc"), plan, decision="12/QĐ", on=date(2022, 1, 10))


def test_the_plan_is_set_against_the_book(world):
    assert plan_kept(world.centre, on=date(2022, 4, 14)).paces == ()
    planned(world)
    kept = plan_kept(world.centre, on=date(2022, 4, 14))
    (pace,) = kept.paces
    assert (pace.plan, pace.value, pace.percent) == (Decimal(1000), Decimal(0), Decimal("0.0"))
    assert pace.is_behind(kept.elapsed)
    assert plan_kept(world.centre, on=date(2023, 1, 1)).paces == ()


@pytest.mark.parametrize(
    ("on", "share"),
    [(date(2022, 1, 1), "0.3"), (date(2022, 7, 2), "50.1"), (date(2022, 12, 31), "100.0")],
)
def test_the_share_of_the_year_that_is_over(on, share):
    assert elapsed(period("2022"), on=on) == Decimal(share)


def test_the_line_of_the_year_keeps_its_scale():
    chart = year_chart(
        [Month(1, Decimal(100)), Month(2, Decimal(260))], Decimal(1200), year=2026, unit="phương tiện"
    )
    assert [mark.text for mark in chart.y.marks] == ["0", "500", "1.000"]
    plan, done, last = chart.layers
    assert plan.pieces == (((date(2026, 1, 1), Decimal(0)), (date(2027, 1, 1), Decimal(1200))),)
    assert done.pieces[0][1:] == ((date(2026, 2, 1), Decimal(100)), (date(2026, 3, 1), Decimal(260)))
    assert last.spots[0].value == 260
    assert "260, kế hoạch cả năm 1.200 phương tiện" in chart.alt
    assert chart.table.rows[1] == ("2", "260", "200")
    assert [mark.text for mark in year_chart([Month(1, Decimal(0))], Decimal(0), year=2026, unit="").y.marks]


def test_money_of_the_year_stands_in_millions():
    months = [Month(1, Decimal(1_250_000_000))]
    chart = year_chart(months, Decimal(11_000_000_000), year=2026, unit="đồng", is_money=True)
    assert chart.y.title == "triệu đồng"
    assert chart.table.rows[0][1] == "1.250"


@pytest.mark.parametrize("who", ["giamdoc", "truongphong", "kdv.an", "vanthu", "chatluong", "kehoach"])
def test_every_role_lands_on_a_page_that_speaks_both_languages(bench, sign_in, who):
    bench.submitted()
    client = sign_in(bench.world.people[who])
    assert "Hôm nay" in client.get("/").content.decode()
    client.cookies["quacan_language"] = "en"
    assert "<title>Today" in client.get("/").content.decode()


def test_the_plan_is_shown_to_those_who_may_see_plans(world, sign_in):
    planned(world)
    page = sign_in(world.people["giamdoc"]).get("/").content.decode()
    assert "Kế hoạch năm" in page
    assert "Kế hoạch năm" not in sign_in(world.people["vanthu"]).get("/").content.decode()


def test_a_report_and_an_indicator_open_by_organisation_and_period(world, sign_in):
    planned(world)
    (pace,) = plan_kept(world.centre, on=date(2022, 4, 14)).paces
    assert pace.href == "/bao-cao/TTUD/2022/chi-tieu/verification.instruments/"
    assert sign_in(world.people["giamdoc"]).get(pace.href).status_code == 200
    Report.objects.create(
        organisation=world.centre,
        period="2022-H1",
        outline="x",
        title="Báo cáo 6 tháng",
        prepared_by="kehoach",
    )
    assert lanes(world.people["kehoach"])["reports_write"].tasks[0].href == "/bao-cao/TTUD/2022-H1/"


def test_the_counts_are_kept_until_somebody_does_something(world, settings, django_assert_num_queries):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rail"}
    }
    clerk = world.people["vanthu"]
    assert waiting_at_doors(clerk, on=ON)["today"].number == 0
    with django_assert_num_queries(1):
        waiting_at_doors(clerk, on=ON)
    open_follow_up(world.act("giamdoc"), world.centre, kind="task", title="Việc", owner="vanthu", due_on=ON)
    assert waiting_at_doors(clerk, on=ON)["today"].number == 1
