"""Reads of people: whom one may see, what somebody may do, what of their competence runs out."""

from quacan.centre.people.queries.competence import (
    CardStanding,
    Expiry,
    attendances,
    authorisations_in_force,
    card_standings,
    expiries,
    prove_signature,
    reach_of,
    require_authorisation,
    require_card,
)
from quacan.centre.people.queries.sight import (
    RoleHeld,
    home,
    organisations_of,
    people_seen_by,
    people_with,
    person_seen_by,
    roles_held,
    roles_of,
    visible,
    workplace,
)

__all__ = [
    "CardStanding",
    "Expiry",
    "RoleHeld",
    "attendances",
    "authorisations_in_force",
    "card_standings",
    "expiries",
    "home",
    "organisations_of",
    "people_seen_by",
    "people_with",
    "person_seen_by",
    "prove_signature",
    "reach_of",
    "require_authorisation",
    "require_card",
    "roles_held",
    "roles_of",
    "visible",
    "workplace",
]
