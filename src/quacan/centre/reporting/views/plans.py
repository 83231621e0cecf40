"""Doors of plans: targets with what is done of them, their versions, approval."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.doors import act_from, today
from quacan.centre.base.periods import Period, period
from quacan.centre.base.refusals import Refusal
from quacan.centre.people.queries import workplace
from quacan.centre.planning import actions
from quacan.centre.planning.models import Plan, Target
from quacan.centre.planning.queries import plan as plan_seen
from quacan.centre.planning.queries import plans, versions_of
from quacan.centre.reporting.composing import annex_text, value_text
from quacan.centre.reporting.definitions import Indicator, indicators_in_force
from quacan.centre.reporting.figures import figure, scope_of
from quacan.centre.reporting.forms import ApproveForm, PlanForm, TargetForm
from quacan.centre.reporting.views.opening import no_right, person_of
from quacan.metrology.rounding import round_to

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Progress:
    """A target beside what the book says: the share reached, the share of the time that is over."""

    target: Target
    history: tuple[Target, ...]
    indicator: Indicator | None
    period: Period
    value_text: str
    target_text: str
    percent: Decimal | None
    elapsed: Decimal
    adds_up: bool
    is_behind: bool

    @property
    def bar(self) -> int:
        """This will give the length of the bar in whole per cent, full at a hundred."""
        return 0 if self.percent is None else int(min(HUNDRED, max(Decimal(0), self.percent)))

    @property
    def mark(self) -> int:
        """This will give the place of the mark of time on the bar."""
        return int(self.elapsed)


def elapsed_share(wanted: Period, *, on: date) -> Decimal:
    """This will give how much of a period is over at the end of a day, in per cent."""
    days = (wanted.end - wanted.start).days + 1
    over = min(days, max(0, (on - wanted.start).days + 1))
    return round_to(HUNDRED * over / days, -1)


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """This will show the newest plan of every organisation a person may see, or lead to the only one."""
    on, person = today(), person_of(request)
    found = list(plans(person, on=on).order_by("-year", "organisation__path"))
    place = workplace(person, "plans.record", on=on)
    context = {"plans": found, "obstacles": no_right(person, "plans.record", place, on=on), "on": on}
    return render(request, "reporting/plans.html", context)


def new_plan(request: HttpRequest) -> HttpResponse:
    """This will open the plan of a year."""
    on, person = today(), person_of(request)
    place = workplace(person, "plans.record", on=on)
    initial = {"year": on.year, "title": _("Kế hoạch công tác năm {year}").format(year=on.year)}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_plan(act_from(request), place, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("reporting:plan", made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "reporting/plan_form.html", {"form": form, "place": place}, status=status)


@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show a plan: every target with its bar, its pace and its earlier versions."""
    plan = plan_seen(person_of(request), pk, on=today())
    return _plan_page(request, plan)


def _plan_page(
    request: HttpRequest,
    plan: Plan,
    *,
    target_form: TargetForm | None = None,
    approve_form: ApproveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    on, person = today(), person_of(request)
    progress = [_progress(plan, versions, on=on) for versions in versions_of(plan).values()]
    record = no_right(person, "plans.record", plan.organisation, on=on)
    approve = no_right(person, "plans.approve", plan.organisation, on=on)
    context = {
        "plan": plan,
        "rows": sorted(progress, key=_order),
        "elapsed": elapsed_share(period(str(plan.year)), on=on),
        "behind": sum(1 for one in progress if one.is_behind),
        "target_form": target_form or _target_form(plan, None, on),
        "approve_form": approve_form or ApproveForm(initial={"on": on}),
        "record_obstacles": record,
        "approve_obstacles": approve if progress else [*approve, _("Kế hoạch chưa có chỉ tiêu nào.")],
        "on": on,
    }
    return render(request, "reporting/plan.html", context, status=status)


def _order(one: Progress) -> tuple[int, str]:
    known = list(indicators_in_force(one.period.end))
    code = one.target.indicator
    return (known.index(code) if code in known else len(known), one.period.code)


def _progress(plan: Plan, versions: tuple[Target, ...], *, on: date) -> Progress:
    target, wanted = versions[0], period(versions[0].period)
    indicator = indicators_in_force(wanted.end).get(target.indicator)
    elapsed = elapsed_share(wanted, on=on)
    value = Decimal(target.value)
    if indicator is None or target.unit_key:
        return Progress(
            target, versions[1:], indicator, wanted, "", value_text(value), None, elapsed, False, False
        )
    found = figure(scope_of(plan.organisation, wanted, live=True), indicator, plan=value)
    adds_up = indicator.kind in {"flow", "distinct"}
    pace = elapsed if adds_up else (HUNDRED if elapsed >= HUNDRED else Decimal(0))
    percent = found.percent_of_plan
    return Progress(
        target=target,
        history=versions[1:],
        indicator=indicator,
        period=wanted,
        value_text=annex_text(found),
        target_text=value_text(value),
        percent=percent,
        elapsed=elapsed,
        adds_up=adds_up,
        is_behind=percent is not None and percent < pace,
    )


def _target_form(plan: Plan, data: object, on: date) -> TargetForm:
    return TargetForm(
        data,
        organisation=plan.organisation,
        year=plan.year,
        indicators=indicators_in_force(date(plan.year, 12, 31)).values(),
        english=(get_language() or "vi").startswith("en"),
        initial={"period_code": str(plan.year)},
    )


@require_POST
def set_target(request: HttpRequest, pk: int) -> HttpResponse:
    """This will set or change a target."""
    plan = plan_seen(person_of(request), pk, on=today())
    form = _target_form(plan, request.POST, today())
    if form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != "reason"}
        try:
            actions.set_target(act_from(request), plan, **values)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã ghi chỉ tiêu."))
            return redirect("reporting:plan", pk)
    return _plan_page(request, plan, target_form=form, status=422)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """This will approve a plan by a numbered decision."""
    plan = plan_seen(person_of(request), pk, on=today())
    form = ApproveForm(request.POST)
    if form.is_valid():
        try:
            actions.approve_plan(act_from(request), plan, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã duyệt kế hoạch."))
            return redirect("reporting:plan", pk)
    return _plan_page(request, plan, approve_form=form, status=422)
