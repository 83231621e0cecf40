"""Doors of plans: targets with what is done of them, their versions, approval."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import MAKERS
from quacan.centre.base.doors import admit, edit_page, today
from quacan.centre.base.moves import Move, offer
from quacan.centre.base.periods import Period, period
from quacan.centre.people.queries import person_of, workplace
from quacan.centre.planning import actions
from quacan.centre.planning.models import Plan, Target
from quacan.centre.planning.moves import ADJUST_TARGET, APPROVE, SET_TARGET
from quacan.centre.planning.queries import plan as plan_seen
from quacan.centre.planning.queries import plans, versions_of
from quacan.centre.reporting.definitions import Indicator, indicators_in_force
from quacan.centre.reporting.forms import ApproveForm, PlanForm, TargetForm
from quacan.centre.reporting.queries import figure, scope_of
from quacan.centre.reporting.queries.composition import annex_text, value_text
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
    def name(self) -> str:
        """This will name what is to be reached; one no longer defined says so with its code."""
        gone = _("{code} (chỉ tiêu không còn định nghĩa)").format(code=self.target.indicator)
        return str(self.indicator.name) if self.indicator else gone

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
    context = {
        "plans": plans(person, on=on).order_by("-year", "organisation__path"),
        "may_open": person.may("plans.record", organisation_id=None, unit_id=None, on=on),
        "on": on,
    }
    return render(request, "reporting/plans.html", context)


def new_plan(request: HttpRequest) -> HttpResponse:
    """This will open the plan of a year."""
    on = today()
    place = workplace(person_of(request), "plans.record", on=on)
    admit(request, "plans.record", place)
    initial = {"year": on.year, "title": _("Kế hoạch công tác năm {year}").format(year=on.year)}
    return edit_page(
        request,
        PlanForm(request.POST or None, initial=initial),
        lambda act, given: actions.open_plan(act, place, **given),
        template="reporting/plan_form.html",
        done=_opened,
        context={"place": place},
    )


@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """This will show a plan: every target with its bar, its pace and its earlier versions."""
    plan = plan_seen(person_of(request), pk, on=today())
    return render(request, "reporting/plan.html", _told(request, plan))


@require_POST
def set_target(request: HttpRequest, pk: int) -> HttpResponse:
    """This will set a target of a draft, or adjust one of an approved plan."""
    plan = plan_seen(person_of(request), pk, on=today())
    form = _target_form(plan, request.POST)
    write = MAKERS[_target_move(plan)]
    return edit_page(
        request,
        form,
        lambda act, given: write(act, plan, form.draft),
        template="reporting/plan.html",
        done=lambda target: _opened(plan),
        said=_("Đã ghi chỉ tiêu."),
        context=_told(request, plan) | {"target_form": form},
    )


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """This will approve a plan by a numbered decision."""
    plan = plan_seen(person_of(request), pk, on=today())
    form = ApproveForm(request.POST)
    return edit_page(
        request,
        form,
        lambda act, given: actions.approve_plan(act, plan, **given),
        template="reporting/plan.html",
        done=_opened,
        said=_("Đã duyệt kế hoạch."),
        context=_told(request, plan) | {"approve_form": form},
    )


def _opened(plan: Plan) -> str:
    return reverse("reporting:plan", args=[plan.pk])


def _target_move(plan: Plan) -> Move:
    return next(one for one in (SET_TARGET, ADJUST_TARGET) if one.starts_from(plan))


def _target_form(plan: Plan, data: object) -> TargetForm:
    return TargetForm(
        data,
        organisation=plan.organisation,
        year=plan.year,
        indicators=indicators_in_force(date(plan.year, 12, 31)).values(),
        move=_target_move(plan),
        initial={"period_code": str(plan.year)},
    )


def _told(request: HttpRequest, plan: Plan) -> dict[str, object]:
    """What the page of a plan shows: targets against the book, what may be done with the plan now."""
    on, person = today(), person_of(request)
    progress = [_progress(plan, versions, on=on) for versions in versions_of(plan).values()]
    return {
        "plan": plan,
        "rows": sorted(progress, key=_order),
        "elapsed": elapsed_share(period(str(plan.year)), on=on),
        "behind": sum(1 for one in progress if one.is_behind),
        "target_form": _target_form(plan, None),
        "approve_form": ApproveForm(initial={"on": on}),
        "target": offer(_target_move(plan), plan, person, on=on),
        "approve": offer(APPROVE, plan, person, on=on) if APPROVE.starts_from(plan) else None,
        "on": on,
    }


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
