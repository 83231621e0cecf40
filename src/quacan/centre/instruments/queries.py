"""Reads of instruments: the register, one instrument's life, what is due again."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import NotFound
from quacan.centre.instruments.models import Instrument, InstrumentEvent
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import identity
from quacan.centre.people.models import Person


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
