"""Checks every series of numbers passes before a formula sees it.

A series that is too short, not finite or not made of numbers is refused in a sentence that names what is
missing; nothing is dropped, filled in or reshaped in silence.
"""

from collections.abc import Sequence
from decimal import Decimal
from numbers import Real
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Column: TypeAlias = NDArray[np.float64]


_LARGEST = 1e150  # squares of larger numbers are not finite


class UnusableReadings(ValueError):
    """A series of numbers from which the wanted quantity cannot be computed."""


def as_column(values: ArrayLike, *, name: str, at_least: int = 1) -> Column:
    """This will return `values` as a one-dimensional float64 array of at least `at_least` finite numbers.

    Raises UnusableReadings when the values are not numbers, not a plain series, not finite or too few.

    >>> as_column([1, 2.5], name="readings")
    array([1. , 2.5])
    """
    column = as_array(values, name=name)
    if column.ndim != 1:
        raise UnusableReadings(f"{name}: a plain list of numbers is needed, not {column.ndim} dimensions.")
    if column.size < at_least:
        raise UnusableReadings(f"{name}: at least {at_least} numbers are needed, {column.size} given.")
    return column


def as_array(values: ArrayLike, *, name: str) -> Column:
    """This will return `values` as a float64 array of any shape, refusing text, truth values and non-finite
    numbers.
    """
    try:
        raw = np.asarray(values)
    except (TypeError, ValueError):
        raise UnusableReadings(f"{name}: rows of unequal length or values that are not numbers.") from None
    if raw.dtype == object:
        raw = _numbers_of_objects(raw, name=name)
    if raw.size and raw.dtype.kind not in "iuf":
        raise UnusableReadings(f"{name}: every value must be a number.")
    array = raw.astype(np.float64)
    if not np.all(np.isfinite(array)):
        raise UnusableReadings(f"{name}: every value must be finite.")
    if np.any(np.abs(array) > _LARGEST):
        raise UnusableReadings(f"{name}: a value is too large to compute with.")
    return array


def as_columns(**columns: ArrayLike) -> tuple[Column, ...]:
    """This will return several series as float64 columns of one common length.

    >>> x, y = as_columns(x=[1, 2], y=[3, 4])
    """
    checked = tuple(as_column(values, name=name) for name, values in columns.items())
    if len({column.size for column in checked}) > 1:
        sizes = ", ".join(f"{name} {c.size}" for name, c in zip(columns, checked, strict=True))
        raise UnusableReadings(f"The series must have the same length ({sizes}).")
    return checked


def as_groups(groups: Sequence[ArrayLike], *, name: str, at_least: int = 2, each: int = 1) -> list[Column]:
    """This will return a list of groups, each a column of at least `each` finite numbers."""
    checked = [as_column(g, name=f"{name} {i}", at_least=each) for i, g in enumerate(groups, start=1)]
    if len(checked) < at_least:
        raise UnusableReadings(f"{name}: at least {at_least} groups are needed, {len(checked)} given.")
    return checked


def as_number(value: object, *, name: str) -> float:
    """This will return one finite number as a float; text, truth values, NaN and infinity are refused."""
    array = as_array(value, name=name)  # type: ignore[arg-type]
    if array.ndim:
        raise UnusableReadings(f"{name}: a single number is needed.")
    return float(array)


def as_positive(value: object, *, name: str, zero: bool = False) -> float:
    """This will return one finite number greater than zero (or not below zero, when `zero`)."""
    number = as_number(value, name=name)
    if number < 0 or (number == 0 and not zero):
        raise UnusableReadings(f"{name}: must be {'zero or more' if zero else 'greater than zero'}.")
    return number


def as_probability(value: object, *, name: str) -> float:
    """This will return one number strictly between 0 and 1."""
    number = as_number(value, name=name)
    if not 0 < number < 1:
        raise UnusableReadings(f"{name}: must lie between 0 and 1, both excluded.")
    return number


def as_count(value: object, *, name: str, at_least: int = 1) -> int:
    """This will return one whole number of at least `at_least`."""
    number = as_number(value, name=name)
    if number != int(number) or number < at_least:
        raise UnusableReadings(f"{name}: must be a whole number of at least {at_least}.")
    return int(number)


def _numbers_of_objects(raw: NDArray[np.object_], *, name: str) -> Column:
    flat = raw.ravel().tolist()
    if any(isinstance(v, bool) or not isinstance(v, Real | Decimal) for v in flat):
        raise UnusableReadings(f"{name}: every value must be a number.")
    return np.array([float(v) for v in flat], dtype=np.float64).reshape(raw.shape)
