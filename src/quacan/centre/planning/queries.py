"""Reads of plans and targets, now or as they stood at an instant."""

from datetime import datetime
from decimal import Decimal

from quacan.centre.base.periods import Period
from quacan.centre.organisation.models import Organisation
from quacan.centre.planning.models import Target


def targets_of(
    organisation: Organisation, period: Period, *, at: datetime | None = None
) -> dict[str, Decimal]:
    """This will give, by indicator, the target for the period, else for its whole year; *at* ignores later versions."""
    rows = Target.objects.filter(
        plan__organisation=organisation,
        plan__year=period.year,
        period__in=[period.code, str(period.year)],
        unit_key=0,
    )
    if at is not None:
        rows = rows.filter(recorded_at__lte=at)
    found: dict[str, tuple[bool, int, Decimal]] = {}
    for row in rows:
        candidate = (row.period == period.code, row.version, Decimal(row.value))
        if row.indicator not in found or candidate[:2] > found[row.indicator][:2]:
            found[row.indicator] = candidate
    return {indicator: value for indicator, (_exact, _version, value) in found.items()}
