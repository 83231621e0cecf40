"""What standards need from somebody: a new calibration, a check, maintenance, their return."""

from datetime import date

from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.standards.models import Standard
from quacan.centre.standards.queries.care import Care, care_due
from quacan.centre.standards.queries.readiness import Readiness, due_standards

CALIBRATED_WITHIN = 60
CARED_WITHIN = 14
NEAR = 30


def standards_to_renew(person: Person, *, on: date) -> list[Readiness]:
    """The standards a person keeps whose certificate ended or ends within 60 days."""
    rows = visible(Standard.objects.all(), person, "standards.record", on=on)
    return due_standards(rows, on=on, within=CALIBRATED_WITHIN)


def standards_to_care_for(person: Person, *, on: date) -> list[Care]:
    """The checks, maintenance and returns of the standards a person keeps, due within 14 days."""
    rows = visible(Standard.objects.all(), person, "standards.record", on=on)
    return [one for one in care_due(rows, on=on, within=CARED_WITHIN) if one.kind != "calibration"]


def standards_at_hand(person: Person, *, on: date) -> list[Readiness]:
    """For those who measure but keep no standards: what they cannot rely on, now or within 30 days."""
    if person.may("standards.record", organisation_id=None, unit_id=None, on=on):
        return []
    rows = visible(Standard.objects.all(), person, "standards.see", on=on)
    return due_standards(rows, on=on, within=NEAR)
