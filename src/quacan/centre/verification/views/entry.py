"""What a verifier and a checker do on the worksheet's page."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quacan.centre.base.act import Act
from quacan.centre.base.actors import HERE
from quacan.centre.base.doors import act_from, key_from, today
from quacan.centre.base.refusals import FieldMissing, FieldWrong, NotFound, Refusal
from quacan.centre.examinations import queries as reads
from quacan.centre.examinations.models import Run
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.verification import actions, queries
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import (
    APPROVE,
    ASK_DEVIATION,
    CORRECT_CHARACTERISTICS,
    REPLACE,
    RETURN,
    SUBMIT,
    VOID,
)
from quacan.centre.verification.views.budgets import budgets_context
from quacan.centre.verification.views.worksheets import context_of, live_context

CELL, CONDITION = "cell:", "condition:"
PARTS = ("verdict", "charts", "traces", "standing", "deviations", "adjustment")


@require_POST
def save(request: HttpRequest, key: int) -> HttpResponse:
    """This will write what was typed and answer with what it comes to; a refusal is answered as a sentence."""
    person, on = person_of(request), today()
    sheet = queries.worksheet(person, key, on=on)
    is_json = request.content_type == "application/json"
    try:
        cells, conditions = _typed_json(request) if is_json else _typed_form(request)
        if cells:
            actions.enter_readings(act_from(request), sheet, cells=cells)
        if conditions:
            actions.enter_conditions(act_from(request), sheet, values=conditions)
    except Refusal as refusal:
        if is_json:
            return JsonResponse({"refused": refusal.sentence}, status=refusal.status)
        return _page_again(request, sheet, person, refusal)
    if not is_json:
        return redirect("verification:worksheet", key)
    return JsonResponse(_answer(request, sheet, person))


Cells = dict[str, str]
Conditions = dict[tuple[str, str], str]


def _typed_json(request: HttpRequest) -> tuple[Cells, Conditions]:
    try:
        body = json.loads(request.body)
        cells = {str(name): _text(value) for name, value in body.get("cells", {}).items()}
        conditions = {_moment(name): _text(value) for name, value in body.get("conditions", {}).items()}
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise FieldMissing(field=_("số đọc")) from error
    return cells, conditions


def _typed_form(request: HttpRequest) -> tuple[Cells, Conditions]:
    cells: Cells = {}
    conditions: Conditions = {}
    for name, value in request.POST.items():
        if name.startswith(CELL):
            cells[name.removeprefix(CELL)] = _text(value)
        elif name.startswith(CONDITION):
            conditions[_moment(name.removeprefix(CONDITION))] = _text(value)
    return cells, conditions


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise FieldWrong(field=_("số đọc"), why=_("có ký tự không lưu được"))
    return value


def _moment(name: str) -> tuple[str, str]:
    key, _slash, moment = name.partition("/")
    return key, moment


def _answer(request: HttpRequest, sheet: Worksheet, person: Person) -> dict[str, Any]:
    """What the page puts beside the rows: written values, sentences, and the panels as the page prints them."""
    found = reads.gathered(sheet)
    context = live_context(found, person, on=today())
    context |= budgets_context(found, typing=True)
    parts = (*PARTS, "budgets") if context["budgets"] is not None else PARTS
    view = context["view"]
    rows = {}
    marks: dict[str, list[object]] = {}
    for step in view.steps:
        for row in step.rows:
            rows[row.key] = {
                "values": {value.key: [value.text, value.tone] for value in row.values},
                "limit": row.limit,
                "margin": row.margin,
                "over": row.over,
                "verdict": row.verdict,
                "why": row.why,
            }
            marks |= {
                c.key: [c.problem, c.revisions, c.is_warning]
                for c in row.cells
                if c.problem or c.revisions > 1
            }
    return {
        "saved": f"{timezone.now().astimezone(HERE):%H:%M:%S}",
        "rows": rows,
        "marks": marks,
        "conditions": {one.key: " ".join(one.problems) for one in view.conditions},
        "origins": {
            f"{c.key}/{m.moment}": [m.origin_short, m.origin] for c in view.conditions for m in c.moments
        },
        "steps": {step.key: [step.verdict, step.missing] for step in view.steps},
        "parts": {
            name: render_to_string(f"verification/parts/{name}.html", context, request=request)
            for name in parts
        },
    }


@require_POST
def choose_standard(request: HttpRequest, key: int) -> HttpResponse:
    """This will choose the standard that serves a need of the worksheet."""

    def deed(act: Act, sheet: Worksheet) -> object:
        chosen = request.POST.get("certificate", "")
        certificate = StandardCertificate.objects.select_related("standard").filter(
            standard__organisation=sheet.organisation_id, pk=key_from(chosen)
        )
        found = certificate.first()
        if found is None:
            raise NotFound(record=_("giấy chứng nhận của chuẩn"))
        return actions.use_standard(act, sheet, need=request.POST.get("need", ""), certificate=found)

    return _done(request, key, deed)


@require_POST
def start_run(request: HttpRequest, key: int) -> HttpResponse:
    """This will begin a repeat, a correction, a withdrawal or the readings after an adjustment, with its reason."""
    kind = request.POST.get("kind", "")
    if kind == Run.Kind.ADJUST:
        return _done(request, key, lambda act, sheet: actions.adjust_instrument(act, sheet))
    return _done(request, key, lambda act, sheet: actions.begin_run(act, sheet, kind=kind))


MAKERS: Final[Mapping[str, Callable[[Act, Worksheet], object]]] = {
    SUBMIT.name: lambda act, sheet: actions.submit_worksheet(act, sheet),
    APPROVE.name: lambda act, sheet: actions.approve_worksheet(act, sheet),
    RETURN.name: lambda act, sheet: actions.return_worksheet(act, sheet),
    VOID.name: lambda act, sheet: actions.void_worksheet(act, sheet),
    REPLACE.name: lambda act, sheet: actions.supersede_worksheet(act, sheet, performed_on=act.on),
    ASK_DEVIATION.name: lambda act, sheet: actions.request_deviation(act, sheet),
    CORRECT_CHARACTERISTICS.name: lambda act, sheet: actions.correct_characteristics(act, sheet),
}


@require_POST
def make_move(request: HttpRequest, key: int, name: str) -> HttpResponse:
    """This will send, approve, return, give up, replace or correct a worksheet, or ask for a deviation."""
    return _done(request, key, MAKERS[name])


def _done(request: HttpRequest, key: int, deed: Callable[[Act, Worksheet], object]) -> HttpResponse:
    person, on = person_of(request), today()
    sheet = queries.worksheet(person, key, on=on)
    try:
        made = deed(act_from(request), sheet)
    except Refusal as refusal:
        return _page_again(request, sheet, person, refusal)
    if isinstance(made, Worksheet):
        messages.success(
            request, _("Phiếu {number}: {stage}.").format(number=made.number, stage=made.get_state_display())
        )
        return redirect("verification:worksheet", made.pk)
    return redirect("verification:worksheet", key)


def _page_again(request: HttpRequest, sheet: Worksheet, person: Person, refusal: Refusal) -> HttpResponse:
    found = queries.worksheet(person, sheet.pk, on=today())
    context = {**context_of(found, person, on=today()), "refusal": refusal}
    return render(request, "verification/sheet.html", context, status=refusal.status)
