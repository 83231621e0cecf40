"""Reads of instruments: the register, one instrument's life, what is due again."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import NotFound
from quacan.centre.instruments import catalogue
from quacan.centre.instruments.models import Instrument, InstrumentEvent
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import identity
from quacan.centre.people.models import Person

FIELD_NAMES = {
    "length": gettext_lazy("Độ dài"),
    "mass": gettext_lazy("Khối lượng"),
    "force": gettext_lazy("Lực"),
    "flow": gettext_lazy("Lưu lượng"),
    "volume": gettext_lazy("Dung tích"),
    "pressure": gettext_lazy("Áp suất"),
    "temperature": gettext_lazy("Nhiệt độ"),
    "physico-chemical": gettext_lazy("Hóa lý"),
    "electrical": gettext_lazy("Điện"),
    "medical": gettext_lazy("Y tế"),
    "acoustics": gettext_lazy("Âm thanh"),
    "optics": gettext_lazy("Quang học"),
    "hydromet": gettext_lazy("Khí tượng thủy văn"),
    "speed": gettext_lazy("Tốc độ"),
    "optical": gettext_lazy("Quang học"),
}


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One line of an instrument's life history; *source* names the record it came from, when there is one."""

    on: date
    kind: str
    label: str
    note: str
    by: str
    source: str


def instruments_seen_by(person: Person, *, on: date) -> QuerySet[Instrument]:
    """This will list the register of instruments, for anybody who may see it anywhere."""
    rows = Instrument.objects.select_related("owner__merged_into", "establishment")
    return rows if person.may("instruments.see", organisation_id=None, unit_id=None, on=on) else rows.none()


def instrument_seen_by(person: Person, pk: int, *, on: date) -> Instrument:
    """This will find one instrument, refusing the unknown and whoever may not see instruments."""
    found = instruments_seen_by(person, on=on).filter(pk=pk).first()
    if found is None:
        raise NotFound(record=_("phương tiện đo số {pk}").format(pk=pk))
    return found


def instruments_of(party: Party) -> QuerySet[Instrument]:
    """This will list the instruments of a party, those entered under merged entries included."""
    return Instrument.objects.filter(owner__in=identity(party)).select_related("establishment", "owner")


def known_instrument(
    *, kind_code: str, serial: str, maker: str = "", type: str = "", excluding: int | None = None
) -> Instrument | None:
    """This will find the instrument of the same kind, maker, type and serial, whatever the letter case or marks."""
    wanted = tuple(fold(text) for text in (maker, type, serial))
    rows = Instrument.objects.filter(kind_code=kind_code, serial_key=wanted[2])
    if excluding is not None:
        rows = rows.exclude(pk=excluding)
    for row in rows.select_related("owner"):
        if (fold(row.maker), fold(row.type), fold(row.serial)) == wanted:
            return row
    return None


def life_of(instrument: Instrument) -> list[LifeEvent]:
    """This will tell what happened to an instrument, the newest first."""
    rows = InstrumentEvent.objects.filter(instrument=instrument).order_by("-on", "-id")
    return [LifeEvent(row.on, row.kind, row.get_kind_display(), row.note, row.by, row.source) for row in rows]


def due(rows: QuerySet[Instrument], *, on: date, within: int = 30) -> QuerySet[Instrument]:
    """This will keep the instruments in use whose validity ended or ends within so many days, most urgent first."""
    return rows.filter(
        Q(valid_until__lte=on + timedelta(days=within)), state=Instrument.State.IN_USE
    ).order_by(F("valid_until").asc(), "id")


def kind_choices() -> list[tuple[str, Any]]:
    """This will offer the kinds of the catalogue, grouped by field of measurement."""
    by_field = sorted(catalogue.kinds(), key=lambda one: list(FIELD_NAMES).index(one.field))
    groups: list[tuple[str, Any]] = [("", _("— chọn loại —"))]
    for field, kinds in groupby(by_field, key=lambda one: one.field):
        groups.append((str(FIELD_NAMES[field]), [(one.code, kind_label(one)) for one in kinds]))
    return groups


def kind_label(one: catalogue.InstrumentKind) -> str:
    """This will name a kind in the reader's language."""
    return str(one.name)


def instruments_ending(person: Person, *, on: date) -> QuerySet[Instrument]:
    """The instruments a person may see whose verification ends within 30 days or ended in the last 90."""
    rows = instruments_seen_by(person, on=on)
    return due(rows.filter(valid_until__gte=on - timedelta(days=90)), on=on, within=30)
