"""What loggers write, in the forms they write it."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from quacan.centre.base.intake import TableBroken, TableEmpty, TableForeign
from quacan.centre.facilities.rules import (
    Columns,
    columns_from,
    guess,
    logger_table,
    read,
    value_of,
)

EIGHT = datetime(2026, 11, 20, 1, 15, 30, tzinfo=UTC)
FORMS = {
    "semicolons, comma": "Ngày;Giờ;Nhiệt độ;Độ ẩm\n20/11/2026;08:15:30;22,4;55,1\n",
    "tabs": "Ngày giờ\tNhiệt độ °C\tĐộ ẩm %RH\n20/11/2026 08:15:30\t22,4\t55,1\n",
    "commas, ISO": "Time,Temperature(°C),Humidity(%RH)\n2026-11-20 08:15:30,22.4,55.1\n",
    "ISO with T and zone": "Time,Temperature(°C),Humidity(%RH)\n2026-11-20T01:15:30Z,22.4,55.1\n",
    "a serial number first": "No.;Date;Time;Temp;RH\n1;20.11.2026;8:15:30;22,4;55,1\n",
    "quotes and units": '"Time","Temp","Humidity"\n"20-11-26 08:15:30","22.4 °C","55.1 %RH"\n',
    "lines above": "Serial: 4411\nStart,20/11/2026 08:00\n\nDate,Time,Temp,Dew point,RH\n"
    "20/11/2026,08:15:30,22.4,9.1,55.1\n"
    "20/11/2026,08:15:30,22.4,9.1,55.1\n",
    "American": "Time,Temperature,Humidity\n11/20/2026 08:15:30 AM,22.4,55.1\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_common_forms_are_guessed(form: str) -> None:
    rows = logger_table(FORMS[form].encode(), name="may-ghi.csv").rows
    columns = guess(rows)
    assert columns is not None
    taken = read(rows, columns)
    assert taken.wrong == ()
    told = {(one.quantity, one.at): one.value for one in taken.readings}
    assert told == {("temperature", EIGHT): Decimal("22.4"), ("humidity", EIGHT): Decimal("55.1")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    rows = logger_table(FORMS["tabs"].encode(encoding), name="a.txt").rows
    columns = guess(rows)
    assert columns is not None
    assert len(columns.quantities) == 2


def test_excel_days_and_numbers() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        style = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        sheet.write_row(0, 0, ["Thời gian", "Nhiệt độ", "Độ ẩm"])
        sheet.write_datetime(1, 0, datetime(2026, 11, 20, 8, 15, 30), style)  # noqa: DTZ001
        sheet.write_row(1, 1, [22.4, 55.1])
    rows = logger_table(file.getvalue(), name="thang.xlsx").rows
    columns = guess(rows)
    assert columns is not None
    assert {(one.text, one.at) for one in read(rows, columns).readings} == {("22.4", EIGHT), ("55.1", EIGHT)}


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [(b"", "a.csv", TableEmpty), (b"a;b", "a.pdf", TableForeign), (b"PK\x03\x04rubbish", "a.xlsx", TableBroken),
     (b"\x00\x01", "a.csv", TableForeign)],
)  # fmt: skip
def test_no_table(content: bytes, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal, match=re.escape(name)):
        logger_table(content, name=name)


def test_numbers() -> None:
    texts = ("22,4", "22.4", " 22.4 °C", "55 %", "-3,5", "ERR", "--", "1,2345678", "1e30", "")
    expected = ["22.4", "22.4", "22.4", "55", "-3.5", None, None, None, None, None]
    assert [None if v is None else str(v) for v in map(value_of, texts)] == expected


def test_kept_columns_come_back_and_rubbish_does_not() -> None:
    columns = Columns(3, 1, 2, "dmy", (("temperature", 4),))
    assert columns_from(columns.as_data()) == columns
    for rubbish in ({}, {"head": "x"}, {**columns.as_data(), "quantities": [1]}):
        assert columns_from(rubbish) is None


CELLS = st.sampled_from(["22,4", "22.4", "22,40", "23", "ERR", "", "155"])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["20/11/2026 08:00", "20/11/2026 08:01", "2026-11-20T08:00", "sai"]), CELLS, CELLS
    ),
    max_size=12,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[str, str, str]], chance: object) -> None:
    columns = Columns(0, 0, None, "dmy", (("temperature", 1), ("humidity", 2)))
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    def said(table: list[tuple[str, str, str]]) -> list[tuple[object, ...]]:
        return [(one.quantity, one.at, one.value, one.text) for one in read(table, columns).readings]

    assert said(rows) == said(mixed)
    assert len(read(rows, columns).wrong) == len(read(mixed, columns).wrong)


@given(ROWS)
def test_two_values_for_one_instant_are_both_refused(rows: list[tuple[str, str, str]]) -> None:
    columns = Columns(0, 0, None, "dmy", (("temperature", 1),))
    told: dict[object, set[Decimal]] = {}
    for row in rows:
        value = value_of(row[1])
        if row[0] != "sai" and value is not None:
            told.setdefault(row[0].replace("T", " ")[-5:], set()).add(value)
    sound = sum(len(values) == 1 for values in told.values())
    assert len(read(rows, columns).readings) == sound
