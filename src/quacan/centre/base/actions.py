"""What every department does with numbers, documents, frozen definitions and follow-ups.

Numbers and documents are taken inside another department's action (they need its open transaction and its
permission); follow-ups are actions of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from quacan.centre.base import store
from quacan.centre.base.acting import Act, Owner, action, image, reference
from quacan.centre.base.chain import canonical, digest
from quacan.centre.base.models import (
    AuditLine,
    Document,
    DocumentFile,
    FollowUp,
    FrozenText,
    IssuedNumber,
    Register,
)
from quacan.centre.base.numbering import fill_pattern, format_number, numbering_rules
from quacan.centre.base.refusals import FieldMissing, NotAuthorised, StaleRecord, WrongStage

M = TypeVar("M", bound=models.Model)


def locked(record: M, *, version: int | None = None) -> M:
    """This will fetch a record anew under a row lock; with *version*, StaleRecord when a form's is no longer it."""
    fresh = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if version is not None and getattr(fresh, "version", None) != version:
        last = AuditLine.objects.filter(subject=reference(record)).order_by("-id").first()
        raise StaleRecord(record=str(fresh), person=last.actor if last else "?")
    return fresh


class Numbered(Owner, Protocol):
    """An organisation that numbers its documents: its own patterns by kind, and the symbol they carry."""

    symbol: str
    numbering: Mapping[str, str]


def take_number(
    act: Act,
    organisation: Numbered,
    *,
    kind: str,
    subject: models.Model | str,
    on: date,
    site: str = "",
    site_suffix: str = "",
) -> IssuedNumber:
    """This will take the next number of a register in its locked row; a rollback gives it back, so no gap arises.

    The pattern is the organisation's own for this kind, else the rule of the house; a register keeps the pattern it
    began its year with.
    """
    name = subject if isinstance(subject, str) else reference(subject)
    taken = take_numbers(
        act, organisation, kind=kind, subjects=[name], on=on, site=site, site_suffix=site_suffix
    )
    return taken[0]


def take_numbers(
    act: Act,
    organisation: Numbered,
    *,
    kind: str,
    subjects: Sequence[str],
    on: date,
    site: str = "",
    site_suffix: str = "",
) -> list[IssuedNumber]:
    """This will take one number for each subject, in their order: one lock of the register, however many."""
    rule = organisation.numbering.get(kind) or numbering_rules()[kind].pattern
    pattern = fill_pattern(rule, {"agency": organisation.symbol})
    key = {"book": organisation.code, "site": site, "kind": kind, "year": on.year}
    Register.objects.bulk_create([Register(**key, pattern=pattern)], ignore_conflicts=True)
    register = Register.objects.select_for_update().get(**key)
    first = register.last + 1
    register.last += len(subjects)
    register.save(update_fields=["last"])
    return IssuedNumber.objects.bulk_create(
        IssuedNumber(
            register=register,
            sequence=sequence,
            text=format_number(register.pattern, sequence=sequence, year=on.year, site_suffix=site_suffix),
            subject=subject,
            issued_at=act.at,
        )
        for sequence, subject in enumerate(subjects, first)
    )


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of a document: format (pdf, docx, xlsx, json, xml), file name, bytes."""

    format: str
    name: str
    content: bytes


def issue_document(
    act: Act,
    *,
    book: str,
    kind: str,
    number: str,
    title: str,
    snapshot: Mapping[str, Any],
    renditions: tuple[Rendition, ...],
    on: date,
    supersedes: Document | None = None,
) -> Document:
    """This will keep a document for good: its frozen snapshot and every file rendered from it."""
    text = canonical(snapshot)
    if supersedes is not None:
        _leave_force(act, supersedes, Document.State.SUPERSEDED, reason=act.reason)
    document = Document.objects.create(
        book=book,
        kind=kind,
        number=number,
        title=title[:300],
        snapshot=text,
        snapshot_sha256=digest(text),
        issued_on=on,
        year=on.year,
        recorded_at=act.at,
        supersedes=supersedes,
    )
    DocumentFile.objects.bulk_create(
        DocumentFile(
            document=document, format=r.format, name=r.name, sha256=store.keep(r.content), size=len(r.content)
        )
        for r in renditions
    )
    return document


def revoke_document(act: Act, document: Document, *, reason: str) -> None:
    """This will take a document out of force; its files stay readable, its number is never used again."""
    _leave_force(act, document, Document.State.REVOKED, reason=reason)


def _leave_force(act: Act, document: Document, state: str, *, reason: str) -> None:
    if document.state != Document.State.ISSUED:
        raise WrongStage(
            record=str(document),
            stage=document.get_state_display(),
            move=Document.State(state).label,
            allowed=_("không có"),
        )
    before = image(document)
    document.state, document.state_reason = state, reason
    document.save(update_fields=["state", "state_reason"])
    act.changed(document, before)


def freeze_text(*, kind: str, code: str, version: str, text: str) -> str:
    """This will keep the text of a definition once and return its SHA-256."""
    sha256 = digest(text)
    FrozenText.objects.bulk_create(
        [FrozenText(sha256=sha256, kind=kind, code=code, version=version, text=text)], ignore_conflicts=True
    )
    return sha256


@action("followups.open")
def open_follow_up(
    act: Act, organisation: Owner, *, kind: str, title: str, owner: str, due_on: date, subject: str = ""
) -> FollowUp:
    """This will ask somebody to do something by a day."""
    act.require(organisation)
    if not title.strip():
        raise FieldMissing(field=_("Việc phải làm"))
    follow_up = FollowUp.objects.create(
        book=organisation.code,
        kind=kind,
        subject=subject,
        title=title.strip(),
        owner=owner,
        asked_by=act.actor.username,
        asked_on=act.on,
        due_on=due_on,
    )
    act.created(follow_up)
    return follow_up


@action("followups.finish")
def finish_follow_up(act: Act, organisation: Owner, *, follow_up: FollowUp, evidence: str) -> FollowUp:
    """This will report a follow-up done, with evidence; only its owner may."""
    act.require(organisation)
    if follow_up.owner != act.actor.username:
        raise NotAuthorised(
            person=act.actor.username,
            permission=_("báo xong việc của người khác"),
            organisation=organisation.code,
        )
    if not evidence.strip():
        raise FieldMissing(field=_("Minh chứng"))
    _move(act, follow_up, FollowUp.State.OPEN, FollowUp.State.DONE, evidence=evidence.strip(), done_at=act.at)
    return follow_up


@action("followups.confirm")
def confirm_follow_up(act: Act, organisation: Owner, *, follow_up: FollowUp) -> FollowUp:
    """This will confirm that a follow-up is done; only who asked may."""
    act.require(organisation)
    if follow_up.asked_by != act.actor.username:
        raise NotAuthorised(
            person=act.actor.username,
            permission=_("xác nhận việc người khác giao"),
            organisation=organisation.code,
        )
    _move(act, follow_up, FollowUp.State.DONE, FollowUp.State.CONFIRMED, confirmed_by=act.actor.username)
    return follow_up


def _move(act: Act, follow_up: FollowUp, source: str, target: str, **values: Any) -> None:
    if follow_up.state != source:
        raise WrongStage(
            record=follow_up.title,
            stage=follow_up.get_state_display(),
            move=FollowUp.State(target).label,
            allowed=_("không có"),
        )
    before = image(follow_up)
    for name, value in {**values, "state": target}.items():
        setattr(follow_up, name, value)
    follow_up.save()
    act.changed(follow_up, before)
