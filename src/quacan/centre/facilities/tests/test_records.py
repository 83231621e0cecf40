"""Logger files: taken in whole or in part, judged, found again for a worksheet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from conftest import World
from quacan.centre.base.act import Act
from quacan.centre.base.models import FollowUp
from quacan.centre.base.refusals import FieldWrong, NotAuthorised, WrongStage
from quacan.centre.facilities.actions import (
    LimitDraft,
    PointDraft,
    acknowledge_alarm,
    change_point,
    enter_record,
    import_records,
    open_point,
    set_limit,
)
from quacan.centre.facilities.models import Alarm, LoggerImport, Point, Record
from quacan.centre.facilities.queries import (
    excursions_between,
    flaws,
    point_states,
    points_seen_by,
    recorded_at,
    silences,
    summaries,
)
from quacan.centre.facilities.refusals import (
    Contradicted,
    LimitsUsed,
    NothingNew,
    NotYet,
    PointKnown,
)
from quacan.centre.facilities.rules import HERE, Limits, guess, logger_table, read_origin

DAY = date(2022, 4, 13)
HEAD = "Logger TH-20;;\nNgày giờ;Nhiệt độ (°C);Độ ẩm (%RH)\n"


def at(text: str, day: date = DAY) -> datetime:
    return datetime.fromisoformat(f"{day} {text}").replace(tzinfo=HERE).astimezone(UTC)


def file_of(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows) + "\n").encode()


def take(world: World, point: Point, content: bytes, name: str = "thang-4.csv") -> LoggerImport:
    columns = guess(logger_table(content, name=name).rows)
    assert columns is not None
    return import_records(world.act("kdv.an"), point, name=name, content=content, columns=columns)


@pytest.fixture
def room(world: World) -> Point:
    point = open_point(
        world.act("truongphong"), world.centre, PointDraft(code="P-CAN", name="Phòng cân", unit=world.unit)
    )
    for quantity, lower, upper in (("temperature", 18, 27), ("humidity", 30, 70)):
        set_limit(
            world.act("truongphong"),
            point,
            LimitDraft(
                quantity=quantity,
                lower=Decimal(lower),
                upper=Decimal(upper),
                valid_from=date(2022, 1, 1),
                source="HD-07 của trung tâm",
            ),
        )
    return point


def test_a_file_is_taken_in_and_kept(world: World, room: Point) -> None:
    made = take(world, room, file_of("13/04/2022 08:00;22,4;55,1", "13/04/2022 08:01;22,5;55,0"))

    assert (made.rows_read, made.records_added, made.rows_rejected) == (2, 4, 0)
    assert (made.first_at, made.last_at) == (at("08:00"), at("08:01"))
    kept = Record.objects.get(quantity="temperature", at=at("08:00"))
    assert (kept.value, kept.text) == (Decimal("22.4"), "22,4")
    room.refresh_from_db()
    assert room.mapping["quantities"] == {"temperature": 1, "humidity": 2}
    assert list(flaws()) == []


def test_an_overlapping_file_adds_only_what_is_new(world: World, room: Point) -> None:
    first = ["13/04/2022 08:00;22,4;55", "13/04/2022 08:01;22,5;55"]
    take(world, room, file_of(*first))
    again = take(world, room, file_of(*first, "13/04/2022 08:02;22,6;55"))

    assert (again.records_added, again.records_known) == (2, 4)
    with pytest.raises(NothingNew):
        take(world, room, file_of(*first))
    assert Record.objects.count() == 6


def test_a_contradiction_is_told_and_the_record_stays(world: World, room: Point) -> None:
    take(world, room, file_of("13/04/2022 08:00;22,4;55"))
    again = take(world, room, file_of("13/04/2022 08:00;23,9;55", "13/04/2022 08:01;22,5;55"))

    assert again.rows_rejected == 1
    assert again.problems[0].startswith("Dòng 3:")
    assert "22,4 / 23,9" in again.problems[0]
    assert Record.objects.get(quantity="temperature", at=at("08:00")).text == "22,4"


def test_wrong_rows_are_named_and_the_others_are_taken(world: World, room: Point) -> None:
    made = take(
        world, room,
        file_of(
            "13/04/2022 08:00;22,4;55", "hôm qua;22,4;55", "13/04/2022 08:02;ERR;55", "13/04/2022 08:03;22,4;155",
            "14/04/2022 20:00;22,4;55", "13/04/2022 08:05;;",
        ),
    )  # fmt: skip

    assert made.records_added == 4
    told = "\n".join(made.problems)
    for words in (
        "Dòng 4: không đọc được ngày giờ",
        "Dòng 5",
        "Dòng 6",
        "Dòng 7: thời điểm 14/04/2022 20:00",
        "Dòng 8",
    ):
        assert words in told
    assert made.rows_rejected == 5


def test_an_excursion_raises_one_alarm_and_asks_the_head(world: World, room: Point) -> None:
    values = ("26,9", "27,0", "27,1", "28,4", "27,3", "26,0")
    take(world, room, file_of(*(f"13/04/2022 08:0{i};{v};55" for i, v in enumerate(values))))

    alarm = Alarm.objects.get()
    assert (alarm.began_at, alarm.ended_at, alarm.extreme) == (at("08:02"), at("08:04"), Decimal("28.4"))
    asked = FollowUp.objects.get()
    assert (asked.owner, alarm.follow_up) == ("truongphong", asked)


def test_an_excursion_that_goes_on_in_the_next_file_stays_one_alarm(world: World, room: Point) -> None:
    take(world, room, file_of("13/04/2022 08:00;26;55", "13/04/2022 08:01;28;55"))
    acknowledge_alarm(world.act("truongphong", reason="Điều hòa hỏng, đã ngừng đo"), Alarm.objects.get())
    take(world, room, file_of("13/04/2022 08:02;29;55", "13/04/2022 08:03;26;55"))

    alarm = Alarm.objects.get()
    assert (alarm.ended_at, alarm.extreme, alarm.acknowledged_at) == (at("08:02"), Decimal(29), None)
    assert FollowUp.objects.count() == 2


def test_the_order_of_files_does_not_matter(world: World, room: Point) -> None:
    rows = [f"13/04/2022 08:0{i};{v};55" for i, v in enumerate(("26", "28", "29", "26", "28", "26"))]
    take(world, room, file_of(rows[1], rows[4]))
    take(world, room, file_of(rows[2]))
    take(world, room, file_of(rows[5], rows[0], rows[3]))

    spans = [(one.began_at, one.ended_at) for one in Alarm.objects.order_by("began_at")]
    assert spans == [(at("08:01"), at("08:02")), (at("08:04"), at("08:04"))]


def test_an_alarm_is_answered_once_with_a_note_and_its_follow_up_is_done(world: World, room: Point) -> None:
    take(world, room, file_of("13/04/2022 08:00;28;55"))
    alarm = Alarm.objects.get()
    with pytest.raises(NotAuthorised):
        acknowledge_alarm(world.act("kdv.an", reason="Không sao"), alarm)
    acknowledge_alarm(world.act("truongphong", reason="Không có phép đo nào lúc đó"), alarm)

    assert FollowUp.objects.get().state == FollowUp.State.DONE
    with pytest.raises(WrongStage, match=world.people["truongphong"].full_name):
        acknowledge_alarm(world.act("truongphong", reason="Lần nữa"), alarm)


def test_what_limits_have_judged_is_not_judged_anew(world: World, room: Point) -> None:
    take(world, room, file_of("13/04/2022 08:00;26;55"))
    with pytest.raises(LimitsUsed):
        set_limit(
            world.act("truongphong"),
            room,
            LimitDraft(quantity="temperature", lower=None, upper=Decimal(20), valid_from=DAY, source="mới"),
        )
    set_limit(
        world.act("truongphong"),
        room,
        LimitDraft(
            quantity="temperature",
            lower=None,
            upper=Decimal(20),
            valid_from=DAY + timedelta(days=1),
            source="mới",
        ),
    )
    take(world, room, file_of("13/04/2022 09:00;26;55", "14/04/2022 08:00;21;55"))
    assert [one.extreme for one in Alarm.objects.all()] == [Decimal(21)]


def test_limits_set_later_judge_what_nothing_has_judged(world: World, room: Point) -> None:
    other = open_point(world.act("truongphong"), world.centre, PointDraft(code="P-AP", name="Phòng áp suất"))
    take(world, other, file_of("13/04/2022 08:00;31;55"))
    assert not Alarm.objects.exists()
    set_limit(
        world.act("truongphong"),
        other,
        LimitDraft(
            quantity="temperature", lower=None, upper=Decimal(30), valid_from=date(2022, 4, 1), source="HD-07"
        ),
    )
    assert Alarm.objects.get().extreme == Decimal(31)


def test_a_reading_typed_by_hand_is_kept_and_never_contradicted(world: World, room: Point) -> None:
    enter_record(world.act("kdv.an"), room, quantity="humidity", at=at("08:00"), text="71,5 %RH")
    assert Alarm.objects.get().quantity == "humidity"
    enter_record(world.act("kdv.binh"), room, quantity="humidity", at=at("08:00"), text="71,5")
    assert Record.objects.get().entered_by == "kdv.an"
    with pytest.raises(Contradicted):
        enter_record(world.act("kdv.an"), room, quantity="humidity", at=at("08:00"), text="65")
    with pytest.raises(FieldWrong):
        enter_record(world.act("kdv.an"), room, quantity="humidity", at=at("08:01"), text="105")
    with pytest.raises(NotYet):
        enter_record(
            world.act("kdv.an"), room, quantity="humidity", at=at("20:00", date(2022, 4, 15)), text="60"
        )


def test_the_nearest_record_within_the_tolerance(world: World, room: Point) -> None:
    take(world, room, file_of("13/04/2022 08:00;22,4;55", "13/04/2022 09:00;23,4;55"))

    def near(text: str) -> str | None:
        found = recorded_at(room, quantity="temperature", at=at(text))
        return found.text if found else None

    assert [near(t) for t in ("07:29", "07:30", "08:20", "08:30", "08:31", "09:30", "09:31")] == [
        None, "22,4", "22,4", "22,4", "23,4", "23,4", None,
    ]  # fmt: skip
    found = recorded_at(room, quantity="temperature", at=at("08:20"))
    assert found is not None
    origin = read_origin(found.origin)
    assert origin is not None
    assert (origin.code, origin.at, origin.file) == ("P-CAN", at("08:00"), LoggerImport.objects.get().pk)
    assert recorded_at(room, quantity="pressure", at=at("08:20")) is None


def test_gaps_in_working_hours_and_sums(world: World, room: Point) -> None:
    minutes = [
        f"13/04/2022 {h:02}:{m:02};22,{h % 10};55" for h in range(7, 17) for m in (0, 30) if h not in (11, 12)
    ]
    take(world, room, file_of(*minutes))
    start, end = at("00:00"), at("00:00", DAY + timedelta(days=1))

    [gap] = silences(room, start=start, end=end).gaps
    assert (gap.began_at, gap.ended_at, gap.minutes) == (at("10:30"), at("13:00"), 150)
    [humidity, warmth] = summaries(room, start=start, end=end)
    assert (humidity.quantity, humidity.low, humidity.mean) == ("humidity", Decimal(55), Decimal("55.0"))
    assert (warmth.count, warmth.low, warmth.high) == (16, Decimal("22.0"), Decimal("22.9"))
    weekend = datetime(2022, 4, 16, tzinfo=HERE)
    assert silences(room, start=weekend, end=weekend + timedelta(days=2)).gaps == ()


def test_excursions_between_two_instants(world: World, room: Point) -> None:
    take(world, room, file_of(*(f"13/04/2022 08:0{i};{20 + i};55" for i in range(6))))
    limits = Limits(None, Decimal(22))
    [one] = excursions_between(
        room, quantity="temperature", start=at("08:00"), end=at("08:04"), limits=limits
    )
    assert (one.began_at, one.ended_at, one.extreme, one.count) == (at("08:03"), at("08:04"), Decimal(24), 2)


def test_a_tampered_record_is_found(world: World, room: Point) -> None:
    take(world, room, file_of("13/04/2022 08:00;22,4;55"))
    Record.objects.filter(quantity="temperature").update(value=Decimal("21.0"), text="21,0")
    assert [flaw.sentence for flaw in flaws()] == ["1 số liệu không còn đúng như tệp của máy ghi."]
    Record.objects.filter(quantity="temperature").delete()
    assert len(list(flaws())) == 1


def test_who_sees_and_who_does(world: World, room: Point) -> None:
    assert list(points_seen_by(world.people["kdv.an"], on=DAY)) == [room]
    assert not points_seen_by(world.people["nguoikhac"], on=DAY).exists()
    stranger = Act(actor=world.people["nguoikhac"], at=world.now)
    with pytest.raises(NotAuthorised):
        enter_record(stranger, room, quantity="humidity", at=at("08:00"), text="60")
    with pytest.raises(NotAuthorised):
        open_point(world.act("kdv.an"), world.centre, PointDraft(code="X", name="X"))
    with pytest.raises(PointKnown):
        open_point(world.act("truongphong"), world.centre, PointDraft(code="P-CAN", name="Khác"))


def test_a_closed_point_takes_nothing(world: World, room: Point) -> None:
    room.refresh_from_db()
    change_point(
        world.act("truongphong"), room, PointDraft(name="Phòng cân", is_active=False), version=room.version
    )
    with pytest.raises(WrongStage, match="theo dõi lại ở trang Sửa"):
        take(world, room, file_of("13/04/2022 08:00;22,4;55"))


def test_states_tell_outside_silent_and_empty(world: World, room: Point) -> None:
    def state() -> str:
        return point_states(Point.objects.all(), now=world.now)[0].state

    assert state() == "empty"
    take(world, room, file_of("12/04/2022 08:00;22;55"))
    assert state() == "silent"
    take(world, room, file_of("13/04/2022 16:00;22;55"))
    assert state() == "ok"
    take(world, room, file_of("14/04/2022 08:00;29;55"))
    assert state() == "outside"
