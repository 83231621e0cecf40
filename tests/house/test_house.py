"""The house keeps its shape: front rooms only, only actions write, small functions and files, plain names."""

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "quacan"
APPS = sorted(p.parent.name for p in (SOURCE / "centre").glob("*/apps.py"))
FRONT_ROOMS = {"models", "moves", "queries", "actions", "rules", "refusals"}
# Pure values another app may read besides the front rooms: data readers, refusals a door must catch, printed papers.
ALSO_OPEN = {
    "organisation": {"territory"},
    "people": {"permissions", "roles"},
    "instruments": {"catalogue", "library"},
    "activities": {"kinds"},
    "verification": {"library", "facts"},
    "reporting": {"definitions"},
}


def python_files(*, tests: bool = False) -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        if "migrations" not in parts and (tests or "tests" not in parts):
            yield path


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("quacan")


def test_another_app_is_entered_by_its_front_rooms(graph):
    wrong = []
    for app, other in itertools.permutations(APPS, 2):
        if other == "base" or app == "config":
            continue
        prefix = f"quacan.centre.{other}."
        for module in graph.modules:
            if not module.startswith(f"quacan.centre.{app}.") or ".tests" in module:
                continue
            for target in graph.find_modules_directly_imported_by(module):
                room = target.removeprefix(prefix).split(".")[0]
                if target.startswith(prefix) and room not in FRONT_ROOMS | ALSO_OPEN.get(other, set()):
                    wrong.append(f"{module} -> {target}")
    assert wrong == []


def test_no_view_holds_a_model_writer_and_every_view_calls_at_most_actions():
    for path in python_files():
        if path.name == "views.py" or "views" in path.parts:
            assert ".objects.create(" not in path.read_text("utf-8"), path


@pytest.mark.parametrize("path", list(python_files(tests=True)), ids=lambda p: str(p.relative_to(SOURCE)))
def test_files_and_functions_stay_small(path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= 500, f"{path.name} is longer than 500 lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 60, f"{path.name}:{node.lineno} {node.name} has {length} lines"


def test_no_room_is_called_after_nothing():
    banned = {"utils", "helpers", "common", "misc", "manager", "service", "core", "lib"}
    assert [
        p for p in python_files(tests=True) if p.stem in banned or set(p.parts) & {"utils", "helpers"}
    ] == []


def test_every_public_function_says_what_it_does():
    silent = []
    for path in python_files():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                is_form_or_config = isinstance(node, ast.ClassDef) and bool(node.bases)
                if not ast.get_docstring(node) and not is_form_or_config:
                    silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert silent == []


def test_nothing_evaluates_text():
    wrong = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"eval", "exec"}
            ):
                wrong.append(f"{path}:{node.lineno}")
    assert wrong == []


def test_templates_carry_no_inline_script_or_style():
    wrong = []
    for path in (SOURCE / "centre").rglob("*.html"):
        text = path.read_text("utf-8")
        if " style=" in text or "<style" in text or " onclick=" in text or "|safe" in text:
            wrong.append(path.name)
        if "<script" in text.replace("<script src=", "").replace('<script type="module" src=', "").replace(
            "<script defer src=", ""
        ):
            wrong.append(path.name)
    assert wrong == []


def test_every_dependency_has_its_reason():
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    inside = False
    for line in lines:
        if line.startswith(("dependencies = [", "dev = [")):
            inside = True
        elif line == "]":
            inside = False
        elif inside and line.strip():
            assert "# " in line, line


def test_the_project_names_no_registry_host_and_no_machine_path():
    wrong = []
    for path in ROOT.rglob("*"):
        relative = path.relative_to(ROOT).as_posix()
        if (
            relative.startswith((".git/", ".venv/", "var/", "."))
            or not path.is_file()
            or path.stat().st_size > 2_000_000
        ):
            continue
        if path.suffix in {".py", ".md", ".toml", ".lock", ".html", ".js", ".css", ".txt", ""}:
            text = path.read_text("utf-8", errors="replace")
            banned = ("pypi" + ".org", "npmjs" + ".com", "npmjs" + ".org", "/wo" + "rk/", "../sha" + "red")
            wrong += [f"{relative}: {word}" for word in banned if word in text]
    assert wrong == []
