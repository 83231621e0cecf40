"""What the register of parties brings to the house."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Door, Record, SearchSource
from quacan.centre.parties.models import Party
from quacan.centre.parties.moves import PARTY
from quacan.centre.parties.queries import parties_seen_by
from quacan.centre.people.models import Person


def _rows(person: Person, on: date) -> QuerySet[Party]:
    return parties_seen_by(person, on=on).filter(merged_into__isnull=True)


def _hit(row: Party) -> tuple[str, str]:
    return row.name, " · ".join(part for part in (row.tax_code or "", row.address, row.province) if part)


DEPARTMENT = Department(
    name=_("Khách hàng, đối tượng"),
    permissions={
        "parties.see": _("xem khách hàng, đối tượng"),
        "parties.record": _("ghi khách hàng, đối tượng"),
        "parties.merge": _("gộp hai mục trùng của một khách hàng"),
    },
    doors=(
        Door(
            "parties",
            "ability",
            _("Khách hàng, đối tượng"),
            "parties:parties",
            "building-2",
            "parties.see",
            270,
        ),
    ),
    search=(SearchSource(_("Khách hàng, đối tượng"), "building-2", _rows, _hit, 10),),
    records=(
        Record("parties.Party", _("Khách hàng, đối tượng"), "parties:party"),
        Record("parties.Establishment", _("Điểm kinh doanh")),
    ),
    moves=(PARTY,),
    deeds={
        "parties.record_party": _("ghi khách hàng, đối tượng"),
        "parties.change_party": _("sửa khách hàng, đối tượng"),
        "parties.merge_parties": _("gộp hai mục trùng"),
        "parties.record_establishment": _("ghi điểm kinh doanh"),
        "parties.change_establishment": _("sửa điểm kinh doanh"),
    },
    fields={
        "parties.representative": _("người đại diện"),
        "parties.representative_title": _("chức vụ người đại diện"),
        "parties.merged_into_id": _("gộp vào"),
        "parties.party_id": _("khách hàng"),
    },
)
