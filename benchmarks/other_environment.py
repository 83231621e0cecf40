"""Budgets by metrolopy and suncal, whose licence keeps them out of this project's own environment.

Run as a script by the Python of another environment, named by QUACAN_PEERS_PYTHON; it imports nothing of this
project. Standard input: {"rows", "names", "dofs", "formula", "correlated", "correlation", "coverage"}. Answer: for
every library found its version, the seconds of the best of two runs, and y, u, ν, k, U of every row.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.metadata import version
from time import perf_counter
from typing import Any

Question = dict[str, Any]
FEW = 25
"""suncal is timed on so many rows at most."""


def metrolopy_budgets(question: Question) -> Callable[[], list[list[float]]]:
    """This will prepare metrolopy (its lighter numbers, ummy)."""
    import metrolopy  # type: ignore[import-not-found]
    from scipy.special import stdtrit

    names, dofs = question["names"], question["dofs"]
    first, second = (names.index(name) for name in question["correlated"])
    matrix = [[1.0, question["correlation"]], [question["correlation"], 1.0]]

    def one(values: list[float], us: list[float]) -> list[float]:
        x = [
            metrolopy.ummy(value, u, dof=dofs[name]) if dofs[name] else metrolopy.ummy(value, u)
            for name, value, u in zip(names, values, us, strict=True)
        ]
        x[first], x[second] = metrolopy.ummy.create(
            [values[first], values[second]], [us[first], us[second]], correlation_matrix=matrix
        )
        mS, dI, ra, rT, rS, dD = x
        y = (mS + dI) * (1 + (ra - 1.2) * (1 / rT - 1 / rS)) + dD
        for each in x:
            y.ufrom(each)
        k = float(stdtrit(int(y.dof + 0.005), 0.5 * (1 + question["coverage"])))
        return [y.x, y.u, y.dof, k, k * y.u]

    return lambda: [one(*row) for row in question["rows"]]


def suncal_budgets(question: Question) -> Callable[[], list[list[float]]]:
    """This will prepare suncal: the model is built once, its variables are measured anew for every row."""
    import suncal  # type: ignore[import-not-found]

    names, dofs = question["names"], question["dofs"]
    model = suncal.Model("y = " + question["formula"])

    def one(values: list[float], us: list[float]) -> list[float]:
        for name, value, u in zip(names, values, us, strict=True):
            variable = model.var(name)
            variable.measure(value)
            variable.clear_typeb()
            more = {"df": dofs[name]} if dofs[name] else {}
            variable.typeb(dist="normal", unc=u, k=1, **more)
        model.variables.correlate(*question["correlated"], question["correlation"])
        result = model.calculate_gum()
        k = float(result.expanded(conf=question["coverage"])["y"].k)
        u = float(result.uncertainty["y"])
        return [float(result.expected["y"]), u, float(result.degf["y"]), k, k * u]

    return lambda: [one(*row) for row in question["rows"][:FEW]]


MAKERS: dict[str, Callable[[Question], Callable[[], list[list[float]]]]] = {
    "metrolopy": metrolopy_budgets,
    "suncal": suncal_budgets,
}


def main() -> int:
    """This will time every library that can be imported here."""
    question = json.load(sys.stdin)
    answers = {}
    for name, make in MAKERS.items():
        try:
            work = make(question)
        except ImportError:
            continue
        results = work()
        seconds = []
        for _ in range(2):
            start = perf_counter()
            work()
            seconds.append(perf_counter() - start)
        answers[name] = {"version": version(name), "seconds": min(seconds), "results": results}
    json.dump(answers, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
