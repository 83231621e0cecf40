"""What organisations bring to the house."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Record
from quacan.centre.organisation.moves import SCOPE, SCOPE_LINE
from quacan.centre.organisation.queries import code_of


def _address(key: int) -> str:
    code = code_of(key)
    return reverse("organisation", args=[code]) if code else ""


DEPARTMENT = Department(
    name=_("Cơ quan, đơn vị"),
    permissions={
        "organisation.see": _("xem cơ quan, đơn vị"),
        "organisation.manage": _("lập, đổi cơ quan, đơn vị"),
        "scope.manage": _("nhập phạm vi chỉ định, công nhận"),
    },
    moves=(SCOPE, SCOPE_LINE),
    records=(
        Record("organisation.Organisation", _("Cơ quan"), address=_address),
        Record("organisation.Site", _("Cơ sở")),
        Record("organisation.Unit", _("Phòng/tổ")),
        Record("organisation.Succession", _("Kế thừa")),
        Record("organisation.Scope", _("Phạm vi")),
        Record("organisation.ScopeLine", _("Dòng phạm vi")),
    ),
    deeds={
        "organisation.found_organisation": _("lập cơ quan"),
        "organisation.open_unit": _("mở phòng, tổ"),
        "organisation.open_site": _("mở cơ sở"),
        "organisation.succeed": _("tiếp nhận cơ quan khác"),
        "organisation.enter_scope": _("nhập phạm vi"),
        "organisation.add_scope_lines": _("thêm dòng vào phạm vi"),
        "organisation.end_scope": _("kết thúc phạm vi"),
        "organisation.end_scope_line": _("thu hẹp phạm vi"),
    },
    fields={
        "organisation.short_name": _("tên gọi tắt"),
        "organisation.symbol": _("ký hiệu văn bản"),
        "organisation.number_suffix": _("hậu tố số văn bản"),
        "organisation.parent_id": _("cơ quan chủ quản"),
        "organisation.authority": _("cơ quan quyết định"),
        "organisation.decided_on": _("ngày quyết định"),
        "organisation.basis": _("căn cứ"),
        "organisation.scope_id": _("phạm vi"),
        "organisation.predecessor_id": _("cơ quan tiền thân"),
        "organisation.successor_id": _("cơ quan kế thừa"),
        "organisation.class_text": _("cấp hoặc sai số"),
        "organisation.cmc_absolute": _("CMC phần tuyệt đối"),
        "organisation.cmc_relative": _("CMC phần tương đối"),
        "organisation.quantity": _("đại lượng"),
    },
)
