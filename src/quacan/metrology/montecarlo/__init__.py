"""Monte Carlo: propagation of distributions, validation of the GUM framework, coverage regions."""

from quacan.metrology.montecarlo.engine import (
    MonteCarlo,
    MonteCarloOutput,
    MonteCarloSettings,
    monte_carlo,
    tolerance_of,
)
from quacan.metrology.montecarlo.refusals import MonteCarloRefused
from quacan.metrology.montecarlo.regions import CoverageRegions, gaussian_regions
from quacan.metrology.montecarlo.validation import Comparison, Validation, validate

__all__ = [
    "Comparison",
    "CoverageRegions",
    "MonteCarlo",
    "MonteCarloOutput",
    "MonteCarloRefused",
    "MonteCarloSettings",
    "Validation",
    "gaussian_regions",
    "monte_carlo",
    "tolerance_of",
    "validate",
]
