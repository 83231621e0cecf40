"""The GUM uncertainty framework, first order, for one measurement (JCGM 100:2008, clause 5 and annex G)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.correlations import INDEPENDENT, Correlations
from quacan.metrology.inputs import InputQuantity
from quacan.metrology.model import MeasurementModel
from quacan.metrology.propagation.coverage import Coverage
from quacan.metrology.propagation.degrees_of_freedom import Groups, Pairs, effective_dof
from quacan.metrology.propagation.results import (
    Budget,
    BudgetRow,
    CovarianceRow,
    OutputEstimate,
    Propagation,
    PropagationRefused,
)

DOF_NOT_VALID = (
    "The effective degrees of freedom of {name} are not valid: inputs of finite degrees of freedom are correlated "
    "outside a group sampled together; group them or use Monte Carlo"
)
NINETY_FIVE = Coverage()
#: Below this u² loses digits or vanishes although a contribution does not.
LEAST_VARIANCE = 1e-290


def propagate(
    model: MeasurementModel,
    inputs: Mapping[str, InputQuantity],
    *,
    correlations: Correlations = INDEPENDENT,
    coverage: Coverage = NINETY_FIVE,
) -> Propagation:
    """This will propagate uncertainties to first order through a model, with budgets that add up to u².

    ν is found over groups; where it is not valid, ν, k and U are ``None`` and a note says so. Raises
    :class:`PropagationRefused` for a missing input or a result or sensitivity that is not finite.

    >>> from quacan.metrology.model import measurement_model
    >>> result = propagate(measurement_model("a - b"), {"a": InputQuantity(3.0, 0.4), "b": InputQuantity(1.0, 0.3)})
    >>> y = result.outputs["y"]
    >>> y.value, round(y.u, 12), [round(row.contribution, 12) for row in y.budget.rows]
    (2.0, 0.5, [0.4, -0.3])
    """
    quantities = in_order(model, inputs)
    values, slopes = model.linearise([float(q.value) for q in quantities])
    pairs, groups = correlations.indexed(model.inputs)
    check_groups(groups, quantities, model.inputs)
    outputs = {}
    contributions = []
    for name, value, row in zip(model.outputs, values, slopes, strict=True):
        parts = [float(c) * q.u for c, q in zip(row, quantities, strict=True)]
        check_finite(name, float(value), row, model.inputs)
        contributions.append(parts)
        outputs[name] = _output(
            name, float(value), row, parts, quantities, model.inputs, pairs, groups, coverage
        )
    return Propagation(outputs, covariance_of(contributions, pairs))


def in_order(model: MeasurementModel, inputs: Mapping[str, InputQuantity]) -> list[InputQuantity]:
    """This will line inputs up with the model; a missing one is refused by name."""
    try:
        return [inputs[name] for name in model.inputs]
    except KeyError as error:
        raise PropagationRefused(
            f"The model needs the input {error.args[0]!r}, which is not given; add it"
        ) from None


def check_groups(groups: Groups, quantities: Sequence[InputQuantity], names: Sequence[str]) -> None:
    """This will refuse a group whose members do not share one ν."""
    for group in groups:
        if len({quantities[i].dof for i in group}) > 1:
            members = ", ".join(names[i] for i in group)
            raise PropagationRefused(f"Inputs sampled together share one ν, but those of {members} differ")


def check_finite(name: str, value: float, slopes: Sequence[float], inputs: Sequence[str]) -> None:
    """This will refuse an output or a sensitivity that is not a finite number."""
    if not math.isfinite(value):
        raise PropagationRefused(
            f"The output {name} has no finite value for these inputs; check model and values"
        )
    for which, slope in zip(inputs, slopes, strict=True):
        if not math.isfinite(slope):
            raise PropagationRefused(
                f"The output {name} has no finite sensitivity to {which} at these values; use Monte Carlo"
            )


def _output(
    name: str,
    value: float,
    slopes: Sequence[float],
    parts: Sequence[float],
    quantities: Sequence[InputQuantity],
    inputs: Sequence[str],
    pairs: Pairs,
    groups: Groups,
    coverage: Coverage,
) -> OutputEstimate:
    variance = 0.0
    for part in parts:
        variance += part * part
    if not LEAST_VARIANCE <= variance < math.inf and any(parts):
        raise PropagationRefused(
            f"The uncertainty of {name} is out of the range of numbers; use another unit"
        )
    crossed = [2.0 * r * parts[i] * parts[j] for i, j, r in pairs]
    variance = max(0.0, variance + sum(crossed))
    dof = effective_dof(variance, parts, [q.dof for q in quantities], pairs=pairs, groups=groups)
    u = math.sqrt(variance)
    k = coverage.factor(dof)
    rows = tuple(
        BudgetRow(which, q.value, q.u, q.dof, float(c), d, d * d, d * d / variance if variance else None)
        for which, q, c, d in zip(inputs, quantities, slopes, parts, strict=True)
    )
    covariances = tuple(
        CovarianceRow((inputs[i], inputs[j]), r, part, part / variance if variance else None)
        for (i, j, r), part in zip(pairs, crossed, strict=True)
    )
    notes = () if dof is not None else (DOF_NOT_VALID.format(name=name),)
    return OutputEstimate(
        name, value, u, dof, k, None if k is None else k * u, Budget(rows, covariances), notes
    )


def covariance_of(contributions: Sequence[Sequence[float]], pairs: Pairs) -> NDArray[np.float64]:
    """This will return C R Cᵀ for contributions C (m × n) and correlations R (JCGM 102:2011, 6.2.1.3)."""
    if len(contributions) == 1:
        parts = contributions[0]
        total = sum(d * d for d in parts) + sum(2.0 * r * parts[i] * parts[j] for i, j, r in pairs)
        return np.array([[max(0.0, total)]])
    matrix = np.asarray(contributions)
    covariance = matrix @ matrix.T
    for i, j, r in pairs:
        crossed = r * np.outer(matrix[:, i], matrix[:, j])
        covariance += crossed + crossed.T
    return np.asarray(covariance)
