"""Doors of the checks between calibrations, and of the drift."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.people.models import Person
from quacan.centre.standards import actions
from quacan.centre.standards.forms import CheckForm, PlanForm
from quacan.centre.standards.models import CheckPlan, IntermediateCheck, Standard
from quacan.centre.standards.queries import drift_page, plan_views, standard_seen_by
from quacan.centre.standards.queries.frame import standard_context


@require_safe
def drift(request: HttpRequest, pk: int) -> HttpResponse:
    """This will draw how the values moved from certificate to certificate, with the next interval proposed."""
    on, person = today(), cast(Person, request.user)
    found = standard_seen_by(person, pk, on=on)
    context = standard_context(found, person, on, tab="drift") | {"page": drift_page(found, on=on)}
    return render(request, "standards/drift.html", context)


@require_safe
def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show the plans of checks, their charts and what was found."""
    return _page(request, standard_seen_by(cast(Person, request.user), pk, on=today()))


@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """This will ask for checks of a standard."""
    found = standard_seen_by(cast(Person, request.user), pk, on=today())
    form = PlanForm(request.POST)
    if form.is_valid():
        try:
            actions.plan_checks(act_from(request), found, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã lập kế hoạch kiểm tra giữa kỳ."))
            return redirect("standards:checks", pk)
    return _page(request, found, plan_form=form, status=422)


@require_POST
def record(request: HttpRequest, pk: int, plan_pk: int) -> HttpResponse:
    """This will keep one check."""
    found = standard_seen_by(cast(Person, request.user), pk, on=today())
    wanted = _plan(found, plan_pk)
    form = CheckForm(request.POST)
    if form.is_valid():
        details = form.cleaned_data
        try:
            actions.record_check(
                act_from(request), wanted, on=details["on"], values=details["readings"], note=details["note"]
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã ghi lần kiểm tra."))
            return redirect("standards:checks", pk)
    return _page(request, found, check_form=form, of=wanted.pk, status=422)


@require_POST
def end(request: HttpRequest, pk: int, plan_pk: int) -> HttpResponse:
    """This will no longer ask for the checks of a plan."""
    found = standard_seen_by(cast(Person, request.user), pk, on=today())
    actions.end_plan(act_from(request), _plan(found, plan_pk), on=today())
    return redirect("standards:checks", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int, check_pk: int) -> HttpResponse:
    """This will withdraw a mistaken check."""
    found = standard_seen_by(cast(Person, request.user), pk, on=today())
    check = IntermediateCheck.objects.filter(plan__standard=found, pk=check_pk).first()
    if check is None:
        raise NotFound(record=_("lần kiểm tra số {pk}").format(pk=check_pk))
    actions.withdraw_check(act_from(request), check)
    return redirect("standards:checks", pk)


def _plan(found: Standard, pk: int) -> CheckPlan:
    wanted = found.check_plans.filter(pk=pk).first()
    if wanted is None:
        raise NotFound(record=_("kế hoạch kiểm tra số {pk}").format(pk=pk))
    return wanted


def _page(
    request: HttpRequest,
    found: Standard,
    *,
    plan_form: PlanForm | None = None,
    check_form: CheckForm | None = None,
    of: int = 0,
    status: int = 200,
) -> HttpResponse:
    on, person = today(), cast(Person, request.user)
    context = standard_context(found, person, on, tab="checks") | {
        "plans": plan_views(found, on=on),
        "plan_form": plan_form or PlanForm(initial={"from_on": on, "unit": found.range_unit}),
        "check_form": check_form,
        "blank": CheckForm(initial={"on": on}),
        "of": of,
    }
    return render(request, "standards/checks.html", context, status=status)
