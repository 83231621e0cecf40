"""What is done with organisations: founded, merged, split; units and sites opened; scopes entered and ended."""

from quacan.centre.organisation.actions.scoping import (
    NewLine,
    add_scope_lines,
    end_scope,
    end_scope_line,
    enter_scope,
)
from quacan.centre.organisation.actions.structure import found_organisation, open_site, open_unit, succeed
from quacan.centre.organisation.refusals import AlreadyEnded, CodeTaken

__all__ = [
    "AlreadyEnded",
    "CodeTaken",
    "NewLine",
    "add_scope_lines",
    "end_scope",
    "end_scope_line",
    "enter_scope",
    "found_organisation",
    "open_site",
    "open_unit",
    "succeed",
]
