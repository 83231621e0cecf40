"""The shared toolbox of everything printed."""

import io
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from docx import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from quacan.centre.base.paper import Bilingual, PaperRefused, composed, plain_data
from quacan.centre.base.paper.composition import long_day_text
from quacan.centre.base.paper.sheets import Sheet, SheetColumn, workbook_bytes
from quacan.centre.base.paper.typesetting import FONT_FILES, FONTS, qr_drawing
from quacan.centre.base.paper.word import document_bytes, new_document, official_header

AT = datetime(2026, 2, 5, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sample:
    name: Bilingual
    values: tuple[D | None, ...]
    on: date


SAMPLE = Sample(
    Bilingual(unicodedata.normalize("NFD", "Áp kế"), "Gauge"), (D("-1234.50"), None), date(2026, 2, 5)
)


def test_composing_reaches_every_text_and_keeps_the_types():
    clean = composed(SAMPLE)
    assert clean.name.vi == "Áp kế"
    assert clean.name.vi != SAMPLE.name.vi
    assert clean.values == SAMPLE.values
    assert isinstance(clean, Sample)


def test_plain_data_writes_numbers_and_days_as_the_reader_expects():
    data = plain_data(composed(SAMPLE))
    assert data == {
        "name": {"vi": "Áp kế", "en": "Gauge"},
        "values": ["−1\u202f234,50", None],
        "on": "05/02/2026",
    }


def test_a_binary_float_is_no_figure_for_paper():
    with pytest.raises(TypeError):
        plain_data({"value": 0.1})


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 11, 20), "ngày 20 tháng 11 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (None, "ngày … tháng … năm …"),
    ],
)
def test_official_days_take_a_zero_before_small_days_and_the_first_two_months(on, words):
    assert long_day_text(on) == words


def test_the_fonts_travel_with_their_licence():
    assert all((FONTS / file).stat().st_size > 100_000 for file in FONT_FILES)
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()


def test_a_qr_code_is_one_drawing_of_its_content():
    assert qr_drawing("https://vi.du/1") == qr_drawing("https://vi.du/1")
    assert qr_drawing("https://vi.du/1") != qr_drawing("https://vi.du/2")


def test_a_workbook_types_its_cells_and_takes_no_formula():
    columns = tuple(SheetColumn(kind, kind) for kind in ("text", "number", "date"))
    sheet = Sheet("Tổng [hợp]", columns, (("=1+1", D("2.50"), date(2026, 2, 5)), (None, None, None)))
    made = workbook_bytes((sheet,), title="Bảng", author="Trung tâm", created_at=AT)
    assert made == workbook_bytes((sheet,), title="Bảng", author="Trung tâm", created_at=AT)
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.sheet_names == ["Tổng  hợp"]
    assert book.get_sheet_by_index(0).to_python()[1] == ["=1+1", 2.5, date(2026, 2, 5)]


def test_hidden_letters_are_named_with_their_code():
    with pytest.raises(PaperRefused, match=r"U\+202E"):
        composed(Bilingual("an\u202etoàn"))


def test_word_properties_stand_in_the_order_the_format_demands():
    document = new_document(title="T", author="A", stamped_at=AT)
    official_header(document, parent="Sở", organisation="Trung tâm", number="1/BC", place_and_day="Mẫu, ngày")
    body = Document(io.BytesIO(document_bytes(document, AT))).element.body
    order = ["keepNext", "widowControl", "pBdr", "spacing", "ind", "jc", "outlineLvl", "rPr"]
    for properties in body.iter(qn("w:pPr")):
        names = [child.tag.split("}")[1] for child in properties]
        assert names == sorted(names, key=order.index)
    for properties in body.iter(qn("w:tblPr")):
        names = [child.tag.split("}")[1] for child in properties]
        assert names.index("tblCellMar") < names.index("tblLook")
