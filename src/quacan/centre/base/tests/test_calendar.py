from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.centre.base.calendar import (
    CALENDAR_SCHEMA,
    CalendarRefused,
    DayKind,
    Pause,
    PauseRefused,
    working_calendar,
)
from quacan.centre.base.definitions import DefinitionsRefused, read_texts

CALENDAR = working_calendar()
SPAN = st.dates(date(2017, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("received", "count", "due"),
    [
        (date(2021, 4, 19), 5, date(2021, 4, 27)),
        (date(2021, 4, 29), 5, date(2021, 5, 10)),
        (date(2022, 1, 28), 5, date(2022, 2, 11)),
        (date(2022, 4, 8), 1, date(2022, 4, 12)),
        (date(2022, 12, 30), 1, date(2023, 1, 3)),
        (date(2023, 4, 28), 3, date(2023, 5, 8)),
        (date(2026, 8, 20), 5, date(2026, 8, 26)),
        (date(2026, 11, 23), 1, date(2026, 11, 25)),
        (date(2026, 4, 24), 1, date(2026, 4, 28)),
    ],
)
def test_working_days_after_receipt(received, count, due):
    assert CALENDAR.add_working_days(received, count) == due
    assert CALENDAR.working_days_between(received, due) == count
    assert CALENDAR.working_days_between(due, received) == -count


def test_the_years_2017_to_2027_are_known():
    assert CALENDAR.years == frozenset(range(2017, 2028))


@pytest.mark.parametrize(
    ("on", "works"),
    [
        (date(2026, 8, 22), True),  # a Saturday worked in exchange
        (date(2026, 8, 31), False),
        (date(2026, 11, 24), False),
        (date(2025, 11, 24), True),  # not a holiday before 2026
        (date(2022, 6, 30), True),
        (date(2022, 6, 25), False),
    ],
)
def test_single_days(on, works):
    assert CALENDAR.is_working_day(on) is works


def test_lunar_days_fall_where_computed():
    tet = [
        date(2017, 1, 28), date(2018, 2, 16), date(2019, 2, 5), date(2020, 1, 25), date(2021, 2, 12),
        date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17),
        date(2027, 2, 6),
    ]  # fmt: skip
    kings = [
        date(2017, 4, 6), date(2018, 4, 25), date(2019, 4, 14), date(2020, 4, 2), date(2021, 4, 21),
        date(2022, 4, 10), date(2023, 4, 29), date(2024, 4, 18), date(2025, 4, 7), date(2026, 4, 26),
        date(2027, 4, 16),
    ]  # fmt: skip
    assert [on for on, day in CALENDAR.days.items() if day.name.vi.endswith("(mùng 1)")] == tet
    assert [on for on in kings if CALENDAR.days[on].name.vi.startswith("Giỗ Tổ")] == kings


@pytest.mark.parametrize("year", [2016, 2028])
def test_a_year_without_data_is_refused_by_name(year):
    with pytest.raises(CalendarRefused, match=str(year)) as refusal:
        CALENDAR.is_working_day(date(year, 6, 1))
    assert refusal.value.year == year
    assert f"{year}.toml" in str(refusal.value)


def test_a_limit_that_runs_into_an_unknown_year_is_refused():
    with pytest.raises(CalendarRefused, match="2028"):
        CALENDAR.add_working_days(date(2027, 12, 30), 5)
    with pytest.raises(CalendarRefused, match="2016"):
        CALENDAR.add_working_days(date(2016, 12, 31), 1)
    with pytest.raises(CalendarRefused, match="2016"):
        CALENDAR.working_days_between(date(2016, 12, 31), date(2017, 1, 3))


def test_no_days_means_the_first_day_of_work():
    assert CALENDAR.add_working_days(date(2022, 6, 30), 0) == date(2022, 6, 30)
    assert CALENDAR.add_working_days(date(2022, 6, 25), 0) == date(2022, 6, 27)
    with pytest.raises(ValueError, match="không được âm"):
        CALENDAR.add_working_days(date(2022, 6, 30), -1)


@given(SPAN, st.integers(1, 60))
def test_adding_and_counting_agree(received, count):
    due = CALENDAR.add_working_days(received, count)
    assert CALENDAR.is_working_day(due)
    assert CALENDAR.working_days_between(received, due) == count
    assert CALENDAR.working_days_between(received, due - timedelta(days=1)) == count - 1


def test_a_clock_without_pauses_is_a_plain_limit():
    assert CALENDAR.due_on(date(2022, 6, 6), 10) == CALENDAR.add_working_days(date(2022, 6, 6), 10)


def test_the_clock_stops_while_the_applicant_is_awaited():
    received = date(2022, 6, 6)  # Monday; two days are used by Wednesday the 8th
    asked = Pause(asked_on=date(2022, 6, 8), supplied_on=date(2022, 6, 20))
    assert CALENDAR.due_on(received, 5, pauses=[asked]) == date(2022, 6, 23)
    assert CALENDAR.due_on(received, 5, pauses=[Pause(date(2022, 6, 8))]) is None


def test_a_pause_after_the_limit_changes_nothing():
    late = Pause(asked_on=date(2022, 6, 13))
    assert CALENDAR.due_on(date(2022, 6, 6), 5, pauses=[late]) == date(2022, 6, 13)


@pytest.mark.parametrize(
    "pauses",
    [
        [Pause(date(2022, 6, 8), date(2022, 6, 7))],
        [Pause(date(2022, 6, 3))],
        [Pause(date(2022, 6, 7), date(2022, 6, 9)), Pause(date(2022, 6, 8))],
    ],
)
def test_a_pause_out_of_order_is_refused(pauses):
    with pytest.raises(PauseRefused, match="không hợp lệ"):
        CALENDAR.due_on(date(2022, 6, 6), 5, pauses=pauses)


def test_doubtful_days_are_told():
    doubtful = CALENDAR.doubtful_days(date(2026, 8, 1), date(2026, 9, 30))
    assert [day.date for day in doubtful] == [date(2026, 8, 22), date(2026, 8, 31), date(2026, 9, 1)]
    assert all(day.confidence == "low" for day in CALENDAR.doubtful_days(date(2027, 2, 1), date(2027, 2, 28)))
    assert CALENDAR.doubtful_days(date(2026, 11, 1), date(2026, 11, 30)) == ()


def test_agrees_with_an_independent_table_where_confident():
    others = holidays.country_holidays("VN", years=sorted(CALENDAR.years), language="vi")
    ours = [
        day for day in CALENDAR.days.values() if day.confidence == "high" and day.kind is not DayKind.MAKEUP
    ]
    assert len(ours) > 90
    missing = [day.date for day in ours if day.date.weekday() < 5 and day.date not in others]
    assert missing == []


def refused(days):
    header = 'code = "X"\nversion = "1"\nin_force_from = 2022-01-01\nsource = "S"\nconfidence = "high"\n'
    header += "year = 2022\n"
    common = 'name_vi = "n"\nname_en = "n"\nsource = "s"\nconfidence = "high"\n'
    rows = "".join(f'[[days]]\ndate = {on}\nkind = "{kind}"\n{common}' for on, kind in days)
    with pytest.raises(DefinitionsRefused) as refusal:
        read_texts({"calendars/2022.toml": (header + rows).encode()}, CALENDAR_SCHEMA)
    return {problem.key for problem in refusal.value.problems}


def test_impossible_days_are_refused():
    assert refused([("2021-12-31", "statutory")]) == {"days[1].date"}
    assert refused([("2022-09-02", "statutory"), ("2022-09-02", "statutory")]) == {"days[2].date"}
    assert refused([("2022-06-30", "makeup_workday")]) == {"days[1].date"}
    assert refused([("2022-06-25", "swap_off")]) == {"days[1].date"}
    assert refused([("2022-06-26", "substitute")]) == {"days[1].date"}
    assert refused([("2022-06-30", "feast")]) == {"days[1].kind"}
