"""The proof that nothing on a worksheet was changed behind its back, and that results recompute."""

from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet

from quacan.centre.base.problems import Flaw
from quacan.centre.examinations.queries.proofs import content_flaws
from quacan.centre.ledger.rules import Posting
from quacan.centre.verification.facts import posting_of
from quacan.centre.verification.models import Worksheet

CHUNK: Final = 200
"""So many worksheets are in memory at once."""


def postings() -> Iterator[Posting]:
    """This will give what the book must say of every worksheet."""
    for sheet in Worksheet.objects.select_related("instrument").iterator(chunk_size=500):
        yield posting_of(sheet)


def submitted() -> QuerySet[Worksheet]:
    """This will list the worksheets with a stored result, in the order they were opened.

    Walked through with ``iterator(chunk_size=CHUNK)``, everything written on them is read chunk by chunk, and a frozen
    text once for all sheets of a chunk.
    """
    rows: QuerySet[Worksheet] = Worksheet.objects.exclude(content_sha256="").order_by("pk")
    rows = rows.prefetch_related("procedure_text", "limits_text", "readings", "runs", "conditions")
    return rows.prefetch_related("standard_uses", "deviations", "seals", "photos__document")


def flaws() -> Iterator[Flaw]:
    """Every worksheet that was sent, proven against its content and its result."""
    for sheet in submitted().iterator(chunk_size=CHUNK):
        yield from content_flaws(sheet, f"verification.Worksheet:{sheet.pk} ({sheet.number})")
