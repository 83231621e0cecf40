import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.centre.base.definitions import DefinitionsRefused, read_texts
from quacan.centre.base.numbering import (
    NUMBERING_SCHEMA,
    NumberRefused,
    PatternRefused,
    fill_pattern,
    format_number,
    missing_words,
    numbering_rules,
    pattern_problems,
)


@pytest.mark.parametrize(
    ("pattern", "values", "number"),
    [
        ("V{yy}.{seq:05}", {"sequence": 11001, "year": 2020}, "V20.11001"),
        ("{seq}-{yy}[({site})]", {"sequence": 4302, "year": 2026, "site_suffix": "YB"}, "4302-26(YB)"),
        ("{seq}-{yy}[({site})]", {"sequence": 4302, "year": 2026}, "4302-26"),
        ("{seq:02}/BC-SKHCN", {"sequence": 1869, "year": 2021}, "1869/BC-SKHCN"),
        ("{seq:02}/BC-SKHCN", {"sequence": 1, "year": 2021}, "01/BC-SKHCN"),
        ("{seq:05}", {"sequence": 123456, "year": 2021}, "123456"),
        ("V{yy}.{seq:05}", {"sequence": 7, "year": 2020, "reissue": 1}, "V20.00007.R1"),
        ("{seq}/{agency}", {"sequence": 7, "year": 2020, "words": {"agency": "TTƯD"}}, "7/TTƯD"),
        ("{seq}/{yyyy}", {"sequence": 7, "year": 2009}, "7/2009"),
    ],
)
def test_numbers_are_written_by_their_pattern(pattern, values, number):
    assert format_number(pattern, **values) == number


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", "{seq}"),
        ("ABC", "{seq}"),
        ("{seq}{seq}", "đúng một"),
        ("[{seq}]", "ngoài dấu ngoặc vuông"),
        ("{seq}{year}", "Không có trường {year}"),
        ("{seq}{yy:05}", "Chỉ {seq}"),
        ("{seq", "ngoặc nhọn"),
        ("{seq}{0.__class__}", "ngoặc nhọn"),
        ("{seq!r}", "ngoặc nhọn"),
        ("{seq:99}", "ngoặc nhọn"),
        ("{seq}[[{site}]]", "lồng nhau"),
        ("{seq}]{site}[", "lồng nhau"),
        ("{seq}[x]", "ít nhất một trường"),
        ("{seq}<b>", "không dùng trong số"),
        ("{seq}\n", "không dùng trong số"),
    ],
)
def test_bad_patterns_are_refused_in_sentences(pattern, told):
    assert any(told in problem for problem in pattern_problems(pattern))
    with pytest.raises(PatternRefused) as refusal:
        format_number(pattern, sequence=1, year=2026)
    assert refusal.value.pattern == pattern


def test_all_problems_of_a_pattern_are_told():
    assert len(pattern_problems("{year}<{yy:03}")) == 4


@pytest.mark.parametrize(
    "values", [{"sequence": 0}, {"sequence": 1, "reissue": -1}, {"sequence": 1, "year": 0}]
)
def test_impossible_values_are_refused(values):
    with pytest.raises(NumberRefused):
        format_number("{seq}", **{"year": 2026, **values})


def test_a_missing_word_is_named():
    with pytest.raises(NumberRefused, match=r"agency, site"):
        format_number("{seq}/{agency}({site})", sequence=1, year=2026)


def test_words_are_filled_in_once():
    assert fill_pattern("{seq}/{service}-{agency}", {"agency": "TTƯD"}) == "{seq}/{service}-TTƯD"
    assert missing_words("{seq}/{service}-{agency}[{kind}]") == ("service", "agency")
    with pytest.raises(PatternRefused):
        fill_pattern("{seq}/{agency}", {"agency": "{seq}"})


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.integers(2000, 2099))
def test_different_sequences_give_different_numbers(first, second, year):
    one, other = (format_number("V{yy}.{seq:05}", sequence=number, year=year) for number in (first, second))
    assert (one == other) == (first == second)


def test_the_rules_of_every_kind_load():
    rules = numbering_rules()
    assert rules["verification_certificate"].pattern == "V{yy}.{seq:05}"
    assert {
        "calibration_certificate",
        "record",
        "stamp",
        "worksheet",
        "contract",
        "order",
        "report",
    } <= rules.keys()
    assert all(rule.source and rule.confidence in ("high", "house") for rule in rules.values())
    assert missing_words(rules["contract"].pattern) == ("agency",)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('pattern = "{sec}"', "pattern"),
        ('pattern = "{seq}"\nwords = { hue = "x" }', "words.hue"),
        ('pattern = "{seq:03}"', "sample.number"),
        ('pattern = "{seq}/{agency}"', "sample"),
    ],
)
def test_a_wrong_rule_is_refused(line, key):
    body = (
        'version = "1"\nin_force_from = 2020-01-01\nsource = "S"\nconfidence = "house"\n[[rules]]\n'
        'code = "a"\nname_vi = "a"\nname_en = "a"\nresets = "year"\n'
        'sample = { sequence = 7, year = 2020, number = "7" }\n'
    )
    with pytest.raises(DefinitionsRefused) as refusal:
        read_texts({"numbering/a.toml": (body + line).encode()}, NUMBERING_SCHEMA)
    assert {problem.key for problem in refusal.value.problems} == {f"rules[1].{key}"}
