"""Intervals from counts of items found in tolerance: NCSLI RP-1 methods A3 and S2."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.intervals.bounds import bounded
from quacan.metrology.quantiles import chi2_tail, normal_quantile
from quacan.metrology.readings import (
    Column,
    UnusableReadings,
    as_column,
    as_columns,
    as_count,
    as_number,
    as_positive,
    as_probability,
)


@dataclass(frozen=True, slots=True)
class TestedInterval:
    """Result of method A3: the interval recommended, and why.

    `q` is the confidence with which the target is rejected, `observed` the fraction in tolerance with its
    limits `low` and `high` at the wanted confidence, `factor` the change before its bounds, `changed`
    whether any was made.
    """

    interval: float
    q: float
    observed: float
    low: float
    high: float
    factor: float
    changed: bool


@dataclass(frozen=True, slots=True)
class ReliabilityInterval:
    """Result of method S2: exponential reliability R(t) = exp(-rate t), its fit, and the interval for the
    target.

    `low` and `high` bound the interval at the wanted coverage; `p_value` tests the model against the counts
    (None without degrees of freedom to test it).
    """

    interval: float
    low: float
    high: float | None
    rate: float
    u_rate: float
    chi_squared: float
    dof: int
    p_value: float | None


def interval_a3(
    *,
    in_tolerance: int,
    n: int,
    interval: float,
    target: float,
    confidence: float = 0.5,
    largest_change: float = 2.0,
    shortest: float | None = None,
    longest: float | None = None,
) -> TestedInterval:
    """This will adjust an assigned interval from the count of calibrations found in tolerance at its end.

    Definition: the interval at whose end the fraction in tolerance is to be `target`. The change is 10^[Q
    (R - target)] with R = in_tolerance/n, bounded by `largest_change` either way, made only when the
    confidence Q with which the binomial law rejects the target exceeds `confidence` (NCSLI RP-1, method
    A3). Q = 1 - 2 P(X <= x) below and 1 - 2 P(X >= x) above the target; with all or none in tolerance the
    limits are one-sided and Q is 1 - target^n or 1 - (1 - target)^n. Any unit of time. Raises
    UnusableReadings for counts that contradict each other.

    >>> round(interval_a3(in_tolerance=15, n=20, interval=365, target=0.95).interval)
    231
    """
    count, total = as_count(in_tolerance, name="in_tolerance", at_least=0), as_count(n, name="n")
    old, goal = as_positive(interval, name="interval"), as_probability(target, name="target")
    conf, bound = (
        as_probability(confidence, name="confidence"),
        as_number(largest_change, name="largest_change"),
    )
    if count > total or bound < 1:
        raise UnusableReadings("in_tolerance must not exceed n, and largest_change must be at least 1.")
    observed = count / total
    low, high = _reliability_limits(count, total, conf)
    q = _rejection_confidence(count, total, goal)
    factor = 10 ** (q * (observed - goal))
    changed = q > conf
    new = old * min(bound, max(1 / bound, factor)) if changed else old
    new = bounded(new, shortest, longest)
    return TestedInterval(new, q, observed, low, high, factor, changed)


def _reliability_limits(count: int, total: int, confidence: float) -> tuple[float, float]:
    """Limits of a fraction by the binomial law (Clopper and Pearson); one-sided when all or none is in
    tolerance.
    """
    from scipy.special import betaincinv

    tail = 0.5 * (1 - confidence)
    if count == 0:
        return 0.0, float(betaincinv(1, total, confidence))
    if count == total:
        return float(betaincinv(total, 1, 1 - confidence)), 1.0
    low = float(betaincinv(count, total - count + 1, tail))
    return low, float(betaincinv(count + 1, total - count, 1 - tail))


def _rejection_confidence(count: int, total: int, target: float) -> float:
    """The largest confidence whose limits still leave the target out."""
    from scipy.special import bdtr, bdtrc

    if count == total:
        return 1 - float(target**total)
    if count == 0:
        return 1 - float((1 - target) ** total)
    below = count / total < target
    tail = float(bdtr(count, total, target) if below else bdtrc(count - 1, total, target))
    return max(0.0, 1 - 2 * tail)


def interval_s2(
    times: ArrayLike,
    in_tolerance: ArrayLike,
    n: ArrayLike,
    *,
    target: float,
    coverage: float = 0.95,
) -> ReliabilityInterval:
    """This will fit exponential reliability to counts in tolerance at several ages by maximum likelihood.

    Definition: the time at which the fraction in tolerance, exp(-rate t), has fallen to `target`. `times`
    are ages at calibration, `in_tolerance` of `n` items found good at each age (NCSLI RP-1, method S2,
    exponential model). Limits come from the normal approximation of the rate. Raises UnusableReadings when
    every item was in tolerance (the rate cannot be told from zero) or none was.

    >>> round(interval_s2([90, 180, 360], [19, 18, 15], [20, 20, 20], target=0.95).interval, 1)
    73.3
    """
    t, good, total = as_columns(times=times, in_tolerance=in_tolerance, n=n)
    goal, level = as_probability(target, name="target"), as_probability(coverage, name="coverage")
    _check_counts(t, good, total)
    bad = total - good
    rate = _exponential_rate(t, good, bad)
    r = np.exp(-rate * t)
    information = float(np.sum(total * t**2 * r / -np.expm1(-rate * t)))
    u_rate = 1 / math.sqrt(information)
    expected = np.stack([total * r, -total * np.expm1(-rate * t)])
    chi = float(np.sum((good - expected[0]) ** 2 * (1 / expected[0] + 1 / expected[1])))
    dof = int(np.unique(t).size) - 1
    hazard, k = -math.log(goal), normal_quantile(0.5 * (1 + level))
    slowest = rate - k * u_rate
    return ReliabilityInterval(
        interval=hazard / rate,
        low=hazard / (rate + k * u_rate),
        high=hazard / slowest if slowest > 0 else None,
        rate=rate,
        u_rate=u_rate,
        chi_squared=chi,
        dof=dof,
        p_value=chi2_tail(chi, dof) if dof else None,
    )


def records_to_counts(times: ArrayLike, passed: Sequence[bool]) -> tuple[Column, Column, Column]:
    """This will gather single results (age, in tolerance or not) into ages, counts in tolerance, counts in
    all.
    """
    t = as_column(times, name="times")
    if len(passed) != t.size or any(not isinstance(p, bool) for p in passed):
        raise UnusableReadings("passed: one true or false is needed for every time.")
    ages, index = np.unique(t, return_inverse=True)
    good = np.bincount(index, weights=np.array(passed, dtype=np.float64), minlength=ages.size)
    total: Column = np.bincount(index, minlength=ages.size).astype(np.float64)
    return np.asarray(ages, dtype=np.float64), np.asarray(good, dtype=np.float64), total


def _check_counts(t: Column, good: Column, total: Column) -> None:
    whole = np.all(good == np.round(good)) and np.all(total == np.round(total))
    if t.size == 0 or not whole or np.any(good < 0) or np.any(good > total) or np.any(total < 1):
        raise UnusableReadings("Counts must be whole numbers with 0 <= in_tolerance <= n and n >= 1.")
    if np.any(t <= 0):
        raise UnusableReadings("times: every age must be greater than zero.")
    if good.sum() == total.sum():
        raise UnusableReadings(
            "All items were in tolerance: the rate cannot be told from zero; use method A3."
        )
    if good.sum() == 0:
        raise UnusableReadings("No item was in tolerance: the counts give no finite rate.")


def _exponential_rate(t: Column, good: Column, bad: Column) -> float:
    """The likelihood equation Σ bad t/(exp(rate t) - 1) = Σ good t, solved in log rate."""
    from scipy.optimize import brentq

    kept = float(good @ t)
    failed, ages = bad[bad > 0], t[bad > 0]

    def excess(log_rate: float) -> float:
        with np.errstate(over="ignore"):
            return float(np.sum(failed * ages / np.expm1(math.exp(log_rate) * ages))) - kept

    scale = math.log(1 / float(t.max()))
    return math.exp(brentq(excess, scale - 40, scale + 40, xtol=1e-15, rtol=1e-15, maxiter=500))
