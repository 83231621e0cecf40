"""What is done in the quality system: simulate a wrong standard, grant a deviation, open and close nonconformities."""

from quacan.centre.quality.actions.deviating import DeviationDraft, grant_deviation
from quacan.centre.quality.actions.nonconforming import close_nonconformity, open_nonconformity
from quacan.centre.quality.actions.simulating import advance_simulation, simulate_deviation

__all__ = [
    "DeviationDraft",
    "advance_simulation",
    "close_nonconformity",
    "grant_deviation",
    "open_nonconformity",
    "simulate_deviation",
]
