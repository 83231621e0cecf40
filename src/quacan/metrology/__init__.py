"""Metrology as a library: models, uncertainty, Monte Carlo, conformity, fitting, reporting.

Names are loaded when they are first used, so that opening the library costs next to nothing:

>>> from quacan.metrology import InputQuantity, measurement_model, propagate
>>> y = propagate(measurement_model("m / V"), {"m": InputQuantity(10.0, 0.1), "V": InputQuantity(2.0, 0.0)})
>>> round(y.outputs["y"].u, 3)
0.05
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quacan.metrology.correlations import correlate
    from quacan.metrology.expressions import evaluate_decimal, parse
    from quacan.metrology.inputs import (
        InputQuantity,
        RelativeUncertainty,
        from_certificate,
        from_distribution,
        from_half_width,
        from_samples,
    )
    from quacan.metrology.model import implicit_model, measurement_model
    from quacan.metrology.montecarlo import MonteCarloSettings, monte_carlo, validate
    from quacan.metrology.propagation import (
        ComplexInput,
        Coverage,
        InputColumn,
        propagate,
        propagate_columns,
        propagate_complex,
        propagate_second_order,
    )
    from quacan.metrology.rounding import report

_ROOM_OF = {
    "ComplexInput": "propagation",
    "Coverage": "propagation",
    "InputColumn": "propagation",
    "InputQuantity": "inputs",
    "MonteCarloSettings": "montecarlo",
    "RelativeUncertainty": "inputs",
    "correlate": "correlations",
    "evaluate_decimal": "expressions",
    "from_certificate": "inputs",
    "from_distribution": "inputs",
    "from_half_width": "inputs",
    "from_samples": "inputs",
    "implicit_model": "model",
    "measurement_model": "model",
    "monte_carlo": "montecarlo",
    "parse": "expressions",
    "propagate": "propagation",
    "propagate_columns": "propagation",
    "propagate_complex": "propagation",
    "propagate_second_order": "propagation",
    "report": "rounding",
    "validate": "montecarlo",
}

__all__ = [
    "ComplexInput",
    "Coverage",
    "InputColumn",
    "InputQuantity",
    "MonteCarloSettings",
    "RelativeUncertainty",
    "correlate",
    "evaluate_decimal",
    "from_certificate",
    "from_distribution",
    "from_half_width",
    "from_samples",
    "implicit_model",
    "measurement_model",
    "monte_carlo",
    "parse",
    "propagate",
    "propagate_columns",
    "propagate_complex",
    "propagate_second_order",
    "report",
    "validate",
]


def __getattr__(name: str) -> Any:
    room = _ROOM_OF.get(name)
    if room is None:
        raise AttributeError(f"module 'quacan.metrology' has no attribute {name!r}")
    return getattr(import_module(f"quacan.metrology.{room}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
