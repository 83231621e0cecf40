"""Documents of the house: issued with their files, kept for good, taken out of force with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from quacan.centre.base import store
from quacan.centre.base.act import Act, carried
from quacan.centre.base.actors import Owner
from quacan.centre.base.chain import canonical, digest
from quacan.centre.base.models import Document, DocumentFile, FrozenText
from quacan.centre.base.moves import Moves

DOCUMENT = Moves("base.Document", ends=frozenset({"issued", "superseded", "revoked"}))
SUPERSEDE_DOCUMENT = DOCUMENT.move("supersede", _("Thay thế"), source="issued", target="superseded")
REVOKE_DOCUMENT = DOCUMENT.move("revoke", _("Thu hồi"), source="issued", target="revoked")


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
        carried(act, SUPERSEDE_DOCUMENT, supersedes, state_reason=act.reason)
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


def keep_file(
    act: Act,
    organisation: Owner,
    *,
    kind: str,
    title: str,
    name: str,
    content: bytes,
    about: Mapping[str, Any],
) -> Document:
    """This will keep a file somebody handed in, as a document without number; *about* goes into its snapshot."""
    kept = Rendition(name.rpartition(".")[2].lower()[:10], name[:200], content)
    snapshot = {**about, "name": name, "sha256": digest(content)}
    return issue_document(
        act, book=organisation.code, kind=kind, number="", title=title, snapshot=snapshot, renditions=(kept,),
        on=act.on,
    )  # fmt: skip


def revoke_document(act: Act, document: Document, *, reason: str) -> None:
    """This will take a document out of force; its files stay readable, its number is never used again."""
    carried(act, REVOKE_DOCUMENT, document, state_reason=reason)


def freeze_text(*, kind: str, code: str, version: str, text: str) -> str:
    """This will keep the text of a definition once and return its SHA-256."""
    sha256 = digest(text)
    FrozenText.objects.bulk_create(
        [FrozenText(sha256=sha256, kind=kind, code=code, version=version, text=text)], ignore_conflicts=True
    )
    return sha256
