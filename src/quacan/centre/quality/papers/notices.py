"""The draft a customer is told by: plain text from what a simulation found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from quacan.centre.base.language.dates import format_date
from quacan.centre.base.refusals import Words


@dataclass(frozen=True, slots=True)
class NoticeHead:
    """Whom a notice tells, about which standard wrong since when, by whom, under which number."""

    party: str
    organisation: str
    standard: str
    from_on: date
    number: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One result that no longer stands as it was given.

    *certificate* is '' where only the worksheet exists, *out_of_force* the word for one that was replaced or revoked
    ('' in force); *restated* says that the verdict stands and a reported value changes.
    """

    certificate: str
    out_of_force: Words
    worksheet: str
    instrument: str
    performed_on: date
    effect: Words
    restated: bool


def notice_text(head: NoticeHead, lines: Iterable[NoticeLine]) -> str:
    """The draft of one customer's notice, in Vietnamese whatever the language of the screen."""
    with override("vi"):
        rows = [f"{at}. {_line(line)}" for at, line in enumerate(lines, 1)]
        return "\n".join([_head(head), "", *rows, "", _tail()])


def _head(head: NoticeHead) -> str:
    return _(
        "Kính gửi: {party}\n\n"
        "{organisation} thông báo: chuẩn đo lường {standard} được phát hiện có sai lệch, ảnh hưởng từ ngày {day}. "
        "Chúng tôi đã tính lại các kết quả đo bằng chuẩn này (hồ sơ {number}). Kết quả của Quý đơn vị "
        "cần xem xét lại:"
    ).format(
        party=head.party,
        organisation=head.organisation,
        standard=head.standard,
        day=format_date(head.from_on, "vi"),
        number=head.number,
    )


def _tail() -> str:
    return _(
        "Đề nghị Quý đơn vị tạm dừng dùng các phương tiện đo có kết luận “thành không đạt” hoặc “chưa đủ căn cứ” "
        "vào mục đích đã kiểm định và liên hệ với chúng tôi để đo lại.\n\n"
        "(Dự thảo – chưa gửi)"
    )


def _line(line: NoticeLine) -> str:
    paper = line.certificate or _("phiếu {number}").format(number=line.worksheet)
    if line.out_of_force:
        paper = f"{paper} ({str(line.out_of_force).lower()})"
    effect = str(line.effect).lower()
    if line.restated:
        effect = _("{effect}, nhưng giá trị đã báo thay đổi").format(effect=effect)
    return _("{paper} – {instrument}, đo ngày {day}: {effect}.").format(
        paper=paper,
        instrument=line.instrument,
        day=format_date(line.performed_on, "vi"),
        effect=effect,
    )
