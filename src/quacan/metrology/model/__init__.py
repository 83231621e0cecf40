"""Measurement models: parsed, differentiated and run on columns."""

from quacan.metrology.model.dual import Dual
from quacan.metrology.model.implicit import ImplicitModel, implicit_model
from quacan.metrology.model.measurement import (
    FormulaModel,
    FunctionModel,
    MeasurementModel,
    measurement_model,
)
from quacan.metrology.model.refusals import ModelRefused

__all__ = [
    "Dual",
    "FormulaModel",
    "FunctionModel",
    "ImplicitModel",
    "MeasurementModel",
    "ModelRefused",
    "implicit_model",
    "measurement_model",
]
