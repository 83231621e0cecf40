"""Frozen papers about one instrument, printed: PDF/A, the record also as a Word file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.paper import Bilingual, PaperRefused, composed, plain_data
from quacan.centre.base.paper.composition import day_text, long_day_text
from quacan.centre.base.paper.typesetting import qr_drawing, typeset
from quacan.centre.certificates.papers.record_word import record_document
from quacan.centre.certificates.papers.soundness import (
    calibration_problems,
    certificate_problems,
    failure_notice_problems,
    layouts,
    record_problems,
)
from quacan.centre.certificates.papers.values import (
    CalibrationPaper,
    CertificatePaper,
    FailureNoticePaper,
    InstrumentFacts,
    Issuer,
    RecordPaper,
    Verdict,
)

_HERE = Path(__file__).parent
CONFORMITY = {
    Verdict.PASS: Bilingual(
        "Phù hợp với yêu cầu nêu trong bảng kết quả", "Conforms to the requirement stated"
    ),
    Verdict.FAIL: Bilingual(
        "Không phù hợp với yêu cầu nêu trong bảng kết quả", "Does not conform to the requirement stated"
    ),
}


def render_certificate(paper: CertificatePaper) -> bytes:
    """This will print a verification certificate as PDF/A-3a: face, then results (TT 24/2013 art. 41).

    Raises PaperRefused with every problem when anything is missing or any point has not passed.
    """
    paper = composed(paper)
    name = _("giấy chứng nhận {number}").format(number=paper.number)
    _refuse(name, certificate_problems(paper))
    layout = layouts()[paper.template]
    data = _shared_data(paper) | {
        "qr": qr_drawing(paper.check_url),
        "conclusion": layout.conclusion,
        "form_line": layout.form_line(paper.issued_on),
        "issued_text": long_day_text(paper.issued_on),
        "valid_until_text": day_text(paper.valid_until) if paper.valid_until else "",
    }
    return typeset(_HERE / "certificate.typ", data, name=name, stamped_at=paper.stamped_at)


def render_calibration(paper: CalibrationPaper) -> bytes:
    """This will print a calibration certificate as PDF/A-3a: face, then results with U, k and ν (17025, 7.8.4).

    Raises PaperRefused with every problem when anything is missing or any point has no uncertainty.
    """
    paper = composed(paper)
    name = _("giấy chứng nhận {number}").format(number=paper.number)
    _refuse(name, calibration_problems(paper))
    layout = layouts()[paper.template]
    data = _shared_data(paper) | {
        "qr": qr_drawing(paper.check_url),
        "conclusion": layout.conclusion,
        "conformity_line": CONFORMITY.get(paper.conformity) if paper.conformity else None,
        "form_line": layout.form_line(paper.issued_on),
        "issued_text": long_day_text(paper.issued_on),
    }
    return typeset(_HERE / "calibration.typ", data, name=name, stamped_at=paper.stamped_at)


def render_failure_notice(paper: FailureNoticePaper) -> bytes:
    """This will print the notice of a failed instrument as PDF/A-3a, with the points that failed."""
    paper = composed(paper)
    name = _("thông báo không đạt {number}").format(number=paper.number)
    _refuse(name, failure_notice_problems(paper))
    data = _shared_data(paper) | {
        "qr": qr_drawing(paper.check_url) if paper.check_url else "",
        "issued_text": long_day_text(paper.issued_on),
    }
    return typeset(_HERE / "failure_notice.typ", data, name=name, stamped_at=paper.stamped_at)


def render_record(paper: RecordPaper) -> bytes:
    """This will print the record of an examination (biên bản) as PDF/A-3a."""
    paper = composed(paper)
    name = _("biên bản {number}").format(number=paper.number)
    _refuse(name, record_problems(paper))
    data = _shared_data(paper) | {"performed_text": long_day_text(paper.examination.performed_on)}
    return typeset(_HERE / "record.typ", data, name=name, stamped_at=paper.stamped_at)


def render_record_docx(paper: RecordPaper) -> bytes:
    """This will write the record of an examination as a Word file with the content of the PDF."""
    paper = composed(paper)
    _refuse(_("biên bản {number}").format(number=paper.number), record_problems(paper))
    return record_document(paper)


def _refuse(name: str, problems: tuple[str, ...]) -> None:
    if problems:
        raise PaperRefused(paper=name, problems=problems)


def _shared_data(
    paper: CertificatePaper | CalibrationPaper | FailureNoticePaper | RecordPaper,
) -> dict[str, Any]:
    data: dict[str, Any] = plain_data(paper)
    data["instrument"] |= _instrument_lines(paper.instrument)
    data["regime"] = plain_data(paper.examination.regime.wording)
    data["regime_text"] = paper.examination.regime.wording.vi
    data["contact_line"] = _contact_line(paper.issuer)
    data["standing_line"] = _standing_line(paper.issuer)
    data["short_hash"] = " ".join(paper.snapshot_sha256[start : start + 4] for start in (0, 4, 8))
    return data


def _instrument_lines(instrument: InstrumentFacts) -> Mapping[str, str]:
    maker = " – ".join(part for part in (instrument.maker, instrument.country) if part)
    return {"maker_line": maker}


def _contact_line(issuer: Issuer) -> str:
    phone = f"ĐT: {issuer.phone}" if issuer.phone else ""
    return " · ".join(part for part in (issuer.address, phone, issuer.email) if part)


def _standing_line(issuer: Issuer) -> list[Mapping[str, Any]]:
    numbers = (
        (Bilingual("Số đăng ký", "Registration No."), issuer.registration_no),
        (Bilingual("Số chỉ định", "Designation No."), issuer.designation_no),
    )
    return [{"label": label, "value": value} for label, value in numbers if value]
