"""Measurement models Y = f(X): typed formulas, Python functions, and implicit relations h(Y, X) = 0.

A model is built once and then run on one measurement or on whole columns of instruments. It answers three
questions: its values, its sensitivities (the matrix of JCGM 102:2011, 6.2.1.3), and its values on dual
numbers of any order, from which the second-order terms come.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from quacan.metrology.expressions import Call, Comparison, Expression, Name, Negation, Node, Operation, parse
from quacan.metrology.model.dual import Dual
from quacan.metrology.model.program import Program
from quacan.metrology.model.refusals import ModelRefused


class MeasurementModel(Protocol):
    """What propagation and Monte Carlo ask of a model; values travel in the order of ``inputs``."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the input quantities, in order."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of the output quantities, in order."""

    def evaluate(self, columns: Sequence[Any]) -> list[Any]:
        """This will return each output for floats or columns of one length."""

    def linearise(self, columns: Sequence[Any]) -> tuple[list[Any], list[list[Any]]]:
        """This will return outputs, and per output the sensitivity to each input (a float where constant)."""

    def duals(self, values: Sequence[Dual]) -> list[Any]:
        """This will return the outputs on dual numbers of any order."""


class FormulaModel:
    """One or several outputs, each a formula of the closed grammar."""

    __slots__ = ("expressions", "inputs", "outputs", "program")

    def __init__(self, formulas: Mapping[str, str | Expression], inputs: Sequence[str] | None = None) -> None:
        self.expressions = {
            name: text if isinstance(text, Expression) else parse(text) for name, text in formulas.items()
        }
        if not self.expressions:
            raise ModelRefused("The model has no output; give at least one formula")
        self.outputs = tuple(self.expressions)
        needed = list(
            dict.fromkeys(name for e in self.expressions.values() for name in names_in_order(e.root))
        )
        self.inputs = tuple(needed if inputs is None else inputs)
        unknown = [name for name in needed if name not in self.inputs]
        if unknown:
            raise ModelRefused(
                f"The model names {unknown[0]!r}, which is not among the inputs; add it or correct the formula"
            )
        self.program = Program(list(self.expressions.values()), self.inputs)

    def evaluate(self, columns: Sequence[Any]) -> list[Any]:
        """This will return each output for floats or columns of one length."""
        with np.errstate(all="ignore"):
            slots = self.program.run(columns)
        return [slots[place] for place in self.program.outputs]

    def linearise(self, columns: Sequence[Any]) -> tuple[list[Any], list[list[Any]]]:
        """This will return outputs and sensitivities; single measurements run on plain floats."""
        if all(type(x) is float for x in columns):
            try:
                return self._linearised(columns, "floats")
            except (ValueError, ZeroDivisionError, OverflowError):
                columns = [np.float64(x) for x in columns]
        with np.errstate(all="ignore"):
            return self._linearised(columns, "columns")

    def _linearised(self, columns: Sequence[Any], kind: str) -> tuple[list[Any], list[list[Any]]]:
        program = self.program
        slots = program.run(columns, kind=kind)
        values = [slots[place] for place in program.outputs]
        return values, [program.sensitivities(slots, i, kind=kind) for i in range(len(values))]

    def duals(self, values: Sequence[Dual]) -> list[Any]:
        """This will return the outputs on dual numbers of any order."""
        with np.errstate(all="ignore"):
            slots = self.program.run(values)
        return [slots[place] for place in self.program.outputs]


class FunctionModel:
    """One or several outputs computed by a Python function written with operators and numpy functions.

    The function takes the inputs by position and returns one output, a sequence, or a mapping by output name.
    """

    __slots__ = ("function", "inputs", "outputs")

    def __init__(
        self,
        function: Callable[..., Any],
        *,
        inputs: Sequence[str] | None = None,
        outputs: Sequence[str] = ("y",),
    ) -> None:
        self.function = function
        self.inputs = tuple(inspect.signature(function).parameters if inputs is None else inputs)
        self.outputs = tuple(outputs)

    def evaluate(self, columns: Sequence[Any]) -> list[Any]:
        """This will return each output for floats or columns of one length."""
        return self._called(columns)

    def linearise(self, columns: Sequence[Any]) -> tuple[list[Any], list[list[Any]]]:
        """This will return outputs and sensitivities by forward dual numbers."""
        return linearised_by_duals(self, columns)

    def duals(self, values: Sequence[Dual]) -> list[Any]:
        """This will return the outputs on dual numbers of any order."""
        return self._called(values)

    def _called(self, values: Sequence[Any]) -> list[Any]:
        with np.errstate(all="ignore"):
            try:
                answer = self.function(*values)
            except ModelRefused:
                raise
            except (TypeError, ValueError) as error:
                raise ModelRefused(
                    f"The model function cannot run on columns ({error}); "
                    "write it with operators, numpy functions and numpy.where"
                ) from error
        if isinstance(answer, Mapping):
            missing = [name for name in self.outputs if name not in answer]
            if missing:
                raise ModelRefused(
                    f"The model function returned no output {missing[0]!r}; return every output"
                )
            return [answer[name] for name in self.outputs]
        results = list(answer) if isinstance(answer, tuple | list) else [answer]
        if len(results) != len(self.outputs):
            raise ModelRefused(
                f"The model function returned {len(results)} outputs but {len(self.outputs)} are declared; "
                "declare them with outputs="
            )
        return results


def linearised_by_duals(model: MeasurementModel, columns: Sequence[Any]) -> tuple[list[Any], list[list[Any]]]:
    """This will return outputs and sensitivities of any model by one forward run on dual numbers."""
    count = len(columns)
    length = max((np.size(x) for x in columns), default=1)
    single = all(np.ndim(x) == 0 for x in columns)
    directions = np.eye(count) if single else np.eye(count)[:, :, None]
    starts = [Dual(np.asarray(x, dtype=float), directions[i]) for i, x in enumerate(columns)]
    outputs = model.duals(starts)
    shape = () if single else (length,)
    values, slopes = [], []
    for output in outputs:
        dual = output if isinstance(output, Dual) else Dual(output, np.zeros(count))
        slope = (
            np.broadcast_to(dual.slope, (count, *shape))
            if not single
            else np.broadcast_to(dual.slope, (count,))
        )
        values.append(float(dual.value) if single else np.broadcast_to(dual.value, shape))
        slopes.append([float(x) if single else x for x in slope])
    return values, slopes


def names_in_order(node: Node) -> Iterator[str]:
    """This will yield the names of a formula from left to right, repeated ones included."""
    match node:
        case Name():
            yield node.name
        case Negation():
            yield from names_in_order(node.operand)
        case Operation() | Comparison():
            yield from names_in_order(node.left)
            yield from names_in_order(node.right)
        case Call():
            for argument in node.arguments:
                yield from names_in_order(argument)


def measurement_model(
    source: str | Mapping[str, str] | Callable[..., Any],
    *,
    inputs: Sequence[str] | None = None,
    outputs: Sequence[str] = ("y",),
) -> FormulaModel | FunctionModel:
    """This will build a model from a formula, a mapping output → formula, or a Python function.

    ``inputs`` fixes the order (default: order of appearance, or the function's parameters); ``outputs``
    names what a function returns. Raises :class:`~quacan.metrology.expressions.ExpressionRefused` or
    :class:`ModelRefused`.

    >>> model = measurement_model("V * cos(phi) / I")
    >>> model.inputs, model.outputs
    (('V', 'phi', 'I'), ('y',))
    >>> model.linearise([2.0, 0.0, 4.0])
    ([0.5], [[0.25, -0.0, -0.125]])
    """
    if callable(source):
        return FunctionModel(source, inputs=inputs, outputs=outputs)
    formulas = {"y": source} if isinstance(source, str) else dict(source)
    return FormulaModel(formulas, inputs)
