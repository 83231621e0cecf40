"""Budgets of six correlated inputs for 1, 1 000 and 100 000 instruments."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks import numpy_floor, peers
from benchmarks.mass import CORRELATED, CORRELATION, DOFS, FORMULA, NAMES, Instruments, instruments
from benchmarks.timing import best_seconds
from quacan.metrology.correlations import correlate
from quacan.metrology.inputs import InputQuantity
from quacan.metrology.model import measurement_model
from quacan.metrology.propagation import InputColumn, Propagation, propagate, propagate_columns

SIZES = (1, 1_000, 100_000)
SLOW_SIZE = 2_000
"""Libraries that go one by one are timed on this many instruments at most, and scaled from there."""

MODEL = measurement_model(FORMULA)
TOGETHER = correlate([(*CORRELATED, CORRELATION)])


def ours_one(lot: Instruments) -> list[Propagation]:
    """This will compute budgets one instrument at a time, inputs made anew for each."""
    return [
        propagate(
            MODEL,
            {
                name: InputQuantity(value, u, DOFS[name])
                for name, value, u in zip(NAMES, values, us, strict=True)
            },
            correlations=TOGETHER,
        )
        for values, us in lot.rows()
    ]


def ours(lot: Instruments) -> Any:
    """This will compute budgets of all instruments in one call."""
    columns = {name: InputColumn(lot.values[name], lot.u[name], DOFS[name]) for name in NAMES}
    return propagate_columns(MODEL, columns, correlations=TOGETHER)["y"]


def largest_disagreement(count: int = 200) -> dict[str, float]:
    """This will compare y, u, ν, k and U of every contender with ours: largest relative difference."""
    lot = instruments(count)
    column = ours(lot)
    mine = np.array([column.value, column.u, column.dof, column.k, column.U])
    theirs = {
        "numpy by hand": numpy_floor.budgets(lot)[:5],
        "quacan, one by one": np.array(
            [[(y := row.outputs["y"]).value, y.u, y.dof, y.k, y.U] for row in ours_one(lot)]
        ).T,
        "GTC": np.array([row[:5] for row in peers.by_gtc(lot)]).T,
        "uncertainties": np.array([row[:5] for row in peers.by_uncertainties(lot)]).T,
    }
    return {name: float(np.max(np.abs(other / mine - 1))) for name, other in theirs.items()}


def rows(rounds: int) -> list[dict[str, Any]]:
    """This will time every contender at every size."""
    lot = instruments(max(SIZES))
    found = []
    for size in SIZES:
        part = lot.first(size)
        slow = part.first(min(size, SLOW_SIZE))
        quick: dict[str, Callable[[], object]] = {"numpy by hand": partial(numpy_floor.budgets, part)}
        quick["quacan"] = partial(ours_one if size == 1 else ours, part)
        one_by_one: dict[str, Callable[[], object]] = {
            "GTC": partial(peers.by_gtc, slow),
            "uncertainties": partial(peers.by_uncertainties, slow),
        }
        if size == 1:
            quick, one_by_one = {**quick, **one_by_one}, {}
        seconds = best_seconds(quick, rounds=3 * rounds)
        measured = dict.fromkeys(quick, size)
        for name, spent in best_seconds(one_by_one, rounds=2).items():
            seconds[name] = spent * size / len(slow.rows())
            measured[name] = len(slow.rows())
        found += [
            {"contender": name, "size": size, "measured_on": measured[name], "seconds": seconds[name]}
            for name in seconds
        ]
    return found
