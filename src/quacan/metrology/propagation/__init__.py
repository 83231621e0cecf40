"""The GUM uncertainty framework: one measurement, many instruments, first and second order, complex quantities."""

from quacan.metrology.propagation.columns import InputColumn, OutputColumn, propagate_columns
from quacan.metrology.propagation.complex_quantities import (
    ComplexInput,
    ComplexPropagation,
    propagate_complex,
)
from quacan.metrology.propagation.coverage import Coverage, CoverageRefused
from quacan.metrology.propagation.degrees_of_freedom import effective_dof
from quacan.metrology.propagation.linear import propagate
from quacan.metrology.propagation.results import (
    Budget,
    BudgetRow,
    CovarianceRow,
    OutputEstimate,
    Propagation,
    PropagationRefused,
)
from quacan.metrology.propagation.second_order import SecondOrder, propagate_second_order, second_order

__all__ = [
    "Budget",
    "BudgetRow",
    "ComplexInput",
    "ComplexPropagation",
    "CovarianceRow",
    "Coverage",
    "CoverageRefused",
    "InputColumn",
    "OutputColumn",
    "OutputEstimate",
    "Propagation",
    "PropagationRefused",
    "SecondOrder",
    "effective_dof",
    "propagate",
    "propagate_columns",
    "propagate_complex",
    "propagate_second_order",
    "second_order",
]
