"""The test report (ISO/IEC 17025, 7.8.2 and 7.8.3) as PDF/A."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from quacan.centre.base.paper import composed, plain_data
from quacan.centre.base.paper.typesetting import typeset

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the results: what was measured, what it came to, what was required, what follows."""

    step: str
    label: str
    value: str
    limit: str
    verdict: str


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """Everything a test report states; *stamped_at* is the only time in the file."""

    number: str
    parent: str
    organisation: str
    place_and_day: str
    title: str
    method: str
    customer: str
    place: str
    performed_on: str
    asked: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    standards: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    conclusion: tuple[str, ...]
    performer: str
    checker: str
    stamped_at: datetime


def render_report(paper: ReportPaper) -> bytes:
    """The report as PDF/A-3a; the same value gives the same bytes."""
    paper = composed(paper)
    name = _("phiếu kết quả thử nghiệm {number}").format(number=paper.number)
    return typeset(_HERE / "report.typ", plain_data(paper), name=name, stamped_at=paper.stamped_at)
