"""The report as the screen shows it: the paper it will be, with places to type in and figures that open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy

from quacan.centre.base.refusals import Words
from quacan.centre.reporting.definitions import Outline
from quacan.centre.reporting.papers import (
    LIMITATIONS_HEADING,
    NEXT_TASKS_HEADING,
    PROPOSALS_HEADING,
    AnnexRow,
    Paragraph,
    ReportPaper,
    annex_ordinals,
    headed,
)
from quacan.centre.reporting.queries.composition import (
    ASSESSMENT,
    ASSESSMENT_HEADING,
    CAUSES,
    LIMITATIONS,
    NEXT_TASKS,
    NOTE,
    OPENING,
    PROPOSALS,
    REQUIRED,
    SECTION,
    woven,
)
from quacan.centre.reporting.queries.figures import IndicatorFigure
from quacan.centre.reporting.queries.reports import Findings

HINTS: Final[Mapping[str, Words]] = {
    OPENING: gettext_lazy("Lời mở đầu (không bắt buộc)…"),
    ASSESSMENT: gettext_lazy("Ưu điểm, kết quả nổi bật (không bắt buộc)…"),
    LIMITATIONS: gettext_lazy("Hạn chế, khó khăn của kỳ…"),
    CAUSES: gettext_lazy("Nguyên nhân của hạn chế…"),
    NEXT_TASKS: gettext_lazy("Nhiệm vụ trọng tâm kỳ tới, mỗi việc một dòng…"),
    PROPOSALS: gettext_lazy("Kiến nghị, đề xuất (không bắt buộc)…"),
}
WRITTEN_PARTS: Final = (
    (ASSESSMENT_HEADING, (ASSESSMENT,)),
    (LIMITATIONS_HEADING, (LIMITATIONS, CAUSES)),
    (NEXT_TASKS_HEADING, (NEXT_TASKS,)),
    (PROPOSALS_HEADING, (PROPOSALS,)),
)
ADD_WORDS: Final = gettext_lazy("Thêm lời cho mục này…")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to type in."""

    key: str
    text: str
    hint: Words
    required: bool = False

    @property
    def anchor(self) -> str:
        """This will give the id of the place on the page."""
        return f"w-{self.key.replace(':', '-')}"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the paper with its paragraphs and the places to type in under it."""

    heading: str
    level: int
    paragraphs: tuple[Paragraph, ...]
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the annex: its number, its figures, its note, whether the plan is not kept."""

    ordinal: str
    row: AnnexRow
    slot: Slot | None
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page of a report."""

    paper: ReportPaper
    opening: Slot | None
    parts: tuple[Part, ...]
    annex: tuple[SheetRow, ...]
    figures: int


def sheet_of(findings: Findings, paper: ReportPaper, *, editable: bool) -> Sheet:
    """This will lay a report out for the screen; *editable* puts places to type in where words belong."""
    known, words = findings.known, findings.report.words
    parts = (
        tuple(_editable_parts(findings.outline, known, words, paper)) if editable else tuple(_parts(paper))
    )
    return Sheet(
        paper=paper,
        opening=_slot(OPENING, words) if editable else None,
        parts=parts,
        annex=tuple(_rows(known, words, paper, editable=editable)),
        figures=len(known),
    )


def _parts(paper: ReportPaper) -> Iterable[Part]:
    for heading, section in headed(paper):
        yield Part(heading.text, heading.level, tuple(b for b in section.body if isinstance(b, tuple)))


def _editable_parts(
    outline: Outline, known: Mapping[str, IndicatorFigure], words: Mapping[str, str], paper: ReportPaper
) -> Iterable[Part]:
    """The outline's sections with its own sentences, then the parts the author must or may write.

    A part left empty that will not be printed stands without a number.
    """
    headings = [heading for heading, _section in headed(paper)]
    for heading, section in zip(headings, outline.sections, strict=False):
        sentences = tuple(woven(text, known) for text in section.paragraphs)
        slot = _slot(f"{SECTION}{section.key}", words, hint=ADD_WORDS)
        yield Part(heading.text, heading.level, sentences, (slot,) if sentences else ())
    printed = {section.heading: heading.text for heading, section in headed(paper)}
    for name, keys in WRITTEN_PARTS:
        yield Part(printed.get(name, name), 1, (), tuple(_slot(key, words) for key in keys))


def _slot(key: str, words: Mapping[str, str], *, hint: Words = "") -> Slot:
    return Slot(key, words.get(key, ""), hint or HINTS.get(key, ""), required=key in REQUIRED)


def _rows(
    known: Mapping[str, IndicatorFigure],
    words: Mapping[str, str],
    paper: ReportPaper,
    *,
    editable: bool,
) -> Iterable[SheetRow]:
    for row, ordinal in zip(paper.annex, annex_ordinals(paper), strict=True):
        code = row.actual.code if row.actual else ""
        behind = paper.is_draft and code in known and known[code].is_behind
        hint = gettext_lazy("Nguyên nhân…") if behind else gettext_lazy("Ghi chú…")
        slot = _slot(f"{NOTE}{code}", words, hint=hint) if editable and code else None
        yield SheetRow(ordinal, row, slot, behind)
