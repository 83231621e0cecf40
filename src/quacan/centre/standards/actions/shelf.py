"""Enter a standard, correct it, send it away and take it back."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.act import Act, action
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.standards.actions.keeping import put_at
from quacan.centre.standards.models import Standard, StandardMove
from quacan.centre.standards.moves import CHANGE, CHANGE_STATE, RECORD
from quacan.centre.standards.refusals import (
    MoveBeforeLast,
    PermittedWrong,
    RangeWrong,
    SameState,
    StandardKnown,
)
from quacan.centre.standards.rules import RangeRefused, read_permitted, read_range

TEXTS: Final = {
    "code": (gettext_lazy("Mã chuẩn"), 40),
    "name": (gettext_lazy("Tên chuẩn"), 200),
    "kind": (gettext_lazy("Đại lượng"), 40),
    "serial": (gettext_lazy("Số hiệu"), 80),
    "maker": (gettext_lazy("Hãng sản xuất"), 120),
    "accuracy": (gettext_lazy("Cấp chính xác"), 60),
    "range_text": (gettext_lazy("Phạm vi đo"), 120),
    "range_from": (gettext_lazy("Phạm vi từ"), 40),
    "range_to": (gettext_lazy("Phạm vi đến"), 40),
    "range_unit": (gettext_lazy("Đơn vị phạm vi"), 20),
    "permitted_error": (gettext_lazy("Sai số cho phép của chuẩn"), 40),
    "permitted_unit": (gettext_lazy("Đơn vị sai số cho phép"), 20),
    "location": (gettext_lazy("Nơi để"), 120),
}
NEEDED: Final = ("code", "name", "kind")


@dataclass(frozen=True, slots=True)
class StandardDraft:
    """What is known of a standard; its code is given once. *kind* is the word procedures ask for (weights, mass …)."""

    name: str
    kind: str
    code: str = ""
    unit: Unit | None = None
    serial: str = ""
    maker: str = ""
    accuracy: str = ""
    range_text: str = ""
    range_from: str = ""
    range_to: str = ""
    range_unit: str = ""
    permitted_error: str = ""
    permitted_unit: str = ""
    location: str = ""


@action(RECORD)
def enter_standard(act: Act, organisation: Organisation, draft: StandardDraft) -> Standard:
    """This will enter a standard under its code."""
    act.require(organisation, unit_id=draft.unit.pk if draft.unit else None)
    standard = Standard(organisation=organisation, code=_text(draft.code))
    known = Standard.objects.filter(organisation=organisation, code=standard.code).first()
    if known is not None:
        raise StandardKnown(organisation=organisation.short_name, code=known.code, standard=known.name)
    _fill(standard, draft)
    standard.save(force_insert=True)
    act.created(standard)
    _note_place(act, standard, before="")
    return standard


@action(CHANGE)
def change_standard(act: Act, standard: Standard, draft: StandardDraft, *, version: int) -> Standard:
    """This will correct what is known of a standard; its code and certificates stay."""
    place = standard.location
    _fill(standard, draft)
    act.moved(standard)
    _note_place(act, standard, before=place)
    return standard


def _note_place(act: Act, standard: Standard, *, before: str) -> None:
    if standard.location and standard.location != before:
        put_at(act, standard, place=standard.location, on=act.on, note="")


@action(CHANGE_STATE)
def change_state(act: Act, standard: Standard, *, state: str, on: date, note: str = "") -> Standard:
    """This will send a standard to calibration, take it back into use or withdraw it, from a day on."""
    if state not in Standard.State.values:
        raise FieldWrong(field=_("Trạng thái mới"), why=_("chọn một trong danh sách"))
    if state == standard.state:
        raise SameState(standard=str(standard), state=standard.get_state_display())
    if on > act.on:
        raise FieldWrong(field=_("Từ ngày"), why=_("sau hôm nay"))
    last = standard.moves.first()
    if last is not None and on < last.on:
        raise MoveBeforeLast(standard=str(standard), last=last.on, on=on)
    act.moved(standard, to=state)
    StandardMove.objects.create(
        standard=standard,
        state=state,
        on=on,
        recorded_at=act.at,
        by=act.actor.username,
        note=_text(note)[:300],
    )
    return standard


def _fill(standard: Standard, draft: StandardDraft) -> None:
    if draft.unit is not None and draft.unit.organisation_id != standard.organisation_id:
        raise FieldWrong(field=_("Phòng, tổ giữ"), why=_("thuộc cơ quan khác"))
    standard.unit = draft.unit
    for column, (label, limit) in TEXTS.items():
        text = standard.code if column == "code" else _text(getattr(draft, column))
        if column in NEEDED and not text:
            raise FieldMissing(field=label)
        if len(text) > limit:
            raise FieldWrong(field=label, why=_("dài quá {limit} ký tự").format(limit=limit))
        setattr(standard, column, text)
    _refuse_range(standard)
    standard.folded = fold(
        f"{standard.code} {standard.name} {standard.serial} {standard.maker} {standard.range_text}"
    )[:600]


def _refuse_range(standard: Standard) -> None:
    try:
        found = read_range(standard.range_from, standard.range_to, standard.range_unit)
    except RangeRefused as refused:
        raise RangeWrong(column=TEXTS[refused.column][0], text=refused.text) from refused
    if found is not None:
        standard.range_unit = found.unit
    try:
        read_permitted(standard.permitted_error, standard.permitted_unit)
    except ValueError as refused:
        text = f"{standard.permitted_error} {standard.permitted_unit}".strip()
        raise PermittedWrong(text=text) from refused


def _text(value: str) -> str:
    return " ".join(nfc(value).split())
