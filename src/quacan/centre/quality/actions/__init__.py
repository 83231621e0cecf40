"""What is done in the quality system: simulate a wrong standard, open a nonconformity on it, close it."""

from quacan.centre.quality.actions.nonconforming import close_nonconformity, open_nonconformity
from quacan.centre.quality.actions.simulating import advance_simulation, simulate_deviation

__all__ = ["advance_simulation", "close_nonconformity", "open_nonconformity", "simulate_deviation"]
