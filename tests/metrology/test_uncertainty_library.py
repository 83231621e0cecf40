"""The uncertainty wing as a library: its examples run, it opens quickly, it never loads what it does not need."""

import doctest
import importlib
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest

ROOMS = ("expressions", "model", "propagation", "montecarlo", "inputs", "distributions", "correlations")


def modules() -> list[str]:
    names = [f"quacan.metrology.{room}" for room in ROOMS]
    names += ["quacan.metrology.exchange.evaluate", "quacan.metrology.exchange.quantities"]
    found = []
    for name in names:
        module = importlib.import_module(name)
        found.append(name)
        if hasattr(module, "__path__"):
            found += [f"{name}.{part.name}" for part in pkgutil.iter_modules(module.__path__)]
    return found


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings_run(name: str) -> None:
    module: ModuleType = importlib.import_module(name)
    results = doctest.testmod(module, verbose=False)
    assert results.failed == 0


@pytest.mark.parametrize("name", modules())
def test_every_public_function_says_what_it_does(name: str) -> None:
    module = importlib.import_module(name)
    public = [
        thing
        for title, thing in vars(module).items()
        if not title.startswith("_") and getattr(thing, "__module__", "") == name and callable(thing)
    ]
    assert all((thing.__doc__ or "").strip() for thing in public), [
        t.__name__ for t in public if not t.__doc__
    ]


def loaded_by(code: str) -> set[str]:
    program = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_scipy_waits_until_it_is_needed_and_its_statistics_are_never_loaded() -> None:
    opened = loaded_by(
        "import quacan.metrology\n"
        "from quacan.metrology.model import measurement_model\n"
        "import quacan.metrology.propagation, quacan.metrology.montecarlo, quacan.metrology.exchange.evaluate"
    )
    assert not {name for name in opened if name.split(".")[0] in ("scipy", "django")}
    used = loaded_by(
        "from quacan.metrology.exchange.evaluate import evaluate\n"
        "evaluate({'model': 'a * b', 'method': 'validate', 'draws': 8000,\n"
        "          'inputs': {'a': {'value': 1, 'u': 0.1, 'dof': 5}, 'b': {'value': 1, 'u': 0.1}}})"
    )
    assert "scipy.special" in used
    assert not {name for name in used if name.startswith(("scipy.stats", "scipy.optimize"))}


def test_the_front_door_offers_what_it_lists() -> None:
    front = importlib.import_module("quacan.metrology")
    assert all(getattr(front, name) is not None for name in front.__all__)
    assert set(front.__all__) <= set(dir(front))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        front.nothing  # noqa: B018
