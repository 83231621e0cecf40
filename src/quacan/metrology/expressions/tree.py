"""The closed grammar: its functions, its bounds, and the frozen tree a formula becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeAlias

MAX_LENGTH: Final = 8_000
MAX_NESTING: Final = 50
MAX_DEPTH: Final = 200
MAX_NODES: Final = 4_000
MAX_NAME: Final = 80
MAX_DIGITS: Final = 50
MAX_EXPONENT: Final = 300
MAX_POWER: Final = 100_000

#: Every function of the grammar with its smallest and largest number of arguments (``None``: no upper bound).
FUNCTIONS: Final[Mapping[str, tuple[int, int | None]]] = MappingProxyType(
    {
        "abs": (1, 1),
        "min": (2, None),
        "max": (2, None),
        "sqrt": (1, 1),
        "exp": (1, 1),
        "log": (1, 1),
        "log10": (1, 1),
        "sin": (1, 1),
        "cos": (1, 1),
        "tan": (1, 1),
        "asin": (1, 1),
        "acos": (1, 1),
        "atan": (1, 1),
        "atan2": (2, 2),
        "sinh": (1, 1),
        "cosh": (1, 1),
        "tanh": (1, 1),
        "sign": (1, 1),
        "where": (3, 3),
    }
)

COMPARISONS: Final = frozenset({"<", "<=", ">", ">=", "==", "!="})


class ExpressionRefused(ValueError):
    """A formula that cannot be read or evaluated.

    ``code`` names the obstacle, ``sentence`` tells it with its remedy, ``position`` counts from 0 in the
    formula ``text``.
    """

    def __init__(self, code: str, sentence: str, *, position: int, text: str) -> None:
        self.code = code
        self.sentence = sentence
        self.position = position
        self.text = text
        shown = text if len(text) <= 60 else text[max(0, position - 25) : position + 30]
        super().__init__(f"{sentence} (character {position + 1} of {shown!r})")


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal constant of the formula, exact as typed."""

    value: Decimal
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity of the formula."""

    name: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus."""

    operand: Node
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands joined by ``+ - * /`` or ``**``."""

    operator: str
    left: Node
    right: Node
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The condition of a ``where``: two operands joined by ``< <= > >= ==`` or ``!=``."""

    operator: str
    left: Node
    right: Node
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of :data:`FUNCTIONS` with its arguments."""

    function: str
    arguments: tuple[Node, ...]
    position: int = field(default=0, compare=False)


Node: TypeAlias = Number | Name | Negation | Operation | Comparison | Call


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed formula: its text as typed, its tree and the names it needs."""

    text: str
    root: Node
    names: frozenset[str]

    def __str__(self) -> str:
        return self.text
