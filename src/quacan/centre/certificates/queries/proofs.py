"""The proof that certificates, their papers and their stamps still say the same."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from quacan.centre.base.language.dates import format_date
from quacan.centre.base.models import Document
from quacan.centre.base.problems import Flaw
from quacan.centre.certificates.facts import batch_posting, outcome_posting, stamp_posting
from quacan.centre.certificates.models import Outcome, Stamp, StampBatch
from quacan.centre.certificates.rules import stamp_number
from quacan.centre.ledger.rules import Posting


def postings() -> Iterator[Posting]:
    """This will give what the book must say of every batch, certificate and damaged stamp."""
    for batch in StampBatch.objects.all():
        yield batch_posting(batch)
    for found in Outcome.objects.iterator(chunk_size=1000):
        yield outcome_posting(found)
    for stamp in Stamp.objects.filter(state=Stamp.State.DAMAGED):
        yield stamp_posting(stamp)


def flaws() -> Iterator[Flaw]:
    """This will prove certificates against their frozen papers, and stamps against certificates and batches."""
    yield from _outcome_flaws()
    yield from _stamp_flaws()
    yield from _batch_flaws()


def _outcome_flaws() -> Iterator[Flaw]:
    remedy = _(
        "So với bản in và bản sao lưu; chứng nhận đã ban hành chỉ thay đổi bằng thay thế hoặc thu hồi."
    )
    rows = Outcome.objects.select_related("document", "record", "stamp", "worksheet", "performer", "signer")
    for found in rows.iterator(chunk_size=500):
        differing = ", ".join(_differences(found))
        if differing:
            yield Flaw(
                f"certificates.Outcome:{found.pk} ({found})",
                _("Khác với văn bản đã ban hành: {parts}.").format(parts=differing),
                remedy,
            )


def _differences(found: Outcome) -> Iterator[str]:
    """The parts of a row that no longer say what its frozen paper says."""
    paper: dict[str, Any] = json.loads(found.document.snapshot)
    kept = {
        _("số"): (found.number, paper.get("number")),
        _("ngày ban hành"): (format_date(found.issued_on), paper.get("issued_on")),
        _("thời hạn"): (
            format_date(found.valid_until) if found.valid_until else None,
            paper.get("valid_until"),
        ),
        _("tem"): (found.stamp.number if found.stamp else "", paper.get("stamp_no", "")),
        _("số biên bản"): (found.record.number, paper.get("record_no")),
        _("mã kiểm tra"): (found.check_code, str(paper.get("check_url", "")).rpartition("/")[2]),
        _("người ký"): (found.signer.full_name, paper.get("head", {}).get("name")),
        _("thu hồi"): (
            found.revoked_on is not None,
            found.document.state == Document.State.REVOKED,
        ),
    }
    yield from (part for part, (row, printed) in kept.items() if row != printed)
    if found.stamp is not None and found.stamp.state != Stamp.State.USED:
        yield _("trạng thái tem ({state})").format(state=found.stamp.get_state_display())


def _stamp_flaws() -> Iterator[Flaw]:
    remedy = _("Đối chiếu sổ tem với chứng nhận; khôi phục bản ghi bị sửa.")
    for stamp in Stamp.objects.filter(state=Stamp.State.USED, outcome__isnull=True):
        yield Flaw(
            f"certificates.Stamp:{stamp.pk} ({stamp})", _("Tem đã dán nhưng không có chứng nhận."), remedy
        )


def _batch_flaws() -> Iterator[Flaw]:
    """Every stamp of a roll is still there, under the numbers that were received."""
    remedy = _("Đối chiếu sổ tem với biên nhận của nhà in; khôi phục bản ghi bị xóa hoặc sửa.")
    rows = StampBatch.objects.annotate(
        count=Count("stamps"), lowest=Min("stamps__number"), highest=Max("stamps__number")
    )
    for batch in rows:
        ends = [stamp_number(series=batch.series, sequence=n) for n in (batch.first, batch.last)]
        if batch.count != batch.last - batch.first + 1 or [batch.lowest, batch.highest] != ends:
            yield Flaw(
                f"certificates.StampBatch:{batch.pk} ({batch.series})",
                _("Lô tem {first}–{last} có {count} tem ghi trong sổ.").format(
                    first=ends[0], last=ends[1], count=batch.count
                ),
                remedy,
            )
