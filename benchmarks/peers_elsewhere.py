"""Asking libraries of another environment, named by QUACAN_PEERS_PYTHON, for the same budgets."""

from __future__ import annotations

import json
import math
import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import budget
from benchmarks.mass import CORRELATED, CORRELATION, COVERAGE, DOFS, FORMULA, NAMES, instruments

SCRIPT = Path(__file__).with_name("other_environment.py")
SIZE = 1_000


def rows() -> tuple[list[dict[str, Any]], str]:
    """This will time metrolopy and suncal where they are found, scaled to 100 000; and say what was not measured."""
    python = os.environ.get("QUACAN_PEERS_PYTHON")
    if not python:
        return [], "metrolopy and suncal were not measured: QUACAN_PEERS_PYTHON names no environment."
    lot = instruments(SIZE)
    question = {
        "rows": lot.rows(),
        "names": NAMES,
        "dofs": {name: dof if math.isfinite(dof) else None for name, dof in DOFS.items()},
        "formula": FORMULA,
        "correlated": CORRELATED,
        "correlation": CORRELATION,
        "coverage": COVERAGE,
    }
    done = subprocess.run(
        [python, str(SCRIPT)], input=json.dumps(question), capture_output=True, text=True, check=True
    )
    answers = json.loads(done.stdout)
    column = budget.ours(lot)
    mine = np.array([column.value, column.u, column.dof]).T
    found = []
    for name, answer in answers.items():
        results = np.array(answer["results"])[:, :3]
        count = len(results)
        found.append(
            {
                "contender": f"{name} {answer['version']}",
                "size": 100_000,
                "measured_on": count,
                "seconds": answer["seconds"] * 100_000 / count,
                "largest_difference": float(np.max(np.abs(results / mine[:count] - 1))),
            }
        )
    missing = [name for name in ("metrolopy", "suncal") if name not in answers]
    return found, f"Not measured, for they are not installed there: {', '.join(missing)}." if missing else ""
