from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest

from quacan.centre.base.definitions import (
    DefinitionNotInForce,
    DefinitionsRefused,
    Problem,
    Schema,
    boolean,
    day,
    decimal,
    in_force,
    in_force_one,
    integer,
    load,
    mapping_of,
    optional,
    read_texts,
    rows_of,
    table,
    text,
    values_of,
)

HEADER = 'code = "K"\nversion = "1"\nin_force_from = 2020-01-01\nsource = "S"\nconfidence = "high"\n'
EMPTY = Schema({})


def faults(body, schema=EMPTY, *, header=HEADER):
    with pytest.raises(DefinitionsRefused) as refusal:
        read_texts({"k/a.toml": (header + body).encode()}, schema)
    return {problem.key: problem.sentence for problem in refusal.value.problems}


def one(body, schema):
    (definition,) = read_texts({"k/a.toml": (HEADER + body).encode()}, schema)
    return definition


def test_a_definition_keeps_its_header_text_and_digest():
    definition = one('note = "n"\n', EMPTY)
    assert (definition.code, definition.version, definition.source) == ("K", "1", "S")
    assert (definition.confidence, definition.note, definition.file) == ("high", "n", "k/a.toml")
    assert (definition.in_force_from, definition.in_force_to) == (date(2020, 1, 1), None)
    assert definition.text == HEADER + 'note = "n"\n'
    assert definition.sha256 == sha256(definition.text.encode()).hexdigest()


def test_values_are_frozen_and_numbers_exact():
    schema = Schema({"rows": rows_of({"x": decimal()}), "names": mapping_of(text())})
    definition = one('names = {a = "b"}\n[[rows]]\nx = 0.1\n', schema)
    assert definition.data["rows"][0]["x"] == Decimal("0.1")
    with pytest.raises(TypeError):
        definition.data["names"]["a"] = "c"
    with pytest.raises(FrozenInstanceError):
        definition.code = "other"


def test_all_problems_are_told_at_once():
    schema = Schema({"a": integer(at_least=1), "b": text("x", "y"), "c": day(), "d": optional(boolean())})
    found = faults('a = 0\nb = "z"\nd = 1\nin_force_form = 2020-01-01\nzzz = 1\n', schema)
    assert found.keys() == {"a", "b", "c", "d", "in_force_form", "zzz"}
    assert "nhỏ hơn" in found["a"]
    assert "x, y" in found["b"]
    assert "thiếu" in found["c"]
    assert "true hoặc false" in found["d"]
    assert "in_force_from" in found["in_force_form"]
    assert "khóa lạ" in found["zzz"]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("x = true\n", "x"),
        ('x = "1"\n', "x"),
        ("x = 1.5\n", "x"),
        ("x = 11\n", "x"),
    ],
)
def test_a_whole_number_is_nothing_else(body, key):
    assert key in faults(body, Schema({"x": integer(0, 10)}))


@pytest.mark.parametrize("body", ["x = nan\n", "x = inf\n"])
def test_a_number_is_finite(body):
    assert "x" in faults(body, Schema({"x": decimal()}))


@pytest.mark.parametrize("body", ["x = 2020-01-01T00:00:00\n", 'x = "2020-01-01"\n'])
def test_a_day_is_a_plain_date(body):
    assert "x" in faults(body, Schema({"x": day()}))


def test_nested_problems_have_their_path():
    schema = Schema(
        {"t": table({"a": text()}), "r": rows_of({"v": values_of(integer())}), "m": mapping_of(integer())}
    )
    found = faults('t = {a = ""}\nr = [{v = [1, "2"]}, {v = []}]\nm = {one = "x"}\n', schema)
    assert found.keys() == {"t.a", "r[1].v[2]", "r[2].v", "m.one"}


def test_an_empty_array_of_tables_is_a_problem():
    assert "r" in faults("r = []\n", Schema({"r": rows_of({"a": text()})}))


def test_text_follows_its_pattern():
    assert "x" in faults('x = "abc1"\n', Schema({"x": text(pattern="[a-z]+")}))


def test_days_of_effect_are_in_order():
    assert "in_force_to" in faults("in_force_to = 2019-12-31\n")


def test_an_application_adds_its_own_rule():
    schema = Schema(
        {"a": integer(), "b": integer()},
        check=lambda data: [("a", "lớn hơn b")] if data["a"] > data["b"] else [],
    )
    assert faults("a = 2\nb = 1\n", schema) == {"a": "lớn hơn b"}
    assert one("a = 1\nb = 1\n", schema).data == {"a": 1, "b": 1}


def test_broken_files_are_named():
    with pytest.raises(DefinitionsRefused) as refusal:
        read_texts({"k/a.toml": b"\xff", "k/b.toml": b"a = "}, EMPTY)
    assert [problem.file for problem in refusal.value.problems] == ["k/a.toml", "k/b.toml"]
    assert "k/a.toml" in str(refusal.value)


def versions(*spans):
    return {
        f"k/{number}.toml": (
            f'code = "K"\nversion = "{number}"\nsource = "S"\nconfidence = "low"\nin_force_from = {start}\n'
            + (f"in_force_to = {end}\n" if end else "")
        ).encode()
        for number, (start, end) in enumerate(spans, start=1)
    }


def test_the_version_of_the_day_is_chosen():
    read = read_texts(versions(("2020-01-01", "2021-12-31"), ("2022-01-01", None)), EMPTY)
    assert in_force_one(read, code="K", on=date(2021, 12, 31)).version == "1"
    assert in_force_one(read, code="K", on=date(2022, 1, 1)).version == "2"
    assert in_force(read, date(2019, 12, 31)) == ()
    with pytest.raises(DefinitionNotInForce, match="31/12/2019"):
        in_force_one(read, code="K", on=date(2019, 12, 31))
    with pytest.raises(DefinitionNotInForce, match="X"):
        in_force_one(read, code="X", on=date(2022, 1, 1))


@pytest.mark.parametrize(
    "spans",
    [
        [("2020-01-01", "2022-01-01"), ("2022-01-01", None)],
        [("2020-01-01", None), ("2022-01-01", None)],
    ],
)
def test_two_versions_in_force_on_one_day_are_refused(spans):
    with pytest.raises(DefinitionsRefused, match="in_force_to"):
        read_texts(versions(*spans), EMPTY)


def test_the_same_version_twice_is_refused():
    texts = versions(("2020-01-01", "2020-12-31"), ("2022-01-01", None))
    texts["k/2.toml"] = texts["k/2.toml"].replace(b'version = "2"', b'version = "1"')
    with pytest.raises(DefinitionsRefused, match="hai bản cùng số 1"):
        read_texts(texts, EMPTY)


COLLECTION = Schema({"name": text()}, each="kinds")
MANY = 'version = "1"\nin_force_from = 2020-01-01\nsource = "S"\nconfidence = "high"\n'


def test_a_file_may_hold_many_definitions():
    body = MANY + '[[kinds]]\ncode = "B"\nname = "b"\n[[kinds]]\ncode = "A"\nname = "a"\nconfidence = "low"\n'
    read = read_texts({"k.toml": body.encode()}, COLLECTION)
    assert [(each.code, each.confidence, each.data["name"]) for each in read] == [
        ("A", "low", "a"),
        ("B", "high", "b"),
    ]


def test_a_digest_in_a_collection_depends_on_its_own_entry_only():
    body = MANY + '[[kinds]]\ncode = "A"\nname = "a"\n'
    (alone,) = read_texts({"k.toml": body.encode()}, COLLECTION)
    with_other, _ = read_texts(
        {"k.toml": (body + '[[kinds]]\ncode = "B"\nname = "b"\n').encode()}, COLLECTION
    )
    (changed,) = read_texts({"k.toml": body.replace('"a"', '"z"').encode()}, COLLECTION)
    assert alone.sha256 == with_other.sha256 == sha256(alone.text.encode()).hexdigest()
    assert changed.sha256 != alone.sha256


def test_problems_in_a_collection_name_the_entry():
    body = "extra = 1\n[[kinds]]\n" + 'code = "A"\n[[kinds]]\ncode = "B"\nname = 1\n'
    assert {"extra", "kinds[1].name", "kinds[2].name"} <= faults(body, COLLECTION, header=MANY).keys()
    assert faults("", COLLECTION, header=MANY).keys() == {"kinds"}


def test_load_reads_every_file_below_a_kind(tmp_path):
    (tmp_path / "things" / "deep").mkdir(parents=True)
    (tmp_path / "things" / "deep" / "a.toml").write_text(HEADER, encoding="utf-8")
    (tmp_path / "things" / "readme.md").write_text("not a definition", encoding="utf-8")
    (definition,) = load("things", EMPTY, tmp_path)
    assert definition.file == "things/deep/a.toml"


def test_a_kind_may_be_a_single_file(tmp_path):
    (tmp_path / "things.toml").write_text(HEADER, encoding="utf-8")
    assert [one.file for one in load("things", EMPTY, tmp_path)] == ["things.toml"]


def test_a_missing_kind_is_refused(tmp_path):
    with pytest.raises(DefinitionsRefused, match="nothing/"):
        load("nothing", EMPTY, tmp_path)


def test_a_kind_without_files_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DefinitionsRefused, match="empty/"):
        load("empty", EMPTY, tmp_path)


def test_a_problem_reads_as_one_line():
    assert str(Problem("f.toml", "a.b", "sai.")) == "f.toml: a.b: sai."
    assert str(Problem("f.toml", "", "sai.")) == "f.toml: sai."
