"""Add a certificate with its values to a standard, typed or proposed by a digital one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.act import Act, action
from quacan.centre.base.documents import Rendition, issue_document
from quacan.centre.base.language.folding import nfc
from quacan.centre.base.models import Document
from quacan.centre.base.refusals import FieldMissing, FieldWrong, Words
from quacan.centre.standards.models import Standard, StandardCertificate
from quacan.centre.standards.moves import ADD_CERTIFICATE
from quacan.centre.standards.refusals import (
    CertificateDatesSwapped,
    CertificateKnown,
    CertificateUnreadable,
    CertificateValueWrong,
)
from quacan.centre.standards.rules import ValueRefused, tidy_values
from quacan.centre.standards.rules.importing import ProposedCertificate, proposed_certificate
from quacan.metrology.digital_certificates import CertificateRefused

COLUMNS: Final[dict[str, Words]] = {
    "nominal": gettext_lazy("Danh nghĩa"),
    "value": gettext_lazy("Giá trị"),
    "U": "U",
    "k": "k",
    "unit": gettext_lazy("Đơn vị"),
}


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """A certificate as typed: its head, rows of nominal, value, U, k, unit (and mark), its paper and its DCC."""

    number: str
    issuer: str
    issued_on: date
    valid_until: date
    values: Sequence[Mapping[str, str]]
    traceable_to: str = ""
    file: Rendition | None = None
    digital: bytes = b""


@action(ADD_CERTIFICATE)
def add_certificate(act: Act, standard: Standard, draft: CertificateDraft) -> StandardCertificate:
    """This will add a version of a standard's values; once added it never changes.

    Swapped dates, a day to come and unreadable numbers are refused. A digital certificate (DCC) the values were
    proposed from is kept beside the paper; one that cannot be read is refused.
    """
    number, issuer = _text(draft.number), _text(draft.issuer)
    _refuse_head(act, standard, draft, number, issuer)
    certificate = StandardCertificate.objects.create(
        standard=standard,
        number=number,
        issuer=issuer,
        issued_on=draft.issued_on,
        valid_until=draft.valid_until,
        values=_checked_values(draft.values),
        traceable_to=_text(draft.traceable_to),
        document=_kept_files(act, standard, number, draft),
    )
    act.created(certificate)
    return certificate


def _refuse_head(act: Act, standard: Standard, draft: CertificateDraft, number: str, issuer: str) -> None:
    if not number:
        raise FieldMissing(field=_("Số giấy chứng nhận"))
    if not issuer:
        raise FieldMissing(field=_("Nơi cấp"))
    if draft.valid_until < draft.issued_on:
        raise CertificateDatesSwapped(issued_on=draft.issued_on, valid_until=draft.valid_until)
    if draft.issued_on > act.on:
        raise FieldWrong(field=_("Ngày cấp"), why=_("sau hôm nay"))
    if standard.certificates.filter(number=number).exists():
        raise CertificateKnown(standard=str(standard), number=number)


def _checked_values(values: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    if not values:
        raise FieldMissing(field=_("Các giá trị của chuẩn"))
    try:
        return tidy_values(values)
    except ValueRefused as refused:
        label = COLUMNS[refused.column]
        raise CertificateValueWrong(
            row=refused.row, column=refused.column, label=label, text=refused.text
        ) from refused


def read_digital(document: bytes) -> ProposedCertificate:
    """This will propose a certificate from a DCC, refusing by name one that is broken, unsafe or no DCC."""
    try:
        return proposed_certificate(document)
    except CertificateRefused as refused:
        words = {
            "size": _("tệp quá lớn"),
            "entities": _("tệp khai báo DOCTYPE hoặc thực thể, không an toàn"),
            "malformed": _("tệp hỏng, không phải XML"),
            "not_dcc": _("tệp XML không phải DCC 3"),
            "content": _("có số liệu hoặc độ không đảm bảo không đọc được"),
        }
        raise CertificateUnreadable(why=words[refused.kind]) from refused


def _kept_files(act: Act, standard: Standard, number: str, draft: CertificateDraft) -> Document | None:
    files = [] if draft.file is None else [draft.file]
    if draft.digital:
        read_digital(draft.digital)
        files.append(Rendition("xml", "chung-nhan-so.xml", draft.digital))
    if not files:
        return None
    return issue_document(
        act,
        book=standard.organisation.code,
        kind="standard_certificate",
        number="",
        title=f"{number} · {standard}",
        snapshot={"standard": standard.code, "number": number, "issued_on": draft.issued_on},
        renditions=tuple(files),
        on=draft.issued_on,
    )


def _text(value: str) -> str:
    return " ".join(nfc(value).split())
