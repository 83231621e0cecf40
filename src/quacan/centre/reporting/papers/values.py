"""A report as a frozen value: words with their figures as separate parts, so that a screen can open each figure."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the text: the indicator's code, the words printed, the exact value for a spreadsheet."""

    code: str
    text: str
    value: Decimal | int | None = None


Inline = str | Figure
Paragraph = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table in the text; `share` is its part of the width."""

    title: str
    share: float = 1.0
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table in the text; each cell is a paragraph, so that its figures stay openable."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part (1: I, II), section (2: 1, 2) or item (3: a, b) with what stands under it; numbers are given in print."""

    heading: str
    body: tuple[Paragraph | ReportTable, ...] = ()
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A line of the plan-and-result annex; a heading row carries only its name (and its own ordinal)."""

    name: str
    unit: str = ""
    plan: Figure | None = None
    actual: Figure | None = None
    percent: Figure | None = None
    last_year: Figure | None = None
    note: str = ""
    ordinal: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """An official report (NĐ 30/2020). Without a number it is a draft and says so.

    symbol: the part after the number, `BC-TTKHCN`. addressed_to: “Kính gửi”. basis: legal bases, one clause each.
    sections, then limitations with their causes, next_tasks and proposals (if any) make the numbered text.
    recipients: “Nơi nhận”.
    authority: lines above the signer's title (TM., KT., TL. …). stamped_at: the only instant in the files.
    """

    parent: str
    organisation: str
    symbol: str
    place: str
    subject: str
    sections: tuple[Section, ...]
    limitations: tuple[Paragraph, ...]
    next_tasks: tuple[Paragraph, ...]
    signer_title: str
    signer_name: str
    stamped_at: datetime
    number: str | None = None
    dated_on: date | None = None
    kind: str = "BÁO CÁO"
    addressed_to: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    opening: tuple[Paragraph, ...] = ()
    proposals: tuple[Paragraph, ...] = ()
    annex: tuple[AnnexRow, ...] = ()
    annex_title: str = "Kết quả thực hiện các chỉ tiêu"
    period_text: str = ""
    recipients: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        return not self.number

    @property
    def full_number(self) -> str:
        return f"{self.number or '…'}/{self.symbol}"


def paragraph_text(paragraph: Paragraph) -> str:
    """This will give the words of a paragraph as papers print them."""
    return "".join(part.text if isinstance(part, Figure) else part for part in paragraph)
