"""Conditions from a logger: taken, told from typed ones, gated when they left their limits while measuring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import PASSWORD
from quacan.centre.base.refusals import FieldWrong, NotFound
from quacan.centre.examinations.models import Condition
from quacan.centre.examinations.queries import (
    compared,
    conditions_left,
    content_of,
    evaluation,
    plausibility_hints,
)
from quacan.centre.examinations.queries.conditions import allowed_for
from quacan.centre.examinations.refusals import ConditionsLeft, NothingRecorded
from quacan.centre.facilities.actions import LimitDraft, PointDraft, import_records, open_point, set_limit
from quacan.centre.facilities.models import Point
from quacan.centre.facilities.rules import HERE, Limits, guess, logger_table
from quacan.centre.people.models import Person
from quacan.centre.verification.actions import (
    enter_conditions,
    enter_readings,
    grant_deviation,
    submit_worksheet,
    take_conditions,
)
from quacan.centre.verification.library import shelves
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import flaws
from quacan.centre.verification.tests.conftest import ON, Bench, cells_of
from quacan.metrology.procedure import Verdict


def at(text: str) -> datetime:
    return datetime.combine(ON, time.fromisoformat(text), tzinfo=HERE)


def record(bench: Bench, point: Point, *rows: str) -> None:
    day = f"{ON:%d/%m/%Y}"
    content = "\n".join(["Ngày giờ;Nhiệt độ;Độ ẩm", *(f"{day} {row}" for row in rows)]).encode()
    columns = guess(logger_table(content, name="a.csv").rows)
    assert columns is not None
    bench.world.now = datetime(2026, 11, 20, 10, 0, tzinfo=HERE)
    import_records(bench.act(), point, name="a.csv", content=content, columns=columns)


@pytest.fixture
def room(bench: Bench) -> Point:
    """A room whose limits the centre set itself: the three procedures of the bench state none."""
    point = open_point(
        bench.act("truongphong"), bench.world.centre, PointDraft(code="P-CAN", name="Phòng cân")
    )
    set_limit(
        bench.act("truongphong"),
        point,
        LimitDraft(
            quantity="temperature",
            lower=Decimal(18),
            upper=Decimal(30),
            valid_from=date(2026, 1, 1),
            source="HD-07",
        ),
    )
    return point


@pytest.fixture
def measured(bench: Bench) -> Worksheet:
    sheet = bench.opened("sphygmomanometer")
    enter_readings(bench.act(), sheet, cells=cells_of("sphygmomanometer"))
    return sheet


QUIET = ("08:00;22,4;55", "08:30;22,5;56", "09:00;22,6;57")
WARM = ("08:00;22,4;55", "08:20;31,0;55", "08:30;32,2;56", "09:00;22,6;57")


def test_conditions_are_taken_with_their_origin(bench: Bench, room: Point, measured: Worksheet) -> None:
    record(bench, room, *QUIET)
    take_conditions(bench.act(), measured, point=room, start=at("08:05"), end=at("08:50"))

    rows = {(c.key, c.moment): (c.text, c.origin) for c in Condition.objects.all()}
    imported = room.imports.get().pk
    assert rows["temperature", "start"] == ("22,4", f"P-CAN · 20/11/2026 08:00:00 · #{imported}")
    assert rows["temperature", "end"] == ("22,6", f"P-CAN · 20/11/2026 09:00:00 · #{imported}")
    assert conditions_left(measured) == ()
    submit_worksheet(bench.act(), measured)
    assert list(flaws()) == []


def test_an_excursion_while_measuring_is_gated(bench: Bench, room: Point, measured: Worksheet) -> None:
    record(bench, room, *WARM)
    take_conditions(bench.act(), measured, point=room, start=at("08:00"), end=at("09:00"))

    assert evaluation(measured).verdict == Verdict.PASS  # start and end alone are within their limits
    [left] = conditions_left(measured)
    assert "08:20–08:30, đến 32,2 °C" in left.sentence
    with pytest.raises(ConditionsLeft, match="08:20–08:30"):
        submit_worksheet(bench.act(), measured)


def test_a_signed_deviation_opens_the_gate(bench: Bench, room: Point, measured: Worksheet) -> None:
    record(bench, room, *WARM)
    take_conditions(bench.act(), measured, point=room, start=at("08:00"), end=at("09:00"))
    grant_deviation(
        bench.act("truongphong", reason="Áp kế đặt trong hộp cách nhiệt"), measured, obstacle="condition",
        key="temperature", certificate=None, password=PASSWORD,
    )  # fmt: skip
    assert [one.waived for one in conditions_left(measured)] == [True]
    submit_worksheet(bench.act(), measured)


def test_the_limits_of_the_procedure_come_first(room: Point) -> None:
    rules = [rule for shelf in shelves() for rule in shelf.procedure.conditions]
    silent = next(rule for rule in rules if (rule.key, rule.lower, rule.upper) == ("temperature", None, None))
    stated = replace(silent, upper=Decimal(25))
    assert allowed_for(stated, room, on=ON) == Limits(None, Decimal(25))
    assert allowed_for(silent, room, on=ON) == Limits(Decimal(18), Decimal(30))
    assert allowed_for(silent, room, on=date(2025, 12, 31)) == Limits(None, None)


def test_what_is_typed_over_loses_its_origin_and_is_shown_to_the_checker(
    bench: Bench, room: Point, measured: Worksheet
) -> None:
    record(bench, room, *QUIET)
    take_conditions(bench.act(), measured, point=room, start=at("08:00"), end=at("09:00"))
    enter_conditions(
        bench.act(), measured, values={("temperature", "start"): "20,0", ("humidity", "start"): "55"}
    )

    told = {(c.key, c.moment): c.origin for c in measured.conditions.all()}
    assert told["temperature", "start"] == ""
    assert told["humidity", "start"].startswith("P-CAN")
    [hint] = [one for one in plausibility_hints(measured) if one.code == "logger"]
    assert "ghi 20,0 °C" in hint.evidence
    assert "lúc 08:00 là 22,4 °C" in hint.evidence


def test_silence_while_measuring_is_shown(bench: Bench, room: Point, measured: Worksheet) -> None:
    record(bench, room, "08:00;22;55", "10:00;22;55")
    take_conditions(bench.act(), measured, point=room, start=at("08:00"), end=at("10:00"))
    _typed, silent = compared(measured)
    assert [(one.began, one.ended) for one in silent] == [(at("08:00"), at("10:00"))]


def test_nothing_recorded_is_refused_and_stays_missing(
    bench: Bench, room: Point, measured: Worksheet
) -> None:
    record(bench, room, *QUIET)
    with pytest.raises(NothingRecorded):
        take_conditions(bench.act(), measured, point=room, start=at("08:00"), end=at("09:31"))
    with pytest.raises(FieldWrong):
        take_conditions(bench.act(), measured, point=room, start=at("09:00"), end=at("08:00"))
    assert not measured.conditions.exists()
    assert evaluation(measured).verdict == Verdict.UNDETERMINED


def test_another_house_s_point_is_unknown(bench: Bench, measured: Worksheet) -> None:
    theirs = Point.objects.create(organisation=bench.world.rival, code="P", name="P")
    with pytest.raises(NotFound):
        take_conditions(bench.act(), measured, point=theirs, start=at("08:00"), end=None)


def test_old_digests_stand_and_an_origin_counts(bench: Bench, measured: Worksheet) -> None:
    values = {(k, m): "22" for k in ("temperature", "humidity") for m in ("start", "end")}
    enter_conditions(bench.act(), measured, values=values)
    typed = content_of(measured)
    Condition.objects.filter(key="temperature", moment="start").update(
        origin="P-CAN · 20/11/2026 08:00:00 · #1"
    )
    assert content_of(Worksheet.objects.get(pk=measured.pk)) != typed
    Condition.objects.update(origin="")
    assert content_of(Worksheet.objects.get(pk=measured.pk)) == typed


@given(
    gone=st.sets(st.sampled_from(["start", "end"]), min_size=1),
    key=st.sampled_from(["temperature", "humidity"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
def test_a_missing_condition_never_passes(
    bench: Bench, room: Point, measured: Worksheet, gone: set[str], key: str
) -> None:
    if not room.records.exists():
        record(bench, room, *QUIET)
    take_conditions(bench.act(), measured, point=room, start=at("08:00"), end=at("09:00"))
    assert evaluation(measured).verdict == Verdict.PASS
    enter_conditions(bench.act(), measured, values={(key, moment): "" for moment in gone})
    assert evaluation(measured).verdict == Verdict.UNDETERMINED


def test_the_drawer_offers_and_takes(
    bench: Bench, room: Point, measured: Worksheet, sign_in: Callable[[Person], Client]
) -> None:
    record(bench, room, *WARM)
    client = sign_in(bench.an)
    address = f"/kiem-dinh/{measured.pk}/moi-truong/"
    asked = {"diem": room.pk, "tu": "08:00", "den": "09:00"}
    page = client.get(address, asked).content.decode()
    assert "vượt giới hạn trong khi đo" in page
    assert client.get(address, {"diem": 999999, "tu": "08:00"}).status_code == 404
    assert client.post(address, asked | {"tu": "lúc sáng"}).status_code == 422
    assert client.post(address, asked | {"den": "06:00"}).status_code == 422
    assert client.post(address, asked).status_code == 302

    shown = client.get(f"/kiem-dinh/{measured.pk}/").content.decode()
    assert "P-CAN · 20/11/2026 08:00:00" in shown
    assert "vượt giới hạn trong khi đo: 08:20–08:30" in shown
    assert client.get(f"/kiem-dinh/{measured.pk}/moi-truong/").status_code == 200
