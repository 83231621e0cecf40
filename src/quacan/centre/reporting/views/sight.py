"""What the doors of this department share: finding what a person may see."""

from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.periods import Period, PeriodRefused, period
from quacan.centre.base.refusals import NotFound
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import organisations_of


def organisation_seen(person: Person, code: str, permission: str, *, on: date) -> Organisation:
    """This will find an organisation where the person holds the permission; any other is unknown."""
    rows = organisations_of(person, permission, on=on).select_related("parent")
    found = rows.filter(code=code).first()
    if found is None:
        raise NotFound(record=_("cơ quan “{code}”").format(code=code))
    return found


def period_or_unknown(code: str) -> Period:
    """This will read a period of an address; one that cannot be read is unknown."""
    try:
        return period(code)
    except PeriodRefused as refused:
        raise NotFound(record=_("kỳ “{code}”").format(code=code)) from refused


def half_of(on: date) -> Period:
    """This will give the half-year most likely meant on a day: the present one, in its first month the one before."""
    year, half = (on.year, 1) if on.month <= 6 else (on.year, 2)
    if on.month == 1:
        year, half = on.year - 1, 2
    elif on.month == 7:
        half = 1
    return period(f"{year:04}-H{half}")
