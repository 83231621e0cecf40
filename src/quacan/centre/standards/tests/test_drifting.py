"""From certificate to certificate: the drift, and the interval it allows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quacan.centre.standards.rules import (
    History,
    Permitted,
    StandardValue,
    next_interval,
    proposed_range,
    series_at,
)
from quacan.metrology.intervals.deviations import interval_drift


def history(*deviations: str) -> list[History]:
    return [
        History(
            date(2018 + i, 1, 1),
            (StandardValue(Decimal(20), Decimal(20) + Decimal(one), Decimal("0.01"), Decimal(2), "L"),),
        )
        for i, one in enumerate(deviations)
    ]


def proposal(permitted: str | None, *deviations: str):  # type: ignore[no-untyped-def]
    limit = Decimal(permitted) if permitted else None
    return next_interval(series_at(history(*deviations), nominal=Decimal(20), unit="L", permitted=limit))


def test_the_band_is_followed_until_it_meets_the_limit() -> None:
    found = proposal("0.06", "0.000", "0.011", "0.019", "0.030")
    months = [(date(2018 + i, 1, 1) - date(2018, 1, 1)).days / 30.4375 for i in range(4)]
    expected = interval_drift(months, [0.0, 0.011, 0.019, 0.030], lower=-0.06, upper=0.06)
    assert found.months == int(expected.time_from_last)
    assert float(found.per_year) == pytest.approx(expected.drift * 12)


def test_the_sign_of_the_drift_does_not_matter() -> None:
    up, down = (
        proposal("0.06", "0", "0.011", "0.019", "0.030"),
        proposal("0.06", "0", "-0.011", "-0.019", "-0.030"),
    )
    assert up.months == down.months


@pytest.mark.parametrize(
    ("permitted", "deviations", "why"),
    [
        ("0.06", ("0", "0.01"), "few"),
        (None, ("0", "0.01", "0.02"), "no_limit"),
        ("0.02", ("0", "0.01", "0.02"), "reached"),
        ("0.021", ("0", "0.02", "0", "0.02"), "reached"),
        ("0.06", ("0.01", "0.01", "0.01"), "far"),
    ],
)
def test_no_interval_is_given_without_grounds(
    permitted: str | None, deviations: tuple[str, ...], why: str
) -> None:
    found = proposal(permitted, *deviations)
    assert (found.months, found.why) == (None, why)


def test_a_permitted_error_may_be_a_share_or_an_amount() -> None:
    assert Permitted(Decimal("0.05"), "%").at(Decimal(20), "L") == Decimal("0.01")
    assert Permitted(Decimal(50), "mL").at(Decimal(20), "L") == Decimal("0.05")
    assert Permitted(Decimal(1), "g").at(Decimal(20), "L") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 g ÷ 20 kg", ("0.001", "20", "kg")),
        ("0 ÷ 400 mmHg", ("0", "400", "mmHg")),
        ("-30 – 50 °C", ("-30", "50", "°C")),
        ("20 L", ("", "", "")),
        ("20 kg ÷ 1 g", ("", "", "")),
        ("1 g ÷ 20 L", ("", "", "")),
        ("1 g ÷ 20 kg, ghép đến 160 kg", ("", "", "")),
    ],
)
def test_a_range_in_words_is_proposed_only_when_it_is_plain(text: str, found: tuple[str, str, str]) -> None:
    assert proposed_range(text) == found
