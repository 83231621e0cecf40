"""A standard through time: its checks between calibrations against their limits, its drift through certificates."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.base.charts.axes import Mark, short_text, trimmed_text
from quacan.centre.base.charts.values import Axis, Chart, Level, Spot, Spots, Table
from quacan.centre.standards.models import CheckPlan
from quacan.centre.standards.rules import Control, Series


def control_chart(
    plan: CheckPlan, control: Control, *, word_of: Callable[[str], str], english: bool
) -> Chart | None:
    """The control chart of a plan, None before the first check; *word_of* says what a rule of the chart found."""
    if not control.points:
        return None
    spots = tuple(
        Spot(
            one.on,
            one.mean,
            tone="fail" if one.signals else "accent",
            is_hollow=one.is_baseline and not one.signals,
            words=f"{one.on:%d/%m/%Y}: {trimmed_text(one.mean, english=english)} {plan.unit}"
            + "".join(f", {word_of(rule)}" for rule in one.signals),
        )
        for one in control.points
    )
    limits = [end for end in (control.lower, control.upper) if end is not None]
    levels = [Level(end) for end in limits]
    if control.centre is not None:
        limits.append(control.centre)
        levels.append(Level(control.centre, tone="line-strong"))
    return Chart(
        alt=_("Các lần kiểm tra giữa kỳ: {plan}").format(plan=plan),
        x=Axis(),
        y=Axis(title=f"{plan.quantity} ({plan.unit})", marks=_marks(limits, english=english)),
        layers=(*levels, Spots(spots, is_joined=True)),
        english=english,
    )


def drift_chart(series: Series, *, english: bool) -> Chart | None:
    """The deviations of one nominal value through the certificates with ± U, None without a certificate."""
    if not series.points:
        return None

    def text(value: Decimal) -> str:
        return trimmed_text(value, english=english)

    permitted = series.permitted
    spots = tuple(
        Spot(
            one.on,
            one.deviation,
            bar=one.U,
            tone="fail" if permitted is not None and abs(one.deviation) > permitted else "accent",
            words=f"{one.on:%d/%m/%Y}: {text(one.deviation)} ± {text(one.U)} {series.unit}",
        )
        for one in series.points
    )
    limits = [] if permitted is None else [permitted, -permitted]
    levels = (Level(Decimal(0), tone="line-strong"), *(Level(end) for end in limits))
    return Chart(
        alt=_("Độ lệch của {nominal} {unit} qua các giấy chứng nhận").format(
            nominal=text(series.nominal), unit=series.unit
        ),
        x=Axis(),
        y=Axis(title=_("Độ lệch ({unit})").format(unit=series.unit), marks=_marks(limits, english=english)),
        layers=(*levels, Spots(spots, is_joined=True)),
        english=english,
        table=Table(
            (_("Ngày"), _("Độ lệch"), "U"),
            tuple((f"{one.on:%d/%m/%Y}", text(one.deviation), text(one.U)) for one in series.points),
        ),
    )


def _marks(limits: list[Decimal], *, english: bool) -> tuple[Mark, ...] | None:
    """The limits themselves and zero between them are what is read off; without limits round values are."""
    if not limits:
        return None
    if min(limits) < 0 < max(limits):
        limits = [*limits, Decimal(0)]
    return tuple(Mark(value, short_text(value, english=english)) for value in sorted(set(limits)))
