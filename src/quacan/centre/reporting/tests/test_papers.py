"""The official report, read back from its three files."""

import io
import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal as D

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from quacan.centre.base.paper import PaperRefused
from quacan.centre.reporting.papers import (
    AnnexRow,
    Figure,
    ReportPaper,
    ReportTable,
    Section,
    TableColumn,
    render_report_docx,
    render_report_pdf,
    render_report_xlsx,
)

AT = datetime(2022, 6, 30, 16, 0, tzinfo=timezone(timedelta(hours=7)))
HOSTILE = "#panic() *x* $ = \\ <a> @b"
VERIFIED = Figure("kiem-dinh.tong", "515", 515)
FUND = Figure("cong-doan.mai-am", "1.934.000 đồng", 1934000)
TABLE = ReportTable(
    (TableColumn("Loại", 3), TableColumn("Số lượng", 1, "right")),
    ((("Cân đồng hồ lò xo",), (Figure("kiem-dinh.can", "213", 213),)),),
    caption="Theo loại phương tiện đo",
)
REPORT = ReportPaper(
    parent="Sở Khoa học và Công nghệ tỉnh Mẫu",
    organisation="Trung tâm Ứng dụng",
    symbol="BC-TTUD",
    place="Tỉnh Mẫu",
    subject="Kết quả công tác 6 tháng đầu năm 2022",
    number="45",
    dated_on=date(2022, 2, 5),
    addressed_to=("Sở Khoa học và Công nghệ",),
    basis=("Căn cứ Kế hoạch công tác năm 2022",),
    opening=(("Trung tâm báo cáo như sau:",),),
    sections=(
        Section("Kết quả thực hiện"),
        Section(
            "Đo lường",
            (
                (
                    "Kiểm định ",
                    VERIFIED,
                    " phương tiện đo.",
                ),
                TABLE,
            ),
            2,
        ),
        Section("Công đoàn", (("Ủng hộ ", FUND, "."),), 2),
    ),
    limitations=(("Nhân lực còn thiếu; nguyên nhân: kinh phí hạn hẹp.",),),
    next_tasks=(("Khai thác chuẩn đo lường.",),),
    annex=(
        AnnexRow("Đo lường", heading=True),
        AnnexRow(
            "Phương tiện đo được kiểm định",
            "phương tiện",
            plan=Figure("kiem-dinh.tong", "900", 900),
            actual=VERIFIED,
            percent=Figure("kiem-dinh.tong", "57,2", D("57.2")),
            note="Đợt 1",
        ),
        AnnexRow("=HYPERLINK(1)", "đồng", actual=Figure("cong-doan", "≤ 30")),
    ),
    recipients=("Như trên", "Lưu: VT"),
    authority=("KT. Giám đốc",),
    signer_title="Phó Giám đốc",
    signer_name="Trần Thị Ví Dụ",
    stamped_at=AT,
)


def read(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", " ".join(pages))


def words_of(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


SAID_ONCE_PRINTED = (
    "SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH MẪU",
    "TRUNG TÂM ỨNG DỤNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 45/BC-TTUD",
    "Tỉnh Mẫu, ngày 05 tháng 02 năm 2022",
    "Kính gửi: Sở Khoa học và Công nghệ",
    "Căn cứ Kế hoạch công tác năm 2022.",
    "I. KẾT QUẢ THỰC HIỆN",
    "1. Đo lường",
    "Kiểm định 515 phương tiện đo.",
    "2. Công đoàn",
    "Ủng hộ 1.934.000 đồng.",
    "II. HẠN CHẾ, KHÓ KHĂN VÀ NGUYÊN NHÂN",
    "III. NHIỆM VỤ TRỌNG TÂM KỲ TỚI",
    "Khai thác chuẩn đo lường./.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    "KT. GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "Trần Thị Ví Dụ",
    "PHỤ LỤC",
    "(Kèm theo Báo cáo số 45/BC-TTUD ngày 05 tháng 02 năm 2022 của Trung tâm Ứng dụng)",
)


@pytest.mark.parametrize("expected", SAID_ONCE_PRINTED)
def test_pdf_and_word_say_the_same_official_words(expected):
    assert expected in read(render_report_pdf(REPORT))
    assert expected in words_of(render_report_docx(REPORT))


def test_files_repeat_to_the_byte():
    for render in (render_report_pdf, render_report_docx, render_report_xlsx):
        assert render(REPORT) == render(REPORT)


def test_the_pdf_is_archival_with_embedded_fonts_and_a_lying_annex():
    reader = PdfReader(io.BytesIO(render_report_pdf(REPORT)))
    packet = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>3<|pdfaid:part=\"3\"", packet)
    names = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all("LiberationSerif" in name.replace("-", "").replace("+", "") for name in names)
    assert [float(page.mediabox.width) > float(page.mediabox.height) for page in reader.pages] == [
        False,
        True,
    ]


def test_page_numbers_begin_on_the_second_page():
    long = replace(REPORT, limitations=tuple((f"Hạn chế thứ {n}. " * 20,) for n in range(20)))
    pages = PdfReader(io.BytesIO(render_report_pdf(long))).pages
    firsts = [page.extract_text().strip().splitlines()[0].strip() for page in pages]
    assert firsts[0] != "1"
    assert firsts[1] == "2"


def test_the_word_file_keeps_the_decree_s_sheet():
    document = Document(io.BytesIO(render_report_docx(REPORT)))
    sheet = document.sections[0]
    sides = (sheet.top_margin, sheet.bottom_margin, sheet.left_margin, sheet.right_margin)
    assert [round(side / Mm(1)) for side in sides] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert sheet.different_first_page_header_footer
    assert " PAGE " in sheet.header._element.xml
    assert document.sections[1].orientation == WD_ORIENT.LANDSCAPE
    body = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Kiểm định 515"))
    assert round(body.paragraph_format.first_line_indent / Mm(1), 1) == 12.7
    assert body.paragraph_format.space_before == Pt(6)
    assert body.runs[0].font.size == Pt(14)


def test_the_workbook_holds_numbers_codes_and_no_formula():
    book = CalamineWorkbook.from_filelike(io.BytesIO(render_report_xlsx(REPORT)))
    rows = book.get_sheet_by_name("Chỉ tiêu").to_python()
    assert [
        "1",
        "Phương tiện đo được kiểm định",
        "phương tiện",
        900.0,
        515.0,
        57.2,
        "",
        "Đợt 1",
        "kiem-dinh.tong",
    ] in rows
    assert any(row[1] == "=HYPERLINK(1)" and row[4] == "≤ 30" for row in rows)
    figures = book.get_sheet_by_name("Số liệu").to_python()
    assert ["1. Đo lường", "kiem-dinh.can", "213", 213.0] in figures
    assert ["2. Công đoàn", "cong-doan.mai-am", "1.934.000 đồng", 1934000.0] in figures


def test_a_figure_longer_than_a_spreadsheet_number_is_written_as_text_not_rounded():
    row = AnnexRow("Dài", actual=Figure("dai", "…", D("12345678901234567.5")))
    book = CalamineWorkbook.from_filelike(io.BytesIO(render_report_xlsx(replace(REPORT, annex=(row,)))))
    assert book.get_sheet_by_name("Chỉ tiêu").to_python()[-1][4] == "12345678901234567.5"


def test_typed_text_never_becomes_markup():
    paper = replace(REPORT, subject=HOSTILE, limitations=((HOSTILE,),))
    assert read(render_report_pdf(paper)).count(HOSTILE) == 2
    assert words_of(render_report_docx(paper)).count(HOSTILE) == 2


def test_decomposed_input_prints_the_same_files():
    loose = replace(REPORT, organisation=unicodedata.normalize("NFD", REPORT.organisation))
    assert loose.organisation != REPORT.organisation
    for render in (render_report_pdf, render_report_docx, render_report_xlsx):
        assert render(loose) == render(REPORT)


def test_without_a_number_it_is_a_draft_that_shows_what_is_missing():
    draft = replace(REPORT, number=None, dated_on=None, limitations=(), next_tasks=())
    for words in (read(render_report_pdf(draft)), words_of(render_report_docx(draft))):
        assert "Số: …/BC-TTUD" in words
        assert "DỰ THẢO" in words
        assert "ngày … tháng … năm …" in words
        assert "[Cần bổ sung hạn chế, khó khăn và nguyên nhân]" in words


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"limitations": ()}, "hạn chế"),
        ({"next_tasks": ()}, "nhiệm vụ kỳ tới"),
        ({"signer_name": " "}, "người ký"),
        ({"dated_on": None}, "ngày ban hành"),
        ({"sections": ()}, "nội dung"),
        ({"organisation": ""}, "tên đơn vị"),
        ({"sections": (Section("A", (replace(TABLE, rows=((("một ô",),),)),)),)}, "thiếu ô"),
    ],
)
def test_a_numbered_report_with_a_gap_is_refused_in_every_format(change, sentence):
    for render in (render_report_pdf, render_report_docx, render_report_xlsx):
        with pytest.raises(PaperRefused, match=sentence):
            render(replace(REPORT, **change))


def test_headings_count_anew_under_each_part():
    sections = (
        Section("A"),
        Section("B", (), 2),
        Section("C", (), 3),
        Section("D", (), 2),
        Section("E"),
        Section("F", (), 2),
    )
    words = read(render_report_pdf(replace(REPORT, sections=sections)))
    for expected in ("I. A", "1. B", "a) C", "2. D", "II. E", "1. F", "III. HẠN CHẾ"):
        assert expected in words
