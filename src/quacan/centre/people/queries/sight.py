"""Reads of people, and the one way lists are kept to what a person may see."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from quacan.centre.base.refusals import NotFound
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Assignment, Person
from quacan.centre.people.permissions import grants
from quacan.centre.people.roles import Role, roles

M = TypeVar("M", bound=Model)


def person_of(request: HttpRequest) -> Person:
    """This will give the person who is signed in; every page but the public ones has one."""
    if not isinstance(request.user, Person):
        raise NotFound(record=_("người đang đăng nhập"))
    return request.user


def visible(
    rows: QuerySet[M],
    person: Person,
    permission: str,
    *,
    on: date,
    organisation: str = "organisation",
    unit: str | None = "unit",
) -> QuerySet[M]:
    """This will keep a list to the organisations and units where the person holds the permission on the day.

    *organisation* and *unit* are the lookups from the listed model; ``unit=None`` where records have none.
    """
    condition = Q(pk__in=[])
    for grant in grants(person, permission, on=on):
        if grant.subtree:
            condition |= Q(**{f"{organisation}__path__startswith": grant.path})
        elif grant.unit_id is None or unit is None:
            condition |= Q(**{organisation: grant.organisation_id})
        else:
            condition |= Q(**{organisation: grant.organisation_id, unit: grant.unit_id})
            condition |= Q(**{organisation: grant.organisation_id, f"{unit}__isnull": True})
    return rows.filter(condition)


def organisations_of(person: Person, permission: str, *, on: date) -> QuerySet[Organisation]:
    """This will list the organisations where a person holds a permission."""
    condition = Q(pk__in=[])
    for grant in grants(person, permission, on=on):
        condition |= Q(path__startswith=grant.path) if grant.subtree else Q(pk=grant.organisation_id)
    return Organisation.objects.filter(condition)


def home(person: Person, *, on: date) -> Organisation | None:
    """This will give the organisation a person works in: that of the assignment longest in force."""
    rows = Assignment.objects.filter(person=person, valid_from__lte=on).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    )
    first = rows.select_related("organisation").order_by("valid_from", "id").first()
    return first.organisation if first else None


def workplace(person: Person, permission: str, *, on: date) -> Organisation:
    """This will give the organisation a deed is done for: the person's own where they may, else the first they may.

    Where they may nowhere it is their own (the action then refuses by name); NotFound for somebody of none.
    """
    own = home(person, on=on)
    if own is not None and person.may(permission, organisation_id=own.pk, unit_id=None, on=on):
        return own
    found = organisations_of(person, permission, on=on).order_by("path").first() or own
    if found is None:
        raise NotFound(record=_("cơ quan của {person}").format(person=person.full_name))
    return found


def roles_of(person: Person, *, on: date) -> list[Role]:
    """This will list the roles a person holds on a day, in the order of their definition."""
    held = {
        row.role
        for row in person.assignments.all()
        if row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)
    }
    return [role for code, role in roles().items() if code in held]


def people_seen_by(person: Person, *, on: date) -> QuerySet[Person]:
    """This will list the people who hold or held a role where one may see people.

    Those without any role yet are seen by whoever may manage people.
    """
    held = visible(Assignment.objects.all(), person, "people.see", on=on)
    condition = Q(pk__in=held.values("person_id"))
    if person.may("people.manage", organisation_id=None, unit_id=None, on=on):
        condition |= Q(assignments__isnull=True)
    return Person.objects.filter(condition).distinct()


def person_seen_by(viewer: Person, pk: int, *, on: date) -> Person:
    """This will find one person, refusing the unknown and whom the viewer may not see."""
    found = people_seen_by(viewer, on=on).filter(pk=pk).first()
    if found is None:
        raise NotFound(record=_("người dùng số {pk}").format(pk=pk))
    return found


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role of a person as a list shows it."""

    assignment: Assignment
    role: Role
    in_force: bool

    @property
    def name(self) -> str:
        return str(self.role.name)


def roles_held(person: Person, *, on: date) -> list[RoleHeld]:
    """This will tell every role a person holds or held, those in force first."""
    rows = person.assignments.select_related("organisation", "unit").order_by("-valid_from", "-id")
    found = [
        RoleHeld(
            row, roles()[row.role], row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)
        )
        for row in rows
        if row.role in roles()
    ]
    return sorted(found, key=lambda one: not one.in_force)


def people_with(permission: str, organisation: Organisation, *, on: date) -> list[Person]:
    """This will list the active people who hold a permission at an organisation, sorted by given name."""
    people = Person.objects.filter(is_active=True, assignments__organisation=organisation).distinct()
    return [p for p in people if p.may(permission, organisation_id=organisation.pk, unit_id=None, on=on)]
