"""Three-valued verdicts, exact: a value on the limit is on the limit, and nothing missing passes."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.limits.interval import Interval

Floats = NDArray[np.float64]

_ROUNDING_DISTANCE = 8 * float(np.finfo(np.float64).eps)
"""Relative distance within which float64 may order two decimals wrongly; there Decimal decides."""


class Verdict(StrEnum):
    """The answer to whether a requirement is met: đạt, không đạt, chưa đủ căn cứ.

    >>> Verdict.UNDETERMINED.value
    'undetermined'
    """

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    UNDETERMINED = "undetermined"


def decide_exact(value: Decimal | None, interval: Interval | None) -> Verdict:
    """This will say whether a value lies in an interval, exactly.

    A missing or non-finite value, a missing interval, and an interval without any limit are undetermined.

    >>> decide_exact(Decimal("0.5"), Interval.symmetric(Decimal("0.5"))).value
    'pass'
    """
    if value is None or not value.is_finite() or interval is None or interval.is_unbounded:
        return Verdict.UNDETERMINED
    return Verdict.PASS if interval.contains(value) else Verdict.FAIL


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """This will combine verdicts: any fail fails, any doubt is undetermined, and nothing at all is undetermined."""
    found = set(verdicts)
    if Verdict.FAIL in found:
        return Verdict.FAIL
    return Verdict.PASS if found == {Verdict.PASS} else Verdict.UNDETERMINED


def decide_many(
    values: Sequence[Decimal | None], intervals: Interval | Sequence[Interval | None]
) -> list[Verdict]:
    """This will decide many values at once, each as decide_exact would, against one interval or one each.

    Values are compared as float64; whatever falls within rounding distance of a limit is compared again in
    Decimal. Raises ValueError when the two sequences differ in length.

    >>> from decimal import Decimal
    >>> [v.value for v in decide_many([Decimal("1"), Decimal("1.1"), None], Interval(upper=Decimal("1")))]
    ['pass', 'fail', 'undetermined']
    """
    each = [intervals] * len(values) if isinstance(intervals, Interval) else list(intervals)
    if len(each) != len(values):
        raise ValueError(f"{len(values)} values cannot be decided against {len(each)} intervals.")
    known = np.array([_is_decidable(value, one) for value, one in zip(values, each, strict=True)], dtype=bool)
    numbers = _floats([value if ok else None for value, ok in zip(values, known, strict=True)])
    lower = _floats([one.lower if one else None for one in each], missing=-np.inf)
    upper = _floats([one.upper if one else None for one in each], missing=np.inf)
    inside = (numbers > lower) & (numbers < upper)
    near = known & (_is_near(numbers, lower) | _is_near(numbers, upper))
    verdicts = np.where(known, np.where(inside, Verdict.PASS, Verdict.FAIL), Verdict.UNDETERMINED)
    answer = [Verdict(text) for text in verdicts.tolist()]
    for i in np.flatnonzero(near).tolist():
        answer[i] = decide_exact(values[i], each[i])
    return answer


def _is_decidable(value: Decimal | None, interval: Interval | None) -> bool:
    return value is not None and value.is_finite() and interval is not None and not interval.is_unbounded


def _floats(numbers: Sequence[Decimal | None], missing: float = np.nan) -> Floats:
    return np.fromiter(
        (missing if number is None else float(number) for number in numbers), np.float64, len(numbers)
    )


def _is_near(numbers: Floats, limits: Floats) -> NDArray[np.bool_]:
    """Where the order of two floats does not prove the order of the decimals behind them."""
    size = np.maximum(np.abs(numbers), np.where(np.isfinite(limits), np.abs(limits), 0.0))
    smallest = float(np.finfo(np.float64).tiny)
    with np.errstate(invalid="ignore"):
        close = np.abs(numbers - limits) <= _ROUNDING_DISTANCE * size + smallest
    return (close & np.isfinite(limits)) | np.isinf(numbers)
