"""Shortest and longest interval a laboratory allows."""

import math

from quacan.metrology.readings import UnusableReadings, as_positive


def bounded(interval: float, shortest: float | None, longest: float | None) -> float:
    """This will return an interval held between the shortest and the longest, where they are given."""
    low = 0.0 if shortest is None else as_positive(shortest, name="shortest")
    high = math.inf if longest is None else as_positive(longest, name="longest")
    if low > high:
        raise UnusableReadings("The shortest interval exceeds the longest.")
    return min(high, max(low, interval))
