"""Conformity of 100 000 results: the chance that each conforms, and the risks of its rule over a population.

The population is that of the resistors of JCGM 106:2012, 9.5.3, every one with its own uncertainty.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.integrate import quad
from scipy.special import ndtr

from benchmarks.timing import best_seconds
from quacan.metrology.conformity import (
    conformance_probability,
    global_risks,
    normal_global_risks,
    normal_prior,
)

SIZE = 100_000
SLOW_SIZE = 100
MEAN, SD = 1500.0, 0.12
LOWER, UPPER, GUARD = 1499.8, 1500.2, 0.04


def results() -> tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.float64]]]:
    """This will make values and u of 100 000 resistors, the same ones every time."""
    rng = np.random.default_rng(106)
    return rng.normal(MEAN, SD, SIZE), rng.uniform(0.03, 0.05, SIZE)


def by_quad(u: float) -> tuple[float, float]:
    """This will find (pfa, pfr) of one item by adaptive quadrature of the density, as a user of scipy writes it."""
    low, high = LOWER + GUARD, UPPER - GUARD

    def density(value: float) -> float:
        return math.exp(-0.5 * ((value - MEAN) / SD) ** 2) / (SD * math.sqrt(2 * math.pi))

    def accepted(value: float) -> float:
        return float(ndtr((high - value) / u) - ndtr((low - value) / u))

    def wrongly(value: float) -> float:
        return density(value) * accepted(value)

    pfa = quad(wrongly, MEAN - 9 * SD, LOWER)[0] + quad(wrongly, UPPER, MEAN + 9 * SD)[0]
    return pfa, quad(lambda value: density(value) * (1 - accepted(value)), LOWER, UPPER)[0]


def rows(rounds: int) -> list[dict[str, Any]]:
    """This will time specific and global risk of 100 000 results."""
    y, u = results()
    prior = normal_prior(mean=MEAN, sd=SD)
    limits = {
        "lower": LOWER,
        "upper": UPPER,
        "accept_lower": LOWER + GUARD,
        "accept_upper": UPPER - GUARD,
    }
    specific: dict[str, Callable[[], object]] = {
        "specific: quacan": lambda: conformance_probability(y, u, lower=LOWER, upper=UPPER),
        "specific: numpy by hand": lambda: ndtr((UPPER - y) / u) - ndtr((LOWER - y) / u),
    }
    overall: dict[str, Callable[[], object]] = {
        "global: quacan, normal prior": lambda: normal_global_risks(**limits, u=u, mean=MEAN, sd=SD),
        "global: quacan, any prior": lambda: global_risks(**limits, u=u, prior=prior),
    }
    slow: dict[str, Callable[[], object]] = {
        "global: scipy quad, one by one": lambda: [by_quad(float(each)) for each in u[:SLOW_SIZE]]
    }
    quick = best_seconds(specific, rounds=3 * rounds) | best_seconds(overall, rounds=2)
    scaled = {
        name: spent * SIZE / SLOW_SIZE
        for name, spent in best_seconds(slow, rounds=max(1, rounds // 2)).items()
    }
    return [
        {
            "contender": name,
            "size": SIZE,
            "measured_on": SLOW_SIZE if name in slow else SIZE,
            "seconds": spent,
        }
        for name, spent in (quick | scaled).items()
    ]


def largest_disagreement() -> float:
    """This will compare the global risks of the three ways: largest absolute difference."""
    _, u = results()
    u = u[:20]
    limits = {
        "lower": LOWER,
        "upper": UPPER,
        "accept_lower": LOWER + GUARD,
        "accept_upper": UPPER - GUARD,
    }
    closed = np.array(normal_global_risks(**limits, u=u, mean=MEAN, sd=SD))
    panels = np.array(global_risks(**limits, u=u, prior=normal_prior(mean=MEAN, sd=SD)))
    slow = np.array([by_quad(float(each)) for each in u]).T
    return float(max(np.max(np.abs(panels - closed)), np.max(np.abs(slow - closed))))
