"""Every operation of a model with its value and its partial derivatives, for floats, columns and dual
numbers.

One table serves three engines: plain floats (``math``), columns (numpy) and dual numbers of any order,
because a partial derivative is itself written with the operations of the table.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

#: A partial derivative from (result, first operand, second operand); ``None`` stands for the constant 1.
Partial = Callable[[Any, Any, Any], Any] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """An operation: its value from its operands, and one partial derivative per operand."""

    value: Callable[..., Any]
    partials: tuple[Partial, ...]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The elementary functions of one kind of number."""

    sqrt: Callable[[Any], Any]
    exp: Callable[[Any], Any]
    log: Callable[[Any], Any]
    log10: Callable[[Any], Any]
    sin: Callable[[Any], Any]
    cos: Callable[[Any], Any]
    tan: Callable[[Any], Any]
    asin: Callable[[Any], Any]
    acos: Callable[[Any], Any]
    atan: Callable[[Any], Any]
    atan2: Callable[[Any, Any], Any]
    sinh: Callable[[Any], Any]
    cosh: Callable[[Any], Any]
    tanh: Callable[[Any], Any]
    power: Callable[[Any, Any], Any]
    sign: Callable[[Any], Any]
    where: Callable[[Any, Any, Any], Any]


def _where(condition: bool, chosen: float, other: float) -> float:
    return chosen if condition else other


FLOATS: Final = Arithmetic(
    sqrt=math.sqrt,
    exp=math.exp,
    log=math.log,
    log10=math.log10,
    sin=math.sin,
    cos=math.cos,
    tan=math.tan,
    asin=math.asin,
    acos=math.acos,
    atan=math.atan,
    atan2=math.atan2,
    sinh=math.sinh,
    cosh=math.cosh,
    tanh=math.tanh,
    power=math.pow,
    sign=lambda x: float((x > 0) - (x < 0)),
    where=_where,
)

COLUMNS: Final = Arithmetic(
    sqrt=np.sqrt,
    exp=np.exp,
    log=np.log,
    log10=np.log10,
    sin=np.sin,
    cos=np.cos,
    tan=np.tan,
    asin=np.arcsin,
    acos=np.arccos,
    atan=np.arctan,
    atan2=np.arctan2,
    sinh=np.sinh,
    cosh=np.cosh,
    tanh=np.tanh,
    power=np.power,
    sign=np.sign,
    where=np.where,
)

_LN10: Final = math.log(10)


def _exponent_partial(of: Arithmetic) -> Partial:
    def partial(result: Any, base: Any, _: Any) -> Any:
        safe = of.where(base == 0, 1.0, base)
        return of.where(base == 0, 0.0, result * of.log(safe))

    return partial


def rules(of: Arithmetic) -> Mapping[str, Rule]:
    """This will return the table of operations over one kind of number."""
    return MappingProxyType({**_arithmetic(of), **_elementary(of), **_trigonometric(of), **_choosing(of)})


def _arithmetic(of: Arithmetic) -> dict[str, Rule]:
    return {
        "add": Rule(lambda a, b: a + b, (None, None)),
        "sub": Rule(lambda a, b: a - b, (None, lambda r, a, b: -1.0)),
        "mul": Rule(lambda a, b: a * b, (lambda r, a, b: b, lambda r, a, b: a)),
        "div": Rule(lambda a, b: a / b, (lambda r, a, b: 1.0 / b, lambda r, a, b: -r / b)),
        "neg": Rule(lambda a: -a, (lambda r, a, b: -1.0,)),
        "square": Rule(lambda a: a * a, (lambda r, a, b: 2.0 * a,)),
        "cube": Rule(lambda a: a * a * a, (lambda r, a, b: 3.0 * (a * a),)),
        "reciprocal": Rule(lambda a: 1.0 / a, (lambda r, a, b: -r * r,)),
        "pow": Rule(of.power, (lambda r, a, b: b * of.power(a, b - 1.0), _exponent_partial(of))),
    }


def _elementary(of: Arithmetic) -> dict[str, Rule]:
    return {
        "abs": Rule(abs, (lambda r, a, b: of.sign(a),)),
        "sign": Rule(of.sign, (lambda r, a, b: 0.0,)),
        "sqrt": Rule(of.sqrt, (lambda r, a, b: 0.5 / r,)),
        "exp": Rule(of.exp, (lambda r, a, b: r,)),
        "log": Rule(of.log, (lambda r, a, b: 1.0 / a,)),
        "log10": Rule(of.log10, (lambda r, a, b: 1.0 / (a * _LN10),)),
        "sinh": Rule(of.sinh, (lambda r, a, b: of.cosh(a),)),
        "cosh": Rule(of.cosh, (lambda r, a, b: of.sinh(a),)),
        "tanh": Rule(of.tanh, (lambda r, a, b: 1.0 - r * r,)),
    }


def _trigonometric(of: Arithmetic) -> dict[str, Rule]:
    return {
        "sin": Rule(of.sin, (lambda r, a, b: of.cos(a),)),
        "cos": Rule(of.cos, (lambda r, a, b: -of.sin(a),)),
        "tan": Rule(of.tan, (lambda r, a, b: 1.0 + r * r,)),
        "asin": Rule(of.asin, (lambda r, a, b: 1.0 / of.sqrt(1.0 - a * a),)),
        "acos": Rule(of.acos, (lambda r, a, b: -1.0 / of.sqrt(1.0 - a * a),)),
        "atan": Rule(of.atan, (lambda r, a, b: 1.0 / (1.0 + a * a),)),
        "atan2": Rule(
            of.atan2,
            (lambda r, a, b: b / (a * a + b * b), lambda r, a, b: -a / (a * a + b * b)),
        ),
    }


def _choosing(of: Arithmetic) -> dict[str, Rule]:
    return {
        "min": Rule(
            lambda a, b: of.where(a <= b, a, b),
            (lambda r, a, b: of.where(a <= b, 1.0, 0.0), lambda r, a, b: of.where(a <= b, 0.0, 1.0)),
        ),
        "max": Rule(
            lambda a, b: of.where(a >= b, a, b),
            (lambda r, a, b: of.where(a >= b, 1.0, 0.0), lambda r, a, b: of.where(a >= b, 0.0, 1.0)),
        ),
        "where": Rule(
            of.where,
            (None, lambda r, c, b: of.where(c, 1.0, 0.0), lambda r, c, b: of.where(c, 0.0, 1.0)),
        ),
        "<": Rule(lambda a, b: a < b, (None, None)),
        "<=": Rule(lambda a, b: a <= b, (None, None)),
        ">": Rule(lambda a, b: a > b, (None, None)),
        ">=": Rule(lambda a, b: a >= b, (None, None)),
        "==": Rule(lambda a, b: a == b, (None, None)),
        "!=": Rule(lambda a, b: a != b, (None, None)),
    }


FLOAT_RULES: Final = rules(FLOATS)
COLUMN_RULES: Final = rules(COLUMNS)
COMPARING: Final = frozenset({"<", "<=", ">", ">=", "==", "!="})
