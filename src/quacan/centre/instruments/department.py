"""What instruments bring to the house."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Door, Lane, Record, Rows, SearchSource, Task
from quacan.centre.base.language.texts import Text
from quacan.centre.instruments.catalogue import kinds
from quacan.centre.instruments.library import shelves
from quacan.centre.instruments.models import Instrument
from quacan.centre.instruments.moves import INSTRUMENT
from quacan.centre.instruments.queries import FIELD_NAMES, instruments_ending, instruments_seen_by
from quacan.centre.people.models import Person


def _rows(person: Person, on: date) -> QuerySet[Instrument]:
    return instruments_seen_by(person, on=on)


def _hit(row: Instrument) -> tuple[str, str]:
    return str(row), " · ".join(part for part in (row.type, row.maker, row.owner.name) if part)


def _ending(person: Person, on: date) -> Rows:
    return instruments_ending(person, on=on)


def _ending_task(instrument: Instrument, on: date) -> Task:
    href = reverse("instruments:instrument", args=[instrument.pk])
    return Task(str(instrument), instrument.owner.name, href, instrument.valid_until)


def _value(dimension: str, value: str) -> str:
    if dimension == "field":
        return str(FIELD_NAMES.get(value, "")).lower()
    if dimension == "procedure":
        titles = (one.procedure.title for one in shelves() if one.procedure.code == value)
        return next((str(Text(one.vi, one.en)) for one in titles), "")
    if dimension != "kind":
        return ""
    return next((str(one.name) for one in kinds() if one.code == value), "")


DEPARTMENT = Department(
    name=_("Phương tiện đo"),
    permissions={
        "instruments.see": _("xem phương tiện đo"),
        "instruments.record": _("ghi phương tiện đo"),
    },
    doors=(
        Door(
            "instruments",
            "ability",
            _("Phương tiện đo"),
            "instruments:instruments",
            "gauge",
            "instruments.see",
            260,
        ),
    ),
    lanes=(
        Lane(
            "instruments",
            "instruments",
            _("Phương tiện đo sắp hết hạn, cần gọi khách"),
            _("Mở"),
            "contracts.record",
            _ending,
            _ending_task,
            172,
            url="instruments:instruments",
            outlook=True,
        ),
    ),
    search=(SearchSource(_("Phương tiện đo"), "gauge", _rows, _hit, 20),),
    records=(Record("instruments.Instrument", _("Phương tiện đo"), "instruments:instrument", rows=_rows),),
    moves=(INSTRUMENT,),
    deeds={
        "instruments.register_instrument": _("ghi phương tiện đo"),
        "instruments.change_instrument": _("sửa phương tiện đo"),
        "instruments.move_instrument": _("chuyển phương tiện đo"),
        "instruments.send_to_repair": _("đưa phương tiện đo đi sửa chữa"),
        "instruments.stop_use": _("ngừng dùng phương tiện đo"),
        "instruments.take_back": _("đưa phương tiện đo vào dùng lại"),
        "instruments.change_use": _("đổi tình trạng sử dụng"),  # as older lines name it
    },
    fields={
        "instruments.kind_code": _("loại phương tiện đo"),
        "instruments.owner_id": _("chủ sở hữu"),
        "instruments.establishment_id": _("điểm kinh doanh"),
        "instruments.type": _("kiểu"),
        "instruments.made_in": _("nơi sản xuất"),
        "instruments.characteristics": _("đặc trưng"),
    },
    values=_value,
    definitions=(kinds,),
)
