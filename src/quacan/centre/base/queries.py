"""Reads of the mechanisms, and the proofs that chains, registers and files are whole."""

from collections.abc import Iterator

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base import store
from quacan.centre.base.act import line_hash
from quacan.centre.base.chain import GENESIS, digest
from quacan.centre.base.models import (
    AuditHead,
    AuditLine,
    Document,
    DocumentFile,
    FrozenText,
    Register,
)
from quacan.centre.base.problems import Flaw
from quacan.centre.base.refusals import FileBroken


def audit_of(reference: str) -> QuerySet[AuditLine]:
    """This will list what was done to one record, newest first."""
    return AuditLine.objects.filter(subject=reference).order_by("-seq")


def file_bytes(file: DocumentFile) -> bytes:
    """This will return a document's file, refusing one that is no longer what was issued."""
    content = store.read(file.sha256)
    if content is None:
        raise FileBroken(number=str(file.document))
    return content


def flaws() -> Iterator[Flaw]:
    """This will prove audit chains, number registers, frozen texts and documents, yielding every flaw."""
    yield from audit_flaws()
    yield from register_flaws()
    yield from document_flaws()


def audit_flaws() -> Iterator[Flaw]:
    """This will recompute every audit chain from its first line."""
    remedy = _("So với bản sao lưu gần nhất; dòng nhật ký không bao giờ được sửa tay.")
    heads = {head.book: head for head in AuditHead.objects.all()}
    last: dict[str, tuple[int, str]] = {}
    for line in AuditLine.objects.order_by("book", "seq").iterator(chunk_size=2000):
        seq, previous = last.get(line.book, (0, GENESIS))
        record = f"base.AuditLine:{line.pk} ({line.book} #{line.seq})"
        if line.seq != seq + 1:
            yield Flaw(record, _("Thiếu dòng nhật ký trước dòng này."), remedy)
        if line.previous != previous or line.hash != line_hash(line):
            yield Flaw(record, _("Dòng nhật ký không khớp mã băm: nội dung đã bị sửa."), remedy)
        last[line.book] = (line.seq, line.hash)
    for book, head in heads.items():
        if last.get(book, (0, GENESIS)) != (head.seq, head.hash):
            yield Flaw(f"base.AuditHead:{book}", _("Đầu chuỗi nhật ký không khớp dòng cuối."), remedy)


def register_flaws() -> Iterator[Flaw]:
    """This will prove that every register runs from 1 to its last number without a gap."""
    rows = Register.objects.annotate(count=Count("numbers"), top=Max("numbers__sequence"))
    for register in rows:
        if register.count != register.last or (register.top or 0) != register.last:
            yield Flaw(
                f"base.Register:{register.pk} ({register.book} {register.kind} {register.year})",
                _("Sổ cấp số đã cấp {count} số nhưng số cuối là {last}.").format(
                    count=register.count, last=register.last
                ),
                _("Đối chiếu nhật ký của sổ để tìm số bị xóa, khôi phục từ bản sao lưu."),
            )


def document_flaws() -> Iterator[Flaw]:
    """This will prove snapshots, frozen texts and stored files against their hashes."""
    remedy = _("Khôi phục từ bản sao lưu; văn bản đã ban hành không được sửa.")
    for document in Document.objects.only("id", "number", "title", "snapshot", "snapshot_sha256").iterator():
        if digest(document.snapshot) != document.snapshot_sha256:
            yield Flaw(
                f"base.Document:{document.pk} ({document})", _("Số liệu chốt của văn bản đã bị sửa."), remedy
            )
    for file in DocumentFile.objects.select_related("document").iterator(chunk_size=500):
        if store.read(file.sha256) is None:
            yield Flaw(
                f"base.DocumentFile:{file.pk} ({file.document}, {file.name})",
                _("Tệp bị thiếu hoặc không còn đúng như khi ban hành."),
                remedy,
            )
    for text in FrozenText.objects.iterator():
        if digest(text.text) != text.sha256:
            yield Flaw(f"base.FrozenText:{text.sha256[:12]}", _("Văn bản định nghĩa đã chốt bị sửa."), remedy)
