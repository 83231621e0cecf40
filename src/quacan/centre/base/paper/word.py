"""Word files in the form of official documents (NĐ 30/2020, annex I): the parts and the stable bytes.

Sizes in points, lengths in millimetres, as the decree states them.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from docx import Document as open_document
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

Align = Literal["left", "center", "right", "justify"]

FONT = "Times New Roman"
BODY = 14.0
TEXT_WIDTH = 165.0  # 210 − 30 − 15
WIDE_TEXT_WIDTH = 252.0  # 297 − 30 − 15, for tables too wide for an upright sheet

_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_EM_OF_CAPITALS = 0.70  # mean width of bold Times capitals, in ems: rules under names are set by it
_MOTTO_WIDTH = 56.0  # of the motto at 13 pt bold, in millimetres


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a Word table: its heading, its share of the width, where its cells stand."""

    title: str
    share: float = 1.0
    align: Align = "left"


def new_document(*, title: str, author: str, stamped_at: datetime) -> Document:
    """This will open an empty official document: A4, margins 20/20/30/15 mm, pages numbered from 2."""
    document = open_document()
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(BODY)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    _set_language(normal.element.get_or_add_rPr())
    normal.paragraph_format.space_after = Pt(0)
    _upright(document.sections[0])
    _number_pages(document.sections[0])
    _state_properties(document, title, author, stamped_at)
    return document


def official_header(
    document: Document, *, parent: str, organisation: str, number: str, place_and_day: str, note: str = ""
) -> None:
    """This will set the head: agency, national title, number, place with day; `note` under the number."""
    table = borderless_table(document, (0.41, 0.59))
    left, right = table.rows[0].cells
    if parent:
        line(left, parent.upper(), size=12, align="center", first=True)
    line(left, organisation.upper(), size=12, bold=True, align="center", first=not parent)
    _rule(left, _rule_width(organisation), table_share=0.41)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, align="center", first=True)
    line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True, align="center")
    _rule(right, _MOTTO_WIDTH, table_share=0.59)
    left, right = _next_row(table)
    line(left, f"Số: {number}", size=13, align="center", first=True, before=4)
    if note:
        line(left, note, size=12, bold=True, align="center")
    line(right, place_and_day, size=13, italic=True, align="center", first=True, before=4)


def document_title(document: Document, kind: str, subject: str) -> None:
    """This will set the name of the kind of document and its subject, with the short rule underneath."""
    line(document, kind, size=14, bold=True, align="center", before=14)
    if subject:
        line(document, subject, size=14, bold=True, align="center", before=2)
        _rule(document, 55, table_share=1)


def addressed_to(document: Document, recipients: Sequence[str]) -> None:
    """This will set “Kính gửi”: one on its line, several as a list."""
    if len(recipients) == 1:
        line(document, f"Kính gửi: {recipients[0]}", align="center", before=12, after=6)
    elif recipients:
        line(document, "Kính gửi:", align="left", before=12, indent=35)
        for position, name in enumerate(recipients, start=1):
            ending = "." if position == len(recipients) else ";"
            line(document, f"- {name}{ending}", align="left", indent=45)


def body_text(document: Document, text: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """This will set a paragraph of the text: justified, first line indented 12.7 mm, 6 pt above."""
    paragraph = line(document, text, bold=bold, italic=italic, align="justify", before=6)
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    paragraph.paragraph_format.line_spacing = 1.15
    paragraph.paragraph_format.widow_control = True
    return paragraph


def body_heading(document: Document, text: str, *, level: int) -> Paragraph:
    """This will set the heading of a part (1), section (2) or item (3), kept with what follows."""
    paragraph = body_text(document, text, bold=level < 3, italic=level == 3)
    paragraph.paragraph_format.keep_with_next = True
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().append(outline)
    return paragraph


def ruled_table(
    document: Document,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    width: float = TEXT_WIDTH,
    size: float = 12,
    bold_rows: frozenset[int] = frozenset(),
) -> Table:
    """This will set a table with all its lines; the heading row returns on each page, rows stay whole."""
    table: Table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = [width * column.share / sum(item.share for item in columns) for column in columns]
    _repeat_heading(table)
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        line(cell, column.title, size=size, bold=True, align="center", first=True, before=2, after=2)
    for position, texts in enumerate(rows):
        cells = _next_row(table)
        for cell, column, text in zip(cells, columns, texts, strict=True):
            bold = position in bold_rows
            line(cell, text, size=size, bold=bold, align=column.align, first=True, before=2, after=2)
    _settle(table, widths)
    return table


def recipients_and_signature(
    document: Document, *, recipients: Sequence[str], authority: Sequence[str], title: str, name: str
) -> None:
    """This will set the foot: “Nơi nhận” on the left, authority, title, room, name on the right."""
    line(document, "", size=6)
    table = borderless_table(document, (0.46, 0.54))
    left, right = table.rows[0].cells
    if recipients:
        line(left, "Nơi nhận:", size=12, bold=True, italic=True, first=True)
        for position, receiver in enumerate(recipients, start=1):
            line(left, f"- {receiver}{'.' if position == len(recipients) else ';'}", size=11)
    first = True
    for entry in (*authority, title):
        line(right, entry.upper(), size=14, bold=True, align="center", first=first)
        first = False
    for _room in range(4):
        line(right, "", size=14)
    line(right, name, size=14, bold=True, align="center")


def signatures(document: Document, signers: Sequence[tuple[str, str]]) -> None:
    """This will set equal signatures side by side: (title, name) each."""
    line(document, "", size=6)
    table = borderless_table(document, tuple(1.0 for _signer in signers))
    for cell, (title, name) in zip(table.rows[0].cells, signers, strict=True):
        line(cell, title.upper(), size=13, bold=True, align="center", first=True)
        for _room in range(4):
            line(cell, "", size=13)
        line(cell, name, size=13, bold=True, align="center")


def wide_section(document: Document) -> None:
    """This will begin a lying sheet for a wide table, page numbers running on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = False


def line(
    place: Document | _Cell,
    text: str,
    *,
    size: float = BODY,
    bold: bool = False,
    italic: bool = False,
    align: Align = "left",
    before: float = 0,
    after: float = 0,
    indent: float = 0,
    first: bool = False,
) -> Paragraph:
    """This will set one paragraph; `first` uses the empty paragraph a new cell begins with."""
    paragraph = place.paragraphs[0] if first and isinstance(place, _Cell) else place.add_paragraph()
    paragraph.alignment = _ALIGNMENTS[align]
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.left_indent = Mm(indent)
    if not text:
        _shrink_mark(paragraph, size)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = bold
    run.italic = italic
    return paragraph


def borderless_table(document: Document, shares: Sequence[float], *, width: float = TEXT_WIDTH) -> Table:
    """This will add one row of cells without lines, as wide as the shares say."""
    table: Table = document.add_table(rows=1, cols=len(shares))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _no_cell_margins(table)
    for row in table.rows:
        _keep_whole(row._tr)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(width * share / sum(shares))
    for cell, share in zip(table.rows[0].cells, shares, strict=True):
        cell.width = Mm(width * share / sum(shares))
    return table


def document_bytes(document: Document, stamped_at: datetime) -> bytes:
    """This will write the file with every inner time set to `stamped_at`, so that bytes repeat."""
    loose = io.BytesIO()
    document.save(loose)
    when = (
        stamped_at.year,
        stamped_at.month,
        stamped_at.day,
        stamped_at.hour,
        stamped_at.minute,
        stamped_at.second,
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()


def _shrink_mark(paragraph: Paragraph, size: float) -> None:
    """This will give the paragraph mark a size: an empty paragraph is as tall as its mark."""
    properties = paragraph._p.get_or_add_pPr()
    mark = OxmlElement("w:rPr")
    height = OxmlElement("w:sz")
    height.set(qn("w:val"), str(round(size * 2)))
    mark.append(height)
    properties.append(mark)


def _no_cell_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        width = OxmlElement(side)
        width.set(qn("w:w"), "0")
        width.set(qn("w:type"), "dxa")
        margins.append(width)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    table._tbl.tblPr.append(margins) if look is None else look.addprevious(margins)


def _upright(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)


def _number_pages(section: Section) -> None:
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "2"), ("end", "")):
        run._r.append(_field_part(kind, text))


def _field_part(kind: str, text: str) -> BaseOxmlElement:
    tag = {"": "w:instrText", "text": "w:t"}.get(kind, "w:fldChar")
    part = OxmlElement(tag)
    if tag == "w:fldChar":
        part.set(qn("w:fldCharType"), kind)
    else:
        part.text = text
        part.set(qn("xml:space"), "preserve")
    return part


def _set_language(properties: BaseOxmlElement) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)


def _state_properties(document: Document, title: str, author: str, stamped_at: datetime) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title[:255], author[:255], author[:255]
    core.comments, core.language = "", "vi-VN"
    core.created = core.modified = stamped_at
    core.revision = 1


def _rule_width(name: str) -> float:
    """This will give a rule of about two fifths of the (one-line) name, in millimetres."""
    return min(len(name) * _EM_OF_CAPITALS * 12 * 0.3528, 62.0) * 0.42


def _rule(place: Document | _Cell, length: float, *, table_share: float) -> None:
    """This will draw a centred rule: a tiny paragraph with an upper border between two indents."""
    free = (TEXT_WIDTH * table_share - length) / 2
    paragraph = line(place, "", size=2, align="center", before=1)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(max(free, 0))
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for key, text in (("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        top.set(qn(key), text)
    border.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _next_row(table: Table) -> tuple[_Cell, ...]:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row.cells


def _repeat_heading(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _keep_whole(row: CT_Row) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _settle(table: Table, widths: Sequence[float]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _keep_whole(row._tr)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
