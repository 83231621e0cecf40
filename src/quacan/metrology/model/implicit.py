"""Implicit models h(Y, X) = 0, solved by Newton's method (JCGM 102:2011, 6.3 and 9.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.model.dual import Dual
from quacan.metrology.model.measurement import FormulaModel, FunctionModel, measurement_model
from quacan.metrology.model.refusals import ModelRefused

MOST_STEPS = 60
AGREEMENT = 1e-13


class ImplicitModel:
    """Outputs defined as the solution of as many relations; sensitivities are −(∂h/∂y)⁻¹ ∂h/∂x."""

    __slots__ = ("inputs", "outputs", "relations", "starts")

    def __init__(self, relations: FormulaModel | FunctionModel, starts: Mapping[str, float]) -> None:
        if len(relations.outputs) != len(starts):
            raise ModelRefused(
                f"{len(starts)} unknowns need {len(starts)} relations, but {len(relations.outputs)} are given"
            )
        missing = [name for name in starts if name not in relations.inputs]
        if missing:
            raise ModelRefused(
                f"The relations do not contain the unknown {missing[0]!r}; correct one of them"
            )
        self.relations = relations
        self.starts = dict(starts)
        self.outputs = tuple(starts)
        self.inputs = tuple(name for name in relations.inputs if name not in starts)

    def evaluate(self, columns: Sequence[Any]) -> list[Any]:
        """This will solve the relations for floats or columns of one length."""
        return self._solved(columns)[0]

    def linearise(self, columns: Sequence[Any]) -> tuple[list[Any], list[list[Any]]]:
        """This will return the solution and its sensitivities."""
        solution, jacobian = self._solved(columns)
        single = all(np.ndim(x) == 0 for x in columns)
        unknowns, known = jacobian
        slopes = -np.linalg.solve(unknowns, known)
        rows = [[slopes[:, i, j] for j in range(known.shape[2])] for i in range(len(solution))]
        if not single:
            return solution, rows
        return [float(x) for x in solution], [[float(x[0]) for x in row] for row in rows]

    def duals(self, values: Sequence[Dual]) -> list[Any]:
        """This will return the solution on dual numbers: one Newton step per order of derivative."""
        plain = [_innermost(x) for x in values]
        solution, (unknowns, _) = self._solved(plain)
        inverse = np.linalg.inv(unknowns)
        current: list[Any] = list(solution)
        for _ in range(_order(values[0]) + 1 if values else 0):
            residuals = self.relations.duals(self._arranged(current, values))
            current = [
                y
                - sum(
                    residuals[j] * inverse[:, i, j].reshape(np.shape(solution[i]))
                    for j in range(len(current))
                )
                for i, y in enumerate(current)
            ]
        return current

    def _arranged(self, unknowns: Sequence[Any], known: Sequence[Any]) -> list[Any]:
        at_hand = {
            **dict(zip(self.outputs, unknowns, strict=True)),
            **dict(zip(self.inputs, known, strict=True)),
        }
        return [at_hand[name] for name in self.relations.inputs]

    def _solved(self, columns: Sequence[Any]) -> tuple[list[Any], tuple[NDArray[Any], NDArray[Any]]]:
        single = all(np.ndim(x) == 0 for x in columns)
        length = max((np.size(x) for x in columns), default=1)
        known = [np.broadcast_to(np.asarray(x, dtype=float), (length,)) for x in columns]
        current = [np.full(length, start, dtype=float) for start in self.starts.values()]
        near = False
        for _ in range(MOST_STEPS):
            residuals, unknowns, slopes = self._linear(current, known, length)
            steps = _newton_steps(unknowns, residuals)
            current = [y - steps[:, i] for i, y in enumerate(current)]
            sizes = np.stack([np.abs(y) for y in current], axis=1)
            settled = bool(np.all(np.abs(steps) <= AGREEMENT * np.maximum(sizes, np.finfo(float).tiny)))
            if settled or (near and bool(np.all(np.abs(steps) <= 1e-9 * sizes))):
                return [y[0] if single else y for y in current], (unknowns, slopes)
            near = bool(np.all(np.abs(steps) <= 1e-7 * sizes))
        raise ModelRefused(
            f"No solution of the implicit model was found from {self.starts}; give a start nearer to the solution"
        )

    def _linear(
        self, current: Sequence[NDArray[Any]], known: Sequence[NDArray[Any]], length: int
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        values, slopes = self.relations.linearise(self._arranged(current, known))
        place = {name: i for i, name in enumerate(self.relations.inputs)}
        matrix = np.empty((length, len(values), len(place)))
        for i, row in enumerate(slopes):
            for j, slope in enumerate(row):
                matrix[:, i, j] = slope
        residuals = np.stack([np.broadcast_to(v, (length,)) for v in values], axis=1)
        if not (np.all(np.isfinite(residuals)) and np.all(np.isfinite(matrix))):
            raise ModelRefused(
                "The implicit model has no finite value on the way to a solution; give a nearer start"
            )
        unknowns, known_ones = ([place[name] for name in names] for names in (self.outputs, self.inputs))
        return residuals, matrix[:, :, unknowns], matrix[:, :, known_ones]


def _newton_steps(unknowns: NDArray[Any], residuals: NDArray[Any]) -> NDArray[Any]:
    try:
        steps: NDArray[Any] = np.linalg.solve(unknowns, residuals[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError as error:
        raise ModelRefused(
            "The implicit model does not determine its unknowns at this start; give another start"
        ) from error
    return steps


def _innermost(value: Any) -> Any:
    while isinstance(value, Dual):
        value = value.value
    return value


def _order(value: Any) -> int:
    order = 0
    while isinstance(value, Dual):
        value, order = value.value, order + 1
    return order


def implicit_model(relations: str | Sequence[str], starts: Mapping[str, float]) -> ImplicitModel:
    """This will build the model whose outputs solve ``relations`` = 0, started from ``starts``.

    One relation per unknown, each a formula in unknowns and inputs (JCGM 102:2011, 6.3.1). Newton's method
    runs on whole columns; a start from which it does not settle is refused when the model is evaluated.

    >>> model = implicit_model("y**2 - x", {"y": 1.0})
    >>> solution, sensitivities = model.linearise([9.0])
    >>> round(solution[0], 12), round(sensitivities[0][0], 12)
    (3.0, 0.166666666667)
    """
    texts = [relations] if isinstance(relations, str) else list(relations)
    named = {f"relation {i + 1}": text for i, text in enumerate(texts)}
    model = measurement_model(named)
    return ImplicitModel(model, starts)
