"""What the screens of one standard show: its checks on a chart, its drift, its loans, places and maintenance."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from quacan.centre.base.charts.axes import short_text
from quacan.centre.base.charts.values import Chart
from quacan.centre.base.language.texts import is_english
from quacan.centre.standards.models import CheckPlan, IntermediateCheck, Standard, StandardCertificate
from quacan.centre.standards.queries.charts import control_chart, drift_chart
from quacan.centre.standards.queries.checking import PlanState, control_of, plans_on
from quacan.centre.standards.queries.readiness import values_of
from quacan.centre.standards.rules import (
    DAYS_IN_MONTH,
    Control,
    History,
    Proposal,
    Series,
    next_interval,
    read_permitted,
    series_at,
)

LARGEST_CHANGE: Final = 2
"""An interval is at most doubled at once (NCSLI RP-1, method A3, as metrology.intervals has it)."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check as the table shows it."""

    check: IntermediateCheck
    readings: str
    mean: Decimal | None
    is_baseline: bool
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with its chart, its checks (the newest first, the withdrawn among them) and how it stands."""

    plan: CheckPlan
    in_force: bool
    due_on: date | None
    obstacle: str
    control: Control
    chart: Chart | None
    rows: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class DriftView:
    """One nominal value through the certificates, drawn, with the proposed interval and why there may be none."""

    series: Series
    chart: Chart | None
    proposal: Proposal
    sentence: str
    per_year: str


@dataclass(frozen=True, slots=True)
class DriftPage:
    """The drift of a standard: its nominals, the interval proposed for all of them, what the present one is.

    The proposal is the shortest of the nominals, and at most LARGEST_CHANGE times the present interval.
    """

    drifts: tuple[DriftView, ...]
    months: int | None
    present: int | None


def plan_views(standard: Standard, *, on: date) -> tuple[PlanView, ...]:
    """This will show every plan of a standard, those in force first, each with its checks up to a day."""
    states = {state.plan.pk: state for state in plans_on([standard], on=on).get(standard.pk, [])}
    plans = standard.check_plans.prefetch_related("checks")
    found = [_plan_view(plan, states.get(plan.pk), on) for plan in plans]
    return tuple(sorted(found, key=lambda one: not one.in_force))


def drift_page(standard: Standard, *, on: date) -> DriftPage:
    """This will follow every nominal of the newest certificate through all certificates up to a day."""
    rows = StandardCertificate.objects.filter(standard=standard, issued_on__lte=on)
    certificates = list(rows.order_by("issued_on", "valid_until", "id"))
    if not certificates:
        return DriftPage((), None, None)
    history = [History(one.issued_on, values_of(one)) for one in certificates]
    permitted = read_permitted(standard.permitted_error, standard.permitted_unit)
    newest = certificates[-1]
    nominals = dict.fromkeys((row.nominal, row.unit) for row in values_of(newest))
    drifts = tuple(
        _drift_view(
            series_at(
                history,
                nominal=nominal,
                unit=unit,
                permitted=permitted.at(nominal, unit) if permitted else None,
            )
        )
        for nominal, unit in nominals
    )
    proposed = [one.proposal.months for one in drifts if one.proposal.months is not None]
    present = round((newest.valid_until - newest.issued_on).days / float(DAYS_IN_MONTH))
    whole = all(one.proposal.months is not None or one.proposal.why == "far" for one in drifts)
    months = min([*proposed, LARGEST_CHANGE * present]) if proposed and whole else None
    return DriftPage(drifts, months, present)


def _plan_view(plan: CheckPlan, state: PlanState | None, on: date) -> PlanView:
    checks = [one for one in plan.checks.all() if one.on <= on]
    standing = [one for one in checks if not one.withdrawn_reason]
    control = state.control if state else control_of(plan, standing)
    points = dict(zip([one.pk for one in standing], control.points, strict=True))
    rows = []
    for one in reversed(checks):
        point = points.get(one.pk)
        rows.append(
            CheckRow(
                check=one,
                readings="; ".join(one.values),
                mean=point.mean if point else None,
                is_baseline=bool(point and point.is_baseline),
                signals=tuple(signal_word(rule) for rule in point.signals) if point else (),
            )
        )
    return PlanView(
        plan=plan,
        in_force=state is not None,
        due_on=state.due_on if state else None,
        obstacle=state.obstacle.sentence if state and state.obstacle else "",
        control=control,
        chart=control_chart(plan, control, word_of=signal_word, english=is_english()),
        rows=tuple(rows),
    )


def signal_word(rule: str) -> str:
    """This will say what a rule of the chart found."""
    words = {
        "beyond limits": _("vượt giới hạn kiểm soát"),
        "two of three beyond two sigma": _("2 trong 3 điểm ngoài 2σ"),
        "four of five beyond one sigma": _("4 trong 5 điểm ngoài 1σ"),
        "nine on one side": _("9 điểm liền một phía"),
    }
    return words[rule]


def _drift_view(series: Series) -> DriftView:
    proposal = next_interval(series)
    rate = proposal.per_year
    return DriftView(
        series,
        drift_chart(series, english=is_english()),
        proposal,
        _why(proposal),
        "" if rate is None else short_text(rate, english=is_english()),
    )


def _why(proposal: Proposal) -> str:
    sentences = {
        "": "",
        "few": _("cần ít nhất 3 giấy chứng nhận có điểm này"),
        "no_limit": _("chưa khai sai số cho phép của chuẩn"),
        "reached": _("dải dự báo đã chạm sai số cho phép: hiệu chuẩn lại, rút ngắn chu kỳ"),
        "far": _("trôi chưa thấy chạm sai số cho phép"),
    }
    return sentences[proposal.why]
