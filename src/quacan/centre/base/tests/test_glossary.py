import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[5]
ROW = re.compile(r"^\|[^|]+\|[^|]+\|\s*`(\w+)`\s*\|", re.MULTILINE)


@cache
def names_in_code():
    found = set()
    for path in (ROOT / "src" / "quacan").rglob("*.py"):
        found |= {path.stem, path.parent.name}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.add(node.name)
    return found


def terms():
    return ROW.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))


def test_every_term_exists_in_the_code_by_its_name():
    assert len(terms()) > 50
    assert [term for term in terms() if term not in names_in_code()] == []


def test_a_name_stands_for_one_thing():
    assert sorted(terms()) == sorted(set(terms()))
