"""The same budgets by GTC and by uncertainties, one instrument after the other, as their users write it."""

from __future__ import annotations

import math
from typing import Any

import GTC  # type: ignore[import-untyped]
from scipy.special import stdtrit
from uncertainties import correlated_values, ufloat  # type: ignore[import-untyped]

from benchmarks.mass import CORRELATION, COVERAGE, DOFS, NAMES, Instruments

Budget = tuple[float, float, float, float, float, list[float]]


def formula(mS: Any, dI: Any, ra: Any, rT: Any, rS: Any, dD: Any) -> Any:
    """The model, in the operators of whichever library the arguments belong to."""
    return (mS + dI) * (1 + (ra - 1.2) * (1 / rT - 1 / rS)) + dD


def by_gtc(lot: Instruments) -> list[Budget]:
    """This will compute budgets with GTC: uncertain real numbers, correlation, degrees of freedom, components."""
    return [_gtc(values, us) for values, us in lot.rows()]


def _gtc(values: tuple[float, ...], us: tuple[float, ...]) -> Budget:
    x = [
        GTC.ureal(value, u, DOFS[name], independent=name not in ("mS", "rS"))
        for name, value, u in zip(NAMES, values, us, strict=True)
    ]
    GTC.set_correlation(CORRELATION, x[0], x[4])
    y = formula(*x)
    k = GTC.reporting.k_factor(math.floor(y.df + 0.005), 100 * COVERAGE)
    return y.x, y.u, y.df, k, k * y.u, [GTC.component(y, each) for each in x]


def by_uncertainties(lot: Instruments) -> list[Budget]:
    """This will compute budgets with uncertainties; ν and k, which it does not know, are added by hand."""
    return [_uncertainties(values, us) for values, us in lot.rows()]


def _uncertainties(values: tuple[float, ...], us: tuple[float, ...]) -> Budget:
    x: list[Any] = [ufloat(value, u) for value, u in zip(values, us, strict=True)]
    crossed = CORRELATION * us[0] * us[4]
    x[0], x[4] = correlated_values((values[0], values[4]), [[us[0] ** 2, crossed], [crossed, us[4] ** 2]])
    y = formula(*x)
    components = y.error_components()
    u = y.std_dev
    alone = {name: components.get(each, 0.0) for name, each in zip(NAMES, x, strict=True)}
    weight = sum(alone[name] ** 4 / dof for name, dof in DOFS.items() if math.isfinite(dof))
    dof = u**4 / weight
    k = float(stdtrit(math.floor(dof + 0.005), 0.5 * (1 + COVERAGE)))
    return y.nominal_value, u, dof, k, k * u, list(components.values())
