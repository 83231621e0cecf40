"""Formulas as a metrologist types them: a closed grammar, parsed once into a frozen tree.

The grammar knows names, decimal numbers, ``+ - * / **``, unary minus, a fixed list of functions and, as the
first argument of ``where`` only, one comparison. Nothing else is reachable from a formula: no attribute, no
index, no call of anything that is not in :data:`FUNCTIONS`. Length, nesting and the size of numbers are
bounded, so a hostile formula is refused and cannot exhaust the machine.

>>> from decimal import Decimal
>>> formula = parse("a * b + where(c > 0, sqrt(c), 0)")
>>> sorted(formula.names)
['a', 'b', 'c']
>>> evaluate_decimal(formula, {"a": Decimal("0.1"), "b": Decimal(3), "c": Decimal("2.25")})
Decimal('1.8')
"""

from quacan.metrology.expressions.decimals import evaluate_decimal
from quacan.metrology.expressions.parser import parse
from quacan.metrology.expressions.tree import (
    COMPARISONS,
    FUNCTIONS,
    MAX_LENGTH,
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

__all__ = [
    "COMPARISONS",
    "FUNCTIONS",
    "MAX_LENGTH",
    "Call",
    "Comparison",
    "Expression",
    "ExpressionRefused",
    "Name",
    "Negation",
    "Node",
    "Number",
    "Operation",
    "evaluate_decimal",
    "parse",
]
