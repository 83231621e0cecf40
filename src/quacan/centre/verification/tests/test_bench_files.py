"""Files that test benches write: read whatever their form, refused in a sentence, their columns chosen."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from conftest import World
from quacan.centre.base.intake import TableRefused
from quacan.centre.verification.actions import (
    attach_bench_file,
    map_bench_file,
    weigh_bench_file,
)
from quacan.centre.verification.refusals import BenchFileRefused, MappingWrong
from quacan.centre.verification.rules import benches
from quacan.centre.verification.tests.meters import (
    HEAD,
    MAPPING,
    Meters,
    csv_of,
    forty_meters,
    good_rows,
    workbook,
)


@pytest.fixture
def meters(world: World) -> Meters:
    """The batch of forty."""
    return forty_meters(world)


class TestReadingFiles:
    @pytest.mark.parametrize("separator", [";", "\t", ","])
    @pytest.mark.parametrize("bom", [True, False])
    def test_every_usual_csv(self, separator: str, bom: bool) -> None:
        rows = [["A-1", "0.25"], ["A-2", "-0.5"]]
        content = csv_of(rows, separator=separator, bom=bom, head=["Số máy", "E1"])
        table = benches.read_table(content, name="a.csv")
        assert table.columns == ("Số máy", "E1")
        assert table.rows == (("A-1", "0.25"), ("A-2", "-0.5"))
        assert table.numbers == (2, 3)

    def test_lines_above_the_head_are_passed_over(self) -> None:
        content = "Bàn BCT-40\r\nNgày 20/11/2026\r\n\r\nVị trí;E1\r\n1;0,2\r\n".encode()
        table = benches.read_table(content, name="a.csv")
        assert table.columns == ("Vị trí", "E1")
        assert table.numbers == (5,)

    def test_a_workbook_gives_values_never_formulas(self) -> None:
        content = workbook([["Số máy", "E1"], ["A-1", 0.25], [1600, "=1+1"]])
        table = benches.read_table(content, name="a.xlsx")
        assert table.rows == (("A-1", "0.25"), ("1600", "2"))

    def test_headers_without_a_name_or_twice(self) -> None:
        table = benches.read_table(b"SN;;E;E\n1;2;3;4\n", name="a.csv")
        assert len(set(table.columns)) == 4

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"  ", "trống"),
            (b"SN;E1\n", "chỉ có hàng tiêu đề"),
            (b"chi mot cot\n1\n", "hàng tiêu đề"),
            (b"S\xe8 m\xb8y;E\n1;2\n", "UTF-8"),
            (b"PK\x03\x04rubbish", "XLSX"),
            (b"SN;E1\n" + b"1;2\n" * 20_001, "20.000 hàng"),
            (b"SN;E1\n1;" + b"9" * 1001 + b"\n", "1000 ký tự"),
            (b"x" * (20 * 1024 * 1024 + 1), "20 MB"),
            (b"SN;E1\x00\n1;2\n", "không phải tệp CSV"),
        ],
    )  # fmt: skip
    def test_refuses_in_a_sentence(self, content: bytes, why: str) -> None:
        with pytest.raises((BenchFileRefused, TableRefused), match=why):
            benches.read_table(content, name="a.csv")

    def test_a_bomb_is_not_unpacked(self) -> None:
        import zipfile

        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for n in range(4):
                archive.writestr(f"xl/worksheets/sheet{n}.xml", b"0" * (80 * 1024 * 1024))
        with pytest.raises(TableRefused, match="quá lớn"):
            benches.read_table(packed.getvalue(), name="a.xlsx")


class TestMapping:
    @pytest.mark.parametrize(
        ("change", "word"),
        [
            (lambda m: m.update(unit="Sai"), "không có cột “Sai”"),
            (lambda m: m.update(unit_by="colour"), "số máy hay theo vị trí"),
            (lambda m: m["columns"].update({"load.9.error": "E1"}), "không có ô “load.9.error”"),
            (lambda m: m["constants"].update({"load.1.error": "0"}), "bỏ một"),
            (lambda m: m["constants"].update({"visual.seal.choice": "maybe"}), "đạt, không đạt"),
            (lambda m: m["conditions"].update({"wind": "3"}), "điều kiện “wind”"),
            (lambda m: m.update(columns={}), "Chưa chọn cột nào"),
            (lambda m: m.update(code="import os"), "Không có mục"),
            (lambda m: m.update(columns={"load.1.error": 3}), "cặp tên và chữ"),
        ],
    )  # fmt: skip
    def test_a_wrong_mapping_is_explained(
        self, meters: Meters, change: Callable[[dict[str, Any]], object], word: str
    ) -> None:
        mapping = {**MAPPING, **{k: dict(MAPPING[k]) for k in ("columns", "constants", "conditions")}}
        change(mapping)
        with pytest.raises(MappingWrong, match=word):
            map_bench_file(meters.act(), meters.attach(good_rows()), mapping=mapping)

    def test_by_position(self, meters: Meters) -> None:
        rows = [[str(41 - n), *(["0,2"] * 7)] for n in range(1, 41)]
        content = csv_of(rows, head=["Vị trí", *HEAD[1:]])
        file = attach_bench_file(meters.act(), meters.batch, name="a.csv", content=content)
        mapping = {**MAPPING, "unit_by": "position", "unit": "Vị trí"}
        file = weigh_bench_file(meters.act(), map_bench_file(meters.act(), file, mapping=mapping))
        assert set(file.rows.values_list("verdict", flat=True)) == {"pass"}
        assert file.rows.get(ordinal=1).worksheet == meters.sheet(40)
