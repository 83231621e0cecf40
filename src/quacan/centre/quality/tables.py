"""The lists of the quality system, and how a recomputed worksheet reads on a line."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.language.texts import Text
from quacan.centre.base.lists import ChoiceFilter, Column, FlagFilter, Listing
from quacan.centre.base.templatetags.names import who
from quacan.centre.quality.models import EffectChoice, Nonconformity, Simulation, SimulationRow, WhyChoice
from quacan.centre.verification.library import frozen
from quacan.metrology.rounding import plain_text, round_to

TONES = {
    EffectChoice.BECOMES_FAIL: ("x", "fail"),
    EffectChoice.UNDETERMINED: ("circle-dashed", "open"),
    EffectChoice.BECOMES_PASS: ("circle-alert", "open"),
    EffectChoice.STILL_FAIL: ("x", ""),
    EffectChoice.STILL_PASS: ("check", "pass"),
}
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class EffectWord:
    """An effect as icon, word and colour."""

    code: str
    word: str
    sign: str
    tone: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class RowShown:
    """A worksheet of a simulation as the list shows it."""

    row: SimulationRow
    effect: EffectWord
    why: str
    point: str
    before: str
    after: str
    limit: str
    unit: str

    @property
    def is_worse(self) -> bool:
        """Whether a result that passed would fail."""
        return self.effect.code == EffectChoice.BECOMES_FAIL

    @property
    def is_restated(self) -> bool:
        """Whether a value that was reported (not a mere verdict) changes."""
        return self.row.changed and self.row.worksheet.service != "verification"


def effect_word(code: str, count: int = 0) -> EffectWord:
    """This will give an effect with its sign and colour."""
    choice = EffectChoice(code)
    sign, tone = TONES[choice]
    return EffectWord(code, str(choice.label), sign, tone, count)


def shown(row: SimulationRow) -> RowShown:
    """This will shape one worksheet for the list: errors rounded to four digits of the larger."""
    tight = row.tightest
    before, after = _rounded(tight.get("before", ""), tight.get("after", ""))
    return RowShown(
        row=row,
        effect=effect_word(row.effect),
        why=why_text(row),
        point=str(Text(tight.get("label_vi", ""), tight.get("label_en", ""))),
        before=before,
        after=after,
        limit=str(Text(tight.get("limit_vi", ""), tight.get("limit_en", ""))),
        unit=tight.get("unit", ""),
    )


def why_text(row: SimulationRow) -> str:
    """This will say why a worksheet could not be recomputed, with the step; '' when it could."""
    if not row.why:
        return ""
    sentence = str(WhyChoice(row.why).label)
    if not row.where:
        return sentence
    procedure, _limits = frozen(row.worksheet.procedure_text, row.worksheet.limits_text)
    title = next((step.title for step in procedure.steps if step.key == row.where), None)
    return sentence if title is None else f"{Text(title.vi, title.en)}: {sentence}"


def _rounded(*texts: str) -> tuple[str, ...]:
    numbers = [Decimal(text) for text in texts if text]
    sizes = [number.adjusted() for number in numbers if number]
    if not sizes:
        return texts
    exponent = max(sizes) - _DIGITS + 1
    return tuple(_to(text, exponent) if text else "" for text in texts)


def _to(text: str, exponent: int) -> str:
    number = Decimal(text)
    own = int(number.as_tuple().exponent)
    return plain_text(number if own >= exponent else round_to(number, min(exponent, 0), "half-even"))


def _value(key: str) -> Column:
    labels = {
        "before": _("Sai số trước"),
        "after": _("Sai số tính lại"),
        "limit": _("Giới hạn"),
        "point": _("Điểm"),
    }
    return Column(key, labels[key], lambda row: getattr(shown(row), key))


ROWS = Listing(
    name="mo-phong-chuan-sai",
    columns=(
        Column(
            "day",
            _("Ngày đo"),
            lambda r: r.worksheet.performed_on,
            order="worksheet__performed_on",
            kind="day",
        ),
        Column("worksheet", _("Phiếu"), lambda r: r.worksheet.number, order="worksheet__number"),
        Column("certificate", _("Chứng nhận"), lambda r: r.outcome.number if r.outcome else ""),
        Column("instrument", _("Phương tiện đo"), lambda r: str(r.worksheet.instrument)),
        Column("party", _("Khách hàng"), lambda r: r.party.name, order="party__folded"),
        Column("effect", _("Kết quả"), lambda r: r.get_effect_display(), order="effect"),
        Column("why", _("Vì sao"), why_text),
        Column("readings", _("Số đọc"), lambda r: r.readings, order="readings", kind="number"),
        _value("point"),
        _value("before"),
        _value("after"),
        _value("limit"),
        Column("unit", _("Đơn vị"), lambda r: r.tightest.get("unit", "")),
        Column("changed", _("Giá trị đã báo thay đổi"), lambda r: "x" if r.changed else ""),
        Column("state", _("Trạng thái phiếu"), lambda r: r.worksheet.get_state_display()),
    ),
    sort="effect",
    filters=(
        ChoiceFilter("effect", _("Kết quả"), "effect", EffectChoice.choices),
        FlagFilter("paper", _("Có chứng nhận"), Q(outcome__isnull=False)),
        FlagFilter("changed", _("Giá trị đã báo thay đổi"), Q(changed=True)),
    ),
    search="worksheet__folded",
)

NONCONFORMITIES = Listing(
    name="diem-khong-phu-hop",
    columns=(
        Column("number", _("Số"), lambda n: n.number, order="number"),
        Column("day", _("Ngày mở"), lambda n: n.opened_on, order="opened_on", kind="day"),
        Column("standard", _("Chuẩn hoặc phiếu"), lambda n: n.matter),
        Column("summary", _("Tóm tắt"), lambda n: n.summary),
        Column("state", _("Trạng thái"), lambda n: n.get_state_display(), order="state"),
        Column("closed", _("Ngày đóng"), lambda n: n.closed_on, kind="day"),
        Column("check", _("Kiểm tra hiệu lực"), lambda n: n.effectiveness_on, kind="day"),
    ),
    sort="-day",
    filters=(ChoiceFilter("state", _("Trạng thái"), "state", Nonconformity.State.choices),),
)

SIMULATIONS = Listing(
    name="mo-phong",
    columns=(
        Column("at", _("Lúc"), lambda s: s.asked_at.date(), order="asked_at", kind="day"),
        Column("standard", _("Chuẩn"), lambda s: str(s.standard), order="standard__code"),
        Column("deviation", _("Sai lệch"), lambda s: f"{s.deviation} {s.unit}"),
        Column("from", _("Từ ngày"), lambda s: s.from_on, order="from_on", kind="day"),
        Column("to", _("Đến ngày"), lambda s: s.to_on, kind="day"),
        Column("total", _("Số phiếu"), lambda s: s.total, kind="number"),
        Column("by", _("Người hỏi"), lambda s: who(s.asked_by)),
        Column("state", _("Trạng thái"), lambda s: s.get_state_display()),
    ),
    sort="-at",
    filters=(ChoiceFilter("state", _("Trạng thái"), "state", Simulation.State.choices),),
    search="standard__folded",
)
