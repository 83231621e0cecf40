"""Doors of the laboratory."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.doors import act_from, admit, edit_page, key_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.lists import paginate
from quacan.centre.base.models import DocumentFile
from quacan.centre.base.moves import offers
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import FieldMissing, NotFound
from quacan.centre.examinations.queries import gathered, moments, sheet_view
from quacan.centre.examinations.rules import said
from quacan.centre.laboratory import actions
from quacan.centre.laboratory.forms import PlaceTestForm, titles
from quacan.centre.laboratory.models import PlaceTest
from quacan.centre.laboratory.moves import RECORD, TEST
from quacan.centre.laboratory.queries import (
    asked_of,
    place_test,
    place_tests,
    places_like,
    procedures_for_places,
)
from quacan.centre.laboratory.tables import LISTING
from quacan.centre.parties.models import Establishment
from quacan.centre.people.queries import person_of, workplace
from quacan.centre.standards.models import StandardCertificate

CELL, CONDITION = "cell:", "condition:"


@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """The tests, with search, filters and export."""
    person, on = person_of(request), today()
    rows = place_tests(person, on=on)
    if file := exported(request, rows, LISTING, on=on):
        return file
    context = {
        "page": paginate(rows, LISTING, request.GET.dict()),
        "may_record": person.may("worksheets.record", organisation_id=None, unit_id=None, on=on),
    }
    return render(request, "laboratory/register.html", context)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Where to test and by what: places that bear the words asked for, each with the procedures of the day."""
    admit(request, "worksheets.record", workplace(person_of(request), "worksheets.record", on=today()))
    asked = request.GET.get("q", "").strip()
    context = {
        "asked": asked,
        "places": places_like(asked) if asked else [],
        "procedures": titles(procedures_for_places(on=today())),
    }
    return render(request, "laboratory/choose.html", context)


def new(request: HttpRequest, place: int, code: str) -> HttpResponse:
    """Opens a test of a place by a procedure."""
    organisation = workplace(person_of(request), "worksheets.record", on=today())
    admit(request, "worksheets.record", organisation)
    where = Establishment.objects.select_related("party").filter(pk=place).first()
    shelf = next((one for one in procedures_for_places(on=today()) if one.procedure.code == code), None)
    if where is None or shelf is None:
        raise NotFound(record=_("nơi thử nghiệm hoặc quy trình"))
    form = PlaceTestForm(request.POST or None, shelf=shelf, initial={"performed_on": today()})
    return edit_page(
        request,
        form,
        lambda act, given: actions.open_test(act, organisation, form.draft(where, given)),
        template="laboratory/form.html",
        done=_opened,
        context={"place": where, "title": said(shelf.procedure.title, english=is_english())},
    )


@require_safe
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """One test: to its performer while measuring as tables to type in, else to read."""
    person, on = person_of(request), today()
    found = place_test(person, pk, on=on)
    whole = gathered(found)
    shown = {one.move.name: one for one in offers(TEST, whole, person, on=on)}
    return render(request, "laboratory/test.html", _context(found, whole, shown))


def _context(found: PlaceTest, whole: Any, shown: dict[str, Any]) -> dict[str, Any]:
    return {
        "test": found,
        "asked": asked_of(found, english=is_english()),
        "moments": moments(found),
        "view": sheet_view(whole),
        "needs": whole.needs,
        "offers": shown,
        "typing": shown["enter"].is_open,
        "choosing": shown["use_standard"].is_open,
        "steps_offered": [
            (one, reverse(f"laboratory:{one.move.name}", args=[found.pk]))
            for one in shown.values()
            if one.move.target and one.move.starts_from(whole)
        ],
    }


@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes what was typed."""
    typed = {name: str(text) for name, text in request.POST.items()}
    cells = {name.removeprefix(CELL): text for name, text in typed.items() if name.startswith(CELL)}
    conditions = {
        _moment(name.removeprefix(CONDITION)): text
        for name, text in typed.items()
        if name.startswith(CONDITION)
    }
    return _moved(
        request, pk, lambda act, found: actions.write_test(act, found, cells=cells, conditions=conditions)
    )


def _moment(name: str) -> tuple[str, str]:
    key, _slash, moment = name.partition("/")
    return key, moment


@require_POST
def use_standard(request: HttpRequest, pk: int) -> HttpResponse:
    """Chooses the standard that serves a need."""
    found = place_test(person_of(request), pk, on=today())
    admit(request, RECORD, found.organisation, unit_id=found.unit_id)
    need, key = request.POST.get("need", ""), key_from(request.POST.get("certificate", ""))
    certificate = StandardCertificate.objects.filter(pk=key).first()
    if certificate is None:
        raise FieldMissing(field=_("Chuẩn"))
    return _moved(
        request,
        pk,
        lambda act, found: actions.use_test_standard(act, found, need=need, certificate=certificate),
    )


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a test to be checked."""
    return _moved(request, pk, actions.submit_test)


@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Approves a test and issues its report."""
    return _moved(request, pk, actions.report_test)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a test back to its performer."""
    return _moved(request, pk, actions.return_test)


@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a test up."""
    return _moved(request, pk, actions.void_test)


@require_safe
def report_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it was issued, proven against its hash."""
    found = place_test(person_of(request), pk, on=today())
    file = DocumentFile.objects.filter(document=found.report_id, format="pdf").first()
    if file is None:
        raise NotFound(record=_("phiếu kết quả của phép thử {number}").format(number=found.number))
    headers = {"Content-Disposition": f'inline; filename="{file.name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file_bytes(file), content_type="application/pdf", headers=headers)


def _opened(test: PlaceTest) -> str:
    return reverse("laboratory:test", args=[test.pk])


def _moved(request: HttpRequest, pk: int, deed: Callable[[Act, PlaceTest], PlaceTest]) -> HttpResponse:
    found = place_test(person_of(request), pk, on=today())
    return redirect(_opened(deed(act_from(request), found)))
