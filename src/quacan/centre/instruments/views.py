"""Doors of the register of instruments."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.refusals import Refusal
from quacan.centre.base.shapes import Moment, Tone
from quacan.centre.instruments import actions, catalogue
from quacan.centre.instruments.forms import (
    InstrumentForm,
    MoveForm,
    NewInstrumentForm,
    UseForm,
    characteristics_shown,
    instrument_form_of,
    typed_characteristics,
    use_form_of,
)
from quacan.centre.instruments.models import Instrument
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
from quacan.centre.people.queries import workplace

TONES: Mapping[str, Tone] = {
    "verified": "pass",
    "failed": "fail",
    "calibrated": "info",
    "repaired": "open",
    "stopped": "open",
}
MOST_OF_A_PARTY = 200
SOON = 30


@require_safe
def instruments(request: HttpRequest) -> HttpResponseBase:
    """This will list the register of instruments."""
    on, person = today(), cast(Person, request.user)
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
    on, person = today(), cast(Person, request.user)
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
    on, person = today(), cast(Person, request.user)
    found = instrument_seen_by(person, pk, on=on)
    return _instrument_page(request, found, person, on, use_form_of(found, on))


def _instrument_page(
    request: HttpRequest, found: Instrument, person: Person, on: date, form: UseForm, status: int = 200
) -> HttpResponse:
    kind = catalogue.kind(found.kind_code)
    context = {
        "instrument": found,
        "owner": current(found.owner),
        "kind": kind,
        "kind_name": kind_label(kind),
        "interval": _interval_words(kind, on),
        "characteristics": characteristics_shown(found.kind_code, found.characteristics),
        "life": [_moment(event) for event in life_of(found)],
        "use": form,
        "on": on,
        "may_record": _may_record(person, on),
        "may_see_contracts": person.may("contracts.see", organisation_id=None, unit_id=None, on=on),
    }
    return render(request, "instruments/instrument.html", context, status=status)


def _moment(event: LifeEvent) -> Moment:
    return Moment(
        at=event.on,
        title=event.label,
        text=event.note,
        by=event.by,
        tone=TONES.get(event.kind, ""),
        href=_address(event.source),
    )


def _address(source: str) -> str:
    label, _dot, pk = source.partition(":")
    app, _dot, model = label.partition(".")
    for name in (model.lower(), app.removesuffix("s")):
        try:
            return reverse(f"{app}:{name}", args=[int(pk)])
        except (NoReverseMatch, ValueError):
            continue
    return ""


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
    on, person = today(), cast(Person, request.user)
    number = request.GET.get("party", "")
    if not number.isdecimal():
        return _choose_page(
            request,
            title=_("Thêm phương tiện đo"),
            sub=_("Phương tiện đo của ai?"),
            back=reverse("instruments:instruments"),
        )
    owner = current(party_seen_by(person, int(number), on=on))
    form = NewInstrumentForm(request.POST or None, owner=owner)
    if request.method == "POST" and form.is_valid():
        try:
            made = _register(request, person, owner, form, on)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã đưa {instrument} vào sổ.").format(instrument=made))
            again = "again" in request.POST
            return redirect(
                f"{request.path}?party={owner.pk}"
                if again
                else reverse("instruments:instrument", args=[made.pk])
            )
    return _form_page(request, form, owner=owner, instrument=None)


def _register(
    request: HttpRequest, person: Person, owner: Party, form: NewInstrumentForm, on: date
) -> Instrument:
    return actions.register_instrument(
        act_from(request),
        workplace(person, "instruments.record", on=on),
        owner=owner,
        establishment=form.cleaned_data["establishment"],
        characteristics=typed_characteristics(request.POST),
        **form.plate,
    )


def change_instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """This will correct what is known of an instrument."""
    on, person = today(), cast(Person, request.user)
    found = instrument_seen_by(person, pk, on=on)
    form = InstrumentForm(request.POST) if request.method == "POST" else instrument_form_of(found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_instrument(
                act_from(request),
                workplace(person, "instruments.record", on=on),
                instrument=found,
                version=form.cleaned_data["version"] or 0,
                characteristics=typed_characteristics(request.POST),
                **form.plate,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("instruments:instrument", pk)
    return _form_page(request, form, owner=current(found.owner), instrument=found)


def _form_page(
    request: HttpRequest, form: InstrumentForm, *, owner: Party, instrument: Instrument | None
) -> HttpResponse:
    if form.is_bound:
        kind_code, known = form.data.get("kind_code", ""), typed_characteristics(request.POST)
    else:
        kind_code = instrument.kind_code if instrument else ""
        known = instrument.characteristics if instrument else {}
    context = {
        "form": form,
        "owner": owner,
        "instrument": instrument,
        "characteristics": characteristics_shown(kind_code, known),
        "kind_code": kind_code,
    }
    return render(request, "instruments/form.html", context, status=422 if form.is_bound else 200)


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
    on, person = today(), cast(Person, request.user)
    found = instrument_seen_by(person, pk, on=on)
    number = request.GET.get("party", "")
    if request.GET.get("other") and not number.isdecimal():
        return _choose_page(
            request,
            title=_("Đổi chủ {instrument}").format(instrument=found),
            sub=_("Chủ mới là ai?"),
            back=reverse("instruments:instrument", args=[pk]),
        )
    owner = current(party_seen_by(person, int(number), on=on) if number.isdecimal() else found.owner)
    form = MoveForm(
        request.POST or None, owner=owner, initial={"on": on, "establishment": found.establishment_id}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_instrument(
                act_from(request),
                workplace(person, "instruments.record", on=on),
                instrument=found,
                owner=owner,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("instruments:instrument", pk)
    context = {"instrument": found, "owner": owner, "was": current(found.owner), "form": form}
    return render(request, "instruments/move.html", context, status=422 if form.is_bound else 200)


@require_POST
def change_use(request: HttpRequest, pk: int) -> HttpResponse:
    """This will send an instrument to repair, stop its use or take it back."""
    on, person = today(), cast(Person, request.user)
    found = instrument_seen_by(person, pk, on=on)
    form = UseForm(request.POST)
    if form.is_valid():
        try:
            actions.change_use(
                act_from(request),
                workplace(person, "instruments.record", on=on),
                instrument=found,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("instruments:instrument", pk)
    return _instrument_page(request, found, person, on, form, status=422)


def _choose_page(request: HttpRequest, *, title: str, sub: str, back: str) -> HttpResponse:
    context = {"title": title, "sub": sub, "back": back, "here": request.get_full_path()}
    return render(request, "parties/choose.html", context)


def _days(on: date) -> dict[str, date]:
    return {"on": on, "soon": on + timedelta(days=SOON)}


def _may_record(person: Person, on: date) -> bool:
    return person.may("instruments.record", organisation_id=None, unit_id=None, on=on)
