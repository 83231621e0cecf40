"""The tutorial as a notebook: read its blocks, run a chapter, put what it prints below each block."""

from __future__ import annotations

import contextlib
import io
import re
import runpy
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "tutorial.md"
BLOCK = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n(?P<output>.*?)```\n)?", re.DOTALL)
BETWEEN = "\x1e"
"""A character no block prints: it separates the outputs of the blocks of a run."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the page: its code, and what the page says that it prints."""

    code: str
    output: str


def blocks(text: str) -> list[Block]:
    """This will find the code blocks of the page in order."""
    return [Block(found["code"], found["output"] or "") for found in BLOCK.finditer(text)]


def chapters(text: str) -> dict[str, str]:
    """This will split the page at its headings: title → text, in order; chapters build on the ones before."""
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: part for part in parts}


def ran(text: str) -> tuple[list[str], Mapping[str, Any]]:
    """This will run all blocks in one namespace, in order: what each prints, and the names at the end."""
    code = "".join(f"{block.code}\nprint({BETWEEN!r}, end='')\n" for block in blocks(text))
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "tutorial.py"
        program.write_text(code, "utf-8")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            names = runpy.run_path(str(program))
    return printed.getvalue().split(BETWEEN)[:-1], names


def written(text: str, outputs: list[str]) -> str:
    """This will put every output below its block."""
    waiting = iter(outputs)

    def with_output(found: re.Match[str]) -> str:
        output = next(waiting)
        shown = f"\n```text\n{output}```\n" if output else ""
        return f"```python\n{found['code']}```\n{shown}"

    return BLOCK.sub(with_output, text)
