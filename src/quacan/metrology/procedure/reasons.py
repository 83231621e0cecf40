"""Why something is undetermined or failed: a code, the place, and a sentence in each language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from quacan.metrology.expressions import ExpressionRefused
from quacan.metrology.procedure.definition import Text
from quacan.metrology.procedure.typed import TypedRefused
from quacan.metrology.rounding import plain_text, round_to, vietnamese_text

_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `code` names the obstacle, `where` is the key of a row, cell, condition or characteristic."""

    code: str
    where: str
    vi: str
    en: str


def number_text(value: Decimal, unit: str = "") -> Text:
    """This will write a value with its unit in both languages; `1` stands for no unit.

    A value with more than twelve digits (a quotient) is written with six significant ones.
    """
    if len(value.as_tuple().digits) > _MOST_DIGITS:
        value = round_to(value, value.adjusted() - 5)
    tail = "" if unit in ("", "1") else f" {unit}"
    return Text(vi=f"{vietnamese_text(value)}{tail}", en=f"{plain_text(value)}{tail}")


def missing_characteristic(key: str, label: Text) -> Reason:
    """This will say that a property of the instrument is not recorded."""
    return Reason(
        "missing_characteristic",
        key,
        f"Chưa có đặc trưng «{label.vi}» của phương tiện đo; ghi vào lý lịch phương tiện đo.",
        f"The instrument's {label.en} is not recorded; enter it with the instrument.",
    )


def unreadable_characteristic(key: str, label: Text, text: str, why: TypedRefused) -> Reason:
    """This will say that a property of the instrument cannot be read."""
    return Reason(
        "unreadable_characteristic",
        key,
        f"Không đọc được đặc trưng «{label.vi}»: «{text}» ({why.vi}); sửa trong lý lịch phương tiện đo.",
        f"The instrument's {label.en} cannot be read: '{text}' ({why.en}); correct it with the instrument.",
    )


def unknown_event(event: str, known: Iterable[str]) -> Reason:
    """This will say that the procedure is not made for the event."""
    words = ", ".join(known)
    return Reason(
        "unknown_event",
        "event",
        f"Quy trình không có chế độ «{event}»; chọn một trong: {words}.",
        f"The procedure has no event '{event}'; choose one of: {words}.",
    )


def not_in_force(day: str, since: str, until: str) -> Reason:
    """This will say that the version does not govern the day."""
    end = (f" đến {until}", f" to {until}") if until else ("", "")
    return Reason(
        "not_in_force",
        "on",
        f"Bản quy trình này không có hiệu lực ngày {day} (hiệu lực từ {since}{end[0]}); chọn bản đúng ngày.",
        f"This version is not in force on {day} (from {since}{end[1]}); choose the version of that day.",
    )


def missing_condition(key: str, label: Text) -> Reason:
    """This will say that an influence quantity was not recorded."""
    return Reason(
        "missing_condition",
        key,
        f"Chưa ghi điều kiện môi trường «{label.vi}».",
        f"The condition {label.en} is not recorded.",
    )


def unreadable_condition(key: str, label: Text, text: str, why: TypedRefused) -> Reason:
    """This will say that a recorded influence quantity cannot be read."""
    return Reason(
        "unreadable_condition",
        key,
        f"Không đọc được điều kiện «{label.vi}»: «{text}» ({why.vi}).",
        f"The condition {label.en} cannot be read: '{text}' ({why.en}).",
    )


def condition_outside(key: str, label: Text, value: Decimal, unit: str, allowed: Text) -> Reason:
    """This will say that the measurement was not made under the conditions of the procedure."""
    shown = number_text(value, unit)
    return Reason(
        "condition_outside",
        key,
        f"«{label.vi}» {shown.vi} nằm ngoài điều kiện {allowed.vi}; đo lại khi điều kiện đạt.",
        f"{label.en} {shown.en} is outside {allowed.en}; measure again under the stated conditions.",
    )


def condition_accepted(outside: Reason) -> Reason:
    """This will say that a condition outside its limits was accepted by a signed deviation."""
    return Reason(
        "condition_accepted",
        outside.where,
        f"{outside.vi.partition(';')[0]}: được chấp nhận theo sai lệch đã ký.",
        f"{outside.en.partition(';')[0]}: accepted by a signed deviation.",
    )


def missing_reading(cell: str, label: Text, row: Text) -> Reason:
    """This will say that a reading has not been typed."""
    return Reason(
        "missing_reading",
        cell,
        f"Còn thiếu «{label.vi}» ({row.vi}).",
        f"{label.en} is missing ({row.en}).",
    )


def unreadable_reading(cell: str, label: Text, row: Text, text: str, why: TypedRefused) -> Reason:
    """This will say that what was typed is not a number or not one of the choices."""
    return Reason(
        "unreadable_reading",
        cell,
        f"Không đọc được «{label.vi}» ({row.vi}): «{text}» ({why.vi}); nhập lại.",
        f"{label.en} ({row.en}) cannot be read: '{text}' ({why.en}); type it again.",
    )


def not_a_multiple(cell: str, label: Text, row: Text, step: Decimal, unit: str) -> Reason:
    """This will warn that a reading is not one that the instrument can show."""
    shown = number_text(step, unit)
    return Reason(
        "not_a_multiple",
        cell,
        f"«{label.vi}» ({row.vi}) không phải bội của độ chia {shown.vi}; kiểm tra lại số đọc.",
        f"{label.en} ({row.en}) is not a multiple of {shown.en}; check the reading.",
    )


def unknown_cell(cell: str) -> Reason:
    """This will warn that something was typed where the procedure has no cell."""
    return Reason(
        "unknown_cell", cell, f"Quy trình không có ô «{cell}».", f"The procedure has no cell '{cell}'."
    )


def nothing_to_decide() -> Reason:
    """This will say that no step of the sheet states a requirement, so that no verdict can follow."""
    return Reason(
        "nothing_to_decide",
        "procedure",
        "Không có yêu cầu nào để kết luận ở chế độ này; kết quả chỉ được ghi nhận.",
        "No requirement is stated for this event; the results are recorded only.",
    )


def defect_found(row: str, label: Text) -> Reason:
    """This will say that a check of the checklist is not met."""
    return Reason("defect_found", row, f"Không đạt: {label.vi}.", f"Not met: {label.en}.")


def does_not_apply(row: str, label: Text) -> Reason:
    """This will say that a check that always applies was marked as not applicable."""
    return Reason(
        "does_not_apply",
        row,
        f"Mục «{label.vi}» luôn áp dụng; chọn đạt hoặc không đạt.",
        f"'{label.en}' always applies; choose ok or defect.",
    )


def formula_refused(where: str, name: Text, refused: ExpressionRefused) -> Reason:
    """This will say that a formula has no value for these readings."""
    return Reason(
        "formula_refused",
        where,
        f"Không tính được «{name.vi}» từ các số này (mã {refused.code}); kiểm tra lại số đọc.",
        f"{name.en} cannot be computed from these numbers: {refused.sentence}.",
    )


def no_limit(row: str, note: Text) -> Reason:
    """This will say that the requirement has no number in the database."""
    return Reason(
        "no_limit",
        row,
        f"Giới hạn cho phép chưa có trong cơ sở dữ liệu: {note.vi}.",
        f"The limit is not in the database yet: {note.en}.",
    )


def limit_refused(row: str, why: Text) -> Reason:
    """This will say that no limit could be found for this row."""
    return Reason(
        "limit_refused", row, f"Không xác định được giới hạn: {why.vi}", f"No limit could be found: {why.en}"
    )


def outside_limit(row: str, label: Text, value: Text, limit: Text, excess: Text) -> Reason:
    """This will say by how much a row misses its limit."""
    return Reason(
        "outside_limit",
        row,
        f"{label.vi}: {value.vi} vượt giới hạn {limit.vi} một lượng {excess.vi}.",
        f"{label.en}: {value.en} exceeds the limit {limit.en} by {excess.en}.",
    )


def missing_uncertainty(row: str, label: Text) -> Reason:
    """This will say that the agreed decision rule needs an uncertainty this row does not have."""
    return Reason(
        "missing_uncertainty",
        row,
        f"{label.vi}: chưa có độ không đảm bảo đo U mà quy tắc quyết định có dải bảo vệ cần.",
        f"{label.en}: the uncertainty U that guarded acceptance needs is missing.",
    )


def uncertainty_too_large(row: str, U: Text, allowed: Text) -> Reason:
    """This will say that the uncertainty is too large to decide with (e.g. R 111-1, 5.2)."""
    return Reason(
        "uncertainty_too_large",
        row,
        f"Độ không đảm bảo đo {U.vi} lớn hơn mức cho phép {allowed.vi}; chọn chuẩn hoặc phương pháp tốt hơn.",
        f"The uncertainty {U.en} is above the allowed {allowed.en}; use a better standard or method.",
    )
