"""From a checked worksheet to the values that are printed: one snapshot for every paper about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypedDict, TypeVar

from django.conf import settings

from quacan.centre.base.chain import canonical, digest
from quacan.centre.base.paper import Bilingual
from quacan.centre.certificates.papers import (
    Accreditation,
    CalibrationPaper,
    CertificatePaper,
    Characteristic,
    Condition,
    Examination,
    FailureNoticePaper,
    Holder,
    InstrumentFacts,
    Issuer,
    MethodUsed,
    RecordPaper,
    Regime,
    Signatory,
    StandardUsed,
    Verdict,
)
from quacan.centre.certificates.papers.reviving import frozen_data
from quacan.centre.certificates.scoping import standing_in_scope
from quacan.centre.certificates.stating import statements
from quacan.centre.certificates.tabulating import accredited_points, operations, stated_steps, states_nothing
from quacan.centre.instruments.catalogue import kind as catalogue_kind
from quacan.centre.people.models import Person
from quacan.centre.verification.library import frozen
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import deviations_of, evaluation, sheet_layout
from quacan.metrology.procedure import Procedure, SheetResult
from quacan.metrology.quantities import NumberRefused, parse_number
from quacan.metrology.rounding import vietnamese_text

HANOI = timezone(timedelta(hours=7))

Printable = CertificatePaper | CalibrationPaper | FailureNoticePaper | RecordPaper
Paper = TypeVar("Paper", CertificatePaper, CalibrationPaper, FailureNoticePaper, RecordPaper)


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs what, when, under which number."""

    number: str
    performer: Person
    checker: Person
    signer: Person
    at: datetime
    on: date
    check_code: str
    record_number: str
    card_number: str = ""
    stamp: str = ""
    valid_until: date | None = None
    replaces: str = ""


def check_url(code: str) -> str:
    """This will give the address a QR code opens."""
    return f"{settings.BASE_URL}/kiem-tra/{code}"


class Common(TypedDict):
    """What every paper about a worksheet says alike."""

    issuer: Issuer
    instrument: InstrumentFacts
    holder: Holder
    examination: Examination
    place: str
    stamped_at: datetime


def common(sheet: Worksheet, signing: Signing) -> Common:
    """This will gather what the papers of a worksheet share, evaluated once."""
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    result = evaluation(sheet)
    return {
        "issuer": _issuer(sheet),
        "instrument": _instrument(sheet, procedure),
        "holder": _holder(sheet),
        "examination": _examination(sheet, procedure, result),
        "place": sheet.organisation.place,
        "stamped_at": signing.at.astimezone(HANOI).replace(microsecond=0),
    }


def certificate_paper(signing: Signing, values: Common) -> CertificatePaper:
    """This will compose the certificate of a worksheet that passed."""
    return CertificatePaper(
        template="vn-2013",
        number=signing.number,
        check_url=check_url(signing.check_code),
        stamp_no=signing.stamp,
        valid_until=signing.valid_until,
        record_no=signing.record_number,
        replaces=signing.replaces,
        issued_on=signing.on,
        verifier=_verifier(signing),
        head=_head(signing),
        snapshot_sha256="",
        **values,
    )


def failure_paper(sheet: Worksheet, signing: Signing, values: Common) -> FailureNoticePaper:
    """This will compose the notice of a worksheet that failed, with the readings that failed it."""
    return FailureNoticePaper(
        number=signing.number,
        check_url=check_url(signing.check_code),
        record_no=signing.record_number,
        reasons=tuple(failure_reasons(evaluation(sheet))),
        issued_on=signing.on,
        verifier=_verifier(signing),
        head=_head(signing),
        snapshot_sha256="",
        **values,
    )


def calibration_paper(sheet: Worksheet, signing: Signing, values: Common) -> CalibrationPaper:
    """This will compose the calibration certificate of a worksheet, in or outside an accreditation.

    The number of the accreditation stands on it where at least one result lies inside; results outside are marked.
    """
    line = standing_in_scope(sheet).accreditation
    inside, points = accredited_points(sheet)
    covered = line if inside else None
    accreditation = Accreditation(covered.scope.number, covered.scope.authority) if covered else None
    values = {**values, "examination": _without_doubles(sheet, values["examination"])}
    return CalibrationPaper(
        template="calibration-2013",
        number=signing.number,
        check_url=check_url(signing.check_code),
        record_no=signing.record_number,
        replaces=signing.replaces,
        issued_on=signing.on,
        customer=_customer(sheet),
        performer=_verifier(signing),
        checker=Signatory(name=signing.checker.full_name, title=signing.checker.job_title),
        head=_head(signing),
        conformity=None if states_nothing(sheet) else Verdict(sheet.verdict),
        accreditation=accreditation,
        note=None if covered and inside == points else OUTSIDE_PARTLY if covered else OUTSIDE,
        snapshot_sha256="",
        **values,
    )


NOTHING_STATED = "Không kết luận sự phù hợp: không có yêu cầu nào được nêu cho phương tiện đo này"
OUTSIDE = Bilingual(
    "Kết quả hiệu chuẩn này nằm ngoài phạm vi công nhận của tổ chức.",
    "The results of this calibration lie outside the scope of accreditation of the organisation.",
)
OUTSIDE_PARTLY = Bilingual(
    "Các kết quả đánh dấu * nằm ngoài phạm vi công nhận.",
    "Results marked * lie outside the scope of accreditation.",
)


def _without_doubles(sheet: Worksheet, work: Examination) -> Examination:
    """A step whose points stand in a table of uncertainties is not printed a second time without them."""
    result = evaluation(sheet)
    stated = stated_steps(sheet, result)
    steps = [step.key for step in result.steps if step.kind != "note"]
    kept = (
        replace(operation, table=None) if key in stated else operation
        for key, operation in zip(steps, work.operations, strict=True)
    )
    return replace(work, operations=tuple(kept))


def _customer(sheet: Worksheet) -> Holder:
    """Who asked for the work: the party of the contract."""
    party = sheet.job.order.contract.party
    return Holder(name=party.name, address=party.address, tax_code=party.tax_code or "")


def record_paper(sheet: Worksheet, signing: Signing, values: Common) -> RecordPaper:
    """This will compose the record (biên bản) of a worksheet, signed by performer and checker."""
    calibration = sheet.service == "calibration"
    return RecordPaper(
        title="BIÊN BẢN HIỆU CHUẨN" if calibration else "BIÊN BẢN KIỂM ĐỊNH",
        conclusion=NOTHING_STATED if states_nothing(sheet) else "",
        number=signing.record_number,
        verdict=Verdict(sheet.verdict),
        performer=_verifier(signing),
        checker=Signatory(name=signing.checker.full_name, title="Người soát xét"),
        snapshot_sha256="",
        remarks=tuple(_deviations(sheet)),
        **values,
    )


def _deviations(sheet: Worksheet) -> Iterable[str]:
    """The signed deviations that stand, in the words of the record (ISO/IEC 17025, 7.8.2.1 n)."""
    for one in deviations_of(sheet):
        if one.stands:
            yield f"Sai lệch: {one.sentence} {one.granted_by} cho phép, lý do: {one.reason}"


def _verifier(signing: Signing) -> Signatory:
    return Signatory(name=signing.performer.full_name, title="Kiểm định viên", card_no=signing.card_number)


def _head(signing: Signing) -> Signatory:
    return Signatory(name=signing.signer.full_name, title=signing.signer.job_title or "Giám đốc")


def sealed(paper: Paper) -> Paper:
    """This will give the paper with the hash of its own snapshot printed on it."""
    return replace(paper, snapshot_sha256=snapshot_hash(paper))


def snapshot_of(paper: Printable) -> dict[str, Any]:
    """This will give the frozen values of a paper as plain data (without its own hash)."""
    data: dict[str, Any] = frozen_data(paper)
    data.pop("snapshot_sha256")
    return data


def snapshot_hash(paper: Printable) -> str:
    """This will give the SHA-256 that is printed on the paper and kept with its document."""
    return digest(canonical(snapshot_of(paper)))


def failure_reasons(result: SheetResult) -> Iterable[str]:
    """This will say in Vietnamese why a worksheet failed, one sentence per failing operation."""
    rows = result.rows
    for step in result.steps:
        failing = [rows[key] for key in result.failing_rows if rows[key].step == step.key]
        reasons = dict.fromkeys(reason.vi.rstrip(".") for row in failing for reason in row.reasons)
        if reasons:
            yield f"{step.title.vi}: {'; '.join(reasons)}."


def _issuer(sheet: Worksheet) -> Issuer:
    """The head of a paper: the designation stands on it only where it covers the work (NĐ 105/2016, art. 5)."""
    organisation, designation = sheet.organisation, standing_in_scope(sheet).designation
    return Issuer(
        name=organisation.name,
        name_en=organisation.name_en,
        parent=organisation.parent.name if organisation.parent else "",
        address=organisation.address,
        phone=organisation.phone,
        registration_no=organisation.registration_number,
        designation_no=designation.scope.number if designation else "",
    )


def _instrument(sheet: Worksheet, procedure: Procedure) -> InstrumentFacts:
    instrument = sheet.instrument
    characteristics = tuple(
        Characteristic(
            Bilingual(row.label.vi, row.label.en),
            with_unit(sheet.characteristics[row.key], row.unit),
        )
        for row in procedure.characteristics
        if row.key in sheet.characteristics
    )
    return InstrumentFacts(
        name=Bilingual(instrument.name, catalogue_kind(instrument.kind_code).name_en),
        serial_no=instrument.serial,
        model=instrument.type,
        maker=instrument.maker,
        country=instrument.made_in,
        year=str(instrument.year or ""),
        characteristics=characteristics,
    )


def with_unit(text: str, unit: str) -> str:
    """This will write a characteristic with its unit, unless the text carries one already (15 kg)."""
    try:
        number = parse_number(text)
    except NumberRefused:
        return text
    return f"{vietnamese_text(number)} {unit}".strip()


def _holder(sheet: Worksheet) -> Holder:
    owner, establishment = sheet.instrument.owner, sheet.instrument.establishment
    place = f"{establishment.name}, {establishment.address}" if establishment else sheet.place
    return Holder(
        name=owner.name,
        address=owner.address,
        tax_code=owner.tax_code or "",
        place_of_use=place or owner.address,
    )


def _examination(sheet: Worksheet, procedure: Procedure, result: SheetResult) -> Examination:
    return Examination(
        performed_on=sheet.performed_on,
        regime=Regime(sheet.event),
        methods=(MethodUsed(number=procedure.method, title=procedure.title.vi),),
        operations=tuple(operations(sheet, result)),
        standards=tuple(_standards(sheet)),
        environment=tuple(_environment(sheet)),
        place=sheet.place,
        **statements(sheet, procedure, result),
    )


def _standards(sheet: Worksheet) -> Iterable[StandardUsed]:
    for use in sheet.standard_uses.select_related("certificate__standard").order_by("need"):
        certificate, standard = use.certificate, use.certificate.standard
        yield StandardUsed(
            name=standard.name,
            identification=f"{standard.code}, số {standard.serial}" if standard.serial else standard.code,
            certificate_no=certificate.number,
            issued_by=certificate.issuer,
            valid_until=certificate.valid_until,
            accuracy=standard.accuracy,
            traceable_to=certificate.traceable_to,
        )


def _environment(sheet: Worksheet) -> Iterable[Condition]:
    typed = {(row.key, row.moment): row.text for row in sheet.conditions.all()}
    for rule in sheet_layout(sheet).conditions:
        start, end = typed.get((rule.key, "start"), ""), typed.get((rule.key, "end"), "")
        text = start if start == end else f"{start} ÷ {end}"
        yield Condition(Bilingual(rule.label.vi, rule.label.en), f"{text} {rule.unit}")
