"""Forms of organisations and their scopes."""

from quacan.centre.desk.forms.organisations import (
    EndScopeForm,
    LinesForm,
    OrganisationForm,
    ScopeForm,
    SiteForm,
    SuccessionForm,
    UnitForm,
)
from quacan.centre.desk.forms.pasted_scopes import EXAMPLE, pasted_lines

__all__ = [
    "EXAMPLE",
    "EndScopeForm",
    "LinesForm",
    "OrganisationForm",
    "ScopeForm",
    "SiteForm",
    "SuccessionForm",
    "UnitForm",
    "pasted_lines",
]
