"""What may be printed: each check gives every problem as a sentence; nothing is printed while one stands."""

import calendar
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.definitions import pair_of
from quacan.centre.base.paper import Bilingual
from quacan.centre.certificates.papers.values import (
    CalibrationPaper,
    CertificatePaper,
    Examination,
    FailureNoticePaper,
    InstrumentFacts,
    Issuer,
    Operation,
    RecordPaper,
    Verdict,
)

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Layout:
    """A dated layout of the certificate with where it comes from and how sure that is."""

    form: str
    source: str
    replaced_by: str
    replaced_on: date
    confidence: str
    conclusion: Bilingual

    def form_line(self, on: date) -> str:
        """This will name form and circular while in force, nothing once a later circular has come."""
        return f"Mẫu {self.form} · {self.source}" if on < self.replaced_on else ""


@cache
def layouts() -> dict[str, Layout]:
    """This will give the known layouts by code."""
    with Path(__file__).with_name("layouts.toml").open("rb") as file:
        return {code: _layout(entry) for code, entry in tomllib.load(file).items()}


def _layout(entry: dict[str, Any]) -> Layout:
    said = pair_of(entry, "conclusion")
    rest = {key: value for key, value in entry.items() if not key.startswith("conclusion")}
    return Layout(**rest, conclusion=Bilingual(said.vi, said.en))


def certificate_problems(paper: CertificatePaper) -> tuple[str, ...]:
    """This will list why a certificate may not be printed; empty means it may."""
    return tuple(_certificate_problems(paper))


def calibration_problems(paper: CalibrationPaper) -> tuple[str, ...]:
    """This will list why a calibration certificate may not be printed (ISO/IEC 17025, 7.8.2, 7.8.4)."""
    return tuple(_calibration_problems(paper))


def _calibration_problems(paper: CalibrationPaper) -> Iterator[str]:
    work = paper.examination
    yield from _shared_problems(paper.issuer, paper.instrument, work)
    yield from _missing(
        {
            _("số giấy chứng nhận"): paper.number,
            _("người thực hiện"): paper.performer.name,
            _("người ký"): paper.head.name,
            _("khách hàng"): paper.customer.name,
            _("địa chỉ trang kiểm tra"): paper.check_url,
        }
    )
    if paper.template not in layouts():
        yield _("Không có mẫu giấy chứng nhận “{code}”.").format(code=paper.template)
    if not (paper.issuer.registration_no or paper.accreditation):
        yield _("Tổ chức chưa có số đăng ký hoặc công nhận; khai báo trong phần Tổ chức.")
    if not work.uncertainties:
        yield _("Không có độ không đảm bảo đo; chứng nhận hiệu chuẩn phải nêu ở từng điểm.")
    for table in work.uncertainties:
        yield from _unstated(table)
    if paper.conformity is not None and work.decision is None:
        yield _("Kết luận sự phù hợp mà không có quy tắc ra quyết định.")
    if paper.issued_on < work.performed_on:
        yield _("Ngày cấp trước ngày thực hiện.")
    yield from _seal_problems(paper.snapshot_sha256, paper.check_url)


def _unstated(operation: Operation) -> Iterator[str]:
    """Points without U; a table without a column of U states none."""
    table = operation.table
    titles = [column.title.vi for column in table.columns] if table else []
    for row in table.rows if table else ():
        if "U" not in titles or row.cells[titles.index("U")] is None:
            yield _("“{name}”: điểm {point} chưa có độ không đảm bảo đo; xem bảng tính trên phiếu.").format(
                name=operation.name.vi, point=row.cells[0]
            )


def failure_notice_problems(paper: FailureNoticePaper) -> tuple[str, ...]:
    """This will list why a failure notice may not be printed; it needs a failed operation."""
    problems = list(_shared_problems(paper.issuer, paper.instrument, paper.examination))
    problems += _missing(
        {
            _("số thông báo"): paper.number,
            _("lý do không đạt"): "".join(paper.reasons),
            _("kiểm định viên"): paper.verifier.name,
            _("người ký"): paper.head.name,
            _("khách hàng"): paper.holder.name,
        }
    )
    problems += _seal_problems(paper.snapshot_sha256, paper.check_url)
    if all(operation.verdict is not Verdict.FAIL for operation in paper.examination.operations):
        problems.append(_("Không có phép kiểm tra nào không đạt; thông báo không đạt cần ít nhất một phép."))
    return tuple(problems)


def record_problems(paper: RecordPaper) -> tuple[str, ...]:
    """This will list why a record may not be printed; its conclusion must agree with its operations."""
    problems = list(_shared_problems(paper.issuer, paper.instrument, paper.examination))
    problems += _missing({_("số biên bản"): paper.number, _("người thực hiện"): paper.performer.name})
    problems += _seal_problems(paper.snapshot_sha256, "")
    not_passed = [item for item in paper.examination.operations if not _has_passed(item)]
    if paper.verdict is Verdict.PASS and not_passed:
        problems.append(_not_passed_sentence(not_passed[0]))
    return tuple(problems)


def _certificate_problems(paper: CertificatePaper) -> Iterator[str]:
    yield from _shared_problems(paper.issuer, paper.instrument, paper.examination)
    yield from _missing(
        {
            _("số giấy chứng nhận"): paper.number,
            _("kiểm định viên"): paper.verifier.name,
            _("người ký"): paper.head.name,
            _("khách hàng"): paper.holder.name,
            _("địa chỉ trang kiểm tra"): paper.check_url,
        }
    )
    if paper.template not in layouts():
        yield _("Không có mẫu giấy chứng nhận “{code}”.").format(code=paper.template)
    if not (paper.issuer.registration_no or paper.issuer.designation_no):
        yield _("Tổ chức chưa có số đăng ký hoặc số chỉ định; khai báo trong phần Tổ chức.")
    for operation in paper.examination.operations:
        if not _has_passed(operation):
            yield _not_passed_sentence(operation)
    if all(operation.verdict is None for operation in paper.examination.operations):
        yield _("Không phép kiểm tra nào có kết luận; chứng nhận cần ít nhất một phép đạt.")
    yield from _seal_problems(paper.snapshot_sha256, paper.check_url)
    yield from _day_problems(paper)


def _day_problems(paper: CertificatePaper) -> Iterator[str]:
    if paper.issued_on < paper.examination.performed_on:
        yield _("Ngày cấp trước ngày thực hiện.")
    until = paper.valid_until
    if until is None:
        return
    if until <= paper.examination.performed_on:
        yield _("Thời hạn giá trị không sau ngày thực hiện.")
    if until.day != calendar.monthrange(until.year, until.month)[1]:
        yield _("Thời hạn giá trị phải là ngày cuối tháng (TT 24/2013, Điều 41).")


def _shared_problems(issuer: Issuer, instrument: InstrumentFacts, work: Examination) -> Iterator[str]:
    yield from _missing(
        {
            _("tên tổ chức"): issuer.name,
            _("tên phương tiện đo"): instrument.name.vi,
            _("số sản xuất của phương tiện đo"): instrument.serial_no,
            _("phương pháp thực hiện"): "".join(method.number for method in work.methods),
            _("chuẩn đã dùng"): "".join(standard.name for standard in work.standards),
            _("phép kiểm tra"): "".join(operation.name.vi for operation in work.operations),
        }
    )
    for standard in work.standards:
        if not standard.certificate_no:
            yield _("Chuẩn “{name}” thiếu số giấy chứng nhận.").format(name=standard.name)
        if standard.valid_until is not None and standard.valid_until < work.performed_on:
            yield _("Chuẩn “{name}” đã hết hạn vào ngày thực hiện.").format(name=standard.name)
    for operation in work.operations:
        yield from _table_problems(operation)


def _table_problems(operation: Operation) -> Iterator[str]:
    table = operation.table
    if table is None:
        return
    if not table.rows or any(len(row.cells) != len(table.columns) for row in table.rows):
        yield _("Bảng kết quả “{name}” trống hoặc thiếu ô.").format(name=operation.name.vi)


def _seal_problems(snapshot_sha256: str, check_url: str) -> Iterator[str]:
    if not _HASH.fullmatch(snapshot_sha256):
        yield _("Mã băm của bản chụp dữ liệu không phải SHA-256.")
    if check_url and not check_url.startswith(("https://", "http://")):
        yield _("Địa chỉ trang kiểm tra phải bắt đầu bằng https://.")


def _missing(parts: dict[str, str]) -> list[str]:
    return [_("Thiếu {part}.").format(part=name) for name, text in parts.items() if not text.strip()]


def _has_passed(operation: Operation) -> bool:
    rows = operation.table.rows if operation.table else ()
    return operation.verdict in (None, Verdict.PASS) and all(
        row.verdict in (None, Verdict.PASS) for row in rows
    )


def _not_passed_sentence(operation: Operation) -> str:
    return _("Phép kiểm tra “{name}” chưa đạt ở mọi điểm; chỉ phương tiện đạt mới có kết luận đạt.").format(
        name=operation.name.vi
    )
