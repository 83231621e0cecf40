"""Doors of the mechanisms: the page of components, the page for a form that came too late."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.actors import HERE
from quacan.centre.base.charts import drawing
from quacan.centre.base.charts.values import Axis, Chart, Level, Spot, Spots
from quacan.centre.base.lists import CURSOR, FilterState, KeysetPage
from quacan.centre.base.periods import period
from quacan.centre.base.refusals import Words
from quacan.centre.base.shapes import Moment, Stage, corridor, stages_of

SHA256: Final = re.compile(r"[0-9a-f]{64}")


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This will say that the page was opened before the last sign-in and cannot be sent any more."""
    return render(request, "base/csrf_refused.html", status=403)


def chart(request: HttpRequest, sha256: str) -> HttpResponse:
    """A kept drawing as a file of its own, in the colours of paper; the address names the content, so it never ages."""
    svg = drawing.kept(sha256) if SHA256.fullmatch(sha256) else None
    if svg is None:
        raise Http404
    answer = HttpResponse(drawing.on_paper(svg), content_type="image/svg+xml")
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def ui(request: HttpRequest) -> HttpResponse:
    """This will show every component in every state, on values made up for this page alone."""
    asked = request.GET.get("period", "2022-H1")
    return render(
        request,
        "base/ui.html",
        {
            "figures": FIGURES,
            "chart": _chart(),
            "corridors": _corridors(),
            "stages": _stages(),
            "moments": _moments(),
            "good": ShowForm(),
            "bad": _bad_form(),
            "page": _page(request),
            "period": period(asked),
            "two": [
                _("Thiếu 2 số đọc độ lặp lại."),
                _("Chứng nhận của quả cân F1 hết hạn ngày 03/09/2026; chọn bộ khác."),
            ],
            "on": date(2026, 11, 20),
            "days": [date(2026, 11, 18), date(2026, 11, 20), date(2026, 11, 22), date(2026, 12, 31), None],
        },
    )


FIGURES: tuple[tuple[Words, object, str, str], ...] = (
    (gettext_lazy("Số đọc gõ vào"), "1234.50", "g", ""),
    (gettext_lazy("Giá trị chính xác"), Decimal("-0.0125"), "mm", ""),
    (gettext_lazy("Số đếm, mở được"), 21340, "", "#so"),
    (gettext_lazy("Chữ, giữ nguyên"), "III", "", ""),
    (gettext_lazy("Chưa có"), None, "kg", ""),
)


class ShowForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label=gettext_lazy("Tên phương tiện đo"), initial="Cân bàn điện tử", max_length=80)
    serial = forms.CharField(
        label=gettext_lazy("Số máy"), required=False, help_text=gettext_lazy("Như ghi trên nhãn của máy.")
    )
    maximum = forms.CharField(
        label="Max", initial="15", widget=forms.TextInput(attrs={"inputmode": "decimal"}), required=False
    )
    event = forms.ChoiceField(
        label=gettext_lazy("Chế độ"),
        choices=[("initial", gettext_lazy("Ban đầu")), ("periodic", gettext_lazy("Định kỳ"))],
        initial="periodic",
    )
    on = forms.DateField(
        label=gettext_lazy("Ngày"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    side = forms.ChoiceField(
        label=gettext_lazy("Nơi làm"),
        choices=[("lab", gettext_lazy("Tại phòng")), ("site", gettext_lazy("Tại hiện trường"))],
        widget=forms.RadioSelect,
        initial="lab",
    )
    sealed = forms.BooleanField(label=gettext_lazy("Đã niêm phong"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


def _chart() -> Chart:
    days = [date(2026, month, 15) for month in (2, 4, 6, 8, 10)]
    values = [Decimal(text) for text in ("0.2", "-0.1", "0.4", "0.1", "1.3")]
    spots = tuple(
        Spot(
            day,
            value,
            bar=Decimal("0.3"),
            tone="fail" if value > 1 else "accent",
            words=f"{day:%d/%m/%Y}: {value} mg",
        )
        for day, value in zip(days, values, strict=True)
    )
    layers = (Level(Decimal(1)), Level(Decimal(-1)), Spots(spots, is_joined=True))
    return Chart(_("Sai số của một quả cân qua các lần kiểm tra"), Axis(), Axis(title="mg"), layers)


def _bad_form() -> ShowForm:
    form = ShowForm({"name": "", "event": "periodic", "on": "", "side": "lab", "maximum": "15"})
    form.is_valid()
    return form


def _corridors() -> list[tuple[str, tuple[Stage, ...]]]:
    begun = {"contract": "#hd", "order": "#pv"}
    issued = {**begun, "worksheet": "#pk", "record": "#bb", "stamp": "#tem", "ledger": "#so"}
    failed = {**begun, "worksheet": "#pk", "record": "#bb"}
    names = {"contract": _("Hợp đồng 41/2026"), "order": _("Phiếu việc 3")}
    return [
        (_("Đang đo"), corridor("worksheet", links=begun, labels=names)),
        (_("Đã ban hành"), corridor("certificate", links=issued, labels=names)),
        (
            _("Không đạt: không có chứng nhận, không có tem"),
            corridor("ledger", links=failed, labels=names, closed=frozenset({"certificate", "stamp"})),
        ),
    ]


def _stages() -> list[tuple[Stage, ...]]:
    moves = (
        ("draft", gettext_lazy("Dự thảo")),
        ("reviewed", gettext_lazy("Đã xem xét")),
        ("signed", gettext_lazy("Đã ký")),
        ("running", gettext_lazy("Đang thực hiện")),
        ("done", gettext_lazy("Đã thực hiện xong")),
        ("accepted", gettext_lazy("Đã nghiệm thu")),
        ("cancelled", gettext_lazy("Đã hủy")),
    )
    stopped = frozenset({"cancelled"})
    return [
        stages_of(moves, now=now, stopped=stopped) for now in ("draft", "running", "accepted", "cancelled")
    ]


def _moments() -> list[Moment]:
    return [
        Moment(datetime(2026, 11, 20, 14, 32, tzinfo=HERE), _("Gửi soát xét"), by="kdv.an"),
        Moment(
            datetime(2026, 11, 20, 11, 5, tzinfo=HERE),
            _("Đo lại điểm 10 kg"),
            _("Lý do: cân chưa ổn định."),
            "kdv.an",
            "open",
        ),
        Moment(date(2026, 11, 19), _("Kiểm định đạt"), "V26.00417", tone="pass", href="#cn"),
        Moment(date(2025, 11, 12), _("Kiểm định không đạt"), tone="fail"),
        Moment(date(2022, 3, 4), _("Đưa vào sổ")),
    ]


@dataclass(frozen=True, slots=True)
class _ShowRow:
    number: str
    party: str
    due_on: date
    amount: int
    error: Decimal
    verdict: str


def _page(request: HttpRequest) -> KeysetPage[_ShowRow]:
    rows = (
        _ShowRow("41/2026/HĐ", "Hợp tác xã Nà Tấu", date(2026, 11, 18), 50_074_800, Decimal("1.5"), "pass"),
        _ShowRow(
            "40/2026/HĐ", "Cửa hàng xăng dầu Bế Triều", date(2026, 11, 22), 8_420_000, Decimal("-6.0"), "fail"
        ),
        _ShowRow("39/2026/HĐ", "Trạm y tế xã Lê Chung", date(2026, 12, 31), 1_180_000, Decimal("0"), ""),
    )
    sort = request.GET.get("sort", "")
    key: Callable[[_ShowRow], str] = lambda row: row.party if sort.endswith("party") else row.number  # noqa: E731
    states = (
        FilterState(
            "state",
            _("Trạng thái"),
            "choice",
            "running",
            (("draft", _("Dự thảo")), ("running", _("Đang thực hiện"))),
        ),
        FilterState("from", _("Nhận từ ngày"), "day", "2026-01-01"),
        FilterState("late", _("Quá hạn"), "flag", ""),
    )
    return KeysetPage(
        rows=tuple(sorted(rows, key=key, reverse=sort.startswith("-"))),
        before="truoc",
        after="sau",
        sorted_by=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        sort_text=sort,
        asked="na tau",
        filters=states,
        cursor_name=CURSOR,
    )
