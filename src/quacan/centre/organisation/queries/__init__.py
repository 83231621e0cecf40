"""Reads of organisations: who belongs to whom, and what each is designated and accredited for."""

from quacan.centre.organisation.queries.scopes import (
    LineView,
    ScopeStanding,
    ScopeView,
    cmc_at,
    is_accredited_at,
    scope_of,
    scope_standing,
    scopes_of,
)
from quacan.centre.organisation.queries.tree import (
    code_of,
    lineage,
    organisation_by_code,
    organisations_in_force,
    subtree,
)

__all__ = [
    "LineView",
    "ScopeStanding",
    "ScopeView",
    "cmc_at",
    "code_of",
    "is_accredited_at",
    "lineage",
    "organisation_by_code",
    "organisations_in_force",
    "scope_of",
    "scope_standing",
    "scopes_of",
    "subtree",
]
