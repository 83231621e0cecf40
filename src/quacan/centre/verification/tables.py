"""The list of worksheets: its columns, filters and order."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import ChoiceFilter, Column, DayFilter, FlagFilter, Listing
from quacan.centre.base.refusals import Words
from quacan.centre.contracts.models import EventKind
from quacan.centre.examinations.models import VerdictChoice
from quacan.centre.verification.models import BatchRow, Worksheet
from quacan.centre.verification.queries.bench_screens import exact, sentences, share


def listing(
    *, performers: Sequence[tuple[Any, str]], kinds: Sequence[tuple[Any, str]], person_id: int
) -> Listing:
    """This will offer the list of worksheets to one person: *performers* and *kinds* are what may be chosen."""
    return Listing(
        name="phieu-kiem-dinh",
        sort="-day",
        columns=(
            Column("number", _("Số phiếu"), lambda sheet: sheet.number, order="number"),
            Column("instrument", _("Phương tiện đo"), lambda sheet: sheet.instrument.name),
            Column("serial", _("Số máy"), lambda sheet: sheet.instrument.serial),
            Column("owner", _("Đối tượng"), lambda sheet: sheet.instrument.owner.name),
            Column("event", _("Chế độ"), lambda sheet: sheet.get_event_display()),
            Column("procedure", _("Quy trình"), lambda sheet: sheet.procedure_code),
            Column("day", _("Ngày đo"), lambda sheet: sheet.performed_on, order="performed_on", kind="day"),
            Column(
                "performer",
                _("Người đo"),
                lambda sheet: sheet.performer.full_name,
                order="performer__name_key",
            ),
            Column("checker", _("Người soát xét"), lambda sheet: sheet.checker and sheet.checker.full_name),
            Column("state", _("Bước"), lambda sheet: sheet.get_state_display()),
            Column("verdict", _("Kết luận"), lambda sheet: sheet.get_verdict_display()),
        ),
        filters=(
            ChoiceFilter("state", _("Bước"), "state", Worksheet.State.choices),
            ChoiceFilter("verdict", _("Kết luận"), "verdict", VerdictChoice.choices),
            ChoiceFilter("event", _("Chế độ"), "event", EventKind.choices),
            ChoiceFilter("kind", _("Loại phương tiện đo"), "instrument__kind_code", kinds),
            ChoiceFilter("performer", _("Người đo"), "performer", performers),
            DayFilter("from", _("Đo từ ngày"), "performed_on__gte"),
            DayFilter("to", _("Đến ngày"), "performed_on__lte"),
            FlagFilter("mine", _("Của tôi"), Q(performer=person_id)),
        ),
    )


def batch_listing(person_id: int) -> Listing:
    """This will offer the list of batches to one person."""
    return Listing(
        name="lo",
        sort="-day",
        columns=(
            Column("number", _("Số lô"), lambda batch: batch.number, order="number"),
            Column("bench", _("Bàn"), lambda batch: str(batch.bench)),
            Column("order", _("Phiếu việc"), lambda batch: batch.order.number),
            Column("party", _("Khách hàng"), lambda batch: batch.order.contract.party.name),
            Column("day", _("Ngày đo"), lambda batch: batch.performed_on, order="performed_on", kind="day"),
            Column("performer", _("Người đo"), lambda batch: batch.performer.full_name),
            Column("count", _("Số phiếu"), lambda batch: batch.count, order="count", kind="number"),
            Column("drafts", _("Đang đo"), lambda batch: batch.drafts, kind="number"),
            Column("passed", _("Đạt"), lambda batch: batch.passed, kind="number"),
            Column("failed", _("Không đạt"), lambda batch: batch.failed, kind="number"),
        ),
        filters=(
            DayFilter("from", _("Đo từ ngày"), "performed_on__gte"),
            DayFilter("to", _("Đến ngày"), "performed_on__lte"),
            FlagFilter("mine", _("Của tôi"), Q(performer=person_id)),
        ),
    )


def unit_listing(number: str) -> Listing:
    """This will offer the worksheets of one batch, by position."""
    return Listing(
        name=f"lo-{number.replace('/', '-')}",
        sort="position",
        columns=(
            Column("position", _("Vị trí"), lambda sheet: sheet.position, order="position", kind="number"),
            Column("serial", _("Số máy"), lambda sheet: sheet.instrument.serial, order="instrument__serial"),
            Column("number", _("Số phiếu"), lambda sheet: sheet.number, order="number"),
            Column("state", _("Bước"), lambda sheet: sheet.get_state_display()),
            Column("verdict", _("Kết luận"), lambda sheet: sheet.get_verdict_display()),
        ),
        filters=(
            ChoiceFilter("state", _("Bước"), "state", Worksheet.State.choices),
            ChoiceFilter("verdict", _("Kết luận"), "verdict", VerdictChoice.choices),
        ),
    )


def row_listing(
    number: str, points: Sequence[tuple[str, str]], labels: Mapping[str, tuple[str, str]]
) -> Listing:
    """This will offer the rows of a bench's file, the worst first; a file of them has the error at every point."""
    return Listing(
        name=f"xem-truoc-{number.replace('/', '-')}",
        sort="-worst",
        columns=(
            Column("row", _("Hàng trong tệp"), lambda row: row.row, order="ordinal", kind="number"),
            Column(
                "position", _("Vị trí"), lambda row: row.worksheet and row.worksheet.position, kind="number"
            ),
            Column("unit", _("Số máy"), _serial),
            Column("sheet", _("Số phiếu"), lambda row: row.worksheet and row.worksheet.number),
            Column("verdict", _("Kết luận"), lambda row: row.get_verdict_display(), order="verdict"),
            Column("worst", _("Phần giới hạn đã dùng"), share, order="worst"),
            Column("at", _("Điểm xấu nhất"), lambda row: labels.get(row.worst_at, ("", ""))[0]),
            *(Column(f"p{n}", label, _error_at(key)) for n, (key, label) in enumerate(points)),
            Column("problems", _("Vấn đề"), lambda row: " ".join(sentences(row))),
        ),
        filters=(
            ChoiceFilter("verdict", _("Kết luận"), "verdict", VerdictChoice.choices),
            FlagFilter("wrong", _("Có vấn đề"), ~Q(problems=[])),
            FlagFilter("changes", _("Sẽ ghi"), Q(changes__gt=0)),
        ),
    )


def _serial(row: BatchRow) -> str:
    return row.worksheet.instrument.serial if row.worksheet else row.unit_text


def _error_at(key: str) -> Callable[[BatchRow], str]:
    def text(row: BatchRow) -> str:
        return exact(row.errors[key][0]) if key in row.errors else ""

    return text


WITHIN: tuple[tuple[str, Words], ...] = (
    ("", _("Tất cả")),
    ("90", _("Còn không quá 90 ngày")),
    ("30", _("Còn không quá 30 ngày")),
    ("expired", _("Đã hết hạn")),
    ("none", _("Chưa có thẻ")),
)

VERIFIERS: tuple[Column, ...] = (
    Column("name", _("Họ và tên"), lambda row: row.person.full_name),
    Column("card", _("Số thẻ"), lambda row: row.standing.card and row.standing.card.number),
    Column(
        "issued", _("Ngày cấp"), lambda row: row.standing.card and row.standing.card.issued_on, kind="day"
    ),
    Column(
        "expires", _("Hết hạn"), lambda row: row.standing.card and row.standing.card.expires_on, kind="day"
    ),
    Column("left", _("Số ngày còn lại"), lambda row: row.standing.days_left, kind="number"),
    Column(
        "ending",
        _("Hết hạn hoặc sắp hết hạn"),
        lambda row: "; ".join(f"{one.name} {one.ends_on:%d/%m/%Y}" for one in row.ending),
    ),
)
