"""The record of an examination as a Word file: the content of the PDF, editable for the paper archive."""

from docx.document import Document

from quacan.centre.base.paper.composition import day_text, long_day_text, plain_data
from quacan.centre.base.paper.word import (
    Column,
    body_heading,
    body_text,
    document_bytes,
    document_title,
    line,
    new_document,
    official_header,
    ruled_table,
    signatures,
)
from quacan.centre.certificates.papers.values import Examination, Operation, RecordPaper, ResultTable

CALIBRATION = "BIÊN BẢN HIỆU CHUẨN"


def record_document(paper: RecordPaper) -> bytes:
    """This will write the record; the paper has been checked and composed before."""
    document = new_document(
        title=f"{paper.title} {paper.number}", author=paper.issuer.name, stamped_at=paper.stamped_at
    )
    official_header(
        document,
        parent=paper.issuer.parent,
        organisation=paper.issuer.name,
        number=paper.number,
        place_and_day=f"{paper.place}, {long_day_text(paper.examination.performed_on)}",
    )
    document_title(document, paper.title.upper(), "")
    for label, text in _subject(paper):
        _fact(document, label, text)
    _results(document, paper.examination)
    _seals(document, paper.examination)
    body_heading(document, f"Kết luận: {paper.conclusion or paper.verdict.word}", level=2)
    for remark in paper.remarks:
        body_text(document, remark)
    signatures(document, (("Người soát lại", paper.checker.name), ("Người thực hiện", paper.performer.name)))
    line(document, f"Mã dữ liệu: {paper.snapshot_sha256[:12]}", size=9, before=10)
    return document_bytes(document, paper.stamped_at)


def _subject(paper: RecordPaper) -> list[tuple[str, str]]:
    instrument, holder, work = paper.instrument, paper.holder, paper.examination
    maker = " – ".join(part for part in (instrument.maker, instrument.country) if part)
    features = "; ".join(f"{item.label.vi}: {item.value}" for item in instrument.characteristics)
    tax = f" – MST {holder.tax_code}" if holder.tax_code else ""
    rows = [
        ("Phương tiện đo", instrument.name.vi),
        ("Kiểu", instrument.model),
        ("Số sản xuất", instrument.serial_no),
        ("Nơi sản xuất", maker),
        ("Năm sản xuất", instrument.year),
        ("Số quản lý", instrument.management_no),
        ("Đặc trưng kỹ thuật", features),
        ("Cơ sở sử dụng", holder.name + tax),
        ("Địa chỉ", holder.address),
        ("Nơi sử dụng", holder.place_of_use),
        ("Phương pháp thực hiện", "; ".join(f"{item.number} {item.title}".strip() for item in work.methods)),
        ("Chế độ kiểm định", "" if paper.title == CALIBRATION else work.regime.wording.vi),
        ("Nơi thực hiện", work.place),
    ]
    return [row for row in rows if row[1]]


def _fact(document: Document, label: str, text: str) -> None:
    paragraph = line(document, f"{label}: ", size=13, before=3)
    run = paragraph.add_run(text)
    run.font.size = paragraph.runs[0].font.size
    run.bold = label in ("Phương tiện đo", "Số sản xuất", "Cơ sở sử dụng")


def _results(document: Document, work: Examination) -> None:
    if work.environment:
        body_heading(document, "Điều kiện môi trường", level=2)
        line(
            document,
            "; ".join(f"{item.name.vi}: {item.value}" for item in work.environment),
            size=13,
            before=3,
        )
    body_heading(document, "Chuẩn đo lường đã sử dụng", level=2)
    ruled_table(
        document,
        (
            Column("TT", 0.4, "center"),
            Column("Chuẩn", 2.2),
            Column("Ký hiệu", 1.2),
            Column("Giấy chứng nhận", 1.8),
            Column("Hiệu lực đến", 1.1, "center"),
        ),
        [
            (
                str(position),
                item.name,
                item.identification,
                f"{item.certificate_no}\nLiên kết: {item.traceable_to}"
                if item.traceable_to
                else item.certificate_no,
                day_text(item.valid_until) if item.valid_until else "–",
            )
            for position, item in enumerate(work.standards, start=1)
        ],
    )
    _found_first(document, work)
    body_heading(document, "Các phép kiểm tra", level=2)
    _operations(document, work)
    for position, operation in enumerate(work.operations, start=1):
        if operation.table is not None:
            body_heading(document, f"{position}. {operation.name.vi}", level=2)
            _points(document, operation.table)
    _uncertainties(document, work)


def _found_first(document: Document, work: Examination) -> None:
    """What was found before an adjustment, told apart from what was left."""
    if not work.as_found:
        return
    body_heading(document, "Kết quả trước khi hiệu chỉnh", level=2)
    line(document, f"Hiệu chỉnh: {work.adjusted}", size=12, before=3, after=3)
    for operation in work.as_found:
        line(document, f"{operation.name.vi}: {operation.word}", size=12, before=3, after=3)
        if operation.table is not None:
            _points(document, operation.table)
    body_heading(document, "Kết quả sau khi hiệu chỉnh", level=2)


def _uncertainties(document: Document, work: Examination) -> None:
    for position, operation in enumerate(work.uncertainties, start=len(work.operations) + 1):
        body_heading(document, f"{position}. {operation.name.vi} và độ không đảm bảo đo", level=2)
        if operation.table is not None:
            _points(document, operation.table)
    if work.coverage is not None:
        body_text(document, work.coverage.vi)
    if work.decision is not None:
        body_text(document, f"Quy tắc ra quyết định: {work.decision.vi}")


def _seals(document: Document, work: Examination) -> None:
    if not work.seals:
        return
    body_heading(document, "Niêm phong, kẹp chì", level=2)
    columns = (
        Column("Thời điểm", 1.0),
        Column("Vị trí", 2.2),
        Column("Số, dấu", 1.4),
        Column("Tình trạng", 1.2),
    )
    rows = [(one.moment.vi, one.position, one.mark or "–", one.condition) for one in work.seals]
    ruled_table(document, columns, rows)


def _operations(document: Document, work: Examination) -> None:
    """The column of clauses stands only where the procedure names them."""
    named = any(item.clause for item in work.operations)
    columns = [Column("TT", 0.4, "center"), Column("Phép kiểm tra", 3.2), Column("Kết quả", 1.2, "center")]
    rows = [[str(place), _named(item), item.word] for place, item in enumerate(work.operations, start=1)]
    if named:
        columns.insert(2, Column("Theo điều mục", 1.1, "center"))
        for cells, item in zip(rows, work.operations, strict=True):
            cells.insert(2, item.clause or "–")
    ruled_table(document, tuple(columns), rows)


def _named(operation: Operation) -> str:
    return f"{operation.name.vi}\n{operation.detail}" if operation.detail else operation.name.vi


def _points(document: Document, table: ResultTable) -> None:
    judged = any(row.verdict is not None for row in table.rows)
    columns = [
        Column(f"{item.title.vi} ({item.unit})" if item.unit else item.title.vi, 1.0, item.align)
        for item in table.columns
    ]
    rows = [["–" if cell is None else str(plain_data(cell)) for cell in row.cells] for row in table.rows]
    if judged:
        columns.append(Column("Kết luận", 1.0, "center"))
        for texts, row in zip(rows, table.rows, strict=True):
            texts.append(row.verdict.word if row.verdict else "–")
    if table.note:
        note = line(document, table.note, size=11, italic=True, after=3)
        note.paragraph_format.keep_with_next = True
    ruled_table(document, columns, rows)
