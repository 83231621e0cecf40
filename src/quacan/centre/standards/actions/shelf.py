"""Enter a standard, correct it, add a certificate, send it away and take it back."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.documents import Rendition, issue_document
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.models import Document
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.standards.actions.keeping import put_at
from quacan.centre.standards.models import Standard, StandardCertificate, StandardMove
from quacan.centre.standards.refusals import (
    CertificateDatesSwapped,
    CertificateKnown,
    CertificateUnreadable,
    CertificateValueWrong,
    MoveBeforeLast,
    PermittedWrong,
    RangeWrong,
    SameState,
    StandardKnown,
)
from quacan.centre.standards.rules import RangeRefused, ValueRefused, read_permitted, read_range, tidy_values
from quacan.centre.standards.rules.importing import ProposedCertificate, proposed_certificate
from quacan.metrology.digital_certificates import CertificateRefused


@action("standards.record")
def enter_standard(
    act: Act,
    organisation: Organisation,
    *,
    code: str,
    name: str,
    kind: str,
    unit: Unit | None = None,
    serial: str = "",
    maker: str = "",
    accuracy: str = "",
    range_text: str = "",
    range_from: str = "",
    range_to: str = "",
    range_unit: str = "",
    permitted_error: str = "",
    permitted_unit: str = "",
    location: str = "",
) -> Standard:
    """This will enter a standard under its code; *kind* is the word procedures ask for (weights, test_measure …)."""
    act.require(organisation, unit_id=unit.pk if unit else None)
    standard = Standard(organisation=organisation, code=_text(code))
    if not standard.code:
        raise FieldMissing(field=_("Mã chuẩn"))
    known = Standard.objects.filter(organisation=organisation, code=standard.code).first()
    if known is not None:
        raise StandardKnown(organisation=organisation.short_name, code=known.code, standard=known.name)
    _fill(
        standard,
        unit=unit,
        name=name,
        kind=kind,
        serial=serial,
        maker=maker,
        accuracy=accuracy,
        range_text=range_text,
        range_from=range_from,
        range_to=range_to,
        range_unit=range_unit,
        permitted_error=permitted_error,
        permitted_unit=permitted_unit,
        location=location,
    )
    standard.save(force_insert=True)
    act.created(standard)
    _note_place(act, standard, before="")
    return standard


@action("standards.record")
def change_standard(
    act: Act,
    standard: Standard,
    *,
    version: int,
    name: str,
    kind: str,
    unit: Unit | None = None,
    serial: str = "",
    maker: str = "",
    accuracy: str = "",
    range_text: str = "",
    range_from: str = "",
    range_to: str = "",
    range_unit: str = "",
    permitted_error: str = "",
    permitted_unit: str = "",
    location: str = "",
) -> Standard:
    """This will correct what is known of a standard; its code and certificates stay."""
    act.require(standard.organisation, unit_id=standard.unit_id)
    standard = locked(standard, version=version)
    before, place = image(standard), standard.location
    _fill(
        standard,
        unit=unit,
        name=name,
        kind=kind,
        serial=serial,
        maker=maker,
        accuracy=accuracy,
        range_text=range_text,
        range_from=range_from,
        range_to=range_to,
        range_unit=range_unit,
        permitted_error=permitted_error,
        permitted_unit=permitted_unit,
        location=location,
    )
    standard.version += 1
    standard.save()
    act.changed(standard, before)
    _note_place(act, standard, before=place)
    return standard


def _note_place(act: Act, standard: Standard, *, before: str) -> None:
    if standard.location and standard.location != before:
        put_at(act, standard, place=standard.location, on=act.on, note="")


@action("standards.record")
def add_certificate(
    act: Act,
    standard: Standard,
    *,
    number: str,
    issuer: str,
    issued_on: date,
    valid_until: date,
    values: Sequence[Mapping[str, str]],
    traceable_to: str = "",
    file: Rendition | None = None,
    digital: bytes = b"",
) -> StandardCertificate:
    """This will add a version of a standard's values: rows of nominal, value, U, k, unit (and mark) as typed.

    Once added it never changes. Swapped dates, a day to come and unreadable numbers are refused. A digital
    certificate (*digital*, DCC) the values were proposed from is kept beside the paper; one that cannot be read is
    refused.
    """
    act.require(standard.organisation, unit_id=standard.unit_id)
    standard = locked(standard)
    number, issuer = _text(number), _text(issuer)
    if not number or not issuer:
        raise FieldMissing(field=_("Số giấy chứng nhận và nơi cấp"))
    if valid_until < issued_on:
        raise CertificateDatesSwapped(issued_on=issued_on, valid_until=valid_until)
    if issued_on > act.on:
        raise FieldWrong(field=_("Ngày cấp"), why=_("sau hôm nay"))
    if standard.certificates.filter(number=number).exists():
        raise CertificateKnown(standard=str(standard), number=number)
    certificate = StandardCertificate.objects.create(
        standard=standard,
        number=number,
        issuer=issuer,
        issued_on=issued_on,
        valid_until=valid_until,
        values=_checked_values(values),
        traceable_to=_text(traceable_to),
        document=_kept_files(act, standard, number, issued_on, file, digital),
    )
    act.created(certificate)
    return certificate


@action("standards.record")
def change_state(act: Act, standard: Standard, *, state: str, on: date, note: str = "") -> Standard:
    """This will send a standard to calibration, take it back into use or withdraw it, from a day on."""
    act.require(standard.organisation, unit_id=standard.unit_id)
    standard = locked(standard)
    if state not in Standard.State.values:
        raise FieldWrong(field=_("Trạng thái"), why=state)
    if state == standard.state:
        raise SameState(standard=str(standard), state=standard.get_state_display())
    if on > act.on:
        raise FieldWrong(field=_("Ngày"), why=_("sau hôm nay"))
    last = standard.moves.first()
    if last is not None and on < last.on:
        raise MoveBeforeLast(standard=str(standard), last=last.on, on=on)
    before = image(standard)
    standard.state = state
    standard.version += 1
    standard.save(update_fields=["state", "version"])
    StandardMove.objects.create(
        standard=standard,
        state=state,
        on=on,
        recorded_at=act.at,
        by=act.actor.username,
        note=_text(note)[:300],
    )
    act.changed(standard, before)
    return standard


def _fill(standard: Standard, *, unit: Unit | None, name: str, kind: str, **texts: str) -> None:
    if unit is not None and unit.organisation_id != standard.organisation_id:
        raise FieldWrong(field=_("Phòng/tổ"), why=_("thuộc cơ quan khác"))
    standard.unit = unit
    standard.name, standard.kind = _text(name), _text(kind)
    if not standard.name or not standard.kind:
        raise FieldMissing(field=_("Tên chuẩn và nhóm chuẩn"))
    for column, value in texts.items():
        setattr(standard, column, _text(value))
    _refuse_long(standard)
    _refuse_range(standard)
    standard.folded = fold(
        f"{standard.code} {standard.name} {standard.serial} {standard.maker} {standard.range_text}"
    )[:600]


def _refuse_long(standard: Standard) -> None:
    labels = {
        "code": (_("Mã chuẩn"), 40),
        "name": (_("Tên chuẩn"), 200),
        "kind": (_("Nhóm chuẩn"), 40),
        "serial": (_("Số hiệu"), 80),
        "maker": (_("Hãng sản xuất"), 120),
        "accuracy": (_("Cấp chính xác"), 60),
        "range_text": (_("Phạm vi đo"), 120),
        "range_from": (_("Phạm vi từ"), 40),
        "range_to": (_("Phạm vi đến"), 40),
        "range_unit": (_("Đơn vị phạm vi"), 20),
        "permitted_error": (_("Sai số cho phép"), 40),
        "permitted_unit": (_("Đơn vị sai số cho phép"), 20),
        "location": (_("Nơi để"), 120),
    }
    for column, (label, limit) in labels.items():
        if len(getattr(standard, column)) > limit:
            raise FieldWrong(field=label, why=_("dài quá {limit} ký tự").format(limit=limit))


def _refuse_range(standard: Standard) -> None:
    names = {
        "range_from": _("Phạm vi từ"),
        "range_to": _("Phạm vi đến"),
        "range_unit": _("Đơn vị phạm vi"),
    }
    try:
        found = read_range(standard.range_from, standard.range_to, standard.range_unit)
    except RangeRefused as refused:
        raise RangeWrong(column=names[refused.column], text=refused.text) from refused
    if found is not None:
        standard.range_unit = found.unit
    try:
        read_permitted(standard.permitted_error, standard.permitted_unit)
    except ValueError as refused:
        text = f"{standard.permitted_error} {standard.permitted_unit}".strip()
        raise PermittedWrong(text=text) from refused


def _checked_values(values: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    if not values:
        raise FieldMissing(field=_("Các giá trị của chuẩn"))
    try:
        return tidy_values(values)
    except ValueRefused as refused:
        raise CertificateValueWrong(row=refused.row, column=refused.column, text=refused.text) from refused


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


def _kept_files(
    act: Act, standard: Standard, number: str, on: date, file: Rendition | None, digital: bytes
) -> Document | None:
    files = [] if file is None else [file]
    if digital:
        read_digital(digital)
        files.append(Rendition("xml", "chung-nhan-so.xml", digital))
    if not files:
        return None
    return issue_document(
        act,
        book=standard.organisation.code,
        kind="standard_certificate",
        number="",
        title=f"{number} · {standard}",
        snapshot={"standard": standard.code, "number": number, "issued_on": on},
        renditions=tuple(files),
        on=on,
    )


def _text(value: str) -> str:
    return " ".join(nfc(value).split())
