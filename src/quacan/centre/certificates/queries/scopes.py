"""How a worksheet stands in the scopes of its organisation on the day of measuring."""

from quacan.centre.organisation.queries import ScopeStanding, scope_standing
from quacan.centre.verification.models import Worksheet


def standing_in_scope(sheet: Worksheet) -> ScopeStanding:
    """Which designation and which accreditation cover a worksheet on its day of measuring."""
    return scope_standing(
        sheet.organisation,
        service=sheet.service,
        kind_code=sheet.instrument.kind_code,
        procedure=sheet.procedure_code,
        on=sheet.performed_on,
    )
