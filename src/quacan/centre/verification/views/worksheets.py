"""The worksheet on the screen, its history, the procedure it was frozen with."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from quacan.centre.base.doors import today
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.shapes import Stage, corridor
from quacan.centre.organisation.queries import scope_standing
from quacan.centre.people.models import Person
from quacan.centre.verification import queries
from quacan.centre.verification.library import frozen
from quacan.centre.verification.models import Photo, Run, Seal, Worksheet
from quacan.centre.verification.views.budgets import budgets_context

CHECKED = (Worksheet.State.SUBMITTED, Worksheet.State.APPROVED, Worksheet.State.ISSUED)


@require_GET
def sheet(request: HttpRequest, key: int) -> HttpResponse:
    """This will show a worksheet: to its performer while measuring as a table to type in, else to read."""
    person, on = cast(Person, request.user), today()
    found = queries.worksheet(person, key, on=on)
    return render(request, "verification/sheet.html", context_of(found, person, on=on))


def context_of(found: Worksheet, person: Person, *, on: date) -> dict[str, Any]:
    """This will gather everything the worksheet's page shows to one person."""
    procedure, _limits = frozen(found.procedure_text, found.limits_text)
    checks = queries.may_check(found, person, on=on) and found.state in CHECKED
    return {
        **live_context(found, person, on=on),
        **budgets_context(found, typing=False),
        "procedure": procedure,
        "procedure_title": procedure.title.en if is_english() else procedure.title.vi,
        "procedure_trust": queries.confidence_word(procedure.source.confidence),
        "instrument": found.instrument,
        "facts": _facts(found),
        "corridor": _corridor(found),
        **_evidence(found),
        "hints": queries.plausibility_hints(found) if checks else [],
        "checking": checks,
        "owner": person.username,
        "scope": scope_standing(
            found.organisation,
            service=found.service,
            kind_code=found.instrument.kind_code,
            procedure=found.procedure_code,
            on=found.performed_on,
        ),
        "on": on,
    }


def live_context(found: Worksheet, person: Person, *, on: date) -> dict[str, Any]:
    """This will gather what changes while somebody types."""
    found = queries.gathered(found)
    view = queries.sheet_view(found)
    wants = queries.needs(found)
    return {
        "sheet": found,
        "view": view,
        "needs": wants,
        "deeds": queries.deeds(found, person, on=on, undecided=view.obstacles, wants=wants),
        "traces": queries.traces(found),
        "moments": queries.moments(found),
        "deviations": queries.deviations_of(found),
        "overridable": _overridable(found, view, wants),
        "typing": queries.may_type(found, person, on=on),
        "revised": queries.revised_cells(found),
        "runs": _runs(),
        "adjustment": queries.adjustment_view(found),
    }


def _overridable(
    found: Worksheet, view: queries.SheetView, wants: tuple[queries.NeedView, ...]
) -> tuple[queries.Overridable, ...]:
    """What a signed deviation could override, looked for only where something stands in the way."""
    hindered = any(one.problems for one in view.conditions) or any(one.obstacle for one in wants)
    return queries.overridable(found) if hindered and found.state == Worksheet.State.DRAFT else ()


def _evidence(found: Worksheet) -> dict[str, Any]:
    """Photos and seals, and what the forms that add them offer."""
    shown = queries.evidence_of(found)
    taken = {one.subject for one in shown.photos}
    return {
        "evidence": shown,
        "seal_rows": queries.seal_rows(shown),
        "seal_places": queries.seal_positions(found),
        "seal_moments": Seal.Moment.choices,
        "seal_conditions": Seal.Condition.choices,
        "subjects": Photo.Subject.choices,
        "next_subject": next((one for one in Photo.Subject.values if one not in taken), Photo.Subject.OTHER),
    }


def _runs() -> list[tuple[str, str, str]]:
    """The acts by which something is written again, each with what sets it apart."""
    sentences = {
        Run.Kind.REPEAT: _("Đo thêm lần nữa vì lần trước chưa tin được: chưa ổn định, sai thao tác."),
        Run.Kind.CORRECT: _("Phương tiện chỉ đúng, người ghi nhầm; không đo lại."),
        Run.Kind.WITHDRAW: _("Số đọc không dùng được: xóa trống ô, không ghi số thay."),
        Run.Kind.ADJUST: _(
            "Phương tiện vừa được chỉnh: mọi số đọc đến giờ thành “trước hiệu chỉnh”, phải đo lại tất cả."
        ),
    }
    return [(kind.value, str(kind.label), sentence) for kind, sentence in sentences.items()]


def _facts(found: Worksheet) -> list[tuple[str, str]]:
    """What the instrument is, each fact with its full name: Max 15 kg, e 5 g, accuracy class III."""
    procedure, _limits = frozen(found.procedure_text, found.limits_text)
    words = []
    for one in procedure.characteristics:
        text = str(found.characteristics.get(one.key, ""))
        label = one.label.en if is_english() else one.label.vi
        unit = one.unit if one.unit not in ("", "1") and one.unit not in text else ""
        symbol = one.label.vi.split()[-1]
        short = symbol if len(one.label.vi.split()) > 1 and one.label.en.endswith(f" {symbol}") else label
        words.append((label, f"{short} {text} {unit}".strip() if text else f"{short} —"))
    return words


def _corridor(found: Worksheet) -> tuple[Stage, ...]:
    order = found.job.order
    outcome = getattr(found, "outcome", None)
    places = {"contract": f"/hop-dong/{order.contract_id}/", "order": f"/phieu-viec/{order.pk}/"}
    labels = {
        "contract": _("Hợp đồng {number}").format(number=order.contract.number),
        "order": _("Phiếu việc {number}").format(number=order.number),
        "worksheet": _("Phiếu {number}").format(number=found.number),
    }
    if outcome is not None:
        places |= {"certificate": f"/chung-nhan/{outcome.pk}/", "record": f"/chung-nhan/{outcome.pk}/"}
        places["ledger"] = "/so-nghiep-vu/"
        labels["certificate"] = outcome.number
        if outcome.stamp_id:
            places["stamp"] = f"/chung-nhan/{outcome.pk}/"
            labels["stamp"] = _("Tem {number}").format(number=outcome.stamp.number)
    closed = frozenset({"stamp"} if found.verdict == "fail" and found.state != "draft" else ())
    links = {station: place for station, place in places.items() if _opens(place)}
    return corridor("worksheet", links=links, labels=labels, closed=closed - set(links))


def _opens(place: str) -> bool:
    try:
        resolve(place)
    except Resolver404:
        return False
    return True


@require_GET
def history(request: HttpRequest, key: int) -> HttpResponse:
    """This will show what was written before: in one cell (``o``), or in every cell written more than once."""
    person, on = cast(Person, request.user), today()
    found = queries.worksheet(person, key, on=on)
    context = {"sheet": found, "revisions": queries.revisions(found, cell=request.GET.get("o", ""))}
    template = "parts/revisions.html" if getattr(request, "htmx", False) else "history.html"
    return render(request, f"verification/{template}", context)


@require_GET
def procedure(request: HttpRequest, key: int) -> HttpResponse:
    """This will show the procedure and limits frozen with a worksheet, with every source and how far it is trusted."""
    person, on = cast(Person, request.user), today()
    found = queries.worksheet(person, key, on=on)
    defined, limits = frozen(found.procedure_text, found.limits_text)
    sources = [
        (path, source.reference, queries.confidence_word(source.confidence), source.note)
        for path, source in defined.sources().items()
    ]
    context = {"sheet": found, "procedure": defined, "sources": sources, "limits": sorted(limits)}
    return render(request, "verification/procedure.html", context)
