"""How the values of a standard moved from certificate to certificate, and when they would leave what is permitted."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from quacan.centre.standards.rules.stating import History, value_at
from quacan.metrology.fitting import fit_line
from quacan.metrology.intervals.deviations import interval_drift
from quacan.metrology.readings import UnusableReadings

DAYS_IN_MONTH: Final = Decimal("30.4375")
FEWEST: Final = 3

Why = Literal["", "few", "no_limit", "reached", "far"]


@dataclass(frozen=True, slots=True)
class Drifted:
    """What one certificate states at a nominal: the deviation value - nominal and its U."""

    on: date
    deviation: Decimal
    U: Decimal


@dataclass(frozen=True, slots=True)
class Series:
    """One nominal through all certificates, with the half-width permitted there (None: not declared)."""

    nominal: Decimal
    unit: str
    points: tuple[Drifted, ...]
    permitted: Decimal | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whole months after the last certificate within which the value is predicted to stay inside what is permitted.

    *why* says what keeps a figure from being given: too few certificates, no limit declared, the band reaches the
    limit already, or no end within a hundred times the record.
    """

    months: int | None
    why: Why
    per_year: Decimal | None
    u_per_year: Decimal | None


def series_at(
    history: Sequence[History], *, nominal: Decimal, unit: str, permitted: Decimal | None
) -> Series:
    """This will follow one nominal value through the certificates, the oldest first; of one day the last counts."""
    found: dict[date, Drifted] = {}
    for one in history:
        row = value_at(one.rows, at=nominal, unit=unit)
        if row is not None:
            found[one.issued_on] = Drifted(one.issued_on, row.value - nominal, row.U)
    return Series(nominal, unit, tuple(found[day] for day in sorted(found)), permitted)


def next_interval(series: Series) -> Proposal:
    """This will extend the drift until its prediction band of 95 % meets the permitted deviation (ILAC-G24:2022).

    Months are cut, not rounded. The band is that of one further calibration result (JCGM 100:2008, H.3).
    """
    points = series.points
    if len(points) < FEWEST:
        return Proposal(None, "few", None, None)
    if series.permitted is None:
        return Proposal(None, "no_limit", None, None)
    months = [float(Decimal((one.on - points[0].on).days) / DAYS_IN_MONTH) for one in points]
    limit = float(series.permitted)
    errors = [float(one.deviation) for one in points]
    if max(abs(error) for error in errors) >= limit:
        return Proposal(None, "reached", None, None)
    low, high = fit_line(months, errors).band([months[-1]], coverage=0.95, of="reading")
    if float(high[0]) >= limit or float(low[0]) <= -limit:
        return Proposal(None, "reached", None, None)
    try:
        found = interval_drift(months, errors, lower=-limit, upper=limit)
    except UnusableReadings:
        return Proposal(None, "far", None, None)
    return Proposal(
        math.floor(found.time_from_last),
        "",
        Decimal(repr(found.drift)) * 12,
        Decimal(repr(found.u_drift)) * 12,
    )
