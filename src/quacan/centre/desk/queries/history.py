"""Reads of the audit trail, kept to the books a person may see, every deed and value in words."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.act import ACTIONS, MAKERS
from quacan.centre.base.departments import departments, label_today
from quacan.centre.base.language.collation import vietnamese_key
from quacan.centre.base.language.dates import format_date
from quacan.centre.base.models import AuditLine
from quacan.centre.base.refusals import Words
from quacan.centre.base.wording import deed_word, field_word, openable, record_of, value_word
from quacan.centre.desk.queries.addresses import address_of_reference, name_of_reference
from quacan.centre.people.models import Person
from quacan.centre.people.queries import organisations_of

LONGEST: Final = 160
DOORS: Final[Mapping[str, Words]] = {
    "screen": _("màn hình"),
    "command": _("dòng lệnh"),
    "demo": _("bản mẫu"),
    "import": _("nhập tệp"),
    "api": _("giao diện lập trình"),
    "device": _("thiết bị ngoài hiện trường"),
    "job": _("việc nền"),
    "test": _("phép thử"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, as text; '' where there was none. Without a word of its own it is technical."""

    name: str
    before: str
    after: str
    technical: bool = False


@dataclass(frozen=True, slots=True)
class LineShown:
    """One deed as the page shows it."""

    seq: int
    book: str
    at: datetime
    who: str
    door: str
    action: str
    subject: str
    href: str
    reason: str
    changes: tuple[Change, ...]
    hidden: bool
    hash: str

    @property
    def worded(self) -> tuple[Change, ...]:
        """The changes that have words."""
        return tuple(one for one in self.changes if not one.technical)

    @property
    def technical(self) -> tuple[Change, ...]:
        """The changes only the machine has a name for."""
        return tuple(one for one in self.changes if one.technical)


def lines_seen_by(person: Person, *, on: date) -> QuerySet[AuditLine]:
    """The audit lines of the organisations where a person may see the audit trail."""
    books = organisations_of(person, "audit.see", on=on).values("code")
    return AuditLine.objects.filter(book__in=books)


Sealed = frozenset[tuple[str, str]]
"""Books and kinds of record (model labels) whose stored values a person may not read."""


def sealed_for(person: Person, *, on: date) -> Sealed:
    """What stays hidden from a person: records whose values ask for a permission they lack in that book."""
    books = list(organisations_of(person, "audit.see", on=on).values_list("code", flat=True))
    found = set()
    for record in (one for department in departments() for one in department.records if one.sealed):
        read = set(organisations_of(person, record.sealed, on=on).values_list("code", flat=True))
        found |= {(book, record.model) for book in books if book not in read}
    return frozenset(found)


def is_sealed(line: AuditLine, sealed: Sealed) -> bool:
    """Whether a line's values must stay hidden."""
    return (line.book, label_today(line.subject.partition(":")[0])) in sealed


def deeds_known() -> tuple[tuple[str, str], ...]:
    """Every action that departments have a word for, with the word, sorted by it."""
    known = {action for department in departments() for action in department.deeds}
    known |= {name for name, made in ACTIONS.items() if made in MAKERS.values()}
    return tuple(
        sorted(((action, deed_word(action)) for action in known), key=lambda one: vietnamese_key(one[1]))
    )


def records_known() -> tuple[tuple[str, str], ...]:
    """Every kind of record by how references to it begin, with its noun, sorted by it."""
    found = ((f"{one.model}:", str(one.noun)) for department in departments() for one in department.records)
    return tuple(sorted(found, key=lambda one: vietnamese_key(one[1])))


def lines_of(beginning: str) -> Q:
    """The lines of one kind of record (``contracts.Contract:``), also those that name it as it was called before."""
    declared = record_of(beginning.removesuffix(":"))
    kept = Q(subject__startswith=beginning)
    for old in declared.was if declared else ():
        kept |= Q(subject__startswith=f"{old}:")
    return kept


def full_names(lines: Iterable[AuditLine]) -> dict[str, str]:
    """Full names by user name: of everybody these lines name, as actor or in a value."""
    named: set[str] = set()
    for line in lines:
        named.add(line.actor)
        for values in (json.loads(line.before), json.loads(line.after)):
            if isinstance(values, dict):
                named |= {value for value in values.values() if isinstance(value, str) and len(value) < 151}
    return dict(Person.objects.filter(username__in=named).values_list("username", "full_name"))


def opening(lines: Iterable[AuditLine], person: Person, *, on: date) -> frozenset[str]:
    """The records of these lines that open for a person."""
    return openable((line.subject for line in lines), person, on=on)


def shown(
    line: AuditLine,
    names: Mapping[str, str],
    sealed: Sealed = frozenset(),
    opens: frozenset[str] = frozenset(),
) -> LineShown:
    """An audit line as the page shows it; *names* are full names by username, *opens* the records that open."""
    hidden = is_sealed(line, sealed)
    model = line.subject.partition(":")[0]
    before, after = json.loads(line.before), json.loads(line.after)
    return LineShown(
        seq=line.seq,
        book=line.book,
        at=line.at,
        who=names.get(line.actor, say("Người vận hành máy chủ") if line.actor == "operator" else line.actor),
        door=str(DOORS.get(line.door, "")),
        action=deed_word(line.action),
        subject=name_of_reference(line.subject),
        href=address_of_reference(line.subject) if line.subject in opens else "",
        reason=line.reason,
        changes=() if hidden else tuple(_changes(model, before, after, names)),
        hidden=hidden,
        hash=line.hash[:12],
    )


def _changes(model: str, before: Any, after: Any, names: Mapping[str, str]) -> Iterator[Change]:
    old = before if isinstance(before, dict) else {}
    new = after if isinstance(after, dict) else {}
    if not old and not new and after is not None:
        yield Change("", "", _short(after))
        return
    for column in sorted({*old, *new}):
        if old.get(column) != new.get(column):
            word = field_word(model, column)
            was, now = (_said(model, column, value.get(column), names) for value in (old, new))
            yield Change(word or column, was, now, technical=not word)


def _said(model: str, column: str, value: Any, names: Mapping[str, str]) -> str:
    """A stored value as a reader knows it: a choice by its label, a record by its noun, a person by name."""
    if isinstance(value, bool):
        return say("có") if value else say("không")
    field = _field(model, column)
    if isinstance(field, models.ForeignKey) and value not in (None, ""):
        related = str(field.related_model._meta.label)
        return name_of_reference(f"{related}:{value}") if record_of(related) else _short(value)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, _short(value)))
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField) and value:
        return format_date(date.fromisoformat(value))
    if not isinstance(value, str):
        return _short(value)
    return names.get(value) or _short(value_word(column, value))


def _field(model: str, column: str) -> Any:
    try:
        field = apps.get_model(model)._meta.get_field(column.removesuffix("_id"))
        return field if isinstance(field, models.Field) else None
    except (FieldDoesNotExist, LookupError, ValueError):
        return None


def _short(value: Any) -> str:
    if value is None or value == "":
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
