"""When to calibrate again: from in-tolerance counts, from measured deviations, from one result at a time.

Every function states what its interval means: an interval has no sense without a reliability target or an
uncertainty limit, and none is assumed here.
"""

from quacan.metrology.intervals.counts import (
    ReliabilityInterval,
    TestedInterval,
    interval_a3,
    interval_s2,
    records_to_counts,
)
from quacan.metrology.intervals.deviations import (
    DriftInterval,
    VariablesInterval,
    interval_drift,
    interval_variables,
)
from quacan.metrology.intervals.staircase import StaircaseStep, interval_staircase

__all__ = [
    "DriftInterval",
    "ReliabilityInterval",
    "StaircaseStep",
    "TestedInterval",
    "VariablesInterval",
    "interval_a3",
    "interval_drift",
    "interval_s2",
    "interval_staircase",
    "interval_variables",
    "records_to_counts",
]
