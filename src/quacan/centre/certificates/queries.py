"""Reads of certificates, notices and stamps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.models import Document
from quacan.centre.base.problems import Flaw
from quacan.centre.base.refusals import NotFound
from quacan.centre.certificates.facts import batch_posting, outcome_posting, stamp_posting
from quacan.centre.certificates.models import Outcome, Stamp, StampBatch
from quacan.centre.ledger.rules import Posting
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible


def outcomes(person: Person, *, on: date) -> QuerySet[Outcome]:
    """This will list the certificates and notices a person may see."""
    rows = Outcome.objects.select_related("instrument", "document", "worksheet", "stamp", "organisation")
    return visible(rows, person, "certificates.see", on=on)


def outcome(person: Person, key: int, *, on: date) -> Outcome:
    """This will find a certificate or notice a person may see, refusing any other as unknown."""
    found = outcomes(person, on=on).filter(pk=key).first()
    if found is None:
        raise NotFound(record=_("chứng nhận"))
    return found


@dataclass(frozen=True, slots=True)
class PublicCheck:
    """What the public may know of a certificate: nothing of the customer."""

    number: str
    kind: str
    standing: str  # valid, expired, superseded, revoked, failed
    instrument: str
    serial: str
    organisation: str
    issued_on: date
    valid_until: date | None
    stamp: str
    hash: str
    file_whole: bool


def public_check(code_or_number: str, *, on: date) -> PublicCheck | None:
    """This will look a certificate up by its check code or its exact number; None when there is none."""
    text = code_or_number.strip()
    rows = Outcome.objects.select_related("instrument", "document", "organisation", "stamp")
    found = rows.filter(check_code=text.upper()).first()
    if found is None:
        same_number = list(rows.filter(number=text)[:2])
        found = same_number[0] if len(same_number) == 1 else None
    return None if found is None else _public(found, on)


def _public(found: Outcome, on: date) -> PublicCheck:
    from quacan.centre.base import store

    files = list(found.document.files.all())
    return PublicCheck(
        number=found.number,
        kind=found.kind,
        standing=standing(found, on=on),
        instrument=found.instrument.name,
        serial=found.instrument.serial,
        organisation=found.organisation.name,
        issued_on=found.issued_on,
        valid_until=found.valid_until,
        stamp=found.stamp.number if found.stamp else "",
        hash=found.document.snapshot_sha256,
        file_whole=bool(files) and all(store.read(file.sha256) is not None for file in files),
    )


def standing(found: Outcome, *, on: date) -> str:
    """This will say how a certificate stands on a day: valid, expired, superseded, revoked, failed."""
    if found.document.state == Document.State.REVOKED:
        return "revoked"
    if found.document.state == Document.State.SUPERSEDED:
        return "superseded"
    if found.kind == Outcome.Kind.FAILURE:
        return "failed"
    return "expired" if found.valid_until is not None and found.valid_until < on else "valid"


def postings() -> Iterator[Posting]:
    """This will give what the book must say of every batch, used stamp and damaged stamp."""
    for batch in StampBatch.objects.all():
        yield batch_posting(batch)
    for found in Outcome.objects.iterator(chunk_size=1000):
        yield outcome_posting(found)
    for stamp in Stamp.objects.filter(state=Stamp.State.DAMAGED):
        yield stamp_posting(stamp)


def flaws() -> Iterator[Flaw]:
    """This will prove that stamps and certificates are bound one to one."""
    remedy = _("Đối chiếu sổ tem với chứng nhận; khôi phục bản ghi bị sửa.")
    for stamp in Stamp.objects.filter(state=Stamp.State.USED, outcome__isnull=True):
        yield Flaw(
            f"certificates.Stamp:{stamp.pk} ({stamp})", _("Tem đã dán nhưng không có chứng nhận."), remedy
        )
    for found in Outcome.objects.filter(stamp__isnull=False).exclude(stamp__state=Stamp.State.USED):
        yield Flaw(
            f"certificates.Outcome:{found.pk} ({found})",
            _("Chứng nhận gắn với tem chưa ở trạng thái đã dán."),
            remedy,
        )
