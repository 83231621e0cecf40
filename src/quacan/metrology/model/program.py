"""A formula compiled once into a flat list of steps, run forwards for values and backwards for sensitivities.

Equal parts of all outputs are computed once; constants are folded. One backward sweep gives the sensitivities
of an output to every input at about the cost of two more evaluations, whatever the number of inputs, and
exactly to rounding: the partial derivatives are those of the dual numbers (``rules.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quacan.metrology.expressions import Call, Comparison, Expression, Name, Negation, Node, Number, Operation
from quacan.metrology.model.rules import COLUMN_RULES, COMPARING, FLOAT_RULES, Partial, Rule

_OPERATORS = {"+": "add", "-": "sub", "*": "mul", "/": "div", "**": "pow"}


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: its name and the slots of its operands."""

    operation: str
    operands: tuple[int, ...]


class _Compiler:
    """Gathers the steps of several formulas over common inputs."""

    def __init__(self, inputs: Sequence[str]) -> None:
        self.slots: dict[Any, int] = {("input", name): i for i, name in enumerate(inputs)}
        self.constants: dict[int, float] = {}
        self.steps: dict[int, Step] = {}
        self.count = len(inputs)

    def slot(self, key: Any) -> int:
        if key not in self.slots:
            self.slots[key] = self.count
            self.count += 1
        return self.slots[key]

    def constant(self, value: float) -> int:
        place = self.slot(("constant", repr(value)))
        self.constants[place] = value
        return place

    def step(self, operation: str, *operands: int) -> int:
        if all(x in self.constants for x in operands) and operation not in COMPARING and operation != "where":
            return self.folded(operation, *operands)
        place = self.slot((operation, operands))
        self.steps[place] = Step(operation, operands)
        return place

    def folded(self, operation: str, *operands: int) -> int:
        with np.errstate(all="ignore"):
            value = COLUMN_RULES[operation].value(*(np.float64(self.constants[x]) for x in operands))
        return self.constant(float(value))

    def node(self, node: Node) -> int:
        match node:
            case Number():
                return self.constant(float(node.value))
            case Name():
                return self.slots[("input", node.name)]
            case Negation():
                return self.step("neg", self.node(node.operand))
            case Comparison():
                return self.step(node.operator, self.node(node.left), self.node(node.right))
            case Operation(operator="**"):
                return self.power(self.node(node.left), self.node(node.right))
            case Operation(operator="/", left=Number(value=one)) if one == 1:
                return self.step("reciprocal", self.node(node.right))
            case Operation():
                return self.step(_OPERATORS[node.operator], self.node(node.left), self.node(node.right))
            case Call():
                return self.call(node)

    def power(self, base: int, exponent: int) -> int:
        special = {2.0: "square", 3.0: "cube", 0.5: "sqrt", -1.0: "reciprocal"}
        fixed = self.constants.get(exponent)
        if fixed == 0.0:
            return self.constant(1.0)
        if fixed == 1.0:
            return base
        if fixed in special:
            return self.step(special[fixed], base)
        return self.step("pow", base, exponent)

    def call(self, node: Call) -> int:
        operands = [self.node(argument) for argument in node.arguments]
        if node.function not in ("min", "max"):
            return self.step(node.function, *operands)
        result = operands[0]
        for other in operands[1:]:
            result = self.step(node.function, result, other)
        return result


_Forward = tuple[Any, int, int, int]
_Backward = tuple[int, tuple[tuple[int, Partial], ...], int, int]


class Program:
    """Formulas over common inputs, compiled: values by a forward run, sensitivities by a backward sweep."""

    __slots__ = ("_backward", "_constants", "_forward", "_varying", "branches", "inputs", "outputs", "steps")

    def __init__(self, expressions: Sequence[Expression], inputs: Sequence[str]) -> None:
        compiler = _Compiler(inputs)
        outputs = tuple(compiler.node(expression.root) for expression in expressions)
        order = sorted([*compiler.constants, *compiler.steps])
        place = {
            old: new for new, old in enumerate([*range(len(inputs)), *_constants_first(compiler, order)])
        }
        self.inputs = tuple(inputs)
        self.outputs = tuple(place[slot] for slot in outputs)
        self._constants = [compiler.constants[slot] for slot in order if slot in compiler.constants]
        self.steps = tuple(
            Step(step.operation, tuple(place[x] for x in step.operands))
            for slot, step in sorted(compiler.steps.items())
        )
        self.branches = any(step.operation == "where" for step in self.steps)
        self._varying = self._slots_that_vary()
        self._forward = {
            "floats": [self._forward_step(FLOAT_RULES[s.operation], s) for s in self.steps],
            "columns": [self._forward_step(COLUMN_RULES[s.operation], s) for s in self.steps],
        }
        self._backward = {
            "floats": self._backward_steps(FLOAT_RULES),
            "columns": self._backward_steps(COLUMN_RULES),
        }

    def _slots_that_vary(self) -> frozenset[int]:
        first = len(self.inputs) + len(self._constants)
        varying = set(range(len(self.inputs)))
        for offset, step in enumerate(self.steps):
            if varying.intersection(step.operands) and step.operation not in COMPARING:
                varying.add(first + offset)
        return frozenset(varying)

    @staticmethod
    def _forward_step(rule: Rule, step: Step) -> _Forward:
        a, b, c = (*step.operands, -1, -1)[:3]
        return rule.value, a, b, c

    def _backward_steps(self, table: Any) -> list[_Backward]:
        first = len(self.inputs) + len(self._constants)
        steps: list[_Backward] = []
        for offset, step in enumerate(self.steps):
            if step.operation in COMPARING:
                continue
            pairs = zip(step.operands, table[step.operation].partials, strict=True)
            skip = 1 if step.operation == "where" else 0
            parts = tuple((x, partial) for x, partial in list(pairs)[skip:] if x in self._varying)
            second = step.operands[1] if len(step.operands) > 1 else step.operands[0]
            steps.append((first + offset, parts, step.operands[0], second))
        return steps[::-1]

    def run(self, values: Sequence[Any], *, kind: str = "columns") -> list[Any]:
        """This will return the value of every slot; ``values`` are floats or columns of one length."""
        slots = [*values, *self._constants]
        append = slots.append
        for function, a, b, c in self._forward[kind]:
            if b < 0:
                append(function(slots[a]))
            elif c < 0:
                append(function(slots[a], slots[b]))
            else:
                append(function(slots[a], slots[b], slots[c]))
        return slots

    def sensitivities(self, slots: list[Any], output: int, *, kind: str = "columns") -> list[Any]:
        """This will return the derivative of one output to every input, from the slots of a run.

        An entry is a float where the derivative is the same for the whole column.
        """
        adjoints: list[Any] = [0.0] * len(slots)
        one = 1.0
        adjoints[self.outputs[output]] = one
        masked = self.branches and kind == "columns"
        for slot, parts, a, b in self._backward[kind]:
            seed = adjoints[slot]
            if type(seed) is float and seed == 0.0:
                continue
            for operand, partial in parts:
                if partial is None:
                    part = seed
                else:
                    part = partial(slots[slot], slots[a], slots[b])
                    if seed is not one:
                        part = seed * part
                if masked:
                    part = np.where(np.equal(seed, 0.0), 0.0, part)
                before = adjoints[operand]
                adjoints[operand] = part if type(before) is float and before == 0.0 else before + part
        return adjoints[: len(self.inputs)]


def _constants_first(compiler: _Compiler, order: list[int]) -> list[int]:
    constants = [slot for slot in order if slot in compiler.constants]
    return constants + [slot for slot in order if slot in compiler.steps]
