"""Forward dual numbers: a value with its derivatives, over whole columns, nested for higher orders.

A :class:`Dual` carries ``value`` (a number, a column, or a dual of lower order) and ``slope``, its
derivatives along one or more directions: an array whose leading axes are directions and whose last axis is
the column. Numpy functions work on duals, so a model written as a Python function is differentiated as it
runs, exactly to rounding (no step size). Complex values are allowed; slopes are then taken along real
directions.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from quacan.metrology.model.refusals import ModelRefused
from quacan.metrology.model.rules import COLUMN_RULES

_UFUNCS: Final = {
    "add": "add",
    "subtract": "sub",
    "multiply": "mul",
    "divide": "div",
    "true_divide": "div",
    "negative": "neg",
    "square": "square",
    "reciprocal": "reciprocal",
    "power": "pow",
    "float_power": "pow",
    "absolute": "abs",
    "fabs": "abs",
    "sign": "sign",
    "sqrt": "sqrt",
    "exp": "exp",
    "log": "log",
    "log10": "log10",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arctan2": "atan2",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
    "minimum": "min",
    "maximum": "max",
    "less": "<",
    "less_equal": "<=",
    "greater": ">",
    "greater_equal": ">=",
    "equal": "==",
    "not_equal": "!=",
}
_COMPLEX_PARTS: Final = frozenset({"conjugate", "positive"})


class Dual:
    """A value and its derivatives along one or more directions (JCGM 102:2011, 6.2: sensitivity matrices)."""

    __array_priority__ = 1000
    __slots__ = ("slope", "value")

    def __init__(self, value: Any, slope: Any) -> None:
        self.value = value
        self.slope = slope

    def __repr__(self) -> str:
        return f"Dual({self.value!r}, {self.slope!r})"

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *operands: Any, **options: Any) -> Any:
        if ufunc.__name__ in _COMPLEX_PARTS and method == "__call__" and not options:
            return self.conjugate() if ufunc.__name__ == "conjugate" else self
        operation = _UFUNCS.get(ufunc.__name__)
        if operation is None or method != "__call__" or options:
            raise ModelRefused(
                f"numpy.{ufunc.__name__} has no derivative here; write the model with other functions"
            )
        return apply(operation, *operands)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        if function is np.where and len(arguments) == 3 and not options:
            return apply("where", *arguments)
        if function in (np.real, np.imag):
            return self.real if function is np.real else self.imag
        raise ModelRefused(
            f"numpy.{function.__name__} has no derivative here; write the model with other functions"
        )

    def __add__(self, other: Any) -> Any:
        return apply("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return apply("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return apply("sub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return apply("sub", other, self)

    def __mul__(self, other: Any) -> Any:
        return apply("mul", self, other)

    def __rmul__(self, other: Any) -> Any:
        return apply("mul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return apply("div", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return apply("div", other, self)

    def __pow__(self, other: Any) -> Any:
        return (
            apply("square", self) if type(other) in (int, float) and other == 2 else apply("pow", self, other)
        )

    def __rpow__(self, other: Any) -> Any:
        return apply("pow", other, self)

    def __neg__(self) -> Any:
        return apply("neg", self)

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return apply("abs", self)

    def __lt__(self, other: Any) -> Any:
        return apply("<", self, other)

    def __le__(self, other: Any) -> Any:
        return apply("<=", self, other)

    def __gt__(self, other: Any) -> Any:
        return apply(">", self, other)

    def __ge__(self, other: Any) -> Any:
        return apply(">=", self, other)

    def __eq__(self, other: object) -> Any:
        return apply("==", self, other)

    def __ne__(self, other: object) -> Any:
        return apply("!=", self, other)

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise ModelRefused("A quantity has no truth value; choose between branches with numpy.where")

    def __float__(self) -> float:
        raise ModelRefused("The model turns a quantity into a plain float; write it with numpy functions")

    def conjugate(self) -> Dual:
        """This will return the complex conjugate with its derivatives."""
        return Dual(np.conjugate(self.value), np.conjugate(self.slope))

    @property
    def real(self) -> Dual:
        """The real part with its derivatives."""
        return Dual(np.real(self.value), np.real(self.slope))

    @property
    def imag(self) -> Dual:
        """The imaginary part with its derivatives."""
        return Dual(np.imag(self.value), np.imag(self.slope))


def apply(operation: str, *operands: Any) -> Any:
    """This will apply an operation of the table to duals and constants, slopes by the chain rule."""
    values = [x.value if isinstance(x, Dual) else x for x in operands]
    rule = COLUMN_RULES[operation]
    if operation in ("<", "<=", ">", ">=", "==", "!="):
        return rule.value(*values)
    if operation == "where":
        return _chosen(*operands)
    result = rule.value(*values)
    if operation == "abs" and isinstance(values[0], np.ndarray | np.generic) and np.iscomplexobj(values[0]):
        dual = operands[0]
        return Dual(result, np.real(np.conjugate(dual.value) * dual.slope) / result)
    first, second = values[0], values[-1]
    slope: Any = None
    for x, partial in zip(operands, rule.partials, strict=True):
        if isinstance(x, Dual):
            part = x.slope if partial is None else x.slope * partial(result, first, second)
            slope = part if slope is None else slope + part
    return Dual(result, slope)


def _chosen(condition: Any, chosen: Any, other: Any) -> Any:
    slopes = [x.slope if isinstance(x, Dual) else 0.0 for x in (chosen, other)]
    values = [x.value if isinstance(x, Dual) else x for x in (chosen, other)]
    return Dual(np.where(condition, *values), np.where(condition, *slopes))
