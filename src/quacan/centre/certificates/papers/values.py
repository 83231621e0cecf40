"""What is printed about one examined instrument: the frozen snapshot of a verification."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Literal

from quacan.centre.base.paper import Bilingual

ADDED: Final[Mapping[str, Any]] = {"added": True}
"""Marks a field that papers issued earlier do not have: it is left out of the snapshot while it is empty."""


class Verdict(StrEnum):
    """A three-valued conclusion: đạt, không đạt, chưa đủ căn cứ."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    UNDETERMINED = "undetermined"

    @property
    def word(self) -> str:
        return _VERDICT_WORDS[self]


_VERDICT_WORDS = {Verdict.PASS: "Đạt", Verdict.FAIL: "Không đạt", Verdict.UNDETERMINED: "Chưa đủ căn cứ"}


class Regime(StrEnum):
    """Why an instrument is verified: the first time, when its interval ends, after a repair, at an inspection."""

    INITIAL = "initial"
    PERIODIC = "periodic"
    AFTER_REPAIR = "after_repair"
    INSPECTION = "inspection"

    @property
    def wording(self) -> Bilingual:
        return _REGIME_WORDINGS[self]


_REGIME_WORDINGS = {
    Regime.INITIAL: Bilingual("Ban đầu", "Initial"),
    Regime.PERIODIC: Bilingual("Định kỳ", "Periodic"),
    Regime.AFTER_REPAIR: Bilingual("Sau sửa chữa", "After repair"),
    Regime.INSPECTION: Bilingual("Kiểm tra", "Inspection"),
}


@dataclass(frozen=True, slots=True)
class Issuer:
    """The organisation on the head; registered (any service) and designated (group 2) are two numbers."""

    name: str
    name_en: str = ""
    parent: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    registration_no: str = ""
    designation_no: str = ""


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One main characteristic: range, class, MPE, scale interval, constant, ratio."""

    label: Bilingual
    value: str


@dataclass(frozen=True, slots=True)
class InstrumentFacts:
    """The measuring instrument as it is named on paper."""

    name: Bilingual
    serial_no: str
    model: str = ""
    maker: str = ""
    country: str = ""
    year: str = ""
    management_no: str = ""
    characteristics: tuple[Characteristic, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who keeps and uses the instrument, and where it stands."""

    name: str
    address: str = ""
    tax_code: str = ""
    place_of_use: str = ""


@dataclass(frozen=True, slots=True)
class MethodUsed:
    """Number and title of the procedure (TT 24/2013 art. 41)."""

    number: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One environmental condition with its value and unit as text: 24,5 °C."""

    name: Bilingual
    value: str


@dataclass(frozen=True, slots=True)
class StandardUsed:
    """A standard measured with, and the certificate it was valid by on the day."""

    name: str
    identification: str
    certificate_no: str
    issued_by: str = ""
    valid_until: date | None = None
    accuracy: str = ""
    traceable_to: str = field(default="", metadata=ADDED)


@dataclass(frozen=True, slots=True)
class SealFound:
    """A seal at its place, as it was found or as it was put on."""

    moment: Bilingual
    position: str
    mark: str
    condition: str


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column of results; values are aligned right, words left or centred."""

    title: Bilingual
    unit: str = ""
    align: Literal["left", "center", "right"] = "right"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Cells already rounded by the reporting rule: typed text, Decimals, None where nothing applies."""

    cells: tuple[str | Decimal | None, ...]
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The measured points of one operation."""

    columns: tuple[ResultColumn, ...]
    rows: tuple[ResultRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the procedure's table: its clause, its verdict and, where measured, its points.

    The verdict is None where the procedure sets no requirement: what was read is recorded, nothing is concluded.
    """

    name: Bilingual
    verdict: Verdict | None
    clause: str = ""
    detail: str = ""
    table: ResultTable | None = None

    @property
    def word(self) -> str:
        """This will give the verdict in words, or that the operation was only recorded."""
        return self.verdict.word if self.verdict else "Ghi nhận"


@dataclass(frozen=True, slots=True)
class Examination:
    """What was done: when, where, how, in which conditions, with which standards, with what result."""

    performed_on: date
    regime: Regime
    methods: tuple[MethodUsed, ...]
    operations: tuple[Operation, ...]
    standards: tuple[StandardUsed, ...]
    environment: tuple[Condition, ...] = ()
    place: str = ""
    uncertainties: tuple[Operation, ...] = field(default=(), metadata=ADDED)
    coverage: Bilingual | None = field(default=None, metadata=ADDED)
    decision: Bilingual | None = field(default=None, metadata=ADDED)
    adjusted: str = field(default="", metadata=ADDED)
    as_found: tuple[Operation, ...] = field(default=(), metadata=ADDED)
    seals: tuple[SealFound, ...] = field(default=(), metadata=ADDED)


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who signs: authority line (KT. GIÁM ĐỐC …), title, name, verifier's card."""

    name: str
    title: str = ""
    authority: str = ""
    card_no: str = ""


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """A verification certificate. `template` names the dated layout, `stamped_at` is its only instant."""

    template: str
    number: str
    issuer: Issuer
    instrument: InstrumentFacts
    holder: Holder
    examination: Examination
    issued_on: date
    place: str
    verifier: Signatory
    head: Signatory
    check_url: str
    snapshot_sha256: str
    stamped_at: datetime
    stamp_no: str = ""
    valid_until: date | None = None
    record_no: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class FailureNoticePaper:
    """A notice that an instrument failed: no certificate, the old stamp is withdrawn."""

    number: str
    issuer: Issuer
    instrument: InstrumentFacts
    holder: Holder
    examination: Examination
    reasons: tuple[str, ...]
    issued_on: date
    place: str
    verifier: Signatory
    head: Signatory
    snapshot_sha256: str
    stamped_at: datetime
    check_url: str = ""
    record_no: str = ""
    stamp_withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """The record (biên bản) of one examination, signed by performer and checker."""

    number: str
    issuer: Issuer
    instrument: InstrumentFacts
    holder: Holder
    examination: Examination
    verdict: Verdict
    place: str
    performer: Signatory
    checker: Signatory
    snapshot_sha256: str
    stamped_at: datetime
    title: str = "BIÊN BẢN KIỂM ĐỊNH"
    remarks: tuple[str, ...] = ()
    conclusion: str = field(default="", metadata=ADDED)


@dataclass(frozen=True, slots=True)
class Accreditation:
    """The accreditation that covers a calibration: its number may stand on the certificate (ISO/IEC 17011)."""

    number: str
    authority: str


@dataclass(frozen=True, slots=True)
class CalibrationPaper:
    """A calibration certificate (ISO/IEC 17025:2017, 7.8.2 and 7.8.4).

    `conformity` is None where no requirement was stated. Without `accreditation` the paper says that it lies
    outside; `note` says so of single results. No day of validity: none may be given unless agreed (7.8.4.3).
    """

    template: str
    number: str
    issuer: Issuer
    instrument: InstrumentFacts
    holder: Holder
    customer: Holder
    examination: Examination
    issued_on: date
    place: str
    performer: Signatory
    checker: Signatory
    head: Signatory
    check_url: str
    snapshot_sha256: str
    stamped_at: datetime
    conformity: Verdict | None = None
    accreditation: Accreditation | None = None
    note: Bilingual | None = None
    record_no: str = ""
    replaces: str = ""
