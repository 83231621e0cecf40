"""The next interval from one result: the staircase of ILAC-G24."""

from dataclasses import dataclass
from typing import Literal

from quacan.metrology.intervals.bounds import bounded
from quacan.metrology.readings import UnusableReadings, as_number, as_positive, as_probability

Advice = Literal["extend", "keep", "shorten"]


@dataclass(frozen=True, slots=True)
class StaircaseStep:
    """Result of the staircase: the next interval and what was done to the last."""

    interval: float
    advice: Advice
    share_of_limit: float


def interval_staircase(
    *,
    interval: float,
    error: float,
    limit: float,
    u: float = 0.0,
    extend_by: float,
    shorten_by: float,
    extend_below: float = 0.8,
    shortest: float | None = None,
    longest: float | None = None,
) -> StaircaseStep:
    """This will extend the interval after a good result and shorten it after a bad one (ILAC-G24:2022,
    staircase).

    Definition: share = (|error| + u)/limit, u the expanded uncertainty to be counted against the instrument
    (0 for the plain rule). share <= extend_below: times extend_by; above 1: times shorten_by; between:
    kept. The guide gives 80 % as its example; the other two factors are the laboratory's own choice.

    >>> interval_staircase(interval=12, error=0.3, limit=1.0, extend_by=1.5, shorten_by=0.5).advice
    'extend'
    """
    old, edge = as_positive(interval, name="interval"), as_positive(limit, name="limit")
    spread = as_positive(u, name="u", zero=True)
    good, longer = as_probability(extend_below, name="extend_below"), as_number(extend_by, name="extend_by")
    shorter = as_probability(shorten_by, name="shorten_by")
    if longer < 1:
        raise UnusableReadings("extend_by must be at least 1.")
    share = (abs(as_number(error, name="error")) + spread) / edge
    advice: Advice = "extend" if share <= good else ("keep" if share <= 1 else "shorten")
    factor = {"extend": longer, "keep": 1.0, "shorten": shorter}[advice]
    return StaircaseStep(bounded(old * factor, shortest, longest), advice, share)
