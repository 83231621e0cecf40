"""Writing the results of an evaluation as plain dictionaries; NaN becomes null when the answer is finished."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.montecarlo import MonteCarlo, MonteCarloOutput
from quacan.metrology.propagation import Budget, OutputEstimate, Propagation, SecondOrder
from quacan.metrology.rounding import report

INFINITE = (
    "The degrees of freedom of {names} are infinite, written null; k is then that of the normal distribution"
)
NO_FACTOR = "Monte Carlo has neither degrees of freedom nor k; U is half the length of the symmetric interval"


def reported_text(value: float | None, U: float | None, digits: int) -> str | None:
    """This will return the reported result, or ``None`` where value or U is not valid."""
    return None if value is None or U is None else report(value, U, digits=digits).text


def framework_answer(result: Propagation, *, digits: int) -> dict[str, Any]:
    """This will return outputs, order, covariance, correlation, budget and notes of a propagation."""
    notes = [note for output in result.outputs.values() for note in output.notes]
    infinite = [name for name, output in result.outputs.items() if output.dof == math.inf]
    if infinite:
        notes.append(INFINITE.format(names=", ".join(infinite)))
    return {
        "outputs": {name: _estimate(output, digits) for name, output in result.outputs.items()},
        **covariance_answer(list(result.outputs), result.covariance),
        "budget": budget_answers(result),
        "notes": notes,
    }


def _estimate(output: OutputEstimate, digits: int) -> dict[str, Any]:
    return {
        "value": output.value,
        "u": output.u,
        "dof": None if output.dof == math.inf else output.dof,
        "k": output.k,
        "U": output.U,
        "interval": None if output.interval is None else list(output.interval),
        "text": reported_text(output.value, output.U, digits),
    }


def covariance_answer(order: list[str], covariance: NDArray[np.float64] | None) -> dict[str, Any]:
    """This will return the order of the outputs with their covariance and correlation matrices."""
    if covariance is None:
        return {"order": order, "covariance": None, "correlation": None}
    deviations = np.sqrt(np.diag(covariance))
    with np.errstate(all="ignore"):
        correlation = covariance / np.outer(deviations, deviations)
    np.fill_diagonal(correlation, np.where(deviations > 0, 1.0, np.nan))
    return {"order": order, "covariance": covariance, "correlation": np.clip(correlation, -1.0, 1.0)}


def budget_answers(result: Propagation) -> dict[str, list[dict[str, Any]]]:
    """This will return the budget of every output; the ``variance`` of its rows adds up to u²."""
    return {name: _budget(output.budget) for name, output in result.outputs.items()}


def _budget(budget: Budget) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "input": row.input,
            "value": row.value,
            "u": row.u,
            "dof": row.dof,
            "sensitivity": row.sensitivity,
            "contribution": row.contribution,
            "variance": row.variance,
            "share": row.share,
        }
        for row in budget.rows
    ]
    crossed = [
        {
            "input": f"cov({row.inputs[0]}, {row.inputs[1]})",
            "inputs": list(row.inputs),
            "correlation": row.correlation,
            "value": None,
            "u": None,
            "sensitivity": None,
            "contribution": math.copysign(math.sqrt(abs(row.variance)), row.variance),
            "variance": row.variance,
            "share": row.share,
        }
        for row in budget.covariances
    ]
    return rows + crossed


def second_order_answer(added: Mapping[str, SecondOrder]) -> dict[str, Any]:
    """This will return first-order and total u, the share of second order, and its terms, per output."""
    return {
        name: {
            "u_first": found.u_first,
            "u": found.u,
            "share": found.share,
            "terms": [
                {
                    "inputs": list(term.inputs),
                    "variance": term.variance,
                    "contribution": math.copysign(math.sqrt(abs(term.variance)), term.variance),
                }
                for term in found.terms
            ],
        }
        for name, found in added.items()
    }


def monte_carlo_answer(drawn: MonteCarlo, *, digits: int) -> dict[str, Any]:
    """This will return outputs, covariance, regions and notes of a Monte Carlo calculation."""
    answer = {
        "outputs": {name: _drawn(output, digits) for name, output in drawn.outputs.items()},
        **covariance_answer(list(drawn.outputs), drawn.covariance),
        "notes": [*drawn.notes, NO_FACTOR],
    }
    if len(drawn.outputs) > 1:
        regions = drawn.regions
        answer["regions"] = None if regions is None else {"k_p": regions.k_p, "k_q": regions.k_q}
    return answer


def _drawn(output: MonteCarloOutput, digits: int) -> dict[str, Any]:
    low, high = output.interval
    U = 0.5 * (high - low)
    return {
        "value": output.value,
        "u": output.u,
        "dof": None,
        "k": None,
        "U": U,
        "interval": [low, high],
        "shortest": list(output.shortest),
        "text": reported_text(output.value, U, digits),
        "standard_errors": output.standard_errors,
    }
