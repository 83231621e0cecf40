"""Every example in the science runs; every public name says what it does; loading stays light."""

import ast
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import quacan.metrology

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(quacan.metrology.__path__, prefix="quacan.metrology.")
)
FOLDER = Path(quacan.metrology.__path__[0])
FILES = sorted(FOLDER.rglob("*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_public_name_is_documented(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
    assert ast.get_docstring(tree) or not tree.body


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_scipy_is_loaded_only_inside_functions(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    at_top = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not [name for name in at_top if name.split(".")[0] == "scipy"]
    assert not [name for name in imported if name.startswith(("scipy.stats", "django", "quacan.centre"))]


def test_the_whole_science_loads_without_scipy_or_django() -> None:
    program = (
        "import importlib, sys\n"
        f"for name in {MODULES!r}: importlib.import_module(name)\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'scipy', 'django'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
