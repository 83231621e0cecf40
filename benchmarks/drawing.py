"""Monte Carlo: a million draws, and drawing until two digits are stable.

The model is the mass calibration of JCGM 101:2008, 9.3: products and quotients of Gaussians and rectangles, for
which the first order of the GUM is not enough.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import best_seconds
from quacan.metrology.inputs import InputQuantity, from_half_width
from quacan.metrology.model import measurement_model
from quacan.metrology.montecarlo import MonteCarloSettings, monte_carlo, tolerance_of

MODEL = measurement_model("(mR + dR) * (1 + (ra - 1.2) * (1 / rW - 1 / rR)) - 100000")
INPUTS = {
    "mR": InputQuantity(100_000.0, 0.05),
    "dR": InputQuantity(1.234, 0.02),
    "ra": from_half_width(1.2, 0.1),
    "rW": from_half_width(8000.0, 1000.0),
    "rR": from_half_width(8000.0, 50.0),
}
MILLION = 1_000_000
BATCH = 10_000
LEAST_BATCHES = 10
PUBLISHED = Path(__file__).parents[1] / "validation" / "cases.json"


def exact_interval() -> tuple[float, float]:
    """This will give the interval found by quadrature, from the validation data."""
    cases = json.loads(PUBLISHED.read_text("utf-8"))["cases"]
    low, high = next(case for case in cases if case["id"] == "jcgm101-9.3")["computed"]["MCM"]
    return low, high


def drawn(generator: np.random.Generator, size: int) -> NDArray[np.float64]:
    """This will draw the output by hand: the model written out in numpy."""
    reference = generator.normal(100_000.0, 0.05, size)
    difference = generator.normal(1.234, 0.02, size)
    air, weight, standard = (
        generator.uniform(low, high, size) for low, high in ((1.1, 1.3), (7000.0, 9000.0), (7950.0, 8050.0))
    )
    return (reference + difference) * (1 + (air - 1.2) * (1 / weight - 1 / standard)) - 100_000


def summary(values: NDArray[np.float64]) -> tuple[float, float, tuple[float, float], tuple[float, float]]:
    """This will give mean, u, the symmetric and the shortest interval of draws, as JCGM 101, 7.5 to 7.7 says."""
    ordered = np.sort(values)
    inside = round(0.95 * ordered.size)
    start = (ordered.size - inside) // 2
    best = int(np.argmin(ordered[inside:] - ordered[:-inside]))
    return (
        float(values.mean()),
        float(values.std(ddof=1)),
        (float(ordered[start]), float(ordered[start + inside])),
        (float(ordered[best]), float(ordered[best + inside])),
    )


def million_by_hand(seed: int = 1) -> Any:
    """This will draw a million outputs with numpy in cache-sized pieces and summarise them."""
    generator = np.random.Generator(np.random.SFC64(seed))
    values = np.concatenate([drawn(generator, size) for size in _pieces(MILLION)])
    return summary(values)


def _pieces(total: int) -> Iterator[int]:
    for low in range(0, total, BATCH):
        yield min(BATCH, total - low)


def adaptive_by_hand(seed: int, *, digits: int = 2) -> tuple[int, tuple[float, float]]:
    """This will follow JCGM 101, 7.9.4 in numpy, with the guard of ten batches; returns trials and interval."""
    generator = np.random.Generator(np.random.SFC64(seed))
    batches: list[NDArray[np.float64]] = []
    figures: list[tuple[float, float, float, float]] = []
    low, high = round(0.025 * BATCH), round(0.975 * BATCH)
    for done in count(1):
        batch = np.sort(drawn(generator, BATCH))
        batches.append(batch)
        figures.append((batch.mean(), batch.std(ddof=1), batch[low], batch[high]))
        if done < LEAST_BATCHES:
            continue
        table = np.array(figures)
        spread = 2 * table.std(axis=0, ddof=1) / math.sqrt(done)
        # Pooled from the figures of the batches: as good as the deviation of all draws, and cheaper.
        u = math.sqrt(float(np.mean(table[:, 1] ** 2)))
        if np.all(spread <= tolerance_of(u, digits)):
            break
    return done * BATCH, summary(np.concatenate(batches))[2]


def adaptive(seed: int, *, plain: bool, digits: int = 2) -> tuple[int, tuple[float, float]]:
    """This will draw until ``digits`` digits are stable; returns trials and interval."""
    result = monte_carlo(MODEL, INPUTS, settings=MonteCarloSettings(seed=seed, plain=plain, digits=digits))
    return result.draws, result.outputs["y"].interval


ADAPTIVE: dict[str, Callable[[int], tuple[int, tuple[float, float]]]] = {
    "quacan": partial(adaptive, plain=False),
    "quacan, plain 7.9.4": partial(adaptive, plain=True),
    "numpy by hand, 7.9.4": adaptive_by_hand,
}


def million_rows(rounds: int) -> list[dict[str, Any]]:
    """This will time a million draws."""
    settings = {plain: MonteCarloSettings(draws=MILLION, plain=plain) for plain in (False, True)}
    seconds = best_seconds(
        {
            "numpy by hand": million_by_hand,
            "quacan": lambda: monte_carlo(MODEL, INPUTS, settings=settings[False]),
            "quacan, plain": lambda: monte_carlo(MODEL, INPUTS, settings=settings[True]),
        },
        rounds=rounds,
    )
    return [{"contender": name, "size": MILLION, "seconds": spent} for name, spent in seconds.items()]


def adaptive_rows(repeats: int, rounds: int) -> list[dict[str, Any]]:
    """This will draw adaptively with ``repeats`` seeds: mean trials, mean of the best times, distance from exact.

    The distance is the root mean square of both ends from those of the quadrature, in parts of the tolerance.
    """
    exact = exact_interval()
    tolerance = tolerance_of(0.0755, 2)
    found: dict[str, list[tuple[float, int, float]]] = {name: [] for name in ADAPTIVE}
    for seed in range(1, repeats + 1):
        seconds = best_seconds({name: partial(work, seed) for name, work in ADAPTIVE.items()}, rounds=rounds)
        for name, work in ADAPTIVE.items():
            trials, interval = work(seed)
            square = fmean(((end - true) / tolerance) ** 2 for end, true in zip(interval, exact, strict=True))
            found[name].append((seconds[name], trials, square))
    return [
        {
            "contender": name,
            "seconds": fmean(run[0] for run in runs),
            "trials": fmean(run[1] for run in runs),
            "fewest_trials": min(run[1] for run in runs),
            "most_trials": max(run[1] for run in runs),
            "distance": math.sqrt(fmean(run[2] for run in runs)),
            "repeats": repeats,
        }
        for name, runs in found.items()
    ]
