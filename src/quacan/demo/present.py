"""Work as it stands today: something waits for every role, something is late."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from quacan.centre.activities.actions import ActivityDraft, confirm_activity, record_activity
from quacan.centre.base.calendar import working_calendar
from quacan.centre.contracts.actions import ContractDraft, record_contract
from quacan.centre.contracts.models import Job
from quacan.centre.contracts.rules import LineDraft
from quacan.centre.followups.actions import open_follow_up
from quacan.centre.instruments.models import Instrument
from quacan.centre.verification.actions import approve_worksheet, enter_readings, return_worksheet
from quacan.centre.verification.models import Worksheet
from quacan.demo.benches import meters_on_a_bench
from quacan.demo.calibrations import calibrate_calipers
from quacan.demo.earthing import measure_earthing
from quacan.demo.institution import House
from quacan.demo.rooms import take_from_room, watch_rooms
from quacan.demo.visits import receive_visitors
from quacan.demo.work import agree, check_and_sign, give_out, measure, vat_on


def make_today(house: House, instruments: Sequence[Instrument], *, today: date) -> None:
    """This will leave contracts, worksheets, signatures and follow-ups in the middle of being done."""
    chance = random.Random(7)  # noqa: S311
    yesterday = _last_working_day(today)
    groups: dict[int, list[Instrument]] = {}
    for one in instruments:
        groups.setdefault(one.owner_id, []).append(one)
    scales = next(g for g in groups.values() if sum(i.kind_code == "MAS-04" for i in g) >= 8)
    pumps = next(g for g in groups.values() if sum(i.kind_code == "FLO-01" for i in g) >= 4)
    scales = [one for one in scales if one.kind_code == "MAS-04"][:8]
    with transaction.atomic():
        _this_year(house, today=today)
        _follow_ups(house, today=today)
        halfway = agree(house, scales, on=yesterday)
        waiting = agree(house, pumps[:4], on=today)
        jobs = give_out(house, halfway, scales, on=yesterday)
        give_out(house, waiting, pumps[:4], on=today)
        _half_done(house, jobs, on=yesterday, chance=chance)
        _drafts(house, list(groups.values())[-1][0], today=today, yesterday=yesterday)
    receive_visitors(house, yesterday=yesterday, today=today)
    meters_on_a_bench(house, on=yesterday)
    calibrate_calipers(house, on=yesterday)
    measure_earthing(house, on=yesterday)
    room = watch_rooms(house, today=today)
    for sheet in Worksheet.objects.filter(job__in=jobs[7:8]):
        take_from_room(house, room, sheet, today=today)


def _last_working_day(today: date) -> date:
    calendar, day = working_calendar(), today - timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def _half_done(house: House, jobs: Sequence[Job], *, on: date, chance: random.Random) -> None:
    """Two issued, two to sign, two to check, one returned, one with readings missing."""
    sheets = [
        measure(house, job, on=on, good=number != 2, chance=chance) for number, job in enumerate(jobs[:7])
    ]
    for sheet in sheets[:2]:
        check_and_sign(house, sheet, on=on)
    for sheet in sheets[2:4]:
        approve_worksheet(house.act("nghia", on, hour=14), sheet)
    return_worksheet(
        house.act("nghia", on, hour=15, reason="Kiểm tra lại số đọc ở tải lớn nhất, nghi ghi nhầm hàng"),
        sheets[6],
    )
    if len(jobs) > 7:
        last = measure(house, jobs[7], on=on, good=True, chance=chance, submit=False)
        enter_readings(
            house.act(jobs[7].performer.username, on, hour=15),
            last,
            cells={"repeatability.1.4.indication": "", "repeatability.1.5.indication": ""},
        )


def _drafts(house: House, instrument: Instrument, *, today: date, yesterday: date) -> None:
    record_contract(
        house.act("yen", yesterday),
        house.centre,
        ContractDraft(
            party=instrument.owner,
            title="Kiểm định huyết áp kế của trạm y tế",
            received_on=yesterday,
            due_on=today + timedelta(days=14),
            lines=[LineDraft(service="verification", kind_code="PRE-04", quantity=6, unit_price=60_000)],
            unit=house.technical,
            vat_percent=vat_on(yesterday),
        ),
    )
    record_activity(
        house.act("yen", yesterday),
        house.centre,
        ActivityDraft(
            kind_code="earthing_measurement",
            title="Đo điện trở nối đất kho xăng dầu",
            occurred_on=yesterday,
            place="Cao Bằng",
            values={"points": "12", "readings": "3,1; 2,8; 3,4; 2,9; 3,0; 3,3; 2,7; 3,2; 3,1; 2,9; 3,0; 3,5"},
        ),
    )


def _follow_ups(house: House, *, today: date) -> None:
    asked = today - timedelta(days=20)
    rows = (
        ("trung", "Báo cáo cần nêu tỷ lệ hoàn thành hợp đồng dịch vụ", today + timedelta(days=3)),
        ("nghia", "Rà soát chuẩn đo lường sắp hết hạn hiệu chuẩn", today - timedelta(days=2)),
        ("nhung", "Khắc phục các lưu ý của đợt đánh giá nội bộ", today + timedelta(days=12)),
    )
    for owner, title, due in rows:
        open_follow_up(
            house.act("phuong", asked), house.centre, kind="directive", title=title, owner=owner, due_on=due
        )


def _this_year(house: House, *, today: date) -> None:
    """Other activities of the year so far, so that plans have something to be measured by."""
    for month in range(1, today.month):
        day = _last_working_day(date(today.year, month, 28))
        rows = [("broadcast", f"Chương trình KHCN và Đời sống số {month}/{today.year}", {"issues": "1"})]
        if month % 3 == 2:
            readings = "; ".join(f"{2 + (month * step) % 7},{step % 10}" for step in range(1, 46))
            rows += [
                ("test_sample", "Thử nghiệm gạch bê tông", {"matrix": "concrete_brick", "samples": "3"}),
                ("earthing_measurement", "Đo điện trở nối đất", {"points": "45", "readings": readings}),
                ("training_course", "Lớp tập huấn đo lường", {"subject": "measurement", "courses": "1"}),
                ("union_visit", "Thăm hỏi đoàn viên", {"visits": "6"}),
            ]
        for kind, title, values in rows:
            activity = record_activity(
                house.act("yen", day, hour=15),
                house.centre,
                ActivityDraft(kind_code=kind, title=title, occurred_on=day, values=values),
            )
            confirm_activity(house.act("trung", day, hour=16), activity)
