"""Doors of the checks between calibrations, and of the drift."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, edit_page, today
from quacan.centre.base.moves import Offer, offer
from quacan.centre.base.refusals import NotFound
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of
from quacan.centre.standards import actions
from quacan.centre.standards.forms import CheckForm, PlanForm
from quacan.centre.standards.models import CheckPlan, IntermediateCheck, Standard
from quacan.centre.standards.moves import END_PLAN, PLAN_CHECKS, RECORD_CHECK, WITHDRAW_CHECK, heading_offers
from quacan.centre.standards.queries import (
    CheckRow,
    PlanView,
    drift_page,
    plan_views,
    standard_context,
    standard_seen_by,
)


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """A check as the table shows it, and whether it may be withdrawn."""

    row: CheckRow
    withdraw: Offer


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan with its checks, and what may be done with it."""

    view: PlanView
    rows: tuple[ShownCheck, ...]
    record: Offer
    end: Offer


@require_safe
def drift(request: HttpRequest, pk: int) -> HttpResponse:
    """This will draw how the values moved from certificate to certificate, with the next interval proposed."""
    on, person = today(), person_of(request)
    found = standard_seen_by(person, pk, on=on)
    context = {
        **standard_context(found, on, tab="drift"),
        **heading_offers(found, person, on),
        "page": drift_page(found, on=on),
    }
    return render(request, "standards/drift.html", context)


@require_safe
def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show the plans of checks, their charts and what was found."""
    found = standard_seen_by(person_of(request), pk, on=today())
    return render(request, "standards/checks.html", _context(request, found))


@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """This will ask for checks of a standard."""
    found = standard_seen_by(person_of(request), pk, on=today())
    form = PlanForm(request.POST)
    return edit_page(
        request,
        form,
        lambda act, given: actions.plan_checks(act, found, form.draft),
        template="standards/checks.html",
        done=lambda made: _opened(pk),
        said=_("Đã lập kế hoạch kiểm tra giữa kỳ."),
        context=_context(request, found, plan_form=form),
    )


@require_POST
def record(request: HttpRequest, pk: int, plan_pk: int) -> HttpResponse:
    """This will keep one check."""
    found = standard_seen_by(person_of(request), pk, on=today())
    wanted = _plan(found, plan_pk)
    form = CheckForm(request.POST)
    return edit_page(
        request,
        form,
        lambda act, given: actions.record_check(
            act, wanted, on=given["on"], values=given["readings"], note=given["note"]
        ),
        template="standards/checks.html",
        done=lambda made: _opened(pk),
        said=_("Đã ghi lần kiểm tra."),
        context=_context(request, found, check_form=form, of=wanted.pk),
    )


@require_POST
def end(request: HttpRequest, pk: int, plan_pk: int) -> HttpResponse:
    """This will no longer ask for the checks of a plan; one that has not begun never will."""
    found = standard_seen_by(person_of(request), pk, on=today())
    wanted = _plan(found, plan_pk)
    actions.end_plan(act_from(request), wanted, on=max(today(), wanted.from_on))
    return redirect("standards:checks", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int, check_pk: int) -> HttpResponse:
    """This will withdraw a mistaken check."""
    found = standard_seen_by(person_of(request), pk, on=today())
    check = IntermediateCheck.objects.filter(plan__standard=found, pk=check_pk).first()
    if check is None:
        raise NotFound(record=_("lần kiểm tra số {pk}").format(pk=check_pk))
    actions.withdraw_check(act_from(request), check)
    return redirect("standards:checks", pk)


def _opened(pk: int) -> str:
    return reverse("standards:checks", args=[pk])


def _plan(found: Standard, pk: int) -> CheckPlan:
    wanted = found.check_plans.filter(pk=pk).first()
    if wanted is None:
        raise NotFound(record=_("kế hoạch kiểm tra số {pk}").format(pk=pk))
    return wanted


def _shown(view: PlanView, person: Person, on: date) -> ShownPlan:
    return ShownPlan(
        view=view,
        rows=tuple(ShownCheck(row, offer(WITHDRAW_CHECK, row.check, person, on=on)) for row in view.rows),
        record=offer(RECORD_CHECK, view.plan, person, on=on),
        end=offer(END_PLAN, view.plan, person, on=on),
    )


def _context(request: HttpRequest, found: Standard, **forms: Any) -> dict[str, Any]:
    on, person = today(), person_of(request)
    return {
        **standard_context(found, on, tab="checks"),
        **heading_offers(found, person, on),
        "plans": [_shown(view, person, on) for view in plan_views(found, on=on)],
        "plan_checks": offer(PLAN_CHECKS, found, person, on=on),
        "plan_form": PlanForm(initial={"from_on": on, "unit": found.range_unit}),
        "blank": CheckForm(initial={"on": on}),
        **forms,
    }
