"""Second-order terms of the GUM uncertainty framework (JCGM 100:2008, 5.1.2 note; H.1.7)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.correlations import INDEPENDENT, Correlations
from quacan.metrology.inputs import InputQuantity
from quacan.metrology.model import Dual, MeasurementModel
from quacan.metrology.propagation.coverage import Coverage
from quacan.metrology.propagation.linear import NINETY_FIVE, in_order, propagate
from quacan.metrology.propagation.results import OutputEstimate, Propagation, PropagationRefused

DOF_OF_FIRST_ORDER = (
    "The degrees of freedom of {name} are those of first order; the standard gives none of second order"
)
DOF_WITHOUT_FIRST_ORDER = (
    "The degrees of freedom of {name} are not valid: its first-order uncertainty is zero while inputs have finite "
    "degrees of freedom; use Monte Carlo"
)


@dataclass(frozen=True, slots=True)
class SecondOrderTerm:
    """The second-order part of u² that one input, or one pair of inputs, brings; it may be negative."""

    inputs: tuple[str, str]
    variance: float


@dataclass(frozen=True, slots=True)
class SecondOrder:
    """First-order and total u of an output, its second-order terms, and their share of the total u²."""

    u_first: float
    u: float
    terms: tuple[SecondOrderTerm, ...]

    @property
    def share(self) -> float | None:
        """The second-order part of u² over u²."""
        total = self.u * self.u
        return (total - self.u_first * self.u_first) / total if total > 0 else None


def derivatives(
    model: MeasurementModel, point: list[float]
) -> list[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]]:
    """This will return, per output, the gradient f_i, the matrix f_ij and the matrix f_ijj, exact to rounding.

    Duals of duals of duals: column j of the run differentiates twice along input j, the outermost slope along
    every input i.
    """
    count = len(point)
    along = np.eye(count)
    seeds = [
        Dual(Dual(Dual(np.full(count, x), along[i]), along[i]), along[i][:, None] * np.ones(count))
        for i, x in enumerate(point)
    ]
    with np.errstate(all="ignore"):
        outputs = model.duals(seeds)
    found = []
    for output in outputs:
        slope = _slope(output)
        shape = (count, count)
        gradient = np.broadcast_to(_value(_value(slope)), shape)[:, 0] if count else np.zeros(0)
        second = np.broadcast_to(_slope(_value(slope)), shape)
        third = np.broadcast_to(_slope(_slope(slope)), shape)
        found.append((np.array(gradient), np.array(second), np.array(third)))
    return found


def _value(x: Any) -> Any:
    return x.value if isinstance(x, Dual) else x


def _slope(x: Any) -> Any:
    return x.slope if isinstance(x, Dual) else 0.0


def second_order(
    model: MeasurementModel,
    inputs: Mapping[str, InputQuantity],
    *,
    correlations: Correlations = INDEPENDENT,
) -> dict[str, SecondOrder]:
    """This will return the terms ½ f_ij² + f_i f_ijj, times u_i² u_j², for every output (5.1.2 note).

    The note holds for independent inputs of symmetric distribution. Raises :class:`PropagationRefused` where a
    correlated input brings a term, where the total would be negative, or where a derivative is not finite.

    >>> from quacan.metrology.model import measurement_model
    >>> result = second_order(measurement_model("x**2"), {"x": InputQuantity(0.0, 0.005)})
    >>> result["y"].u_first, round(result["y"].u * 1e6, 3)
    (0.0, 35.355)
    """
    quantities = in_order(model, inputs)
    first = propagate(model, inputs, correlations=correlations)
    squares = np.array([q.u for q in quantities]) ** 2
    correlated = {name for a, b, _ in correlations.pairs for name in (a, b)}
    results = {}
    for name, (f_i, f_ij, f_ijj) in zip(
        model.outputs, derivatives(model, [float(q.value) for q in quantities]), strict=True
    ):
        parts = (0.5 * f_ij**2 + f_i[:, None] * f_ijj) * np.outer(squares, squares)
        if not np.all(np.isfinite(parts)):
            raise PropagationRefused(
                f"The output {name} has no finite second derivatives here; use Monte Carlo"
            )
        terms = _terms(model.inputs, parts)
        _check_independent(name, terms, correlated)
        results[name] = _combined(name, first.outputs[name].u, terms)
    return results


def _terms(names: tuple[str, ...], parts: NDArray[np.float64]) -> tuple[SecondOrderTerm, ...]:
    pairs = ((i, j) for i in range(len(names)) for j in range(i, len(names)))
    both = (
        ((names[i], names[j]), float(parts[i, i] if i == j else parts[i, j] + parts[j, i])) for i, j in pairs
    )
    return tuple(SecondOrderTerm(which, part) for which, part in both if part != 0.0)


def _check_independent(name: str, terms: tuple[SecondOrderTerm, ...], correlated: set[str]) -> None:
    touched = sorted(correlated.intersection(x for term in terms for x in term.inputs))
    if touched:
        raise PropagationRefused(
            f"Second-order terms hold for independent inputs only, but {touched[0]!r} is correlated and the output "
            f"{name} is not linear in it; use Monte Carlo"
        )


def _combined(name: str, u_first: float, terms: tuple[SecondOrderTerm, ...]) -> SecondOrder:
    total = u_first * u_first + sum(term.variance for term in terms)
    if total < 0:
        raise PropagationRefused(f"The second-order u² of output {name} is negative; use Monte Carlo")
    return SecondOrder(u_first, math.sqrt(total), terms)


def propagate_second_order(
    model: MeasurementModel,
    inputs: Mapping[str, InputQuantity],
    *,
    correlations: Correlations = INDEPENDENT,
    coverage: Coverage = NINETY_FIVE,
) -> tuple[Propagation, dict[str, SecondOrder]]:
    """This will propagate with second-order terms: u from both orders, value f(x), ν of first order.

    The off-diagonal covariances of several outputs stay first order.

    >>> from quacan.metrology.model import measurement_model
    >>> result, added = propagate_second_order(measurement_model("a**2"), {"a": InputQuantity(0.0, 0.1)})
    >>> round(result.outputs["y"].u, 6), added["y"].share
    (0.014142, 1.0)
    """
    first = propagate(model, inputs, correlations=correlations, coverage=coverage)
    added = second_order(model, inputs, correlations=correlations)
    covariance = first.covariance.copy()
    outputs = {}
    for i, (name, output) in enumerate(first.outputs.items()):
        outputs[name] = _extended(output, added[name], coverage)
        covariance[i, i] = added[name].u ** 2
    return Propagation(outputs, covariance), added


def _extended(output: OutputEstimate, added: SecondOrder, coverage: Coverage) -> OutputEstimate:
    if not added.terms:
        return output
    dof, notes = output.dof, output.notes
    limited = any(row.dof != math.inf and row.u > 0 for row in output.budget.rows)
    if limited and added.u_first == 0:
        dof, notes = None, (*notes, DOF_WITHOUT_FIRST_ORDER.format(name=output.name))
    elif dof is not None and dof != math.inf:
        notes = (*notes, DOF_OF_FIRST_ORDER.format(name=output.name))
    k = coverage.factor(dof)
    U = None if k is None else k * added.u
    return replace(output, u=added.u, dof=dof, k=k, U=U, notes=notes)
