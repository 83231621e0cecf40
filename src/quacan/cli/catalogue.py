"""The English catalogue: Vietnamese sentences collected from code and templates, their English, the compiled file.

Message ids are the Vietnamese sentences themselves. Only standard library and Django's own template reader are used,
so the catalogue can be kept up to date without gettext's programs.
"""

import ast
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent.parent
CATALOGUE: Final = PACKAGE / "centre" / "locale" / "en" / "LC_MESSAGES" / "django.po"
ONE: Final = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
MANY: Final = frozenset({"ngettext", "ngettext_lazy"})
HEADER: Final = (
    "Project-Id-Version: Quả Cân\n"
    "Language: en\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
MAGIC: Final = 0x950412DE
_TEMPLATE_CALL = re.compile(r"\b(?:_|n?gettext)\((?=u?['\"])")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to translate: one form, or two where it depends on a count, and the files it stands in."""

    text: str
    plural: str = ""
    places: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A message with its English forms, '' where nobody wrote one; gone when no file has the message any more."""

    message: Message
    english: tuple[str, ...]
    gone: bool = False

    @property
    def is_whole(self) -> bool:
        """This will say whether every form is translated."""
        return all(self.english)


def messages_in(root: Path = PACKAGE) -> list[Message]:
    """This will collect every message of the code and the templates below a folder, sorted by text."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in sorted(root.rglob("*")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        if path.suffix == ".py":
            pairs: Iterable[tuple[str, str]] = python_messages(path.read_text(encoding="utf-8"))
        elif path.suffix == ".html" and "templates" in path.parts:
            pairs = template_messages(path.read_text(encoding="utf-8"))
        else:
            continue
        for pair in pairs:
            found.setdefault(pair, set()).add(path.relative_to(root).as_posix())
    return [Message(text, plural, tuple(sorted(places))) for (text, plural), places in sorted(found.items())]


def python_messages(source: str) -> Iterator[tuple[str, str]]:
    """This will yield (text, plural form or '') of every translation call with constant arguments."""
    tree = ast.parse(source)
    known = _called(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        name = known.get(called, called)
        if name in ONE | MANY:
            wanted = 2 if name in MANY else 1
            texts = [
                a.value
                for a in node.args[:wanted]
                if isinstance(a, ast.Constant) and isinstance(a.value, str)
            ]
            if len(texts) == wanted and texts[0]:
                yield texts[0], texts[1] if wanted == 2 else ""


def _called(tree: ast.AST) -> dict[str, str]:
    """By which names a module calls what it imports for translation: ``gettext as say`` is ``say: gettext``."""
    return {
        one.asname: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for one in node.names
        if one.asname
    }


def template_messages(source: str) -> Iterator[tuple[str, str]]:
    """This will yield (text, plural form or '') of every translate and blocktranslate of a template."""
    from django.utils.translation.template import templatize

    code = templatize(source)
    for start in _TEMPLATE_CALL.finditer(code):
        yield from python_messages(_call_at(code, start.start()))


def _call_at(code: str, start: int) -> str:
    """The shortest piece from *start* that is a whole call."""
    end = code.find(")", start)
    while end >= 0:
        piece = code[start : end + 1]
        try:
            ast.parse(piece)
        except SyntaxError:
            end = code.find(")", end + 1)
        else:
            return piece
    raise ValueError(f"no whole call at {code[start : start + 60]!r}")


def read_catalogue(path: Path = CATALOGUE) -> list[Entry]:
    """This will read a catalogue file; a missing file is an empty catalogue."""
    if not path.exists():
        return []
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    entries = (_entry(block) for block in blocks)
    return [entry for entry in entries if entry is not None and entry.message.text]


def _entry(block: str) -> Entry | None:
    lines = block.splitlines()
    gone = any(line.startswith("#~") for line in lines)
    values: dict[str, str] = {}
    key = ""
    for raw in lines:
        line = raw.removeprefix("#~ ")
        if not line or line.startswith("#"):
            continue
        if not line.startswith('"'):
            key, _, line = line.partition(" ")
            values[key] = ""
        values[key] += ast.literal_eval(line)
    if "msgid" not in values:
        return None
    forms = [values[name] for name in sorted(values) if name.startswith("msgstr")]
    return Entry(Message(values["msgid"], values.get("msgid_plural", "")), tuple(forms), gone)


def merged(messages: Iterable[Message], known: Iterable[Entry], *, prune: bool = False) -> list[Entry]:
    """This will give every message its known English; messages that are gone stay, marked, unless pruned."""
    before = {(entry.message.text, entry.message.plural): entry for entry in known}
    entries = []
    for message in messages:
        old = before.pop((message.text, message.plural), None)
        blank = ("", "") if message.plural else ("",)
        entries.append(Entry(message, old.english if old else blank))
    left = (
        []
        if prune
        else [Entry(old.message, old.english, gone=True) for old in before.values() if any(old.english)]
    )
    return entries + sorted(left, key=lambda entry: entry.message.text)


def catalogue_text(entries: Iterable[Entry]) -> str:
    """This will write the catalogue as a .po file."""
    return (
        "\n\n".join([f'msgid ""\nmsgstr ""\n{_quoted_lines(HEADER)}', *(_block(e) for e in entries)]) + "\n"
    )


def _quoted_lines(text: str) -> str:
    return "\n".join(_quoted(line) for line in text.splitlines(keepends=True))


def _block(entry: Entry) -> str:
    message = entry.message
    lines = [] if entry.gone else [f"#: {place}" for place in message.places]
    lines.append(f"msgid {_quoted(message.text)}")
    if message.plural:
        lines.append(f"msgid_plural {_quoted(message.plural)}")
        lines += [f"msgstr[{i}] {_quoted(form)}" for i, form in enumerate(entry.english)]
    else:
        lines.append(f"msgstr {_quoted(entry.english[0])}")
    return "\n".join(f"#~ {line}" if entry.gone else line for line in lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def compiled(entries: Iterable[Entry]) -> bytes:
    """This will compile the translated entries as a .mo file (GNU gettext's format, revision 0)."""
    texts: dict[bytes, bytes] = {b"": HEADER.encode()}
    for entry in entries:
        if entry.is_whole and not entry.gone:
            key = "\x00".join(filter(None, (entry.message.text, entry.message.plural)))
            texts[key.encode()] = "\x00".join(entry.english).encode()
    return _machine_object(texts)


def _machine_object(texts: Mapping[bytes, bytes]) -> bytes:
    keys = sorted(texts)
    count = len(keys)
    start = 28 + 16 * count
    ids = b"".join(key + b"\x00" for key in keys)
    words = b"".join(texts[key] + b"\x00" for key in keys)
    tables, at = b"", start
    for table in (keys, [texts[key] for key in keys]):
        for item in table:
            tables += struct.pack("<II", len(item), at)
            at += len(item) + 1
    head = struct.pack("<7I", MAGIC, 0, count, 28, 28 + 8 * count, 0, start)
    return head + tables + ids + words


def write(entries: Iterable[Entry], path: Path = CATALOGUE) -> None:
    """This will write the catalogue and its compiled file beside it."""
    known = list(entries)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(catalogue_text(known), encoding="utf-8")
    path.with_suffix(".mo").write_bytes(compiled(known))
