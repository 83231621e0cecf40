"""Every app has the same rooms and no other; templates stay readable; only actions write, wherever a model is used."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
CENTRE = ROOT / "src" / "quacan" / "centre"
APPS = sorted(p.parent.name for p in CENTRE.glob("*/apps.py"))
STOREYS = {
    "department", "urls", "views", "tables", "filters", "forms", "actions", "moves", "queries", "facts", "models",
    "rules",
}  # fmt: skip
BESIDE = {"apps", "migrations", "papers", "refusals", "static", "templates", "templatetags", "tests"}
READERS = {
    "catalogue", "definitions", "kinds", "library", "permissions", "roles", "territory",
}  # fmt: skip
LONGEST_LINE = 140
WRITERS = {
    "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "select_for_update", "delete", "save",
    "update",
}  # fmt: skip
MECHANISMS = {"act", "documents", "registers", "models", "store", "numbering"}
"""Modules of base that write: what actions write through."""


def rooms_of(app: str) -> set[str]:
    places = (CENTRE / app).iterdir()
    return {p.stem for p in places if p.suffix == ".py" or (p.is_dir() and p.name != "__pycache__")} - {
        "__init__"
    }


@pytest.mark.parametrize("app", [name for name in APPS if name != "base"])
def test_an_app_has_the_rooms_of_the_house_and_no_other(app: str) -> None:
    assert rooms_of(app) - STOREYS - BESIDE - READERS == set(), "a file outside a room"


def test_the_contract_of_rooms_is_exhaustive_and_knows_every_app() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    rooms = next(one for one in contracts if one["name"].startswith("the rooms of every app"))
    assert rooms["exhaustive"]
    assert set(rooms["exhaustive_ignores"]) == BESIDE | READERS
    assert {one.strip("()") for line in rooms["layers"] for one in line.split(" | ")} == STOREYS
    assert {name.rpartition(".")[2] for name in rooms["containers"]} == set(APPS) - {"base"}


def templates() -> Iterator[Path]:
    yield from sorted(CENTRE.rglob("templates/**/*.html"))


def test_lines_of_templates_can_be_read() -> None:
    long = [
        f"{path.relative_to(CENTRE).as_posix()}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert long == [], f"lines over {LONGEST_LINE} characters"


def models_known_in(path: Path) -> set[str]:
    """The names a module has from a room of models (a ``Document`` of another library is none of ours)."""
    classes = {
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("quacan.")
        for model in config.get_models()
    }
    imports = (
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
    )
    given = {
        name.asname or name.name for node in imports if "models" in (node.module or "") for name in node.names
    }
    return classes & given


def test_only_actions_write_whatever_the_variable_is_called() -> None:
    wrong = []
    for path in sorted(CENTRE.rglob("*.py")):
        parts = path.relative_to(CENTRE).parts
        if "tests" in parts or "migrations" in parts or "actions" in path.as_posix():
            continue
        if parts[0] == "base" and path.stem in MECHANISMS:
            continue
        wrong += [f"{'/'.join(parts)}:{line}" for line in writes(path, models_known_in(path))]
    assert wrong == []


def writes(path: Path, models: set[str]) -> Iterator[int]:
    """The lines where a model's manager, a query set of it, or a value made or typed as one is written."""
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            known = values_of_models(function, models)
            for node in ast.walk(function):
                is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                if is_call and node.func.attr in WRITERS and is_model(node.func.value, known, models):
                    yield node.lineno


def values_of_models(function: ast.FunctionDef | ast.AsyncFunctionDef, models: set[str]) -> set[str]:
    """The names in a function that hold a model: typed so as a parameter, or made from its class or manager."""
    arguments = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    known = {
        one.arg for one in arguments if one.annotation is not None and names_model(one.annotation, models)
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and from_model(node.value, models):
            known |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return known


def names_model(annotation: ast.expr, models: set[str]) -> bool:
    return any(isinstance(node, ast.Name) and node.id in models for node in ast.walk(annotation))


def from_model(value: ast.expr, models: set[str]) -> bool:
    """``Model(…)``, ``Model.objects.…`` and what is chained on them."""
    while isinstance(value, ast.Call | ast.Attribute):
        value = value.func if isinstance(value, ast.Call) else value.value
    return isinstance(value, ast.Name) and value.id in models


def is_model(value: ast.expr, known: set[str], models: set[str]) -> bool:
    if "objects" in ast.unparse(value) or from_model(value, models):
        return True
    while isinstance(value, ast.Attribute | ast.Call | ast.Subscript):
        value = value.func if isinstance(value, ast.Call) else value.value
    return isinstance(value, ast.Name) and value.id in known


def test_the_watcher_sees_a_write_under_any_name(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "def a(found: Thing) -> None:\n    found.save()\n"
        "def b() -> None:\n    one = Thing.objects.get(pk=1)\n    one.delete()\n"
        "def c() -> None:\n    Thing.objects.filter(pk=1).update(x=2)\n"
        "def d(form: Form) -> None:\n    form.save()\n    cache.delete('x')\n    {}.update(a=1)\n"
    )
    assert list(writes(wrong, {"Thing"})) == [2, 5, 7]
