"""Papers about one instrument, read back from the bytes that were printed."""

import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal as D

import pytest
import typst
from docx import Document
from pypdf import PdfReader

from quacan.centre.base.paper import Bilingual, PaperRefused, typesetting
from quacan.centre.certificates.papers import (
    CertificatePaper,
    Characteristic,
    Condition,
    Examination,
    FailureNoticePaper,
    Holder,
    InstrumentFacts,
    Issuer,
    MethodUsed,
    Operation,
    RecordPaper,
    Regime,
    ResultColumn,
    ResultRow,
    ResultTable,
    Signatory,
    StandardUsed,
    Verdict,
    render_certificate,
    render_failure_notice,
    render_record,
    render_record_docx,
)

PAPERS = typesetting.ROOT / "certificates" / "papers"
HASH = "ab12cd34ef56" + "0" * 52
AT = datetime(2022, 6, 6, 9, 30, tzinfo=timezone(timedelta(hours=7)))
HOSTILE = "#panic() *x* $ = \\ <a> @b `c` //"
ISSUER = Issuer(
    name="Trung tâm Đo lường Thử nghiệm",
    name_en="Metrology and Testing Centre",
    parent="Sở Khoa học và Công nghệ tỉnh Mẫu",
    address="Số 1 phố Thử, tỉnh Mẫu",
    registration_no="ĐK 416",
    designation_no="N383",
)
INSTRUMENT = InstrumentFacts(
    name=Bilingual("Cân đồng hồ lò xo", "Spring dial scale"),
    serial_no="20110457",
    model="NHS-30",
    maker="Cơ sở Mẫu",
    country="Việt Nam",
    year="2020",
    characteristics=(Characteristic(Bilingual("Max"), "30 kg"), Characteristic(Bilingual("e = d"), "100 g")),
)
HOLDER = Holder("Công ty TNHH Hoa Mận", "Tổ 5, tỉnh Mẫu", "4800000000", "Quầy 12, chợ Xanh")
COLUMNS = (
    ResultColumn(Bilingual("Tải chuẩn", "Test load"), "kg"),
    ResultColumn(Bilingual("Sai số", "Error"), "g"),
    ResultColumn(Bilingual("Sai số cho phép", "MPE"), "± g"),
)
PASSED = Operation(
    Bilingual("Kiểm tra sai số", "Errors"),
    Verdict.PASS,
    "7.3.2",
    table=ResultTable(
        COLUMNS,
        (
            ResultRow((D("2.00"), D("-20"), D("50")), Verdict.PASS),
            ResultRow((D("1234.50"), None, "150"), Verdict.PASS),
        ),
        note="Theo cấp chính xác IIII.",
    ),
)
FAILED = replace(
    PASSED,
    verdict=Verdict.FAIL,
    table=ResultTable(COLUMNS, (ResultRow((D("30.00"), D("250"), D("150")), Verdict.FAIL),)),
)
EXAMINATION = Examination(
    performed_on=date(2022, 6, 5),
    regime=Regime.PERIODIC,
    methods=(MethodUsed("ĐLVN 30:2019", "Quy trình kiểm định"),),
    operations=(Operation(Bilingual("Kiểm tra bên ngoài", "Visual inspection"), Verdict.PASS, "7.1"), PASSED),
    standards=(
        StandardUsed("Bộ quả cân chuẩn F1", "M1-QC-03", "V06.CN5.1234.22", valid_until=date(2023, 3, 31)),
    ),
    environment=(Condition(Bilingual("Nhiệt độ", "Temperature"), "24,5 °C"),),
)
VERIFIER = Signatory("Nguyễn Văn Mẫu", card_no="0186-01")
HEAD = Signatory("Trần Thị Ví Dụ", "Phó Giám đốc", "KT. Giám đốc")
CERTIFICATE = CertificatePaper(
    template="vn-2013",
    number="V22.00042",
    issuer=ISSUER,
    instrument=INSTRUMENT,
    holder=HOLDER,
    examination=EXAMINATION,
    issued_on=date(2022, 6, 6),
    place="Tỉnh Mẫu",
    verifier=VERIFIER,
    head=HEAD,
    check_url="https://vi.du/kiem-tra/V22.00042",
    snapshot_sha256=HASH,
    stamped_at=AT,
    stamp_no="22A 01457",
    valid_until=date(2023, 6, 30),
)
NOTICE = FailureNoticePaper(
    number="17/TB-KĐ",
    issuer=ISSUER,
    instrument=INSTRUMENT,
    holder=HOLDER,
    examination=replace(EXAMINATION, operations=(FAILED,)),
    reasons=("Sai số 250 g vượt sai số cho phép 150 g.",),
    issued_on=date(2022, 6, 6),
    place="Tỉnh Mẫu",
    verifier=VERIFIER,
    head=HEAD,
    snapshot_sha256=HASH,
    stamped_at=AT,
    check_url="https://vi.du/kiem-tra/17",
    stamp_withdrawn="21B 00311",
)
RECORD = RecordPaper(
    number="42/BB-KĐ",
    issuer=ISSUER,
    instrument=INSTRUMENT,
    holder=HOLDER,
    examination=EXAMINATION,
    verdict=Verdict.PASS,
    place="Tỉnh Mẫu",
    performer=VERIFIER,
    checker=Signatory("Lê Văn Kiểm"),
    snapshot_sha256=HASH,
    stamped_at=AT,
)


def read(pdf: bytes) -> str:
    """The words of a PDF in one line each, break marks removed."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", " ".join(pages))


def fonts_without_file(pdf: bytes) -> list[str]:
    loose = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"]
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
                loose.append(str(descendant["/BaseFont"]))
    return loose


def test_the_face_of_a_certificate_carries_what_the_circular_asks_for():
    face = PdfReader(io.BytesIO(render_certificate(CERTIFICATE))).pages[0].extract_text()
    words = re.sub(r"\s+", " ", face)
    for expected in (
        "GIẤY CHỨNG NHẬN KIỂM ĐỊNH",
        "CERTIFICATE OF VERIFICATION",
        "V22.00042",
        "ĐK 416",
        "N383",
        "Cân đồng hồ lò xo",
        "Spring dial scale",
        "20110457",
        "Cơ sở Mẫu – Việt Nam",
        "Công ty TNHH Hoa Mận",
        "Quầy 12, chợ Xanh",
        "ĐLVN 30:2019",
        "Định kỳ",
        "ĐẠT YÊU CẦU KỸ THUẬT ĐO LƯỜNG",
        "22A 01457",
        "30/06/2023",
        "ngày 06 tháng 6 năm 2022",
        "Nguyễn Văn Mẫu",
        "KT. GIÁM ĐỐC",
        "Trần Thị Ví Dụ",
        "https://vi.du/kiem-tra/V22.00042",
        "ab12 cd34 ef56",
        "Mẫu 18.GCNKĐ",
    ):
        assert expected in words


def test_results_are_printed_with_comma_true_minus_and_verdict():
    words = read(render_certificate(CERTIFICATE))
    assert "2,00 −20 50 Đạt" in words
    assert "1 234,50 – 150 Đạt" in words
    assert "V06.CN5.1234.22" in words
    assert "24,5 °C" in words


@pytest.mark.parametrize(
    "pdf",
    [
        lambda: render_certificate(CERTIFICATE),
        lambda: render_failure_notice(NOTICE),
        lambda: render_record(RECORD),
    ],
)
def test_every_paper_is_archival_tagged_embedded_and_repeats_to_the_byte(pdf):
    first = pdf()
    assert first == pdf()
    assert first.endswith(b"%%EOF\n")
    reader = PdfReader(io.BytesIO(first))
    packet = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>3<|pdfaid:part=\"3\"", packet)
    assert re.search(r"pdfaid:conformance>A<|pdfaid:conformance=\"A\"", packet)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"
    assert fonts_without_file(first) == []
    assert len(reader.pages) == 2


def test_typed_text_never_becomes_markup():
    paper = replace(CERTIFICATE, holder=replace(HOLDER, name=HOSTILE), stamp_no="*1*")
    words = read(render_certificate(paper))
    assert HOSTILE in words
    assert "*1*" in words
    assert HOSTILE in read(render_record(replace(RECORD, remarks=(HOSTILE,))))


def test_decomposed_input_prints_the_same_file_as_composed_input():
    loose = replace(CERTIFICATE, holder=replace(HOLDER, name=unicodedata.normalize("NFD", HOLDER.name)))
    assert loose.holder.name != HOLDER.name
    assert render_certificate(loose) == render_certificate(CERTIFICATE)


def test_names_longer_than_the_sheet_are_wrapped_not_cut():
    serial, company = "S" * 40, "Công ty cổ phần đầu tư thương mại " * 5
    paper = replace(
        CERTIFICATE,
        instrument=replace(INSTRUMENT, serial_no=serial),
        holder=replace(HOLDER, name=company.strip()),
    )
    pages = PdfReader(io.BytesIO(render_certificate(paper))).pages
    face = pages[0].extract_text()
    assert face.replace("\n", "").count(serial) == 1
    assert max(line.count("S") for line in face.splitlines()) < 25
    assert company.strip() in re.sub(r"\s+", " ", face)
    assert "Trần Thị Ví Dụ" in face
    assert len(pages) == 2


def test_a_face_too_full_for_one_sheet_runs_on_whole():
    company = "Công ty cổ phần đầu tư thương mại " * 40
    pages = PdfReader(
        io.BytesIO(render_certificate(replace(CERTIFICATE, holder=replace(HOLDER, name=company))))
    ).pages
    words = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    assert words.count("Công ty cổ phần đầu tư thương mại") == 40
    assert "Trần Thị Ví Dụ" in words
    assert len(pages) == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": ""}, "số giấy chứng nhận"),
        ({"template": "vn-2099"}, "vn-2099"),
        ({"snapshot_sha256": "abc"}, "SHA-256"),
        ({"check_url": "javascript:alert(1)"}, "https://"),
        ({"valid_until": date(2023, 6, 29)}, "ngày cuối tháng"),
        ({"issued_on": date(2022, 6, 4)}, "Ngày cấp"),
        ({"issuer": replace(ISSUER, registration_no="", designation_no="")}, "số chỉ định"),
        ({"head": Signatory("")}, "người ký"),
        ({"examination": replace(EXAMINATION, standards=())}, "chuẩn đã dùng"),
        ({"examination": replace(EXAMINATION, operations=())}, "phép kiểm tra"),
        ({"examination": replace(EXAMINATION, operations=(FAILED,))}, "chưa đạt"),
        (
            {
                "examination": replace(
                    EXAMINATION, operations=(replace(PASSED, verdict=Verdict.UNDETERMINED),)
                )
            },
            "chưa đạt",
        ),
        (
            {"examination": replace(EXAMINATION, operations=(replace(FAILED, verdict=Verdict.PASS),))},
            "chưa đạt",
        ),
        ({"examination": replace(EXAMINATION, performed_on=date(2023, 4, 1))}, "hết hạn"),
    ],
)
def test_a_certificate_that_may_not_be_issued_is_refused_in_a_sentence(change, sentence):
    with pytest.raises(PaperRefused) as refusal:
        render_certificate(replace(CERTIFICATE, **change))
    assert sentence in refusal.value.sentence


def test_all_obstacles_are_named_at_once():
    with pytest.raises(PaperRefused) as refusal:
        render_certificate(replace(CERTIFICATE, number="", snapshot_sha256="", valid_until=date(2023, 6, 1)))
    assert len(refusal.value.problems) == 3


def test_the_form_is_not_named_once_its_circular_is_replaced():
    work = replace(
        EXAMINATION,
        performed_on=date(2026, 3, 2),
        standards=(replace(EXAMINATION.standards[0], valid_until=None),),
    )
    paper = replace(CERTIFICATE, examination=work, issued_on=date(2026, 3, 3), valid_until=date(2027, 3, 31))
    assert "18.GCNKĐ" not in read(render_certificate(paper))


def test_a_letter_no_font_can_draw_is_refused_not_dropped():
    with pytest.raises(PaperRefused, match="😀"):
        render_certificate(replace(CERTIFICATE, stamp_no="😀"))


@pytest.mark.parametrize("hidden", ["\u202e", "\x00", "\x07", "\x85"])
def test_hidden_characters_are_refused(hidden):
    with pytest.raises(PaperRefused, match=r"U\+"):
        render_certificate(replace(CERTIFICATE, stamp_no=f"22A{hidden}1"))


def test_a_missing_font_file_refuses_every_paper(tmp_path, monkeypatch):
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)
    with pytest.raises(PaperRefused, match="LiberationSerif-Regular"):
        render_certificate(CERTIFICATE)


def test_a_broken_template_refuses_instead_of_printing():
    broken = typesetting.ROOT / "certificates" / "papers" / "absent.typ"
    with pytest.raises(PaperRefused, match="Bản mẫu"):
        typesetting.typeset(broken, {}, name="thử", stamped_at=AT)


@pytest.mark.parametrize("moment", [AT.replace(tzinfo=None), AT.replace(microsecond=1)])
def test_the_instant_in_the_file_must_be_exact(moment):
    with pytest.raises(PaperRefused, match="múi giờ"):
        render_certificate(replace(CERTIFICATE, stamped_at=moment))


def test_a_failure_notice_names_reason_and_withdrawn_stamp_and_never_says_pass():
    words = read(render_failure_notice(NOTICE))
    for expected in ("THÔNG BÁO", "KHÔNG ĐẠT YÊU CẦU", "250 g vượt", "21B 00311", "30,00 250 150 Không đạt"):
        assert expected in words
    assert "ĐẠT YÊU CẦU" not in words.replace("KHÔNG ĐẠT YÊU CẦU", "")


def test_a_failure_notice_needs_a_failed_operation():
    with pytest.raises(PaperRefused, match="không đạt"):
        render_failure_notice(replace(NOTICE, examination=EXAMINATION))


def test_a_record_cannot_conclude_pass_over_a_failed_point():
    with pytest.raises(PaperRefused, match="chưa đạt"):
        render_record(replace(RECORD, examination=replace(EXAMINATION, operations=(FAILED,))))
    failed = replace(RECORD, verdict=Verdict.FAIL, examination=replace(EXAMINATION, operations=(FAILED,)))
    assert "Không đạt" in read(render_record(failed))


def test_the_record_in_word_holds_the_same_figures_and_repeats_to_the_byte():
    first = render_record_docx(RECORD)
    assert first == render_record_docx(RECORD)
    document = Document(io.BytesIO(first))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["2,00", "−20", "50", "Đạt"] in cells
    assert any("20110457" in paragraph.text for paragraph in document.paragraphs)
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {
        (2022, 6, 6, 9, 30, 0)
    }


def test_the_drawn_frame_is_that_of_its_source():
    drawn = typst.compile(
        str(PAPERS / "frame.typ"),
        root=str(typesetting.ROOT),
        format="svg",
        font_paths=[str(typesetting.FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"paper": "{}"},
    )
    assert (PAPERS / "frame.svg").read_bytes() == drawn
