"""The list of parties."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import ChoiceFilter, Column, FlagFilter, Listing
from quacan.centre.parties.models import Party

PARTIES = Listing(
    name="doi-tuong",
    columns=(
        Column("name", _("Tên"), lambda p: p.name, order="folded"),
        Column("kind", _("Loại"), lambda p: p.get_kind_display()),
        Column("tax_code", _("Mã số thuế"), lambda p: p.tax_code, order="tax_code"),
        Column("address", _("Địa chỉ"), lambda p: p.address),
        Column("province", _("Tỉnh, thành phố"), lambda p: p.province),
        Column("phone", _("Điện thoại"), lambda p: p.phone),
        Column("email", _("Thư điện tử"), lambda p: p.email),
        Column("representative", _("Người đại diện"), lambda p: p.representative),
        Column("id", _("Mới nhập"), lambda p: p.pk, order="id", kind="number"),
    ),
    sort="name",
    filters=(
        ChoiceFilter("kind", _("Loại"), "kind", Party.Kind.choices),
        FlagFilter("no_tax_code", _("Chưa có mã số thuế"), Q(tax_code__isnull=True)),
    ),
)
