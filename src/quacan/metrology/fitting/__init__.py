"""Calibration curves: least squares with errors in one or both axes, prediction both ways, tests of
residuals.
"""

from quacan.metrology.fitting.both_axes import fit_line_both_axes
from quacan.metrology.fitting.curve import Fit, InversePrediction, Prediction
from quacan.metrology.fitting.one_axis import fit_line, fit_polynomial
from quacan.metrology.fitting.residuals import ResidualTest, chi_squared_test, lack_of_fit_test, runs_test

__all__ = [
    "Fit",
    "InversePrediction",
    "Prediction",
    "ResidualTest",
    "chi_squared_test",
    "fit_line",
    "fit_line_both_axes",
    "fit_polynomial",
    "lack_of_fit_test",
    "runs_test",
]
