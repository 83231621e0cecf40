"""One file comes in alike through both doors: the logger's and the bench's."""

import pytest

from quacan.centre.base.intake import TableRefused
from quacan.centre.facilities.rules import logger_table
from quacan.centre.verification.rules.benches import read_table

TEXT = "Phần mềm 4.1, bản Việt\nXuất ngày 20/11/2026\n\nSố máy;Nhiệt độ\nA-1;22,4\nA-2;23,1\n"
FORMS = {
    "utf-8": TEXT.encode(),
    "utf-8 with its mark": TEXT.encode("utf-8-sig"),
    "utf-16": TEXT.encode("utf-16"),
    "cp1258": (
        "Phâ\u0300n mê\u0300m 4.1, ba\u0309n Viê\u0323t\nXuâ\u0301t nga\u0300y 20/11/2026\n\n"
        "Sô\u0301 ma\u0301y;Nhiê\u0323t đô\u0323\nA-1;22,4\nA-2;23,1\n"
    ).encode("cp1258"),
    "tabs": TEXT.replace(";", "\t").encode(),
    "bars": TEXT.replace(";", "|").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_letters_separators_and_lines_above(form: str) -> None:
    seen = logger_table(FORMS[form], name="a.csv")
    bench = read_table(FORMS[form], name="a.csv")
    assert seen.rows[0][0].startswith("Phần mềm 4.1")
    assert seen.rows[3:] == (("Số máy", "Nhiệt độ"), ("A-1", "22,4"), ("A-2", "23,1"))
    assert bench.columns == seen.rows[3]
    assert bench.rows == seen.rows[4:]
    assert bench.numbers == seen.lines[4:] == (5, 6)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\x00\x00", b"PK\x03\x04rubbish", b"x" * (20 * 1024 * 1024 + 1)]
)
def test_both_refuse_in_the_same_words(content: bytes) -> None:
    said = []
    for door in (logger_table, read_table):
        with pytest.raises(TableRefused) as refused:
            door(content, name="a.csv")
        said.append(refused.value.sentence)
    assert said[0] == said[1]
