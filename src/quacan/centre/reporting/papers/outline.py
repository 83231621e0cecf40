"""The numbered text of a report, the same in every format, and what keeps it from being printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from quacan.centre.reporting.papers.values import (
    Figure,
    Paragraph,
    ReportPaper,
    ReportTable,
    Section,
    paragraph_text,
)

LIMITATIONS = "Hạn chế, khó khăn và nguyên nhân"
NEXT_TASKS = "Nhiệm vụ trọng tâm kỳ tới"
PROPOSALS = "Kiến nghị, đề xuất"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number already in its text."""

    text: str
    level: Literal[1, 2, 3]


Block = Heading | ReportTable | Paragraph


def numbered(paper: ReportPaper) -> tuple[Block, ...]:
    """This will give headings, paragraphs and tables in the order of print, the last paragraph ending in “./.”."""
    blocks: list[Block] = list(paper.opening)
    for heading, section in headed(paper):
        blocks.append(heading)
        blocks.extend(section.body)
    return (*blocks[:-1], *_closed(blocks[-1]))


def headed(paper: ReportPaper) -> Iterator[tuple[Heading, Section]]:
    """This will give every section with its numbered heading, in the order of print."""
    counts = [0, 0, 0]
    for section in _all_sections(paper):
        yield Heading(_numbered_heading(section, counts), section.level), section


def report_problems(paper: ReportPaper) -> tuple[str, ...]:
    """This will list why a report may not be printed; a draft may still lack what a numbered report must have."""
    return tuple(_problems(paper))


def figures_in(block: Block) -> Iterator[Figure]:
    """This will give the figures of a paragraph or a table in reading order."""
    if isinstance(block, ReportTable):
        for row in block.rows:
            for cell in row:
                yield from (part for part in cell if isinstance(part, Figure))
    elif isinstance(block, tuple):
        yield from (part for part in block if isinstance(part, Figure))


def _problems(paper: ReportPaper) -> Iterator[str]:
    needed = {
        _("tên đơn vị"): paper.organisation,
        _("ký hiệu văn bản"): paper.symbol,
        _("địa danh"): paper.place,
        _("trích yếu"): paper.subject,
        _("nội dung báo cáo"): "".join(section.heading for section in paper.sections),
    }
    if not paper.is_draft:
        needed |= {
            _("ngày ban hành"): str(paper.dated_on or ""),
            _("người ký"): paper.signer_name,
            _("chức vụ người ký"): paper.signer_title,
            _("nơi nhận"): "".join(paper.recipients),
            _("phần hạn chế, khó khăn và nguyên nhân"): _words(paper.limitations),
            _("phần nhiệm vụ kỳ tới"): _words(paper.next_tasks),
        }
    for part, words in needed.items():
        if not words.strip():
            yield _("Thiếu {part}.").format(part=part)
    for table in _tables(paper):
        if any(len(row) != len(table.columns) for row in table.rows):
            yield _("Bảng “{name}” có dòng thiếu ô.").format(name=table.caption)


def _all_sections(paper: ReportPaper) -> tuple[Section, ...]:
    return (
        *paper.sections,
        Section(LIMITATIONS, paper.limitations or (("[Cần bổ sung hạn chế, khó khăn và nguyên nhân]",),)),
        Section(NEXT_TASKS, paper.next_tasks or (("[Cần bổ sung nhiệm vụ kỳ tới]",),)),
        *((Section(PROPOSALS, paper.proposals),) if paper.proposals else ()),
    )


def _numbered_heading(section: Section, counts: list[int]) -> str:
    place = section.level - 1
    counts[place] += 1
    counts[place + 1 :] = [0] * (2 - place)
    count = counts[place]
    if section.level == 1:
        return f"{ROMAN[count - 1] if count <= len(ROMAN) else count}. {section.heading.upper()}"
    if section.level == 2:
        return f"{count}. {section.heading}"
    return f"{_LETTERS[(count - 1) % len(_LETTERS)]}) {section.heading}"


def _closed(last: Block) -> tuple[Block, ...]:
    """This will end the text with the mark “./.” of official documents."""
    if not isinstance(last, tuple):
        return (last, ("./.",))
    if last and isinstance(last[-1], str):
        return ((*last[:-1], last[-1].rstrip(" .") + "./."),)
    return ((*last, "./."),)


def _words(paragraphs: tuple[Paragraph, ...]) -> str:
    return "".join(paragraph_text(paragraph) for paragraph in paragraphs)


def _tables(paper: ReportPaper) -> Iterator[ReportTable]:
    for section in paper.sections:
        yield from (block for block in section.body if isinstance(block, ReportTable))
