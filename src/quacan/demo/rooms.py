"""The rooms of the demonstration: a month of a simulated logger, written as its file and taken in like a user's."""

import math
import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from quacan.centre.facilities.actions import LimitDraft, PointDraft, import_file, open_point, set_limit
from quacan.centre.facilities.models import Point
from quacan.centre.facilities.rules import HERE
from quacan.centre.verification.actions import take_conditions
from quacan.centre.verification.models import Worksheet
from quacan.demo.institution import BEGIN, House

DAYS = 30
MINUTES = 10


def watch_rooms(house: House, *, today: date) -> Point:
    """This will open two points with limits and take in a month of records of the first, up to yesterday evening.

    On one afternoon the simulated air conditioning fails for two hours: an alarm waits for the technical head.
    """
    point = open_point(
        house.act("nghia", BEGIN),
        house.centre,
        PointDraft(
            code="P-CAN",
            name="Phòng cân, phòng chuẩn",
            unit=house.technical,
            place="Tầng 1, phòng 103",
            logger="Máy ghi nhiệt ẩm TH-20 số 4411",
        ),
    )
    open_point(
        house.act("nghia", BEGIN),
        house.centre,
        PointDraft(code="P-AP", name="Phòng áp suất, y tế", unit=house.technical, place="Tầng 2, phòng 204"),
    )
    for quantity, lower, upper in (("temperature", "18", "27"), ("humidity", "40", "70")):
        set_limit(
            house.act("nghia", BEGIN),
            point,
            LimitDraft(
                quantity=quantity,
                lower=Decimal(lower),
                upper=Decimal(upper),
                valid_from=BEGIN,
                source="Hướng dẫn HD-07 của Trung tâm (mẫu)",
            ),
        )
    content = logger_file(today - timedelta(days=DAYS), today - timedelta(days=1))
    import_file(house.act("van", today, hour=8), point, name=f"TH-20-4411-{today:%Y%m}.csv", content=content)
    return point


def logger_file(first: date, last: date) -> bytes:
    """This will write the file of a simulated logger, a row every ten minutes, first day to last."""
    chance = random.Random(4411)  # noqa: S311
    failing = first + timedelta(days=DAYS - 9)
    while failing.weekday() >= 5:
        failing += timedelta(days=1)
    lines = ["Serial: 4411;;", "Ngày giờ;Nhiệt độ (°C);Độ ẩm (%RH)"]
    at, end = (
        datetime.combine(first, time.min, tzinfo=HERE),
        datetime.combine(last, time(23, 50), tzinfo=HERE),
    )
    while at <= end:
        hour = at.hour + at.minute / 60
        warmth = 22.4 + 1.3 * math.sin((hour - 9) / 24 * 2 * math.pi) + chance.gauss(0, 0.12)
        damp = 56 - 4 * math.sin((hour - 9) / 24 * 2 * math.pi) + chance.gauss(0, 0.5)
        if at.date() == failing and 13.5 <= hour <= 15.5:
            warmth += 6.5 * math.sin((hour - 13.5) / 2 * math.pi)
        lines.append(f"{at:%d/%m/%Y %H:%M};{warmth:.1f};{damp:.1f}".replace(".", ","))
        at += timedelta(minutes=MINUTES)
    return ("\r\n".join(lines) + "\r\n").encode()


def take_from_room(house: House, point: Point, sheet: Worksheet, *, today: date) -> None:
    """This will take the conditions of a worksheet from the room it was measured in."""
    start, end = (
        datetime.combine(sheet.performed_on, clock, tzinfo=HERE) for clock in (time(9, 5), time(10, 40))
    )
    take_conditions(
        house.act(sheet.performer.username, today, hour=8, minute=30),
        sheet,
        point=point,
        start=start,
        end=end,
    )
