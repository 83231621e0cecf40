"""Doors of the register of instruments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.doors import address, admit, edit_page, key_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import Move, Offer, offer
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.base.shapes import Moment, Tone
from quacan.centre.base.wording import openable, record_of
from quacan.centre.instruments import actions, catalogue
from quacan.centre.instruments.forms import (
    InstrumentForm,
    MoveForm,
    NewInstrumentForm,
    UseForm,
    characteristics_shown,
    instrument_form_of,
    typed_characteristics,
)
from quacan.centre.instruments.models import Instrument
from quacan.centre.instruments.moves import CHANGE, MOVE, REPAIR, STOP, TAKE_BACK
from quacan.centre.instruments.queries import (
    LifeEvent,
    instrument_seen_by,
    instruments_of,
    instruments_seen_by,
    kind_label,
    life_of,
)
from quacan.centre.instruments.tables import instruments_listing
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import current, party_seen_by
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of, workplace

TONES: Mapping[str, Tone] = {
    "verified": "pass",
    "failed": "fail",
    "calibrated": "info",
    "repaired": "open",
    "stopped": "open",
}
USES: Mapping[str, tuple[Move, Callable[..., Instrument]]] = {
    TAKE_BACK.target[0]: (TAKE_BACK, actions.take_back),
    REPAIR.target[0]: (REPAIR, actions.send_to_repair),
    STOP.target[0]: (STOP, actions.stop_use),
}
"""The move and the action that bring an instrument to a state of use."""
MOST_OF_A_PARTY = 200
SOON = 30


@require_safe
def instruments(request: HttpRequest) -> HttpResponseBase:
    """This will list the register of instruments."""
    on, person = today(), person_of(request)
    rows, listing = instruments_seen_by(person, on=on), instruments_listing(on)
    if file := exported(request, rows, listing, on=on):
        return file
    page = paginate(rows, listing, request.GET.dict())
    return render(
        request, "instruments/list.html", {"page": page, **_days(on), "may_record": _may_record(person, on)}
    )


@require_safe
def of_party(request: HttpRequest, pk: int) -> HttpResponse:
    """This will list the instruments of one party, as a part of its page or alone."""
    on, person = today(), person_of(request)
    party = party_seen_by(person, pk, on=on)
    seen = instruments_seen_by(person, on=on).filter(pk__in=instruments_of(party).values("pk"))
    rows = list(seen.order_by("establishment__folded", "folded", "id")[: MOST_OF_A_PARTY + 1])
    context = {
        "party": party,
        "rows": rows[:MOST_OF_A_PARTY],
        **_days(on),
        "more": len(rows) > MOST_OF_A_PARTY,
    }
    part = getattr(request, "htmx", False)
    return render(request, "instruments/of_party.html" if part else "instruments/of_party_page.html", context)


@require_safe
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show one instrument: nameplate, validity, what the law asks, its life."""
    on, person = today(), person_of(request)
    found = instrument_seen_by(person, pk, on=on)
    return render(request, "instruments/instrument.html", _page_of(found, person, on))


@dataclass(frozen=True, slots=True)
class Use:
    """A change of use as the page offers it: the move, the state it brings, its form."""

    offer: Offer
    state: str
    form: UseForm


def _page_of(
    found: Instrument, person: Person, on: date, bound: Mapping[str, UseForm] | None = None
) -> dict[str, Any]:
    kind = catalogue.kind(found.kind_code)
    sees_jobs = person.may("contracts.see", organisation_id=None, unit_id=None, on=on)
    return {
        "instrument": found,
        "owner": current(found.owner),
        "kind": kind,
        "kind_name": kind_label(kind),
        "interval": _interval_words(kind, on),
        "characteristics": characteristics_shown(found.kind_code, found.characteristics),
        "life": _life(found, person, on=on),
        "uses": _uses(found, person, on, bound or {}),
        "on": on,
        "change": offer(CHANGE, found, person, on=on),
        "move": offer(MOVE, found, person, on=on),
        "jobs_href": address("contracts:of_instrument", found.pk) if sees_jobs else "",
    }


def _uses(found: Instrument, person: Person, on: date, bound: Mapping[str, UseForm]) -> list[Use]:
    """The changes of use that are open now, and the one whose form was refused."""
    every = [
        Use(offer(move, found, person, on=on), state, bound.get(state) or UseForm(initial={"on": on}))
        for state, (move, _deed) in USES.items()
    ]
    return [one for one in every if one.offer.is_open or one.form.is_bound]


def _life(found: Instrument, person: Person, *, on: date) -> list[Moment]:
    """An instrument's life, each event with the record it came from where that opens for the person."""
    events = life_of(found)
    opens = openable((event.source for event in events), person, on=on)
    return [_moment(event, opens) for event in events]


def _moment(event: LifeEvent, opens: frozenset[str]) -> Moment:
    return Moment(
        at=event.on,
        title=event.label,
        text=event.note,
        by=event.by,
        tone=TONES.get(event.kind, ""),
        href=_address(event.source) if event.source in opens else "",
    )


def _address(source: str) -> str:
    """Where the record an event came from opens, '' where no department says."""
    label, _colon, pk = source.partition(":")
    known = record_of(label)
    return address(known.url, int(pk)) if known is not None and known.url and pk.isdecimal() else ""


def _interval_words(kind: catalogue.InstrumentKind, on: date) -> str:
    try:
        span = kind.interval_on(on)
    except catalogue.IntervalUnknown as unknown:
        return str(unknown)
    if span.status == "periodic":
        return _("{months} tháng ({regime})").format(months=span.months, regime=span.regime)
    if span.status == "initial_only":
        return _("chỉ kiểm định ban đầu ({regime})").format(regime=span.regime)
    return _("không thuộc danh mục nhóm 2 ngày này ({regime})").format(regime=span.regime)


def new_instrument(request: HttpRequest) -> HttpResponse:
    """This will enter an instrument of a party (``party``); without one it first asks whose it is."""
    on, person = today(), person_of(request)
    organisation = workplace(person, "instruments.record", on=on)
    admit(request, "instruments.record", organisation)
    number = request.GET.get("party", "")
    if not number.isdecimal():
        return _choose_page(
            request,
            title=_("Thêm phương tiện đo"),
            sub=_("Phương tiện đo của ai?"),
            back=reverse("instruments:instruments"),
        )
    owner = current(party_seen_by(person, key_from(number), on=on))
    form = NewInstrumentForm(request.POST or None, owner=owner)

    def deed(act: Act, given: dict[str, Any]) -> Instrument:
        draft = form.draft_with(typed_characteristics(request.POST))
        made = actions.register_instrument(
            act, organisation, draft, owner=owner, establishment=given["establishment"]
        )
        messages.success(request, _("Đã đưa {instrument} vào sổ.").format(instrument=made))
        return made

    again = f"{request.path}?party={owner.pk}" if "again" in request.POST else ""
    return edit_page(
        request, form, deed, template="instruments/form.html", done=lambda made: again or _opened(made.pk),
        context=_form_context(request, form, owner, None),
    )  # fmt: skip


def change_instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """This will correct what is known of an instrument."""
    on, person = today(), person_of(request)
    found = instrument_seen_by(person, pk, on=on)
    _refuse_shut(request, offer(CHANGE, found, person, on=on))
    form = InstrumentForm(request.POST) if request.method == "POST" else instrument_form_of(found)
    return edit_page(
        request, form,
        lambda act, given: actions.change_instrument(
            act, found, form.draft_with(typed_characteristics(request.POST)),
            organisation=workplace(person, "instruments.record", on=on), version=given["version"] or 0,
        ),
        template="instruments/form.html", done=lambda changed: _opened(pk), said=_("Đã lưu."),
        context=_form_context(request, form, current(found.owner), found),
    )  # fmt: skip


def _form_context(
    request: HttpRequest, form: InstrumentForm, owner: Party, instrument: Instrument | None
) -> dict[str, Any]:
    if form.is_bound:
        kind_code, known = form.data.get("kind_code", ""), typed_characteristics(request.POST)
    else:
        kind_code = instrument.kind_code if instrument else ""
        known = instrument.characteristics if instrument else {}
    return {
        "owner": owner,
        "instrument": instrument,
        "characteristics": characteristics_shown(kind_code, known),
        "kind_code": kind_code,
    }


@require_safe
def characteristics(request: HttpRequest) -> HttpResponse:
    """This will offer the characteristics procedures ask of the chosen kind, keeping what was typed."""
    known = typed_characteristics(request.GET)
    kind_code = request.GET.get("kind_code", "")
    kept = {key: value for key, value in known.items() if value.strip()}
    shown = characteristics_shown(kind_code, kept)
    return render(
        request, "instruments/characteristics.html", {"characteristics": shown, "kind_code": kind_code}
    )


def move_instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """This will give an instrument to another owner (``party``) or another place of the same one."""
    on, person = today(), person_of(request)
    found = instrument_seen_by(person, pk, on=on)
    _refuse_shut(request, offer(MOVE, found, person, on=on))
    number = request.GET.get("party", "")
    if request.GET.get("other") and not number.isdecimal():
        return _choose_page(
            request,
            title=_("Đổi chủ {instrument}").format(instrument=found),
            sub=_("Chủ mới là ai?"),
            back=reverse("instruments:instrument", args=[pk]),
        )
    owner = current(party_seen_by(person, key_from(number), on=on) if number else found.owner)
    form = MoveForm(
        request.POST or None, owner=owner, initial={"on": on, "establishment": found.establishment_id}
    )
    return edit_page(
        request, form,
        lambda act, given: actions.move_instrument(
            act, found, organisation=workplace(person, "instruments.record", on=on), owner=owner, **given
        ),
        template="instruments/move.html", done=lambda moved: _opened(pk),
        context={"instrument": found, "owner": owner, "was": current(found.owner)},
    )  # fmt: skip


@require_POST
def change_use(request: HttpRequest, pk: int) -> HttpResponse:
    """This will send an instrument to repair, stop its use or take it back."""
    on, person = today(), person_of(request)
    found = instrument_seen_by(person, pk, on=on)
    state = request.POST.get("state", "")
    if state not in USES:
        raise FieldWrong(field=_("Trạng thái"), why=_("không có trạng thái này"))
    _move, deed = USES[state]
    form = UseForm(request.POST)
    return edit_page(
        request, form,
        lambda act, given: deed(
            act, found, organisation=workplace(person, "instruments.record", on=on), **given
        ),
        template="instruments/instrument.html", done=lambda changed: _opened(pk),
        context=_page_of(found, person, on, {state: form}),
    )  # fmt: skip


def _refuse_shut(request: HttpRequest, offered: Offer) -> None:
    """No form for whoever may not send it; a form that was sent is answered by its action, with what was typed."""
    if offered.hindrances and request.method != "POST":
        raise offered.hindrances[0]


def _opened(pk: int) -> str:
    return reverse("instruments:instrument", args=[pk])


def _choose_page(request: HttpRequest, *, title: str, sub: str, back: str) -> HttpResponse:
    enters = person_of(request).may("parties.record", organisation_id=None, unit_id=None, on=today())
    context = {
        "title": title, "sub": sub, "back": back, "here": request.get_full_path(), "may_enter": enters,
    }  # fmt: skip
    return render(request, "parties/choose.html", context)


def _days(on: date) -> dict[str, date]:
    return {"on": on, "soon": on + timedelta(days=SOON)}


def _may_record(person: Person, on: date) -> bool:
    return person.may("instruments.record", organisation_id=None, unit_id=None, on=on)
