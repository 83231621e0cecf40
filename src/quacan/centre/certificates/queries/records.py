"""Certificates and notices as records: which ones, how they stand, their papers."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.models import Document, DocumentFile
from quacan.centre.base.refusals import FileBroken, NotFound, Words
from quacan.centre.certificates.models import Outcome
from quacan.centre.certificates.papers import RecordPaper
from quacan.centre.certificates.papers.compose import snapshot_hash
from quacan.centre.certificates.papers.thaw import revived
from quacan.centre.certificates.rules import standing
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible

STANDINGS: Final[Mapping[str, Words]] = {
    "valid": gettext_lazy("Còn hiệu lực"),
    "expired": gettext_lazy("Hết thời hạn"),
    "superseded": gettext_lazy("Đã thay thế"),
    "revoked": gettext_lazy("Đã thu hồi"),
    "failed": gettext_lazy("Không đạt"),
}


def outcomes(person: Person, *, on: date) -> QuerySet[Outcome]:
    """This will list the certificates and notices a person may see."""
    rows = Outcome.objects.select_related(
        "instrument__owner", "document", "worksheet", "stamp", "organisation", "signer"
    )
    return visible(rows, person, "certificates.see", on=on)


def outcome(person: Person, key: int, *, on: date) -> Outcome:
    """This will find a certificate or notice a person may see, refusing any other as unknown."""
    rows = outcomes(person, on=on).select_related(
        "record",
        "performer",
        "checker",
        "worksheet__job__order__contract",
        "document__supersedes",
        "document__superseded_by__outcome",
    )
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound(record=_("chứng nhận"))
    return found


def with_standing(rows: QuerySet[Outcome], *, on: date) -> QuerySet[Outcome]:
    """This will add to each row how it stands on a day, as ``standing_now``, so that a list can keep one standing."""
    states = Document.State
    return rows.annotate(
        standing_now=Case(
            When(document__state=states.REVOKED, then=Value("revoked")),
            When(document__state=states.SUPERSEDED, then=Value("superseded")),
            When(kind=Outcome.Kind.FAILURE, then=Value("failed")),
            When(Q(valid_until__lt=on), then=Value("expired")),
            default=Value("valid"),
            output_field=CharField(),
        )
    )


def standing_of(found: Outcome, *, on: date) -> str:
    """This will say how a certificate stands on a day: a key of STANDINGS."""
    return standing(
        document_state=found.document.state,
        is_failure=found.kind == Outcome.Kind.FAILURE,
        valid_until=found.valid_until,
        on=on,
    )


def paper_file(document: Document) -> DocumentFile:
    """This will give the printed file of a document; refuses a document that lost it."""
    file = document.files.select_related("document").filter(format="pdf").first()
    if file is None:
        raise FileBroken(number=document.number)
    return file


def record_paper(found: Outcome) -> RecordPaper:
    """This will give the record (biên bản) of a result as it was frozen at issue.

    Refuses a snapshot that is no longer what was issued.
    """
    document = found.record
    snapshot = json.loads(document.snapshot) | {"snapshot_sha256": document.snapshot_sha256}
    try:
        paper = revived(RecordPaper, snapshot)
    except (KeyError, TypeError, ValueError) as error:
        raise FileBroken(number=document.number) from error
    if snapshot_hash(paper) != document.snapshot_sha256:
        raise FileBroken(number=document.number)
    return paper
