"""What is done with instruments: register, correct, move, change their use, note an event of their life."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.instruments import catalogue
from quacan.centre.instruments.models import Instrument, InstrumentEvent
from quacan.centre.instruments.queries import known_instrument
from quacan.centre.instruments.refusals import (
    InstrumentKnown,
    KindUnknown,
    NothingMoves,
    PlaceOfAnother,
    SameUse,
)
from quacan.centre.instruments.rules import (
    DECIDES_VALIDITY,
    EVENT_OF_STATE,
    CharacteristicRefused,
    tidy_characteristics,
)
from quacan.centre.organisation.models import Organisation
from quacan.centre.parties.models import Establishment, Party
from quacan.centre.parties.queries import current, identity


@action("instruments.record")
def register_instrument(
    act: Act,
    organisation: Organisation,
    *,
    kind_code: str,
    owner: Party,
    serial: str,
    name: str = "",
    type: str = "",
    maker: str = "",
    made_in: str = "",
    year: int | None = None,
    establishment: Establishment | None = None,
    characteristics: Mapping[str, str] | None = None,
    on: date | None = None,
) -> Instrument:
    """This will enter an instrument; its kind must stand in the catalogue, and it must not be there already.

    Without *name* it is called as its kind; *on* is the day its history begins (today).
    """
    act.require(organisation)
    instrument = Instrument(owner=current(owner))
    _fill(
        instrument,
        kind_code=kind_code,
        serial=serial,
        name=name,
        type=type,
        maker=maker,
        made_in=made_in,
        year=year,
        characteristics=characteristics or {},
        on=on or act.on,
    )
    _place(instrument, establishment)
    instrument.save(force_insert=True)
    act.created(instrument)
    _write_event(act, instrument, kind=InstrumentEvent.Kind.REGISTERED, on=on or act.on)
    return instrument


@action("instruments.record")
def change_instrument(
    act: Act,
    organisation: Organisation,
    *,
    instrument: Instrument,
    version: int,
    kind_code: str,
    serial: str,
    name: str = "",
    type: str = "",
    maker: str = "",
    made_in: str = "",
    year: int | None = None,
    characteristics: Mapping[str, str] | None = None,
) -> Instrument:
    """This will correct what is known of an instrument and note in its life what was corrected."""
    act.require(organisation)
    instrument = locked(instrument, version=version)
    before = image(instrument)
    _fill(
        instrument,
        kind_code=kind_code,
        serial=serial,
        name=name,
        type=type,
        maker=maker,
        made_in=made_in,
        year=year,
        characteristics=characteristics or {},
        on=act.on,
    )
    changed = [
        key
        for key, value in image(instrument).items()
        if value != before[key] and not key.startswith(("folded", "serial_key"))
    ]
    if not changed:
        act.nothing_changed()
        return instrument
    _keep(instrument)
    act.changed(instrument, before)
    _write_event(act, instrument, kind=InstrumentEvent.Kind.CHANGED, on=act.on, note=", ".join(changed))
    return instrument


@action("instruments.record")
def move_instrument(
    act: Act,
    organisation: Organisation,
    *,
    instrument: Instrument,
    owner: Party,
    establishment: Establishment | None,
    on: date,
    note: str = "",
) -> Instrument:
    """This will give an instrument to another owner or put it in another place."""
    act.require(organisation)
    instrument = locked(instrument)
    before, was = image(instrument), _whereabouts(instrument)
    instrument.owner = current(owner)
    _place(instrument, establishment)
    now = _whereabouts(instrument)
    if was == now:
        raise NothingMoves(instrument=str(instrument))
    _keep(instrument)
    act.changed(instrument, before)
    text = f"{was} → {now}" + (f". {note.strip()}" if note.strip() else "")
    _write_event(act, instrument, kind=InstrumentEvent.Kind.MOVED, on=on, note=text)
    return instrument


@action("instruments.record")
def change_use(
    act: Act, organisation: Organisation, *, instrument: Instrument, state: str, on: date, note: str = ""
) -> Instrument:
    """This will send an instrument to repair, stop its use or take it back into use.

    After a repair the validity ends: it must be verified again before use.
    """
    act.require(organisation)
    instrument = locked(instrument)
    if state not in EVENT_OF_STATE:
        raise FieldWrong(field=_("Trạng thái"), why=state)
    if state == instrument.state:
        raise SameUse(instrument=str(instrument), state=instrument.get_state_display())
    before = image(instrument)
    instrument.state = state
    if state == Instrument.State.REPAIR:
        instrument.valid_until = None
    _keep(instrument)
    act.changed(instrument, before)
    _write_event(act, instrument, kind=EVENT_OF_STATE[state], on=on, note=note.strip())
    return instrument


def note_event(
    act: Act,
    instrument: Instrument,
    *,
    kind: str,
    on: date,
    note: str = "",
    source: str = "",
    valid_until: date | None = None,
) -> InstrumentEvent:
    """This will write a line into an instrument's life, inside another department's action.

    An outcome (verified, failed, superseded) also decides until when the instrument is valid, unless a later
    outcome is known already: then only the history grows.
    """
    instrument = locked(instrument)
    event = _write_event(act, instrument, kind=kind, on=on, note=note, source=source)
    if kind in DECIDES_VALIDITY and not _has_later_outcome(event):
        before = image(instrument)
        instrument.valid_until = valid_until
        instrument.save(update_fields=["valid_until"])
        act.changed(instrument, before)
    return event


def _has_later_outcome(event: InstrumentEvent) -> bool:
    later = InstrumentEvent.objects.filter(instrument=event.instrument_id, on__gt=event.on)
    return later.filter(kind__in=DECIDES_VALIDITY).exists()


def _write_event(
    act: Act, instrument: Instrument, *, kind: str, on: date, note: str = "", source: str = ""
) -> InstrumentEvent:
    return InstrumentEvent.objects.create(
        instrument=instrument,
        kind=InstrumentEvent.Kind(kind),
        on=on,
        recorded_at=act.at,
        by=act.actor.username,
        note=note[:300],
        source=source,
    )


def _fill(
    instrument: Instrument,
    *,
    kind_code: str,
    serial: str,
    name: str,
    year: int | None,
    characteristics: Mapping[str, str],
    on: date,
    **texts: str,
) -> None:
    instrument.kind_code = kind_code
    instrument.name = _text(name) or _kind_name(kind_code)
    instrument.serial = _text(serial)
    instrument.serial_key = fold(serial)
    for column, value in texts.items():
        setattr(instrument, column, _text(value))
    if not instrument.serial:
        raise FieldMissing(field=_("Số hiệu"))
    if year is not None and not 1900 <= year <= on.year:
        raise FieldWrong(field=_("Năm sản xuất"), why=_("phải từ 1900 đến {year}").format(year=on.year))
    instrument.year = year
    instrument.characteristics = _characteristics(characteristics)
    _refuse_long(instrument)
    _refuse_known(instrument)
    _derive(instrument)


def _characteristics(given: Mapping[str, str]) -> dict[str, str]:
    try:
        return tidy_characteristics(given)
    except CharacteristicRefused as refused:
        raise FieldWrong(
            field=_("Đặc tính {name}").format(name=refused.name),
            why=_("{why} không đọc được là số hoặc quá dài").format(why=refused.why),
        ) from refused


def _kind_name(code: str) -> str:
    try:
        return catalogue.kind(code).name_vi
    except LookupError as error:
        raise KindUnknown(code=code) from error


def _refuse_known(instrument: Instrument) -> None:
    known = known_instrument(
        kind_code=instrument.kind_code,
        serial=instrument.serial,
        maker=instrument.maker,
        type=instrument.type,
        excluding=instrument.pk,
    )
    if known is not None:
        raise InstrumentKnown(serial=known.serial, instrument=known.name, owner=current(known.owner).name)


def _place(instrument: Instrument, establishment: Establishment | None) -> None:
    if establishment is not None and establishment.party_id not in identity(instrument.owner):
        raise PlaceOfAnother(establishment=establishment.name, owner=instrument.owner.name)
    instrument.establishment = establishment
    _derive(instrument)


def _derive(instrument: Instrument) -> None:
    """The text an instrument is found by: its own words, its kind, its owner and place."""
    words = (instrument.name, instrument.serial, instrument.kind_code, instrument.type, instrument.maker)
    place = instrument.establishment.name if instrument.establishment else ""
    kind = _kind_name(instrument.kind_code)
    instrument.folded = fold(f"{' '.join(words)} {kind} {instrument.owner.name} {place}")[:600]


def _whereabouts(instrument: Instrument) -> str:
    place = f", {instrument.establishment.name}" if instrument.establishment else ""
    return f"{current(instrument.owner).name}{place}"


def _keep(instrument: Instrument) -> None:
    instrument.version += 1
    instrument.save()


def _refuse_long(instrument: Instrument) -> None:
    labels = {
        "name": (_("Tên phương tiện"), 200),
        "serial": (_("Số hiệu"), 80),
        "type": (_("Kiểu"), 80),
        "maker": (_("Hãng sản xuất"), 120),
        "made_in": (_("Nước sản xuất"), 60),
    }
    for column, (label, limit) in labels.items():
        if len(getattr(instrument, column)) > limit:
            raise FieldWrong(field=label, why=_("dài quá {limit} ký tự").format(limit=limit))


def _text(value: str) -> str:
    return " ".join(nfc(value).split())
