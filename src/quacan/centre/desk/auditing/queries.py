"""Reads of the audit trail, kept to the books a person may see."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet

from quacan.centre.base.models import AuditLine
from quacan.centre.desk.addresses import address_of_reference, name_of_reference
from quacan.centre.people.models import Person
from quacan.centre.people.queries import organisations_of

LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, as text; '' where there was none."""

    name: str
    before: str
    after: str


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


def lines_seen_by(person: Person, *, on: date) -> QuerySet[AuditLine]:
    """This will list the audit lines of the organisations where a person may see the audit trail."""
    books = organisations_of(person, "audit.see", on=on).values("code")
    return AuditLine.objects.filter(book__in=books)


def sealed_books(person: Person, *, on: date) -> frozenset[str]:
    """This will name the books whose prices a person may not read: there, values of contracts stay hidden."""
    seen = organisations_of(person, "audit.see", on=on).values_list("code", flat=True)
    priced = organisations_of(person, "contracts.see_price", on=on).values_list("code", flat=True)
    return frozenset(seen) - frozenset(priced)


def is_sealed(line: AuditLine, sealed: frozenset[str]) -> bool:
    """This will say whether a line's values must stay hidden from whoever may not read prices in its book."""
    return line.book in sealed and line.subject.startswith("contracts.")


def shown(line: AuditLine, names: Mapping[str, str], sealed: frozenset[str] = frozenset()) -> LineShown:
    """This will turn an audit line into what the page shows; *names* are full names by username."""
    hidden = is_sealed(line, sealed)
    return LineShown(
        seq=line.seq,
        book=line.book,
        at=line.at,
        who=names.get(line.actor, line.actor),
        door=line.door,
        action=line.action,
        subject=name_of_reference(line.subject),
        href=address_of_reference(line.subject),
        reason=line.reason,
        changes=() if hidden else _changes(json.loads(line.before), json.loads(line.after)),
        hidden=hidden,
        hash=line.hash[:12],
    )


def _changes(before: Any, after: Any) -> tuple[Change, ...]:
    old = before if isinstance(before, dict) else {}
    new = after if isinstance(after, dict) else {}
    if not old and not new and after is not None:
        return (Change("", "", _short(after)),)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return tuple(Change(name, _short(old.get(name)), _short(new.get(name))) for name in sorted(names))


def _short(value: Any) -> str:
    if value is None or value == "":
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
