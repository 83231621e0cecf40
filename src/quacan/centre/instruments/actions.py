"""What is done with instruments: register, correct, move, change their use, note an event of their life."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.language.texts import Text
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.instruments import catalogue
from quacan.centre.instruments.library import wanted_of
from quacan.centre.instruments.models import Instrument, InstrumentEvent
from quacan.centre.instruments.moves import CHANGE, MOVE, REPAIR, STOP, TAKE_BACK
from quacan.centre.instruments.queries import known_instrument
from quacan.centre.instruments.refusals import (
    InstrumentKnown,
    KindUnknown,
    NothingMoves,
    PlaceOfAnother,
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
from quacan.metrology.procedure.typed import TypedRefused, read_in_unit


@dataclass(frozen=True, slots=True)
class InstrumentDraft:
    """What is on an instrument's nameplate; without *name* it is called as its kind."""

    kind_code: str
    serial: str
    name: str = ""
    type: str = ""
    maker: str = ""
    made_in: str = ""
    year: int | None = None
    characteristics: Mapping[str, str] = field(default_factory=dict)


@action("instruments.record")
def register_instrument(
    act: Act,
    organisation: Organisation,
    draft: InstrumentDraft,
    *,
    owner: Party,
    establishment: Establishment | None = None,
    on: date | None = None,
) -> Instrument:
    """This will enter an instrument; its kind must stand in the catalogue, and it must not be there already.

    *on* is the day its history begins (today).
    """
    act.require(organisation)
    instrument = Instrument(owner=current(owner))
    _fill(instrument, draft, on or act.on)
    _place(instrument, establishment)
    instrument.save(force_insert=True)
    act.created(instrument)
    _write_event(act, instrument, kind=InstrumentEvent.Kind.REGISTERED, on=on or act.on)
    return instrument


@action(CHANGE)
def change_instrument(
    act: Act, instrument: Instrument, draft: InstrumentDraft, *, organisation: Organisation, version: int
) -> Instrument:
    """This will correct what is known of an instrument and note in its life what was corrected."""
    act.require(organisation)
    before = image(instrument)
    _fill(instrument, draft, act.on)
    after = image(instrument)
    with override("vi"):  # the life of an instrument is told in one language
        changed = [label for column, label in _labels().items() if after[column] != before[column]]
    if not changed:
        act.nothing_changed()
        return instrument
    act.moved(instrument)
    note = ", ".join(changed)
    _write_event(act, instrument, kind=InstrumentEvent.Kind.CHANGED, on=act.on, note=note)
    return instrument


@action(MOVE)
def move_instrument(
    act: Act,
    instrument: Instrument,
    *,
    organisation: Organisation,
    owner: Party,
    establishment: Establishment | None,
    on: date,
    note: str = "",
) -> Instrument:
    """This will give an instrument to another owner or put it in another place."""
    act.require(organisation)
    was = _whereabouts(instrument)
    instrument.owner = current(owner)
    _place(instrument, establishment)
    now = _whereabouts(instrument)
    if was == now:
        raise NothingMoves(instrument=str(instrument))
    act.moved(instrument)
    text = f"{was} → {now}" + (f". {note.strip()}" if note.strip() else "")
    _write_event(act, instrument, kind=InstrumentEvent.Kind.MOVED, on=on, note=text)
    return instrument


@action(REPAIR)
def send_to_repair(
    act: Act, instrument: Instrument, *, organisation: Organisation, on: date, note: str = ""
) -> Instrument:
    """This will send an instrument to repair: its validity ends, it must be verified again before use."""
    instrument.valid_until = None
    return _used(act, instrument, organisation, on, note)


@action(STOP)
def stop_use(
    act: Act, instrument: Instrument, *, organisation: Organisation, on: date, note: str = ""
) -> Instrument:
    """This will stop the use of an instrument."""
    return _used(act, instrument, organisation, on, note)


@action(TAKE_BACK)
def take_back(
    act: Act, instrument: Instrument, *, organisation: Organisation, on: date, note: str = ""
) -> Instrument:
    """This will take an instrument back into use."""
    return _used(act, instrument, organisation, on, note)


def _used(act: Act, instrument: Instrument, organisation: Organisation, on: date, note: str) -> Instrument:
    act.require(organisation)
    act.moved(instrument)
    _write_event(act, instrument, kind=EVENT_OF_STATE[instrument.state], on=on, note=note.strip())
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


def _fill(instrument: Instrument, draft: InstrumentDraft, on: date) -> None:
    instrument.kind_code = draft.kind_code
    instrument.name = _text(draft.name) or _kind_name(draft.kind_code)
    instrument.serial = _text(draft.serial)
    instrument.serial_key = fold(draft.serial)
    for column in ("type", "maker", "made_in"):
        setattr(instrument, column, _text(getattr(draft, column)))
    if not instrument.serial:
        raise FieldMissing(field=_("Số hiệu"))
    if draft.year is not None and not 1900 <= draft.year <= on.year:
        raise FieldWrong(field=_("Năm sản xuất"), why=_("phải từ 1900 đến {year}").format(year=on.year))
    instrument.year = draft.year
    kept = _characteristics(draft.characteristics)
    _refuse_unmeasured(draft.kind_code, kept, former=instrument.characteristics)
    instrument.characteristics = kept
    _refuse_long(instrument)
    _refuse_known(instrument)
    _derive(instrument)


def _refuse_unmeasured(kind_code: str, given: Mapping[str, str], *, former: Mapping[str, str]) -> None:
    """What procedures count with must be a quantity when it is written; what already stood is not asked again."""
    for one in wanted_of(kind_code):
        text = given.get(one.key, "")
        if not text or one.choices or not one.unit or text == former.get(one.key):
            continue
        try:
            read_in_unit(text, unit=one.unit)
        except TypedRefused as refused:
            why = f"“{text}”: {Text(refused.vi, refused.en)}"
            raise FieldWrong(field=str(one.label), why=why) from refused


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
        return catalogue.kind(code).name.vi
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


def _refuse_long(instrument: Instrument) -> None:
    labels = _labels()
    for column, limit in {"name": 200, "serial": 80, "type": 80, "maker": 120, "made_in": 60}.items():
        if len(getattr(instrument, column)) > limit:
            raise FieldWrong(field=labels[column], why=_("dài quá {limit} ký tự").format(limit=limit))


def _labels() -> dict[str, str]:
    return {
        "name": _("Tên gọi"),
        "serial": _("Số hiệu"),
        "type": _("Kiểu"),
        "maker": _("Hãng sản xuất"),
        "made_in": _("Nước sản xuất"),
        "year": _("Năm sản xuất"),
        "kind_code": _("Loại phương tiện đo"),
        "characteristics": _("Đặc tính"),
    }


def _text(value: str) -> str:
    return " ".join(nfc(value).split())
