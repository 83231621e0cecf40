"""Whether a standard's certificate may support the readings of a worksheet."""

from django.utils.translation import gettext as _

from quacan.centre.standards.models import StandardCertificate
from quacan.centre.standards.queries import readiness
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.refusals import StandardUnsuitable
from quacan.metrology.procedure.layout import LayoutStandard


def why_unsuitable(sheet: Worksheet, certificate: StandardCertificate, need: LayoutStandard) -> str:
    """This will say why a certificate cannot support a need on the day of the worksheet; '' when it can.

    The standard must belong to the house, be of the quantity asked for, stand in use on that day, and the
    certificate must be the one in force on it.
    """
    standard = certificate.standard
    if standard.organisation_id != sheet.organisation_id:
        return _("thuộc cơ quan khác")
    if standard.kind != need.quantity:
        return _("khác đại lượng (chuẩn {kind}, cần {wanted})").format(
            kind=standard.kind, wanted=need.quantity
        )
    ready = readiness([standard], on=sheet.performed_on)[0]
    if ready.state != standard.State.IN_USE:
        return ready.state_label.lower()
    if not certificate.issued_on <= sheet.performed_on <= certificate.valid_until:
        return _("giấy chứng nhận {number} có hạn {start:%d/%m/%Y}–{end:%d/%m/%Y}").format(
            number=certificate.number, start=certificate.issued_on, end=certificate.valid_until
        )
    if ready.certificate is not None and ready.certificate.pk != certificate.pk:
        return _("đã có giấy chứng nhận mới hơn, số {number}").format(number=ready.certificate.number)
    return ""


def refuse_unsuitable(sheet: Worksheet, certificate: StandardCertificate, need: LayoutStandard) -> None:
    """This will refuse a certificate that cannot support a need on the day of the worksheet."""
    why = why_unsuitable(sheet, certificate, need)
    if why:
        raise StandardUnsuitable(standard=certificate.standard.code, need=need.label.vi, why=why)
