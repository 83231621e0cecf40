"""Statistics over repeated readings in exact decimal arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal

_EXACT = Context(prec=60)


def statistic(take: str, values: Sequence[Decimal]) -> Decimal:
    """This will give the mean, range, stdev (n - 1, GUM 4.2.2), minimum, maximum or max_abs of the values.

    Needs at least one value, two for stdev; raises `ValueError` for an unknown statistic.
    """
    if take == "mean":
        return mean(values)
    if take == "range":
        return _EXACT.subtract(max(values), min(values))
    if take == "minimum":
        return min(values)
    if take == "maximum":
        return max(values)
    if take == "max_abs":
        return max(abs(value) for value in values)
    if take == "stdev":
        return experimental_deviation(values)
    raise ValueError(f"there is no statistic '{take}'")


def mean(values: Sequence[Decimal]) -> Decimal:
    """This will give the arithmetic mean, independent of the order of the values."""
    total = Decimal(0)
    for value in sorted(values):
        total = _EXACT.add(total, value)
    return _EXACT.divide(total, Decimal(len(values)))


def experimental_deviation(values: Sequence[Decimal]) -> Decimal:
    """This will give the experimental standard deviation of at least two values (GUM 4.2.2)."""
    if len(values) < 2:
        raise ValueError("a standard deviation needs at least two values")
    centre = mean(values)
    total = Decimal(0)
    for value in sorted(values):
        gap = _EXACT.subtract(value, centre)
        total = _EXACT.add(total, _EXACT.multiply(gap, gap))
    return _EXACT.sqrt(_EXACT.divide(total, Decimal(len(values) - 1)))
