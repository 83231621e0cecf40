from datetime import date

import pytest

from quacan.centre.base.periods import (
    Period,
    PeriodRefused,
    end_of_month_after,
    month_period,
    period,
    year_month,
)


@pytest.mark.parametrize(
    ("code", "start", "end", "title_vi", "title_en"),
    [
        ("2022", (1, 1), (12, 31), "năm 2022", "year 2022"),
        ("2022-Q1", (1, 1), (3, 31), "quý I năm 2022", "quarter I of 2022"),
        ("2022-Q4", (10, 1), (12, 31), "quý IV năm 2022", "quarter IV of 2022"),
        ("2022-H1", (1, 1), (6, 30), "6 tháng đầu năm 2022", "first six months of 2022"),
        ("2022-H2", (7, 1), (12, 31), "6 tháng cuối năm 2022", "last six months of 2022"),
        ("2022-9M", (1, 1), (9, 30), "9 tháng đầu năm 2022", "first nine months of 2022"),
        ("2022-M06", (6, 1), (6, 30), "tháng 6 năm 2022", "June 2022"),
    ],
)
def test_code_gives_ends_and_titles(code, start, end, title_vi, title_en):
    found = period(code)
    assert (found.start, found.end) == (date(2022, *start), date(2022, *end))
    assert (found.title.vi, found.title.en) == (title_vi, title_en)
    assert found.code == code


def test_a_month_may_be_written_without_its_letter():
    assert period("2022-06") == period("2022-M06")
    assert period(" 2022-H1 ").code == "2022-H1"


def test_february_of_a_leap_year_ends_on_the_29th():
    assert period("2024-M02").end == date(2024, 2, 29)
    assert period("2024-M02").same_period_last_year().end == date(2023, 2, 28)


def test_same_period_last_year_keeps_the_shape():
    assert period("2022-9M").same_period_last_year() == period("2021-9M")
    assert period("2022").same_period_last_year() == period("2021")


def test_contains_counts_both_ends():
    half = period("2022-H1")
    assert half.contains(date(2022, 1, 1))
    assert half.contains(date(2022, 6, 30))
    assert not half.contains(date(2022, 7, 1))
    assert not half.contains(date(2021, 12, 31))


def test_months_are_integers():
    assert period("2022-Q2").months == (202204, 202205, 202206)
    assert period("2022-Q2").months_to_date == (202201, 202202, 202203, 202204, 202205, 202206)
    assert len(period("2022-9M").months) == 9
    assert year_month(date(2022, 6, 30)) == 202206


def test_the_month_of_a_day():
    assert month_period(date(2022, 6, 17)) == period("2022-M06")


@pytest.mark.parametrize(
    "code",
    [
        "",
        "22",
        "2022-Q5",
        "2022-H3",
        "2022-M13",
        "2022-00",
        "2022-6",
        "2022/Q1",
        "0000",
        "2022-h1",
        "２０２２",
    ],
)
def test_a_bad_code_is_refused_with_a_remedy(code):
    with pytest.raises(PeriodRefused, match="Không đọc được mã kỳ") as refusal:
        period(code)
    assert refusal.value.code == code
    assert "2022-H1" in str(refusal.value)


def test_the_year_before_year_one_is_refused():
    with pytest.raises(PeriodRefused):
        period("0001").same_period_last_year()


def test_a_period_cannot_be_changed():
    with pytest.raises(AttributeError):
        period("2022").code = "2023"
    assert isinstance(hash(period("2022")), int)
    assert sorted([period("2022-H2"), period("2022-H1")]) == [period("2022-H1"), period("2022-H2")]
    assert Period(start=date(2022, 1, 1), end=date(2022, 12, 31), code="2022") == period("2022")


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2018, 5, 10), 12, date(2019, 5, 31)),
        (date(2023, 2, 28), 12, date(2024, 2, 29)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2022, 6, 1), 6, date(2022, 12, 31)),
        (date(2022, 1, 31), 60, date(2027, 1, 31)),
        (date(2022, 6, 17), 0, date(2022, 6, 30)),
    ],
)
def test_validity_runs_to_the_end_of_a_month(day, months, last):
    assert end_of_month_after(day, months) == last


def test_a_validity_is_never_negative():
    with pytest.raises(ValueError, match="không được âm"):
        end_of_month_after(date(2022, 1, 1), -1)
