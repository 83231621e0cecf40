"""Ask what a wrong standard would have done, watch it being worked out, read the answer."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import paginate
from quacan.centre.base.refusals import NotAuthorised, Refusal
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.quality import actions, queries
from quacan.centre.quality.forms import SimulationForm
from quacan.centre.quality.models import Simulation
from quacan.centre.quality.refusals import NonconformityKnown, NothingAffected, SimulationUnfinished
from quacan.centre.quality.tables import ROWS, SIMULATIONS, effect_word, shown
from quacan.centre.standards.models import Standard
from quacan.metrology.units import UnitRefused, all_units, convertible


@require_safe
def simulations(request: HttpRequest) -> HttpResponseBase:
    """This will list the simulations a person may see."""
    on, person = today(), cast(Person, request.user)
    rows = queries.simulations(person, on=on)
    if file := exported(request, rows, SIMULATIONS, on=on):
        return file
    context = {"page": paginate(rows, SIMULATIONS, request.GET.dict()), "may_record": records(person, on)}
    return render(request, "quality/simulations.html", context)


def records(person: Person, on: date) -> bool:
    """This will say whether a person may simulate anywhere."""
    return person.may("quality.record", organisation_id=None, unit_id=None, on=on)


@require_safe
def simulation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """This will show a simulation: its progress while it runs, its figures and worksheets when done."""
    on, person = today(), cast(Person, request.user)
    found = queries.simulation(person, pk, on=on)
    rows = queries.simulation_rows(found)
    if file := exported(request, rows, ROWS, on=on):
        return file
    counts = queries.effect_counts(found)
    context = {
        "found": found,
        "counts": counts,
        "effects": [effect_word(code, count) for code, count in counts.by_effect.items()],
        "page": paginate(rows, ROWS, request.GET.dict()).of(shown),
        "told": len(queries.parties_affected(found)),
        "nonconformity": getattr(found, "nonconformity", None),
        "open_obstacles": open_obstacles(found, person, on),
        "share": found.done * 100 // max(found.total, 1),
    }
    return render(request, "quality/simulation.html", context)


def open_obstacles(found: Simulation, person: Person, on: date) -> list[str]:
    """This will say what keeps a nonconformity from being opened on a simulation now."""
    obstacles: list[Refusal] = []
    if not person.may("quality.record", organisation_id=found.organisation_id, unit_id=None, on=on):
        name = found.organisation.short_name
        obstacles.append(
            NotAuthorised(person=person.full_name, permission="quality.record", organisation=name)
        )
    if found.state != Simulation.State.COMPLETE:
        obstacles.append(SimulationUnfinished(done=found.done, total=found.total))
    elif not found.done:
        obstacles.append(NothingAffected())
    known = getattr(found, "nonconformity", None)
    if known is not None:
        obstacles.append(NonconformityKnown(number=known.number))
    return [one.sentence for one in obstacles]


def new_simulation(request: HttpRequest) -> HttpResponse:
    """This will ask for a standard, a deviation and the days, and begin a simulation."""
    on, person = today(), cast(Person, request.user)
    if not records(person, on):
        raise NotAuthorised(
            person=person.full_name, permission="quality.record", organisation=_("cơ quan này")
        )
    standards = visible(
        Standard.objects.select_related("organisation"), person, "quality.record", on=on, unit=None
    )
    if request.method == "POST":
        form = SimulationForm(request.POST, standards=standards)
        if form.is_valid():
            try:
                made = actions.simulate_deviation(
                    act_from(request), form.cleaned_data["standard"], **form.details
                )
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
            else:
                return redirect("quality:simulation", made.pk)
    else:
        form = SimulationForm(standards=standards, initial={"standard": request.GET.get("chuan", "")})
    context: dict[str, Any] = {"form": form, "units": _units(standards)}
    return render(request, "quality/simulation_form.html", context, status=422 if form.is_bound else 200)


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
    """This will work out the next chunk; the page that polls is told to load anew when all is done."""
    found = queries.simulation(cast(Person, request.user), pk, on=today())
    found = actions.advance_simulation(act_from(request), found)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("quality:simulation", pk)
    context = {"found": found, "share": found.done * 100 // max(found.total, 1)}
    response = render(request, "quality/progress.html", context)
    if found.state == Simulation.State.COMPLETE:
        response["HX-Refresh"] = "true"
    return response
