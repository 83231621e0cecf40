"""The worksheet on the screen, its history, the procedure it was frozen with."""

from datetime import date
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from quacan.centre.base.doors import today
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.moves import Move, Offer, is_open, not_permitted, offer
from quacan.centre.base.shapes import Stage, corridor
from quacan.centre.examinations import queries as reads
from quacan.centre.examinations.models import Photo, Run, Seal, VerdictChoice
from quacan.centre.examinations.moves import not_the_checker
from quacan.centre.examinations.rules import said
from quacan.centre.organisation.queries import scope_standing
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of
from quacan.centre.verification import queries
from quacan.centre.verification.library import frozen
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import (
    ADD_PHOTOS,
    APPROVE,
    ASK_DEVIATION,
    BEGIN_RUN,
    CARRY_CHECKLISTS,
    CORRECT_CHARACTERISTICS,
    ENTER,
    GRANT_DEVIATION,
    REPLACE,
    RETURN,
    SUBMIT,
    USE_STANDARD,
    VOID,
)
from quacan.centre.verification.views.budgets import budgets_context

CHECKED: Final = (Worksheet.State.SUBMITTED, Worksheet.State.APPROVED, Worksheet.State.ISSUED)
MAIN: Final = (SUBMIT, APPROVE, REPLACE)
"""What a worksheet waits for at its stage: shown first, with what stands in its way."""
FURTHER: Final = (RETURN, VOID)
Offered = tuple[Offer, str]
"""A move as one person sees it, and the address at which it is made."""


@require_GET
def sheet(request: HttpRequest, key: int) -> HttpResponse:
    """This will show a worksheet: to its performer while measuring as a table to type in, else to read."""
    person, on = person_of(request), today()
    found = queries.worksheet(person, key, on=on)
    return render(request, "verification/sheet.html", context_of(found, person, on=on))


def context_of(found: Worksheet, person: Person, *, on: date) -> dict[str, Any]:
    """This will gather everything the worksheet's page shows to one person."""
    whole = reads.gathered(found)
    procedure, _limits = frozen(found.procedure_text, found.limits_text)
    checks = found.state in CHECKED and _may_check(found, person, on=on)
    sheet = whole.sheet
    return {
        **live_context(whole, person, on=on),
        **budgets_context(whole, typing=False),
        "procedure": procedure,
        "procedure_title": said(procedure.title, english=is_english()),
        "procedure_trust": reads.confidence_word(procedure.source.confidence),
        "instrument": found.instrument,
        "facts": _facts(found),
        "corridor": _corridor(found),
        **_evidence(found),
        **_correction(whole, person, on=on),
        "moments": reads.moments(sheet),
        "revised": reads.revised_cells(sheet),
        "hints": reads.plausibility_hints(found) if checks else [],
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


def _may_check(found: Worksheet, person: Person, *, on: date) -> bool:
    return not_permitted(APPROVE, found, person, on=on) is None and not any(not_the_checker(found, person))


def live_context(found: reads.GatheredSheet, person: Person, *, on: date) -> dict[str, Any]:
    """This will gather what changes while somebody types."""
    sheet = found.sheet
    entry = offer(ENTER, found, person, on=on)
    is_mine = sheet.performer_id == person.pk and sheet.state == Worksheet.State.DRAFT
    return {
        "sheet": sheet,
        "view": reads.sheet_view(found),
        "needs": found.needs,
        **_offered(found, person, on=on),
        "traces": reads.traces(sheet),
        "deviations": reads.deviations_of(sheet),
        "overridable": found.overridable,
        "asking": offer(ASK_DEVIATION, found, person, on=on) if found.overridable and is_mine else None,
        "grants": bool(found.overridable) and is_open(GRANT_DEVIATION, found, person, on=on),
        "typing": entry.is_open,
        "kept_from_typing": entry.sentences if is_mine else (),
        "evidencing": is_open(ADD_PHOTOS, sheet, person, on=on),
        "carrying": is_open(CARRY_CHECKLISTS, sheet, person, on=on),
        "choosing": is_open(USE_STANDARD, sheet, person, on=on),
        "runs": _runs() if is_open(BEGIN_RUN, sheet, person, on=on) else [],
        "adjustment": reads.adjustment_view(found),
    }


def _offered(found: reads.GatheredSheet, person: Person, *, on: date) -> dict[str, Any]:
    """What may be done with the worksheet: what it waits for, what else is open, and why the rest is not."""
    shown = [_offer(move, found, person, on=on) for move in (*MAIN, *FURTHER)]
    main = next((one for one in shown if one[0].move in MAIN and one[0].move.starts_from(found)), None)
    return {
        "main": main,
        "further": [one for one in shown if one[0].is_open and one is not main],
        "shut": [one for one, _place in shown if not one.is_open],
    }


def _offer(move: Move, found: reads.GatheredSheet, person: Person, *, on: date) -> Offered:
    return offer(move, found, person, on=on), reverse(f"verification:{move.name}", args=[found.sheet.pk])


def _correction(found: reads.GatheredSheet, person: Person, *, on: date) -> dict[str, Any]:
    """What the register says otherwise of the instrument, the move that takes it, the way to the register's form."""
    sheet = found.sheet
    corrects = person.may(
        "instruments.record", organisation_id=sheet.organisation_id, unit_id=sheet.unit_id, on=on
    )
    is_draft = sheet.state == Worksheet.State.DRAFT
    return {
        "differing": found.differing,
        "correcting": offer(CORRECT_CHARACTERISTICS, found, person, on=on) if found.differing else None,
        "register": reverse("instruments:change", args=[cast(Worksheet, sheet).instrument_id])
        if corrects and is_draft
        else "",
    }


def _evidence(found: Worksheet) -> dict[str, Any]:
    """Photos and seals, and what the forms that add them offer."""
    shown = reads.evidence_of(found)
    taken = {one.subject for one in shown.photos}
    return {
        "evidence": shown,
        "seal_rows": reads.seal_rows(shown),
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
    links = {
        "contract": reverse("contracts:contract", args=[order.contract_id]),
        "order": reverse("contracts:order", args=[order.pk]),
    }
    labels = {
        "contract": _("Hợp đồng {number}").format(number=order.contract.number),
        "order": _("Phiếu việc {number}").format(number=order.number),
        "worksheet": _("Phiếu {number}").format(number=found.number),
    }
    if outcome is not None:
        certificate = reverse("certificates:certificate", args=[outcome.pk])
        links |= {"certificate": certificate, "record": certificate}
        labels["certificate"] = outcome.number
        if outcome.stamp_id:
            links["stamp"] = certificate
            labels["stamp"] = _("Tem {number}").format(number=outcome.stamp.number)
    has_failed = found.verdict == VerdictChoice.FAIL and found.state != Worksheet.State.DRAFT
    closed = frozenset({"stamp"} if has_failed else ())
    return corridor("worksheet", links=links, labels=labels, closed=closed - set(links))


@require_GET
def history(request: HttpRequest, key: int) -> HttpResponse:
    """This will show what was written before: in one cell (``o``), or in every cell written more than once."""
    person, on = person_of(request), today()
    found = queries.worksheet(person, key, on=on)
    context = {"sheet": found, "revisions": reads.revisions(found, cell=request.GET.get("o", ""))}
    template = "parts/revisions.html" if getattr(request, "htmx", False) else "history.html"
    return render(request, f"verification/{template}", context)


@require_GET
def procedure(request: HttpRequest, key: int) -> HttpResponse:
    """This will show the procedure and limits frozen with a worksheet, with every source and how far it is trusted."""
    person, on = person_of(request), today()
    found = queries.worksheet(person, key, on=on)
    defined, limits = frozen(found.procedure_text, found.limits_text)
    sources = [
        (path, source.reference, reads.confidence_word(source.confidence), source.note)
        for path, source in defined.sources().items()
    ]
    context = {"sheet": found, "procedure": defined, "sources": sources, "limits": sorted(limits)}
    return render(request, "verification/procedure.html", context)
