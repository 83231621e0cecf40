"""Tables that other programs wrote: in any letters, parted by any sign, in any workbook, and refused with a way out."""

import io
import unicodedata
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from quacan.centre.base.intake import (
    Bounds,
    ForeignTable,
    SheetUnknown,
    TableBroken,
    TableEmpty,
    TableForeign,
    TableRefused,
    TableRowTooLarge,
    TableTooLarge,
    TableTooLong,
    foreign_table,
)

SMALL = Bounds(megabytes=1, rows=5, head=2, columns=4, longest=20)
WORDS = "Nhiệt độ;Độ ẩm;Vị trí đặt\n22,4;55,1;Phòng cân số 3\n"


def table(content: bytes, *, bounds: Bounds = Bounds(), sheet: str = "") -> ForeignTable:  # noqa: B008
    return foreign_table(content, name="a.csv", bounds=bounds, sheet=sheet)


def workbook(**sheets: list[list[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy hh:mm:ss"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return file.getvalue()


def in_1258(text: str) -> bytes:
    """Windows' Vietnamese code page: the tone is written behind its vowel."""
    written = ""
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(sign for sign in apart if sign in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in tone))
        written += base + tone
    return written.encode("cp1258")


class TestLetters:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_unicode_with_and_without_its_mark(self, encoding: str) -> None:
        found = table(WORDS.encode(encoding))
        assert found.rows[0] == ("Nhiệt độ", "Độ ẩm", "Vị trí đặt")
        assert found.encoding == ("utf-8" if "8" in encoding else "utf-16")

    def test_the_vietnamese_code_page(self) -> None:
        found = table(in_1258(WORDS))
        assert found.encoding == "cp1258"
        assert found.rows == (("Nhiệt độ", "Độ ẩm", "Vị trí đặt"), ("22,4", "55,1", "Phòng cân số 3"))

    def test_the_western_code_page_is_told_apart(self) -> None:
        found = table("Località;Però così;°C\n1;2;3\n".encode("cp1252"))
        assert (found.encoding, found.rows[0]) == ("cp1252", ("Località", "Però così", "°C"))

    def test_fonts_before_unicode_are_not_trusted_but_digits_are(self) -> None:
        found = table(b"S\xe8 m\xb8y;E\n1;22,4\n")
        assert found.encoding == ""
        assert found.rows[1] == ("1", "22,4")

    @given(st.text(alphabet=st.sampled_from("aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậđêếềểễệNGHhĐ 0123,"), min_size=1))
    def test_any_vietnamese_text_comes_back_from_its_code_page(self, text: str) -> None:
        cell = " ".join(text.split()).strip(",") or "a"
        found = table(f"{cell};1\nx;2\n".encode())
        assert table(in_1258(f"{cell};1\nx;2\n")).rows == found.rows


class TestSeparators:
    @pytest.mark.parametrize("mark", [";", "\t", "|", ","])
    def test_every_usual_one(self, mark: str) -> None:
        assert table(f"a{mark}b\n1{mark}2\n".encode()).rows == (("a", "b"), ("1", "2"))

    def test_a_comma_is_a_decimal_mark_beside_another(self) -> None:
        assert table(b"a;b\n1,5;2,5\n3,5;4,5\n").rows[1] == ("1,5", "2,5")

    def test_a_long_head_does_not_hide_a_short_table(self) -> None:
        head = "".join(f"Dòng {n}, của phần mềm\n" for n in range(3))
        found = table(f"{head}Vị trí;E1;E2\n1;0,2;1\n2;0,3;1\n3;0,4;1\n4;0,4;1\n".encode())
        assert found.rows[3] == ("Vị trí", "E1", "E2")

    def test_blank_and_ragged_rows_stay_with_their_lines(self) -> None:
        found = table(b'a;b\n\n1\n"x\ny";2;3\n\n\n')
        assert found.rows == (("a", "b"), (), ("1",), ("x\ny", "2", "3"))
        assert found.lines == (1, 2, 3, 5)


class TestWorkbooks:
    def test_values_are_written_as_they_would_be_typed(self) -> None:
        at = datetime(2026, 11, 20, 8, 15, 30)  # noqa: DTZ001
        found = table(workbook(s=[["a", 0.25, 1600.0, True, at, 1e-7]]))
        assert found.rows == (("a", "0.25", "1600", "TRUE", "2026-11-20 08:15:30", "0.0000001"),)

    def test_the_first_filled_sheet_or_the_one_asked_for(self) -> None:
        book = workbook(Empty=[], Notes=[["x"]], Data=[["y"]])
        assert (table(book).sheet, table(book).sheets) == ("Notes", ("Empty", "Notes", "Data"))
        assert table(book, sheet="Data").rows == (("y",),)
        with pytest.raises(SheetUnknown, match="Empty, Notes, Data"):
            table(book, sheet="Khác")
        with pytest.raises(TableEmpty):
            table(book, sheet="Empty")

    def test_a_table_that_begins_lower_keeps_its_place(self) -> None:
        found = table(workbook(s=[[], [], ["", "a"], ["", 1]]))
        assert found.rows[2:] == (("", "a"), ("", "1"))
        assert found.lines == (1, 2, 3, 4)


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (b"", TableEmpty),
            (b" \n \n", TableEmpty),
            (b";;\n;;\n", TableEmpty),
            (b"x" * (1024 * 1024 + 1), TableTooLarge),
            (b"1;2\n" * 8, TableTooLong),
            (b"1;2\n" + b"\n" * 40 + b"3;4\n", TableTooLong),
            (b"1;2;3;4;5\n", TableRowTooLarge),
            (b"1;" + b"2" * 21, TableRowTooLarge),
            (b"\x89PNG\x00\x00\x01;2\n", TableForeign),
            (b"PK\x03\x04rubbish", TableBroken),
            (b"\xd0\xcf\x11\xe0rubbish", TableBroken),
        ],
    )
    def test_each_names_the_file_and_the_way_out(self, content: bytes, refusal: type[TableRefused]) -> None:
        with pytest.raises(refusal, match=r"a\.csv"):
            table(content, bounds=SMALL)

    def test_as_many_rows_as_are_allowed_are_read(self) -> None:
        assert len(table(b"1;2\n" * 7, bounds=SMALL).rows) == 7

    @given(st.binary(max_size=300))
    def test_nothing_but_a_refusal_comes_of_rubbish(self, content: bytes) -> None:
        try:
            found = table(content, bounds=SMALL)
        except TableRefused:
            return
        assert any(any(row) for row in found.rows)
