"""Actions: one function per thing a person does.

An action is a function decorated with ``@action("permission")`` whose first argument is an ``Act``. It runs in one
transaction, must ask permission (``act.require``), writes its audit line (``act.created``, ``act.changed``,
``act.noted``) and answers a repeated idempotency key with its first result. Screen, API, import, command line and
background job call the same action.
"""

import functools
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models, transaction

from quacan.centre.base.actors import HERE, Actor, Owner
from quacan.centre.base.chain import GENESIS, canonical, digest, link
from quacan.centre.base.departments import label_today
from quacan.centre.base.models import INSTALLATION, ActionKey, AuditHead, AuditLine
from quacan.centre.base.moves import Move, hindrances, wrong_stage
from quacan.centre.base.refusals import KeyReused, NotAuthorised, ReasonMissing, StaleRecord

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

ACTIONS: Final[dict[str, Callable[..., Any]]] = {}
"""Every action of the house that has been loaded, by name: ``contracts.sign_contract``."""
MAKERS: Final[dict[Move, Callable[..., Any]]] = {}
"""Which action makes a move."""


@dataclass(slots=True)
class _Frame:
    action: str
    permission: str
    book: str | None = None
    lines: int = 0
    move: Move | None = None
    before: Mapping[str, Any] = field(default_factory=dict)  # image of the moved record when it was locked


@dataclass(slots=True)
class Act:
    """One deed: who, at which instant, through which door, with which idempotency key and reason."""

    actor: Actor
    at: datetime
    door: str = "screen"
    key: str = ""
    reason: str = ""
    _frames: list[_Frame] = field(default_factory=list)
    _lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def on(self) -> date:
        """The day of the deed in Việt Nam."""
        return self.at.astimezone(HERE).date()

    def require(self, organisation: Owner | None, *, unit_id: int | None = None) -> None:
        """This will refuse unless the actor holds the action's permission there; the audit goes to that book."""
        frame = self._frames[-1]
        organisation_id = None if organisation is None else organisation.pk
        if not self.actor.may(frame.permission, organisation_id=organisation_id, unit_id=unit_id, on=self.on):
            raise NotAuthorised.at(self.actor, frame.permission, organisation)
        frame.book = organisation.code if organisation else INSTALLATION

    def require_reason(self, move: str) -> None:
        """This will refuse a deed that must not happen without a stated reason."""
        if not self.reason.strip():
            raise ReasonMissing(move=move)

    def begin(self, move: Move, record: M, *, version: int | None = None) -> M:
        """This will lock a record for a move and refuse with the first thing that hinders it."""
        fresh = locked(record, version=version)
        owner, unit_id = move.of.place(fresh)
        self.require(owner, unit_id=unit_id)
        refusal = next(hindrances(move, fresh, self.actor, on=self.on), None)
        if refusal is not None:
            raise refusal
        if move.reason:
            self.require_reason(str(move.label))
        frame = self._frames[-1]
        frame.move, frame.before = move, image(fresh)
        return fresh

    def moved(self, record: models.Model, *, to: str = "", **values: Any) -> None:
        """This will write what a move made of its record: the state it leads to, *values*, the next version, the line.

        *to* says which state where the move may lead to several. Fields set on the record before are written too.
        """
        frame = self._frames[-1]
        if frame.move is None:
            raise RuntimeError(f"{frame.action} is no move")
        _write_move(self, frame.move, record, frame.before, to=to, values=values)

    def created(self, record: models.Model) -> None:
        """This will audit a new record."""
        self.noted(record, before=None, after=image(record))

    def changed(self, record: models.Model, before: Mapping[str, Any]) -> None:
        """This will audit what differs between the image taken before and the record now."""
        after = image(record)
        keys = {key for key in after if before.get(key) != after[key]}
        self.noted(record, before={k: before.get(k) for k in keys}, after={k: after[k] for k in keys})

    def noted(self, subject: models.Model | str, *, before: Any, after: Any) -> None:
        """This will audit a change described by plain values (a batch writes one line with its list)."""
        frame = self._frames[-1]
        if frame.book is None:
            raise RuntimeError(f"{frame.action} writes before it asked permission")
        frame.lines += 1
        name = subject if isinstance(subject, str) else reference(subject)
        self._lines.append(
            {"book": frame.book, "action": frame.action, "subject": name, "before": before, "after": after}
        )

    def nothing_changed(self) -> None:
        """This will state that the deed found everything as it should be, so no audit line is owed."""
        self._frames[-1].lines += 1


def reference(record: models.Model) -> str:
    """This will name a record for good: ``contracts.Contract:12``."""
    return f"{record._meta.label}:{record.pk}"


def referenced(name: str) -> models.Model | None:
    """The record a reference names, also by what its kind was called before; None when there is none."""
    label, _, key = name.partition(":")
    model = apps.get_model(label_today(label))
    return cast("models.Model | None", model._default_manager.filter(pk=key).first())


def image(record: models.Model) -> dict[str, Any]:
    """This will give the stored fields of a record as plain values for the audit line."""
    hidden = {"password"}
    return {
        f.attname: "***" if f.attname in hidden else getattr(record, f.attname)
        for f in record._meta.concrete_fields
        if f.attname != "id" and not getattr(f.remote_field, "parent_link", False)
    }


def locked(record: M, *, version: int | None = None) -> M:
    """This will fetch a record anew under a row lock; with *version*, StaleRecord when a form's is no longer it.

    One that is not stored yet (a report nobody began, a period still open) is given back as a copy.
    """
    if record.pk is None:
        return copy(record)
    fresh = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if version is not None and getattr(fresh, "version", None) != version:
        last = AuditLine.objects.filter(subject=reference(record)).order_by("-id").first()
        raise StaleRecord(record=str(fresh), person=_full_name(last.actor) if last else "?")
    return fresh


def _full_name(username: str) -> str:
    """The name of who bears a user name; the user name itself where nobody does."""
    person = get_user_model()._default_manager.filter(username=username).first()
    return username if person is None else str(person)


def carried(act: Act, move: Move, record: M, *, to: str = "", **values: Any) -> M:
    """This will make a move that comes of another record's, inside its action: no permission is asked again."""
    fresh = locked(record)
    if not move.starts_from(fresh):
        raise wrong_stage(move, fresh)
    for refusal in move.hindrances(fresh, act.actor, act.on):
        raise refusal
    _write_move(act, move, fresh, image(fresh), to=to, values=values)
    return fresh


def _write_move(
    act: Act,
    move: Move,
    record: models.Model,
    before: Mapping[str, Any],
    *,
    to: str,
    values: Mapping[str, Any],
) -> None:
    if to and to not in move.target:
        raise RuntimeError(f"{move.key} does not lead to {to}")
    if len(move.target) > 1 and not to:
        raise RuntimeError(f"{move.key} leads to several states; say which")
    target = {"state": to or move.target[0]} if move.target else {}
    for name, value in {**target, **values}.items():
        setattr(record, name, value)
    if hasattr(record, "version"):
        record.version += 1
    after = image(record)
    changed = [name for name in after if before.get(name) != after[name]]
    if changed:
        record.save(update_fields=changed)
    act.changed(record, before)


def action(
    what: str | Move,
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Act, P], R]]:
    """This will make a function an action that needs a permission (``app.verb``), or that makes a move.

    An action that makes a move is given its record as first argument: locked, with nothing that hinders; it ends the
    move with ``act.moved``, or writes its own lines where it changes other records only.
    """
    permission = what if isinstance(what, str) else what.permission

    def decorate(function: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Act, P], R]:
        name = f"{function.__module__.split('.')[2]}.{function.__name__}"

        @functools.wraps(function)
        def perform(act: Act, /, *args: P.args, **kwargs: P.kwargs) -> R:
            frame = _Frame(action=name, permission=permission)
            outermost = not act._frames
            act._frames.append(frame)
            try:
                with transaction.atomic():
                    claim = _claim(act, name, (args, kwargs)) if outermost and act.key else None
                    if claim is not None and claim.result:
                        return cast(R, referenced(claim.result))
                    given = _begun(act, what, args, kwargs) if isinstance(what, Move) else args
                    result = function(act, *given, **kwargs)
                    if frame.book is None or not frame.lines:
                        raise RuntimeError(f"{name} ended without asking permission or without an audit line")
                    if outermost:
                        _write_lines(act)
                    if claim is not None:
                        _keep_result(claim, result)
                    return result
            finally:
                act._frames.pop()
                if outermost:
                    act._lines.clear()

        perform.permission = permission  # type: ignore[attr-defined]
        ACTIONS[name] = perform
        if isinstance(what, Move):
            MAKERS[what] = perform
        return perform

    return decorate


def _begun(act: Act, move: Move, args: Any, kwargs: Any) -> Any:
    """The arguments of a move's action with its record locked and let through."""
    return act.begin(move, args[0], version=kwargs.get("version")), *args[1:]


def _content(given: tuple[Any, Any]) -> str:
    return digest(canonical(given))


def _claim(act: Act, name: str, given: tuple[Any, Any]) -> ActionKey:
    """The row of an idempotency key: with a result when the deed was done, without while it is this one's to do.

    A second sender of the same key waits at the unique index until the first has committed or given up.
    """
    mine = ActionKey(key=act.key, action=name, content=_content(given), result="", at=act.at)
    ActionKey.objects.bulk_create([mine], ignore_conflicts=True)
    claim = ActionKey.objects.select_for_update().get(action=name, key=act.key)
    if claim.content != mine.content:
        raise KeyReused(key=act.key)
    return claim


def _keep_result(claim: ActionKey, result: object) -> None:
    if isinstance(result, models.Model):
        claim.result = reference(result)
        claim.save(update_fields=["result"])
    else:
        claim.delete()


def _write_lines(act: Act) -> None:
    by_book: dict[str, list[dict[str, Any]]] = {}
    for line in act._lines:
        by_book.setdefault(line["book"], []).append(line)
    for book in sorted(by_book):
        _append(act, book, by_book[book])


def _append(act: Act, book: str, lines: Iterable[dict[str, Any]]) -> None:
    head = AuditHead.objects.select_for_update().filter(book=book).first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(book=book, seq=0, hash=GENESIS)], ignore_conflicts=True)
        head = AuditHead.objects.select_for_update().get(book=book)
    rows = []
    for line in lines:
        row = AuditLine(
            book=book,
            seq=head.seq + 1,
            at=act.at,
            actor=act.actor.username,
            door=act.door,
            action=line["action"],
            subject=line["subject"],
            before=canonical(line["before"]),
            after=canonical(line["after"]),
            reason=act.reason,
            key=act.key,
            previous=head.hash,
        )
        row.hash = line_hash(row)
        rows.append(row)
        head.seq, head.hash = row.seq, row.hash
    AuditLine.objects.bulk_create(rows)
    head.save(update_fields=["seq", "hash"])


def line_hash(line: AuditLine) -> str:
    """This will compute the hash an audit line must carry from its other columns."""
    return link(
        line.previous,
        {
            "book": line.book,
            "seq": line.seq,
            "at": line.at.astimezone(ZoneInfo("UTC")).isoformat(),
            "actor": line.actor,
            "door": line.door,
            "action": line.action,
            "subject": line.subject,
            "before": line.before,
            "after": line.after,
            "reason": line.reason,
            "key": line.key,
        },
    )
