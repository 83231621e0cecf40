"""Evaluating a formula in decimal arithmetic, where a value on the limit must be on the limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from types import MappingProxyType
from typing import Final

from quacan.metrology.expressions.tree import (
    MAX_POWER,
    Call,
    Comparison,
    Expression,
    ExpressionRefused,
    Name,
    Negation,
    Node,
    Number,
    Operation,
)

_EXACT: Final = Context(
    prec=60, Emax=1_000_000, Emin=-1_000_000, traps=[InvalidOperation, DivisionByZero, Overflow]
)


def evaluate_decimal(expression: Expression, values: Mapping[str, Decimal]) -> Decimal:
    """This will evaluate a formula in decimal arithmetic of 60 digits, for limits and verdicts.

    Sums, differences, products and integer powers of typed readings come out exact; quotients, ``sqrt``,
    ``exp``, ``log``, ``log10`` and broken powers are correctly rounded to 60 digits. The branch of ``where``
    that is not chosen is not evaluated. Trigonometric and hyperbolic functions are refused: use the floating
    engine for them. Raises :class:`ExpressionRefused` for a missing or non-finite value, a division by zero,
    or a result out of range.

    >>> from quacan.metrology.expressions import parse
    >>> evaluate_decimal(parse("a + b"), {"a": Decimal("0.1"), "b": Decimal("0.2")})
    Decimal('0.3')
    >>> evaluate_decimal(parse("sin(a)"), {"a": Decimal(1)})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    quacan.metrology.expressions.tree.ExpressionRefused: 'sin' has no exact decimal form; use the ...
    """
    return _DecimalReader(expression, values).value(expression.root)


_UNARY_DECIMAL: Final[Mapping[str, Callable[[Decimal], Decimal]]] = MappingProxyType(
    {
        "abs": _EXACT.abs,
        "sqrt": _EXACT.sqrt,
        "exp": _EXACT.exp,
        "log": _EXACT.ln,
        "log10": _EXACT.log10,
        "sign": lambda x: Decimal((x > 0) - (x < 0)),
    }
)


class _DecimalReader:
    """One evaluation of one tree in decimal arithmetic."""

    def __init__(self, expression: Expression, values: Mapping[str, Decimal]) -> None:
        self.text = expression.text
        self.values = values

    def refusal(self, code: str, sentence: str, node: Node) -> ExpressionRefused:
        return ExpressionRefused(code, sentence, position=node.position, text=self.text)

    def value(self, node: Node) -> Decimal:
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Name):
            return self.named(node)
        try:
            result = self.computed(node)
        except DecimalException as error:
            raise self.undefined(node, error) from error
        if not result.is_finite():
            raise self.refusal(
                "out_of_range", "The result here is not a finite number; check the values", node
            )
        return result

    def named(self, node: Name) -> Decimal:
        if node.name not in self.values:
            raise self.refusal("missing_value", f"There is no value for {node.name!r}; give one", node)
        value = self.values[node.name]
        if not value.is_finite():
            raise self.refusal("not_finite", f"The value of {node.name!r} is not a finite number", node)
        return value

    def undefined(self, node: Node, error: DecimalException) -> ExpressionRefused:
        if isinstance(error, DivisionByZero):
            sentence = "A division by zero or a logarithm of zero stands here; check the values"
        elif isinstance(error, Overflow):
            sentence = "The result here is too large; check the values"
        else:
            sentence = "The operation here has no real result for these values; check them"
        return self.refusal("undefined", sentence, node)

    def computed(self, node: Node) -> Decimal:
        if isinstance(node, Negation):
            return _EXACT.minus(self.value(node.operand))
        if isinstance(node, Operation):
            return self.operation(node)
        if isinstance(node, Call):
            return self.call(node)
        raise self.refusal("unexpected", "A comparison stands only as the first argument of 'where'", node)

    def operation(self, node: Operation) -> Decimal:
        left, right = self.value(node.left), self.value(node.right)
        match node.operator:
            case "+":
                return _EXACT.add(left, right)
            case "-":
                return _EXACT.subtract(left, right)
            case "*":
                return _EXACT.multiply(left, right)
            case "/":
                return _EXACT.divide(left, right)
        if abs(right) > MAX_POWER:
            raise self.refusal("power_too_large", f"An exponent may not exceed {MAX_POWER}", node)
        return Decimal(1) if right == 0 else _EXACT.power(left, right)

    def call(self, node: Call) -> Decimal:
        if node.function == "where":
            return self.value(node.arguments[1 if self.holds(node.arguments[0]) else 2])
        if node.function in ("min", "max"):
            chosen = min if node.function == "min" else max
            return chosen(self.value(argument) for argument in node.arguments)
        method = _UNARY_DECIMAL.get(node.function)
        if method is None:
            raise self.refusal(
                "not_decimal", f"{node.function!r} has no exact decimal form; use the floating engine", node
            )
        return method(self.value(node.arguments[0]))

    def holds(self, node: Node) -> bool:
        if not isinstance(node, Comparison):
            raise self.refusal("expected_comparison", "The first argument of 'where' is a comparison", node)
        left, right = self.value(node.left), self.value(node.right)
        match node.operator:
            case "<":
                return left < right
            case "<=":
                return left <= right
            case ">":
                return left > right
            case ">=":
                return left >= right
            case "==":
                return left == right
        return left != right
