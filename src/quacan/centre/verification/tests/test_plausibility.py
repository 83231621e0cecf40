"""Signs are shown with their evidence; ordinary work raises none."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from quacan.centre.examinations.queries import plausibility_hints
from quacan.centre.examinations.rules.plausibility import (
    Sitting,
    Typed,
    copied_from,
    identical_series,
    impossible_pace,
    preferred_digits,
    too_fast,
)
from quacan.centre.verification.actions import (
    enter_conditions,
    enter_readings,
    open_worksheet,
    submit_worksheet,
)
from quacan.centre.verification.tests.conftest import ON, Bench, case_of, cells_of

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def typed(texts: list[str], *, point: str = "", column: str = "I", every: float = 12) -> list[Typed]:
    return [
        Typed(f"s.{i}.{column}", column, point, text, NOON + timedelta(seconds=every * i))
        for i, text in enumerate(texts)
    ]


class TestIdenticalSeries:
    def test_every_column_the_same(self) -> None:
        rows = typed(["10,02"] * 5, point="P") + typed(["9,99"] * 5, point="P", column="R")
        (hint,) = identical_series(rows)
        assert "10,02; 9,99" in hint.evidence

    def test_one_column_differs(self) -> None:
        rows = typed(["10,02"] * 5, point="P") + typed(["9,99"] * 4 + ["9,98"], point="P", column="R")
        assert identical_series(rows) == []

    def test_few_repeats_say_nothing(self) -> None:
        assert identical_series(typed(["10,02"] * 4, point="P")) == []


class TestPreferredDigits:
    def test_one_digit_far_too_often(self) -> None:
        texts = [f"{i},{7 if i % 5 else i % 10}" for i in range(40)] + ["1,2", "1,3"]
        (hint,) = preferred_digits(typed(texts))
        assert "32/42" in hint.evidence

    def test_even_digits_raise_nothing(self) -> None:
        chance = random.Random(4)
        assert preferred_digits(typed([str(chance.randrange(1000)) for _ in range(200)])) == []

    @pytest.mark.parametrize("digits", ["05", "02468", "0"])
    def test_a_coarse_scale_raises_nothing(self, digits: str) -> None:
        assert preferred_digits(typed([f"12{digits[i % len(digits)]}" for i in range(60)])) == []


class TestCopies:
    EARLIER = ["100", "100", "101", "99", "102", "98", "103"]

    def test_the_same_odd_readings(self) -> None:
        rows = typed(self.EARLIER)
        (hint,) = copied_from(rows, {"PK1": {one.cell: one.text for one in rows}})
        assert "PK1" in hint.evidence
        assert "5 số đọc" in hint.evidence

    def test_one_odd_reading_differs(self) -> None:
        rows = typed(self.EARLIER)
        theirs = {one.cell: one.text for one in rows} | {"s.6.I": "104"}
        assert copied_from(rows, {"PK1": theirs}) == []

    def test_all_on_the_nominal_says_nothing(self) -> None:
        rows = typed(["100"] * 30)
        assert copied_from(rows, {"PK1": {one.cell: one.text for one in rows}}) == []


class TestPace:
    def test_faster_than_reading(self) -> None:
        (hint,) = too_fast(typed([str(i) for i in range(30)], every=0.5))
        assert "30 số đọc" in hint.evidence

    def test_a_steady_hand(self) -> None:
        assert too_fast(typed([str(i) for i in range(30)], every=4)) == []

    def sitting(self, number: str, place: str, after: float) -> Sitting:
        began = NOON + timedelta(minutes=after)
        return Sitting(number, place, began, began + timedelta(minutes=20))

    def test_two_places_at_once(self) -> None:
        own = self.sitting("PK2", "Chợ Xanh", 0)
        (hint,) = impossible_pace(own, [self.sitting("PK1", "Trạm y tế", 5)])
        assert "PK1" in hint.evidence

    @pytest.mark.parametrize(("place", "after"), [("Chợ Xanh", 5), ("Trạm y tế", 60), ("", 5)])
    def test_the_same_place_or_time_to_travel(self, place: str, after: float) -> None:
        own = self.sitting("PK2", "Chợ Xanh", 0)
        assert impossible_pace(own, [self.sitting("PK1", place, after)]) == []


@pytest.mark.django_db
def test_a_worksheet_typed_in_one_second_is_shown_to_the_checker(bench: Bench) -> None:
    found = plausibility_hints(bench.submitted())
    assert [hint.code for hint in found] == ["identical", "fast"]


@pytest.mark.django_db
def test_a_worksheet_typed_at_leisure_raises_nothing(bench: Bench) -> None:
    sheet = open_worksheet(
        bench.act(), bench.jobs["counter-scale"], performed_on=ON, procedure_code="counter-scale"
    )
    for turn, (cell, text) in enumerate(cells_of("counter-scale").items()):
        bench.world.later(seconds=9)
        text = "2,0" if cell == "repeatability.1.3.add_load" else text
        enter_readings(bench.act(), sheet, cells={cell: text})
        assert turn < 100
    moments = {
        (key, moment): text
        for key, text in case_of("counter-scale").conditions.items()
        for moment in ("start", "end")
    }
    enter_conditions(bench.act(), sheet, values=moments)
    assert plausibility_hints(submit_worksheet(bench.act(), sheet)) == []
