"""Validation of the GUM uncertainty framework by Monte Carlo (JCGM 101:2008, clause 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from quacan.metrology.correlations import INDEPENDENT, Correlations
from quacan.metrology.inputs import InputQuantity
from quacan.metrology.model import MeasurementModel
from quacan.metrology.montecarlo.engine import MonteCarlo, MonteCarloSettings, monte_carlo, tolerance_of
from quacan.metrology.propagation import Coverage, Propagation, propagate, propagate_second_order

#: Monte Carlo is run to this fraction of the tolerance it validates (8.2).
TIGHTENING = 5.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One output: distances of the interval ends, the tolerance δ, and whether both are within it.

    ``validated`` is ``None``, and so are the distances, where the framework has no valid interval.
    """

    d_low: float | None
    d_high: float | None
    tolerance: float
    validated: bool | None


@dataclass(frozen=True, slots=True)
class Validation:
    """The framework's result, the Monte Carlo result, and their comparison per output."""

    framework: Propagation
    monte_carlo: MonteCarlo
    comparisons: Mapping[str, Comparison]


def validate(
    model: MeasurementModel,
    inputs: Mapping[str, InputQuantity],
    *,
    correlations: Correlations = INDEPENDENT,
    settings: MonteCarloSettings | None = None,
    with_second_order: bool = False,
) -> Validation:
    """This will compare y ± U with the symmetric Monte Carlo interval (8.1).

    δ is half a unit in the last of ``settings.digits`` significant digits of u(y); Monte Carlo runs to δ/5 unless
    the number of draws is fixed.

    >>> from quacan.metrology.model import measurement_model
    >>> result = validate(measurement_model("a - b"), {"a": InputQuantity(3.0, 0.4), "b": InputQuantity(1.0, 0.3)})
    >>> result.comparisons["y"].validated
    True
    """
    settings = settings or MonteCarloSettings()
    coverage = Coverage(settings.coverage)
    if with_second_order:
        framework, _ = propagate_second_order(model, inputs, correlations=correlations, coverage=coverage)
    else:
        framework = propagate(model, inputs, correlations=correlations, coverage=coverage)
    tightened = replace(settings, tightening=TIGHTENING)
    drawn = monte_carlo(model, inputs, correlations=correlations, settings=tightened)
    comparisons = {}
    for name, output in framework.outputs.items():
        tolerance = tolerance_of(output.u, settings.digits)
        comparisons[name] = _compared(output.interval, drawn.outputs[name].interval, tolerance)
    return Validation(framework, drawn, comparisons)


def _compared(
    framework: tuple[float, float] | None, drawn: tuple[float, float], tolerance: float
) -> Comparison:
    if framework is None:
        return Comparison(None, None, tolerance, None)
    d_low, d_high = abs(framework[0] - drawn[0]), abs(framework[1] - drawn[1])
    return Comparison(d_low, d_high, tolerance, d_low <= tolerance and d_high <= tolerance)
