"""Reading definition files: TOML in, frozen definitions or the complete list of problems out."""

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from quacan.centre.base.definitions.problems import DefinitionsRefused, Problem
from quacan.centre.base.definitions.schema import HEADER, Schema, table_faults


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition as written: who says so, from when to when (both days included), its text and data.

    `text` is the file as it was read or, for one of several definitions of a file, its canonical JSON;
    `sha256` is the digest of that text. Tables in `data` are read-only mappings, lists are tuples, numbers
    with a point are Decimal.
    """

    code: str
    version: str
    in_force_from: date
    in_force_to: date | None
    source: str
    confidence: str
    note: str
    file: str
    text: str
    sha256: str
    data: Mapping[str, Any]


@cache
def load(kind: str, schema: Schema, root: Traversable | None = None) -> tuple[Definition, ...]:
    """This will give the definitions of a kind, ordered by code and first day of effect.

    Every `.toml` file below the kind's folder is read, or the one file of that name, by default below
    `quacan/definitions`. Raises DefinitionsRefused with all problems of all files.
    """
    base = files("quacan").joinpath("definitions") if root is None else root
    single, folder = base.joinpath(f"{kind}.toml"), base.joinpath(kind)
    if single.is_file():
        return read_texts({f"{kind}.toml": single.read_bytes()}, schema)
    texts = dict(_texts_below(folder, kind)) if folder.is_dir() else {}
    if not texts:
        raise DefinitionsRefused([Problem(f"{kind}/", "", "không có tệp .toml nào; hãy bổ sung định nghĩa.")])
    return read_texts(texts, schema)


def read_texts(texts: Mapping[str, bytes], schema: Schema) -> tuple[Definition, ...]:
    """This will read definitions from the bytes of named files, or raise DefinitionsRefused."""
    problems: list[Problem] = []
    found: list[Definition] = []
    for file, content in sorted(texts.items()):
        definitions, faults = _read_file(file, content, schema)
        found += definitions
        problems += faults
    problems += _overlap_problems(found)
    if problems:
        raise DefinitionsRefused(sorted(problems))
    return tuple(sorted(found, key=lambda one: (one.code, one.in_force_from)))


def _texts_below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        inner = f"{path}/{entry.name}"
        if entry.is_dir():
            yield from _texts_below(entry, inner)
        elif entry.name.endswith(".toml"):
            yield inner, entry.read_bytes()


def _read_file(file: str, content: bytes, schema: Schema) -> tuple[list[Definition], list[Problem]]:
    try:
        text = content.decode("utf-8")
        document = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        return [], [Problem(file, "", f"không phải UTF-8 (byte thứ {error.start}); hãy lưu lại bằng UTF-8.")]
    except tomllib.TOMLDecodeError as error:
        return [], [Problem(file, "", f"không đúng cú pháp TOML: {error}.")]
    if schema.each:
        return _read_collection(file, document, schema)
    return _read_one(file, "", text, document, schema)


def _read_collection(
    file: str, document: dict[str, Any], schema: Schema
) -> tuple[list[Definition], list[Problem]]:
    header = {name: value for name, value in document.items() if name != schema.each}
    rows = document.get(schema.each)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        return [], [Problem(file, schema.each, f"cần ít nhất một bảng [[{schema.each}]].")]
    definitions: list[Definition] = []
    problems = [
        Problem(file, name, "khóa lạ ở đầu tệp; ở đó chỉ dùng khóa chung.")
        for name in header.keys() - HEADER.keys()
    ]
    for number, row in enumerate(rows, start=1):
        entry = {name: value for name, value in header.items() if name in HEADER and name != "code"} | row
        text = json.dumps(entry, sort_keys=True, ensure_ascii=False, default=str)
        read, faults = _read_one(file, f"{schema.each}[{number}].", text, entry, schema)
        definitions += read
        problems += faults
    return definitions, problems


def _read_one(
    file: str, path: str, text: str, document: dict[str, Any], schema: Schema
) -> tuple[list[Definition], list[Problem]]:
    problems = [Problem(file, *fault) for fault in table_faults(document, {**HEADER, **schema.keys}, path)]
    if problems:
        return [], problems
    start, end = document["in_force_from"], document.get("in_force_to")
    if end is not None and end < start:
        problems.append(
            Problem(file, path + "in_force_to", f"ngày hết hiệu lực {end} trước ngày bắt đầu {start}.")
        )
    data = {name: _frozen(value) for name, value in document.items() if name not in HEADER}
    if schema.check is not None:
        problems += [Problem(file, path + key, sentence) for key, sentence in schema.check(data)]
    if problems:
        return [], problems
    header = {name: document.get(name, "") for name in HEADER if name not in ("in_force_from", "in_force_to")}
    digest = sha256(text.encode()).hexdigest()
    days = {"in_force_from": start, "in_force_to": end}
    return [
        Definition(**header, **days, file=file, text=text, sha256=digest, data=MappingProxyType(data))
    ], []


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({name: _frozen(inner) for name, inner in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    return value


def _overlap_problems(found: list[Definition]) -> Iterator[Problem]:
    by_code: defaultdict[str, list[Definition]] = defaultdict(list)
    for definition in found:
        by_code[definition.code].append(definition)
    for code, versions in by_code.items():
        versions.sort(key=lambda one: (one.in_force_from, one.version))
        names = [one.version for one in versions]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem(
                versions[0].file, "version", f"mã {code} có hai bản cùng số {name}; hãy đổi một số."
            )
        for earlier, later in pairwise(versions):
            if earlier.in_force_to is None or earlier.in_force_to >= later.in_force_from:
                yield Problem(
                    later.file,
                    "in_force_from",
                    f"mã {code}: bản {later.version} có hiệu lực từ {later.in_force_from} khi bản "
                    f"{earlier.version} chưa hết hiệu lực; hãy ghi in_force_to cho bản {earlier.version}.",
                )
