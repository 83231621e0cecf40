"""Who may do what, where, on which day: decided by the assignments in force, nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from quacan.centre.people.roles import roles


class Holder(Protocol):
    """A person as far as permissions are concerned."""

    is_active: Any
    assignments: Any


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission's reach: an organisation path (``reach`` own or subtree), maybe one unit only."""

    organisation_id: int
    path: str
    unit_id: int | None
    subtree: bool


def grants(person: Holder, permission: str, *, on: date) -> list[Grant]:
    """This will list where a person holds a permission on a day."""
    found = []
    for row in _assignments(person):
        role = roles().get(row.role)
        in_force = row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)
        if role is not None and in_force and permission in role.permissions:
            found.append(
                Grant(
                    row.organisation_id, row.organisation.path, row.unit_id, subtree=role.reach == "subtree"
                )
            )
    return found


def _assignments(person: Holder) -> Iterable[Any]:
    known = person.__dict__.get("_assignments_known")
    if known is None:
        known = list(person.assignments.select_related("organisation"))
        person.__dict__["_assignments_known"] = known
    return known


def may(
    self: Holder, permission: str, *, organisation_id: int | None, unit_id: int | None = None, on: date
) -> bool:
    """This will say whether the person holds *permission* at the organisation (and unit) on the day.

    A grant limited to a unit serves records of that unit and of no unit; ``organisation_id`` None asks for the
    permission anywhere.
    """
    if not self.is_active:
        return False
    held = grants(self, permission, on=on)
    if organisation_id is None:
        return bool(held)
    if any(g.organisation_id == organisation_id and _unit_fits(g, unit_id) for g in held):
        return True
    wide = [g for g in held if g.subtree]
    return bool(wide) and _below(organisation_id, wide)


def _unit_fits(grant: Grant, unit_id: int | None) -> bool:
    return grant.unit_id is None or unit_id is None or grant.unit_id == unit_id


def _below(organisation_id: int, wide: list[Grant]) -> bool:
    from quacan.centre.organisation.models import Organisation

    path = Organisation.objects.values_list("path", flat=True).filter(pk=organisation_id).first()
    return path is not None and any(path.startswith(g.path) for g in wide)
