"""Does the curve describe the points? Tests of the residuals of a fit."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quacan.metrology.fitting.curve import Fit
from quacan.metrology.quantiles import chi2_quantile, chi2_tail, f_quantile, f_tail
from quacan.metrology.readings import UnusableReadings, as_probability


@dataclass(frozen=True, slots=True)
class ResidualTest:
    """One test: its statistic, the value it must not exceed (None when judged by p), p-value, and the
    outcome.
    """

    test: str
    statistic: float
    critical: float | None
    p_value: float
    alpha: float
    accepted: bool


def chi_squared_test(fit: Fit, *, alpha: float = 0.05) -> ResidualTest:
    """This will compare the weighted sum of squares with chi² of n - m degrees of freedom (ISO/TS
    28037:2010, 6.3).

    Needs a fit with given uncertainties and at least one residual degree of freedom.
    """
    as_probability(alpha, name="alpha")
    if fit.chi_squared is None or fit.residual_dof < 1:
        raise UnusableReadings(
            "The chi-squared test needs given uncertainties and more points than parameters."
        )
    p_value = chi2_tail(fit.chi_squared, fit.residual_dof)
    critical = chi2_quantile(1 - alpha, fit.residual_dof)
    return ResidualTest("chi-squared", fit.chi_squared, critical, p_value, alpha, fit.chi_squared <= critical)


def lack_of_fit_test(fit: Fit, *, alpha: float = 0.05) -> ResidualTest:
    """This will compare the scatter of the group means about the curve with that of repeated readings.

    For ordinary least squares with repeated x: F of (levels - m, n - levels) degrees of freedom (ISO
    11095:1996).
    """
    as_probability(alpha, name="alpha")
    if fit.chi_squared is not None:
        raise UnusableReadings(
            "The lack-of-fit test is defined for an unweighted fit; use the chi-squared test."
        )
    levels, index = np.unique(fit.x, return_inverse=True)
    pure_dof, lack_dof = fit.x.size - levels.size, levels.size - len(fit.powers)
    if pure_dof < 1 or lack_dof < 1:
        raise UnusableReadings(
            "The lack-of-fit test needs repeated readings and more levels than parameters."
        )
    counts = np.bincount(index)
    means = np.bincount(index, weights=fit.residuals) / counts
    pure = float(np.sum((fit.residuals - means[index]) ** 2))
    lack = float(counts @ means**2)
    f = (lack / lack_dof) / (pure / pure_dof) if pure > 0 else math.inf
    critical = f_quantile(1 - alpha, lack_dof, pure_dof)
    return ResidualTest("lack-of-fit", f, critical, f_tail(f, lack_dof, pure_dof), alpha, f <= critical)


def runs_test(fit: Fit, *, alpha: float = 0.05) -> ResidualTest:
    """This will count runs of equal sign of the residuals in order of x, and how rarely so few occur by
    chance.

    Exact distribution for a random order (A. Wald, J. Wolfowitz, 1940); few runs point to a wrong shape of
    curve. Residuals of zero are left out. Needs at least two of each sign.
    """
    as_probability(alpha, name="alpha")
    ordered = fit.residuals[np.argsort(fit.x, kind="stable")]
    signs = np.sign(ordered[ordered != 0]).tolist()
    above, below = signs.count(1.0), signs.count(-1.0)
    if above < 2 or below < 2:
        raise UnusableReadings("The runs test needs at least two residuals of each sign.")
    runs = _runs(signs)
    p_value = sum(_runs_probability(k, above, below) for k in range(2, runs + 1))
    return ResidualTest("runs", float(runs), None, min(1.0, p_value), alpha, p_value >= alpha)


def _runs(signs: Sequence[float]) -> int:
    return 1 + sum(1 for a, b in itertools.pairwise(signs) if a != b)


def _runs_probability(runs: int, above: int, below: int) -> float:
    half, odd = divmod(runs, 2)
    first, second = math.comb(above - 1, half - 1), math.comb(below - 1, half - 1)
    if odd:
        ways = math.comb(above - 1, half) * second + first * math.comb(below - 1, half)
    else:
        ways = 2 * first * second
    return ways / math.comb(above + below, above)
