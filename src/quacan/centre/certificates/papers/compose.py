"""From what was read of a worksheet to the values that are printed: one snapshot for every paper about it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any, TypedDict, TypeVar

from django.conf import settings

from quacan.centre.base.chain import canonical, digest
from quacan.centre.base.paper import Bilingual
from quacan.centre.certificates.papers.source import PaperSource, Signing
from quacan.centre.certificates.papers.statements import statements
from quacan.centre.certificates.papers.tables import operations, stated_steps
from quacan.centre.certificates.papers.thaw import frozen_data
from quacan.centre.certificates.papers.values import (
    CalibrationPaper,
    CertificatePaper,
    Examination,
    FailureNoticePaper,
    Holder,
    InstrumentFacts,
    Issuer,
    MethodUsed,
    RecordPaper,
    Regime,
    Signatory,
    Verdict,
)
from quacan.metrology.procedure import SheetResult

HANOI = timezone(timedelta(hours=7))

Printable = CertificatePaper | CalibrationPaper | FailureNoticePaper | RecordPaper
Paper = TypeVar("Paper", CertificatePaper, CalibrationPaper, FailureNoticePaper, RecordPaper)


def check_url(code: str) -> str:
    """The address a QR code opens."""
    return f"{settings.BASE_URL}/kiem-tra/{code}"


class Common(TypedDict):
    """What every paper about a worksheet says alike."""

    issuer: Issuer
    instrument: InstrumentFacts
    holder: Holder
    examination: Examination
    place: str
    stamped_at: datetime


def common(source: PaperSource, signing: Signing) -> Common:
    """What the papers of a worksheet share, composed once."""
    return {
        "issuer": source.issuer,
        "instrument": source.instrument,
        "holder": source.holder,
        "examination": _examination(source),
        "place": source.issued_at,
        "stamped_at": signing.at.astimezone(HANOI).replace(microsecond=0),
    }


def certificate_paper(signing: Signing, values: Common) -> CertificatePaper:
    """The certificate of a worksheet that passed."""
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


def failure_paper(source: PaperSource, signing: Signing, values: Common) -> FailureNoticePaper:
    """The notice of a worksheet that failed, with the readings that failed it."""
    return FailureNoticePaper(
        number=signing.number,
        check_url=check_url(signing.check_code),
        record_no=signing.record_number,
        reasons=tuple(failure_reasons(source.result)),
        issued_on=signing.on,
        verifier=_verifier(signing),
        head=_head(signing),
        snapshot_sha256="",
        **values,
    )


def calibration_paper(source: PaperSource, signing: Signing, values: Common) -> CalibrationPaper:
    """The calibration certificate of a worksheet, in or outside an accreditation.

    The number of the accreditation stands on it where at least one result lies inside; results outside are marked.
    """
    inside, points = source.accredited_points
    accreditation = source.accreditation if inside else None
    values = {**values, "examination": _without_doubles(source, values["examination"])}
    return CalibrationPaper(
        template="calibration-2013",
        number=signing.number,
        check_url=check_url(signing.check_code),
        record_no=signing.record_number,
        replaces=signing.replaces,
        issued_on=signing.on,
        customer=source.customer,
        performer=_verifier(signing),
        checker=Signatory(name=signing.checker, title=signing.checker_title),
        head=_head(signing),
        conformity=None if source.states_nothing else Verdict(source.verdict),
        accreditation=accreditation,
        note=None if accreditation and inside == points else OUTSIDE_PARTLY if accreditation else OUTSIDE,
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


def _without_doubles(source: PaperSource, work: Examination) -> Examination:
    """A step whose points stand in a table of uncertainties is not printed a second time without them."""
    stated = stated_steps(source)
    steps = [step.key for step in source.result.steps if step.kind != "note"]
    kept = (
        replace(operation, table=None) if key in stated else operation
        for key, operation in zip(steps, work.operations, strict=True)
    )
    return replace(work, operations=tuple(kept))


def record_paper(source: PaperSource, signing: Signing, values: Common) -> RecordPaper:
    """The record (biên bản) of a worksheet, signed by performer and checker."""
    return RecordPaper(
        title="BIÊN BẢN HIỆU CHUẨN" if source.is_calibration else "BIÊN BẢN KIỂM ĐỊNH",
        conclusion=NOTHING_STATED if source.states_nothing else "",
        number=signing.record_number,
        verdict=Verdict(source.verdict),
        performer=_verifier(signing),
        checker=Signatory(name=signing.checker, title="Người soát xét"),
        snapshot_sha256="",
        remarks=source.deviations,
        **values,
    )


def _verifier(signing: Signing) -> Signatory:
    return Signatory(name=signing.performer, title="Kiểm định viên", card_no=signing.card_number)


def _head(signing: Signing) -> Signatory:
    return Signatory(name=signing.signer, title=signing.signer_title or "Giám đốc")


def sealed(paper: Paper) -> Paper:
    """The paper with the hash of its own snapshot printed on it."""
    return replace(paper, snapshot_sha256=snapshot_hash(paper))


def snapshot_of(paper: Printable) -> dict[str, Any]:
    """The frozen values of a paper as plain data (without its own hash)."""
    data: dict[str, Any] = frozen_data(paper)
    data.pop("snapshot_sha256")
    return data


def snapshot_hash(paper: Printable) -> str:
    """The SHA-256 that is printed on the paper and kept with its document."""
    return digest(canonical(snapshot_of(paper)))


def failure_reasons(result: SheetResult) -> Iterable[str]:
    """Why a worksheet failed, in Vietnamese, one sentence per failing operation."""
    rows = result.rows
    for step in result.steps:
        failing = [rows[key] for key in result.failing_rows if rows[key].step == step.key]
        reasons = dict.fromkeys(reason.vi.rstrip(".") for row in failing for reason in row.reasons)
        if reasons:
            yield f"{step.title.vi}: {'; '.join(reasons)}."


def _examination(source: PaperSource) -> Examination:
    procedure = source.procedure
    return Examination(
        performed_on=source.performed_on,
        regime=Regime(source.event),
        methods=(MethodUsed(number=procedure.method, title=procedure.title.vi),),
        operations=tuple(operations(source, source.result)),
        standards=source.standards,
        environment=source.environment,
        place=source.place,
        **statements(source),
    )
