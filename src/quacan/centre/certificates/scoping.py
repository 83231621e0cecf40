"""How a worksheet stands in the scopes of its organisation on the day of measuring."""

from quacan.centre.certificates.refusals import NotDesignated
from quacan.centre.organisation.queries import ScopeStanding, scope_standing
from quacan.centre.verification.models import Worksheet


def standing_in_scope(sheet: Worksheet) -> ScopeStanding:
    """This will say which designation and which accreditation cover a worksheet on its day of measuring."""
    return scope_standing(
        sheet.organisation,
        service=sheet.service,
        kind_code=sheet.instrument.kind_code,
        procedure=sheet.procedure_code,
        on=sheet.performed_on,
    )


def refuse_out_of_scope(sheet: Worksheet) -> None:
    """This will refuse verification that no designation in force on the day of measuring covers.

    Verification of group 2 instruments is the business of designated organisations alone (Law on Measurement;
    NĐ 105/2016); calibration outside an accreditation is issued without its mark.
    """
    if sheet.service == "verification" and standing_in_scope(sheet).designation is None:
        raise NotDesignated(
            organisation=sheet.organisation.short_name,
            kind=sheet.instrument.kind_code,
            procedure=sheet.procedure_code,
            on=f"{sheet.performed_on:%d/%m/%Y}",
        )
