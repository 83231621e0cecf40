"""What a standard's certificate states at a point on a day."""

from datetime import date
from decimal import Decimal

from quacan.centre.standards.models import StandardCertificate
from quacan.centre.standards.queries.readiness import values_of
from quacan.centre.standards.rules import History, StatedValue, drift_since, value_at
from quacan.metrology.units import UnitRefused, unit_named


def stated_at(
    certificate: StandardCertificate, *, at: Decimal | None, unit: str, on: date
) -> StatedValue | None:
    """This will give value, U, k and drift of a standard at *at* (in *unit*) on a day, from one certificate.

    See :func:`rules.stating.value_at` for the reading between rows (U is never smaller than at a bracketing row) and
    :func:`rules.stating.drift_since` for the drift, which looks at this certificate and those issued before it.
    None when the point lies outside the nominals the certificate states, or its unit measures something else.
    """
    try:
        symbol = unit_named(unit).symbol
    except UnitRefused:
        return None
    row = value_at(values_of(certificate), at=at, unit=symbol)
    if row is None:
        return None
    earlier = StandardCertificate.objects.filter(
        standard_id=certificate.standard_id, issued_on__lte=certificate.issued_on
    )
    history = [History(one.issued_on, values_of(one)) for one in earlier.order_by("issued_on", "id")]
    return StatedValue(
        nominal=row.nominal,
        value=row.value,
        U=row.U,
        k=row.k,
        dof=Decimal("Infinity"),
        unit=symbol,
        drift=drift_since(history, at=row.nominal, unit=symbol, issued_on=certificate.issued_on, on=on),
    )
