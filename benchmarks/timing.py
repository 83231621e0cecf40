"""Timing contenders against one another on a machine that others use too."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from time import perf_counter

LEAST_TIME = 0.01
"""A single timing lasts at least this many seconds: shorter work is repeated inside it."""


def best_seconds(contenders: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """This will time every contender once per round, turn by turn, and return the best seconds of one call.

    Turn by turn, because a disturbance then strikes all of them; the best, because noise only ever adds. Work
    that is done once (tables, compiled formulas) is done in a first untimed call.
    """
    repeats = {name: _repeats(work) for name, work in contenders.items()}
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(rounds):
        for name, work in contenders.items():
            best[name] = min(best[name], _seconds(work, repeats[name]))
    return best


def _repeats(work: Callable[[], object]) -> int:
    work()
    once = _seconds(work, 1)
    return max(1, round(LEAST_TIME / max(once, 1e-9)))


def _seconds(work: Callable[[], object], repeats: int) -> float:
    gc.collect()
    gc.disable()
    try:
        start = perf_counter()
        for _ in range(repeats):
            work()
        return (perf_counter() - start) / repeats
    finally:
        gc.enable()
