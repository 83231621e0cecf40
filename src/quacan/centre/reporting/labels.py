"""Words for the codes in the book: measures, dimensions and their values, kinds of source records."""

from functools import cache
from typing import Final

from django.utils.translation import gettext_lazy

from quacan.centre.activities.kinds import activity_kinds, measure_words
from quacan.centre.base.departments import departments
from quacan.centre.base.language.texts import Text
from quacan.centre.base.refusals import Words
from quacan.centre.instruments.catalogue import kinds

SOURCES: Final[tuple[tuple[str, Words], ...]] = (
    ("verification.Worksheet:", gettext_lazy("Phiếu kiểm định")),
    ("activities.Activity:", gettext_lazy("Hoạt động")),
    ("contracts.Contract:", gettext_lazy("Hợp đồng")),
    ("certificates.Outcome:", gettext_lazy("Chứng nhận")),
    ("certificates.StampBatch:", gettext_lazy("Lô tem")),
    ("certificates.Stamp:", gettext_lazy("Tem")),
)
DIMENSIONS: Final[dict[str, Words]] = {
    "verdict": gettext_lazy("Kết luận"),
    "service": gettext_lazy("Dịch vụ"),
    "event": gettext_lazy("Hình thức"),
    "kind": gettext_lazy("Loại"),
    "qualifier": gettext_lazy("Cách nêu số"),
    "move": gettext_lazy("Biến động"),
    "basis": gettext_lazy("Cơ sở tính"),
    "vat": gettext_lazy("Thuế"),
}
VALUES: Final[dict[tuple[str, str], Words]] = {
    ("verdict", "pass"): gettext_lazy("đạt"),
    ("verdict", "fail"): gettext_lazy("không đạt"),
    ("service", "verification"): gettext_lazy("kiểm định"),
    ("service", "calibration"): gettext_lazy("hiệu chuẩn"),
    ("service", "testing"): gettext_lazy("thử nghiệm"),
    ("service", "consulting"): gettext_lazy("tư vấn"),
    ("event", "inspection"): gettext_lazy("kiểm tra"),
    ("event", "initial"): gettext_lazy("ban đầu"),
    ("event", "periodic"): gettext_lazy("định kỳ"),
    ("event", "after_repair"): gettext_lazy("sau sửa chữa"),
    ("move", "received"): gettext_lazy("nhập"),
    ("move", "used"): gettext_lazy("đã dùng"),
    ("move", "damaged"): gettext_lazy("hỏng"),
    ("basis", "contract"): gettext_lazy("giá trị hợp đồng"),
    ("basis", "acceptance"): gettext_lazy("nghiệm thu"),
    ("vat", "gross"): gettext_lazy("gồm thuế"),
    ("vat", "net"): gettext_lazy("chưa thuế"),
}


def dimension_name(name: str) -> str:
    """This will name a dimension: as the house words it, else as the activity kinds call the field, else its code."""
    return str(DIMENSIONS.get(name) or _fields().get(name, name))


def dimension_value(name: str, value: str) -> str:
    """This will word a value of a dimension; a code nobody words stays as it is."""
    if (name, value) in VALUES:
        return str(VALUES[(name, value)])
    return str(_kind_names().get(value, value) if name == "kind" else _choices().get((name, value), value))


def measure_name(measure: str) -> str:
    """This will word a measure: as its department or the activity kinds do; one nobody words stays as it is."""
    for department in departments():
        if measure in department.measures:
            return str(department.measures[measure])
    return str(measure_words().get(measure, measure))


def source_kind(reference: str) -> str:
    """This will name the kind of record a source reference is of."""
    return next((str(word) for start, word in SOURCES if reference.startswith(start)), reference)


@cache
def _kind_names() -> dict[str, Text]:
    instruments = {one.code: Text(one.name_vi, one.name_en) for one in kinds()}
    return instruments | {one.code: one.name for one in activity_kinds()}


@cache
def _fields() -> dict[str, Text]:
    return {field.key: field.label for kind in activity_kinds() for field in kind.fields}


@cache
def _choices() -> dict[tuple[str, str], Text]:
    return {
        (field.key, choice.code): choice.name
        for kind in activity_kinds()
        for field in kind.fields
        for choice in field.choices
    }
