"""Ask what a wrong standard would have done, watch it being worked out, read the answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, admit, edit_page, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.moves import offer
from quacan.centre.base.refusals import WrongStage
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of, visible
from quacan.centre.quality import actions, queries
from quacan.centre.quality.forms import SimulationForm
from quacan.centre.quality.models import Simulation
from quacan.centre.quality.moves import ADVANCE, OPEN
from quacan.centre.quality.tables import ROWS, SIMULATIONS, effect_word, shown
from quacan.centre.standards.models import Standard
from quacan.metrology.units import UnitRefused, all_units, convertible


@require_safe
def simulations(request: HttpRequest) -> HttpResponseBase:
    """The simulations a person may see."""
    on, person = today(), person_of(request)
    rows = queries.simulations(person, on=on)
    if file := exported(request, rows, SIMULATIONS, on=on):
        return file
    context = {
        "page": paginate(rows, SIMULATIONS, request.GET.dict()),
        "may_record": queries.may_record(person, on=on),
    }
    return render(request, "quality/simulations.html", context)


@require_safe
def simulation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A simulation: its progress while it runs, its figures and worksheets when done."""
    on, person = today(), person_of(request)
    found = queries.simulation(person, pk, on=on)
    rows = queries.simulation_rows(found)
    if file := exported(request, rows, ROWS, on=on):
        return file
    counts = queries.effect_counts(found)
    context = {
        **_progress(found, person),
        "counts": counts,
        "effects": [effect_word(code, count) for code, count in counts.by_effect.items()],
        "page": paginate(rows, ROWS, request.GET.dict()).of(shown),
        "told": len(queries.parties_affected(found)),
        "nonconformity": getattr(found, "nonconformity", None),
        "open": offer(OPEN, found, person, on=on),
        "may_record": queries.may_record(person, organisation_id=found.organisation_id, on=on),
    }
    return render(request, "quality/simulation.html", context)


def _progress(found: Simulation, person: Person) -> dict[str, Any]:
    return {
        "found": found,
        "share": found.done * 100 // max(found.total, 1),
        "running": ADVANCE.starts_from(found),
        "advance": offer(ADVANCE, found, person, on=today()),
    }


def new_simulation(request: HttpRequest) -> HttpResponse:
    """Asks for a standard, a deviation and the days, and begins a simulation."""
    admit(request, "quality.record", None)
    standards = visible(
        Standard.objects.select_related("organisation"),
        person_of(request),
        "quality.record",
        on=today(),
        unit=None,
    )
    form = SimulationForm(
        request.POST or None, standards=standards, initial={"standard": request.GET.get("chuan", "")}
    )
    return edit_page(
        request,
        form,
        lambda act, given: actions.simulate_deviation(act, given["standard"], **form.details),
        template="quality/simulation_form.html",
        done=lambda made: reverse("quality:simulation", args=[made.pk]),
        context={"units": _units(standards)},
    )


def _units(standards: Any) -> list[str]:
    """Units worth suggesting: those convertible to a unit on a certificate of these standards, and per cent."""
    used = {
        row.get("unit", "")
        for values in standards.values_list("certificates__values", flat=True)
        for row in values or ()
    }
    fitting = [unit.symbol for unit in all_units() if any(_fits(unit.symbol, one) for one in used)]
    return ["%", *fitting]


def _fits(one: str, other: str) -> bool:
    try:
        return convertible(one, other)
    except UnitRefused:
        return False


@require_POST
def advance(request: HttpRequest, pk: int) -> HttpResponse:
    """Works out the next chunk; the page that polls is told to load anew when all is done, by whomever."""
    person, on = person_of(request), today()
    found = queries.simulation(person, pk, on=on)
    try:
        found = actions.advance_simulation(act_from(request), found)
    except WrongStage:
        found = queries.simulation(person, pk, on=on)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("quality:simulation", pk)
    context = _progress(found, person)
    response = render(request, "quality/progress.html", context)
    if not context["running"]:
        response["HX-Refresh"] = "true"
    return response
