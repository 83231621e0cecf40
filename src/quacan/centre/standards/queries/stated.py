"""What a standard's certificate states at a point on a day."""

from datetime import date
from decimal import Decimal

from quacan.centre.standards.models import Standard, StandardCertificate
from quacan.centre.standards.queries.readiness import values_of
from quacan.centre.standards.rules import (
    History,
    Range,
    RangeRefused,
    StandardValue,
    StatedValue,
    composed_at,
    covers,
    drift_since,
    read_range,
    stated_range,
    value_at,
)
from quacan.metrology.units import UnitRefused, unit_named


def stated_at(
    certificate: StandardCertificate,
    *,
    at: Decimal | None,
    unit: str,
    on: date,
    history: list[History] | None = None,
) -> StatedValue | None:
    """This will give value, U, k and drift of a standard at *at* (in *unit*) on a day, from one certificate.

    See :func:`rules.stating.value_at` for the reading between rows (U is never smaller than at a bracketing row),
    :func:`rules.stating.drift_since` for the drift, which looks at this certificate and those issued before it, and
    :func:`rules.covering.composed_at` for loads above the largest weight within the range declared for a set of
    weights. None when the point lies outside what the certificate covers, or its unit measures something else.
    *history* (see :func:`history_of`) spares a repeated read where many points are asked for.
    """
    try:
        symbol = unit_named(unit).symbol
    except UnitRefused:
        return None
    row = row_at(certificate, at=at, unit=symbol)
    if row is None:
        return None
    known = history_of(certificate) if history is None else history
    return StatedValue(
        nominal=row.nominal,
        value=row.value,
        U=row.U,
        k=row.k,
        dof=Decimal("Infinity"),
        unit=symbol,
        drift=_drift(certificate, known, row, on),
    )


def history_of(certificate: StandardCertificate) -> list[History]:
    """This will read a certificate and those issued before it for the same standard, the oldest first."""
    earlier = StandardCertificate.objects.filter(
        standard_id=certificate.standard_id, issued_on__lte=certificate.issued_on
    )
    return [History(one.issued_on, values_of(one)) for one in earlier.order_by("issued_on", "id")]


def row_at(certificate: StandardCertificate, *, at: Decimal | None, unit: str) -> StandardValue | None:
    """This will give the row that answers at a point, in *unit* (a symbol of the table); None where none does."""
    rows = values_of(certificate)
    found = value_at(rows, at=at, unit=unit)
    if (
        found is None
        and at is not None
        and covers([declared_range(certificate.standard)], low=at, high=at, unit=unit)
    ):
        return composed_at(rows, at=at, unit=unit)
    return found


def declared_range(standard: Standard) -> Range | None:
    """This will give the range declared for a standard; None when none is."""
    try:
        return read_range(standard.range_from, standard.range_to, standard.range_unit)
    except RangeRefused:
        return None


def covers_range(
    certificate: StandardCertificate, *, low: Decimal | None, high: Decimal | None, unit: str
) -> bool | None:
    """This will say whether the declared range or the nominals of the certificate hold all of low … high.

    None when neither is known in a unit of that kind.
    """
    symbol = unit_named(unit).symbol
    ranges = (declared_range(certificate.standard), stated_range(values_of(certificate), symbol))
    return covers(ranges, low=low, high=high, unit=symbol)


def _drift(certificate: StandardCertificate, history: list[History], row: StandardValue, on: date) -> Decimal:
    issued = certificate.issued_on
    known = drift_since(history, at=row.nominal, unit=row.unit, issued_on=issued, on=on)
    largest = stated_range(values_of(certificate), row.unit)
    if largest is None or row.nominal <= largest.high:
        return known
    times, rest = int(row.nominal // largest.high), row.nominal % largest.high
    whole = drift_since(history, at=largest.high, unit=row.unit, issued_on=issued, on=on)
    part = drift_since(history, at=rest, unit=row.unit, issued_on=issued, on=on) if rest else Decimal(0)
    return times * whole + part
