"""What it costs to open a library: seconds and memory in a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

STATEMENTS = {
    "numpy": "import numpy",
    "quacan.metrology": "import quacan.metrology",
    "quacan.metrology, a name of the GUM": "from quacan.metrology import propagate",
    "quacan.metrology, every name": "from quacan.metrology import *",
    "quacan.metrology, first budget": (
        "from quacan.metrology import InputQuantity, measurement_model, propagate\n"
        "propagate(measurement_model('a * b'), {'a': InputQuantity(1.0, 0.1, 9.0), 'b': InputQuantity(2.0, 0.1)})"
    ),
    "GTC": "import GTC",
    "GTC, first budget": "import GTC\ny = GTC.ureal(1.0, 0.1, 9.0) * GTC.ureal(2.0, 0.1)\ny.u, GTC.rp.k_factor(y.df)",
    "uncertainties": "import uncertainties",
    "uncertainties, first budget": (
        "from uncertainties import ufloat\ny = ufloat(1.0, 0.1) * ufloat(2.0, 0.1)\ny.std_dev, y.error_components()"
    ),
}
PROGRAM = """
import json, pathlib, time
def peak():
    found = [line for line in pathlib.Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(found[0].split()[1]) / 1024
before = peak()
start = time.perf_counter()
{statement}
spent = time.perf_counter() - start
after = peak()
print(json.dumps([spent, after, after - before]))
"""


def opened(statement: str, *, python: str = sys.executable) -> tuple[float, float, float]:
    """This will run a statement in a fresh interpreter: seconds, megabytes in all, megabytes more than before.

    Memory is the peak resident size that Linux reports of the process itself.
    """
    program = PROGRAM.replace("{statement}", statement)
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True)
    seconds, total, more = json.loads(done.stdout)
    return seconds, total, more


def rows(rounds: int) -> list[dict[str, Any]]:
    """This will open every library in turn, several times; the best of each."""
    best: dict[str, tuple[float, float, float]] = {}
    for _ in range(rounds):
        for name, statement in STATEMENTS.items():
            found = opened(statement)
            known = best.get(name, found)
            best[name] = (min(found[0], known[0]), min(found[1], known[1]), min(found[2], known[2]))
    return [
        {"contender": name, "seconds": seconds, "megabytes": total, "more_megabytes": more}
        for name, (seconds, total, more) in best.items()
    ]
