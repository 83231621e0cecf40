"""Reading a formula: a tokenizer and a precedence-climbing parser with bounds on everything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from quacan.metrology.expressions.tree import (
    COMPARISONS,
    FUNCTIONS,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_EXPONENT,
    MAX_LENGTH,
    MAX_NAME,
    MAX_NESTING,
    MAX_NODES,
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


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


_TOKEN: Final = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/(),<>])"
)

_BINDING: Final[Mapping[str, int]] = MappingProxyType({"+": 10, "-": 10, "*": 20, "/": 20})
_UNARY_BINDING: Final = 30


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        kind = str(match.lastgroup)
        if kind != "space":
            yield _Token(kind, match.group(), position)
        position = match.end()
    yield _Token("end", "", len(text))


def _unreadable(text: str, position: int) -> ExpressionRefused:
    mark = text[position]
    remedy = {
        "^": "write powers with **",
        "=": "write only the right-hand side, and compare with ==",
        ";": "separate arguments with a comma",
        "[": "use round brackets",
        "{": "use round brackets",
    }.get(mark, "use names, numbers, + - * / ** and the listed functions")
    return ExpressionRefused(
        "unknown_character",
        f"The character {mark!r} has no meaning here; {remedy}",
        position=position,
        text=text,
    )


class _Parser:
    """Precedence climbing over the tokens of one formula."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stream = _tokens(text)
        self.token = next(self.stream)
        self.nesting = 0
        self.depths: dict[int, int] = {}
        self.nodes: list[Node] = []
        self.names: set[str] = set()

    def refusal(self, code: str, sentence: str, position: int | None = None) -> ExpressionRefused:
        place = self.token.position if position is None else position
        return ExpressionRefused(code, sentence, position=place, text=self.text)

    def take(self) -> _Token:
        token = self.token
        if token.kind != "end":
            self.token = next(self.stream)
        return token

    def expect(self, sign: str, where: str) -> None:
        if self.token.text != sign:
            found = f"{self.token.text!r}" if self.token.text else "the end of the formula"
            raise self.refusal("expected", f"Expected {sign!r} {where} but found {found}")
        self.take()

    def keep(self, node: Node, *parts: Node) -> Node:
        depth = 1 + max((self.depths[id(part)] for part in parts), default=0)
        self.nodes.append(node)
        self.depths[id(node)] = depth
        if depth > MAX_DEPTH or len(self.nodes) > MAX_NODES:
            raise self.refusal(
                "too_large",
                f"The formula has more than {MAX_DEPTH} chained operations or {MAX_NODES} parts; split it",
                node.position,
            )
        return node

    def descend(self) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise self.refusal(
                "too_deep", f"The formula is nested deeper than {MAX_NESTING} levels; split it"
            )

    def sum_or_product(self, minimum: int = 0) -> Node:
        self.descend()
        left = self.signed()
        while (binding := _BINDING.get(self.token.text, -1)) > minimum:
            operator = self.take()
            right = self.sum_or_product(binding)
            left = self.keep(Operation(operator.text, left, right, operator.position), left, right)
        self.nesting -= 1
        return left

    def signed(self) -> Node:
        if self.token.text not in ("-", "+"):
            return self.power()
        self.descend()
        sign = self.take()
        operand = self.signed()
        self.nesting -= 1
        return operand if sign.text == "+" else self.keep(Negation(operand, sign.position), operand)

    def power(self) -> Node:
        base = self.atom()
        if self.token.text != "**":
            return base
        self.descend()
        operator = self.take()
        exponent = self.signed()
        self.nesting -= 1
        return self.keep(Operation("**", base, exponent, operator.position), base, exponent)

    def atom(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return self.keep(Number(self.number(token), token.position))
        if token.kind == "name":
            return self.call(token) if self.token.text == "(" else self.keep(self.name(token))
        if token.text == "(":
            inner = self.sum_or_product()
            self.expect(")", "to close the bracket")
            return inner
        found = f"{token.text!r}" if token.text else "the end of the formula"
        raise self.refusal(
            "expected", f"Expected a name, a number or a bracket but found {found}", token.position
        )

    def number(self, token: _Token) -> Decimal:
        value = Decimal(token.text)
        if len(value.as_tuple().digits) > MAX_DIGITS or abs(value.adjusted()) > MAX_EXPONENT:
            raise self.refusal(
                "number_too_large",
                f"A number may have {MAX_DIGITS} digits and an exponent within ±{MAX_EXPONENT}",
                token.position,
            )
        return value

    def name(self, token: _Token) -> Name:
        if len(token.text) > MAX_NAME:
            raise self.refusal(
                "name_too_long", f"A name may have {MAX_NAME} characters; shorten it", token.position
            )
        if token.text in FUNCTIONS:
            raise self.refusal(
                "function_as_name",
                f"{token.text!r} is a function and needs its arguments in round brackets",
                token.position,
            )
        self.names.add(token.text)
        return Name(token.text, token.position)

    def call(self, token: _Token) -> Node:
        if token.text not in FUNCTIONS:
            raise self.refusal(
                "unknown_function",
                f"There is no function {token.text!r}; the functions are {', '.join(FUNCTIONS)}",
                token.position,
            )
        self.expect("(", f"after {token.text!r}")
        arguments = [self.condition() if token.text == "where" else self.sum_or_product()]
        while self.token.text == ",":
            self.take()
            arguments.append(self.sum_or_product())
        self.expect(")", f"to close the arguments of {token.text!r}")
        self.check_count(token, len(arguments))
        return self.keep(Call(token.text, tuple(arguments), token.position), *arguments)

    def check_count(self, token: _Token, count: int) -> None:
        least, most = FUNCTIONS[token.text]
        if count < least or (most is not None and count > most):
            wanted = f"{least}" if most == least else f"at least {least}"
            raise self.refusal(
                "wrong_argument_count",
                f"{token.text!r} takes {wanted} argument{'s' if wanted != '1' else ''}, not {count}",
                token.position,
            )

    def condition(self) -> Node:
        left = self.sum_or_product()
        operator = self.take()
        if operator.text not in COMPARISONS:
            raise self.refusal(
                "expected_comparison",
                "The first argument of 'where' is a comparison with < <= > >= == or !=",
                operator.position,
            )
        right = self.sum_or_product()
        return self.keep(Comparison(operator.text, left, right, operator.position), left, right)


@lru_cache(maxsize=1024)
def parse(text: str) -> Expression:
    """This will read a formula into a frozen tree, or refuse it naming the character and the remedy.

    ``**`` binds tighter than unary minus and to the right (``-a**2`` is ``-(a**2)``); ``* /`` bind tighter
    than ``+ -``. Angles are in radians, ``log`` is the natural logarithm. Raises :class:`ExpressionRefused`.

    >>> parse("-a**2 + 2*b").names == {"a", "b"}
    True
    >>> parse("a ^")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    quacan.metrology.expressions.tree.ExpressionRefused: The character '^' has no meaning here; write ...
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionRefused(
            "too_long",
            f"A formula may have {MAX_LENGTH} characters; split it",
            position=MAX_LENGTH,
            text=text[: MAX_LENGTH + 1],
        )
    if not text.strip():
        raise ExpressionRefused("empty", "The formula is empty; write an expression", position=0, text=text)
    parser = _Parser(text)
    root = parser.sum_or_product()
    if parser.token.kind != "end":
        raise _left_over(parser)
    return Expression(text=text, root=root, names=frozenset(parser.names))


def _left_over(parser: _Parser) -> ExpressionRefused:
    token = parser.token
    if token.text in COMPARISONS:
        return parser.refusal(
            "comparison_outside_where", "A comparison stands only as the first argument of 'where'"
        )
    return parser.refusal(
        "unexpected", f"Expected an operator or the end of the formula but found {token.text!r}"
    )
