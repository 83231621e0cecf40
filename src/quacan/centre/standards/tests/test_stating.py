"""What a certificate states at a point: never less uncertain than its rows, nothing outside them."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quacan.centre.standards.rules import History, StandardValue, composed_at, drift_since, value_at

numbers = st.decimals(min_value=0, max_value=1000, places=3, allow_nan=False, allow_infinity=False)
rows_of = st.lists(
    st.builds(
        lambda nominal, shift, U, k: StandardValue(nominal, nominal + shift, U, k, "g"),
        nominal=numbers,
        shift=st.decimals(min_value=-1, max_value=1, places=4, allow_nan=False, allow_infinity=False),
        U=st.decimals(min_value=0, max_value=2, places=4, allow_nan=False, allow_infinity=False),
        k=st.decimals(min_value="1", max_value="3", places=2, allow_nan=False, allow_infinity=False),
    ),
    min_size=1,
    max_size=8,
)


def row(nominal: str, value: str, U: str, k: str = "2", unit: str = "g") -> StandardValue:
    return StandardValue(Decimal(nominal), Decimal(value), Decimal(U), Decimal(k), unit)


@given(rows=rows_of, at=numbers)
def test_the_uncertainty_is_never_smaller_than_at_a_bracketing_row(
    rows: list[StandardValue], at: Decimal
) -> None:
    found = value_at(rows, at=at, unit="g")
    nominals = {one.nominal for one in rows}
    inside = min(nominals) <= at <= max(nominals)
    assert (found is not None) == inside
    if found is None:
        return
    exact = [one for one in rows if one.nominal == at]
    low = max((n for n in nominals if n <= at), default=at)
    high = min((n for n in nominals if n >= at), default=at)
    bracketing = exact or [one for one in rows if one.nominal in {low, high}]
    assert all(found.U >= one.U for one in bracketing)
    corrections = [one.value - one.nominal for one in bracketing]
    assert min(corrections) - Decimal("1e-20") <= found.value - at <= max(corrections) + Decimal("1e-20")


@given(rows=rows_of, at=numbers)
def test_another_unit_states_the_same(rows: list[StandardValue], at: Decimal) -> None:
    here, there = value_at(rows, at=at, unit="g"), value_at(rows, at=at / 1000, unit="kg")
    assert (here is None) == (there is None)
    if here is not None and there is not None:
        assert there.U * 1000 == here.U
        assert abs(there.value * 1000 - here.value) < Decimal("1e-20")


@given(rows=rows_of, at=numbers)
def test_a_unit_of_another_kind_states_nothing(rows: list[StandardValue], at: Decimal) -> None:
    assert value_at(rows, at=at, unit="L") is None


def test_between_rows_the_correction_is_linear_and_the_larger_uncertainty_counts() -> None:
    rows = [row("100", "100.002", "0.004"), row("200", "200.006", "0.010", "2.1")]
    found = value_at(rows, at=Decimal(150), unit="g")
    assert found is not None
    assert (found.value, found.U, found.k) == (Decimal("150.004"), Decimal("0.010"), Decimal(2))


def test_of_two_weights_of_one_nominal_the_more_uncertain_answers() -> None:
    rows = [row("200", "200.001", "0.02"), row("200", "199.999", "0.05")]
    found = value_at(rows, at=Decimal(200), unit="g")
    assert found is not None
    assert str(found.U) == "0.05"


def test_a_standard_as_a_whole_is_as_uncertain_as_its_worst_row() -> None:
    found = value_at([row("1", "1", "0.1"), row("5", "5", "0.3")], at=None, unit="g")
    assert found is not None
    assert str(found.U) == "0.3"


FIRST, SECOND, THIRD = date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1)


def history(*values: str) -> list[History]:
    days = (FIRST, SECOND, THIRD)
    return [History(day, (row("20", value, "0.001"),)) for day, value in zip(days, values, strict=False)]


def test_drift_is_the_greatest_change_scaled_to_the_time_since() -> None:
    known = history("20.000", "20.004", "20.002")  # 365 and 366 days apart
    found = drift_since(known, at=Decimal(20), unit="g", issued_on=THIRD, on=THIRD + timedelta(days=731))
    assert found == Decimal("0.004") * 2


def test_no_drift_is_known_from_one_certificate_nor_on_the_day_of_issue() -> None:
    one, two = history("20.000"), history("20.000", "20.004")
    late = date(2026, 1, 1)
    assert drift_since(one, at=Decimal(20), unit="g", issued_on=FIRST, on=late) == 0
    assert drift_since(two, at=Decimal(20), unit="g", issued_on=SECOND, on=SECOND) == 0
    assert drift_since(two, at=Decimal(50), unit="g", issued_on=SECOND, on=late) == 0


def test_certificates_issued_later_do_not_change_the_drift_of_an_older_one() -> None:
    found = drift_since(
        history("20.000", "20.004", "20.900"), at=Decimal(20), unit="g", issued_on=SECOND, on=THIRD
    )
    assert found < Decimal("0.0041")


@given(days=st.integers(min_value=0, max_value=4000), more=st.integers(min_value=0, max_value=400))
def test_drift_never_shrinks_with_time(days: int, more: int) -> None:
    known = history("20.000", "20.004")
    early, late = (
        drift_since(known, at=Decimal(20), unit="g", issued_on=SECOND, on=SECOND + timedelta(days=d))
        for d in (days, days + more)
    )
    assert early <= late


@given(rows=rows_of, at=st.decimals("0.001", "5000", places=3))
def test_a_load_put_together_is_never_less_uncertain_than_its_largest_weight(
    rows: list[StandardValue], at: Decimal
) -> None:
    weights = [one for one in rows if one.nominal > 0]
    found = composed_at(rows, at=at, unit="g")
    if not weights or at <= max(one.nominal for one in weights):
        assert found is None
        return
    largest = max(weights, key=lambda one: one.nominal)
    if found is not None:
        assert int(at // largest.nominal) * largest.U <= found.U
        assert found.value == at
    assert composed_at(rows, at=at, unit="L") is None
