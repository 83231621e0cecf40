"""How the buttons of the register of instruments are pressed: with the values their forms would carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quacan.centre.base.act import Act
from quacan.centre.instruments import moves
from quacan.centre.instruments.actions import InstrumentDraft, send_to_repair, stop_use
from quacan.centre.instruments.models import Instrument
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with, workplace


def instruments() -> Iterator[Instrument]:
    """An instrument in use, one under repair, one out of use."""
    from django.utils import timezone

    centre = Organisation.objects.get(code="TTUD-CB")
    who = people_with("instruments.record", centre, on=timezone.localdate())[0]
    used, broken, old = Instrument.objects.filter(state="in_use").order_by("-pk")[:3]
    for instrument, deed in ((broken, send_to_repair), (old, stop_use)):
        act = Act(actor=who, at=timezone.now(), door="test")
        deed(act, instrument, organisation=centre, on=act.on)
    yield from Instrument.objects.filter(pk__in=[used.pk, broken.pk, old.pk]).order_by("pk")


def _there(act: Act) -> dict[str, Any]:
    person = act.actor
    assert isinstance(person, Person)
    return {"organisation": workplace(person, "instruments.record", on=act.on)}


def _changed(instrument: Instrument, act: Act) -> dict[str, Any]:
    plate = InstrumentDraft(instrument.kind_code, instrument.serial, type="THỬ", maker=instrument.maker)
    return {"draft": plate, "version": instrument.version} | _there(act)


def _moved(instrument: Instrument, act: Act) -> dict[str, Any]:
    other = type(instrument.owner).objects.filter(merged_into__isnull=True).exclude(pk=instrument.owner_id)
    return {"owner": other.first(), "establishment": None, "on": act.on} | _there(act)


def _used(instrument: Instrument, act: Act) -> dict[str, Any]:
    return {"on": act.on} | _there(act)


SAMPLES = {moves.INSTRUMENT: instruments}
PRESSES = {
    moves.CHANGE: _changed,
    moves.MOVE: _moved,
    moves.REPAIR: _used,
    moves.STOP: _used,
    moves.TAKE_BACK: _used,
}
