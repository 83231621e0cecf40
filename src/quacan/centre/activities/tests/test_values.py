"""What may be typed in an activity's fields, and what it is read as."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.centre.activities.kinds import ActivityKind, Choice, Field, activity_kinds
from quacan.centre.activities.rules import QUALIFIERS, UNSTATED, ValueRefused, read_values, value_problems
from quacan.centre.base.language.numbers import format_number
from quacan.centre.base.language.texts import Text


def field(key="n", type="count", *, required=True, at_most="", minimum=None, choices=()):
    return Field(key, Text(f"nhãn {key}", f"label {key}"), type, "", required, at_most, minimum, choices)


def kind_of(*fields):
    some = activity_kinds()[0]
    return ActivityKind(
        "k", "1", Text("k", "k"), Text("g", "g"), fields, (), some.in_force_from, None, "", ""
    )


def read(one, text):
    return read_values(kind_of(one), {one.key: text})[one.key]


@given(st.integers(0, 10**12), st.sampled_from(["", *QUALIFIERS]))
def test_a_count_is_read_back_however_it_is_grouped_and_qualified(number, mark):
    for text in (str(number), format_number(number)):
        value = read(field(), f"{mark} {text}" if mark else text)
        assert (value.number, value.qualifier) == (Decimal(number), mark)


@given(st.decimals(0, 10**6, places=3))
def test_a_decimal_is_read_with_comma_or_point(number):
    text = f"{number:.3f}"
    for typed in (text, text.replace(".", ",")):
        assert read(field(type="decimal"), typed).number == number


@given(st.text(max_size=20))
def test_nothing_typed_breaks_the_reading_and_what_is_read_is_a_number(text):
    problems = value_problems(kind_of(field()), {"n": text})
    if problems:
        assert all(one.why.vi and one.why.en for one in problems)
        return
    value = read(field(), text)
    assert value.number is None or value.number == value.number.to_integral_value()
    assert value.number is not None or value.qualifier == UNSTATED


@pytest.mark.parametrize(
    ("type", "text", "why"),
    [
        ("count", "", "còn trống"),
        ("count", "năm", "không phải là số"),
        ("count", "1,5", "phải là số nguyên"),
        ("count", "-3", "phải từ 0"),
        ("money", "1.934.000,5", "phải là số nguyên"),
        ("decimal", "nan", "không phải là số"),
        ("decimal", "1e400", "không phải là số"),
        ("count", "1000000000001", "lớn hơn một nghìn tỷ"),
        ("decimal", "1,2345678", "nhiều hơn 6 chữ số"),
        ("choice", "z", "không có trong danh sách"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(type, text, why):
    choices = (Choice("a", Text("một", "one")),) if type == "choice" else ()
    one = field(type=type, choices=choices)
    with pytest.raises(ValueRefused, match=why):
        read(one, text)


def test_money_is_whole_dong_with_or_without_its_word():
    assert read(field(type="money"), "1.934.000 đồng").number == 1_934_000


def test_an_unstated_number_is_no_number():
    value = read(field(), UNSTATED)
    assert (value.number, value.qualifier) == (None, UNSTATED)


def test_every_problem_is_listed_at_once_and_a_part_may_not_exceed_the_whole():
    kind = kind_of(field("whole"), field("part", required=False, at_most="whole"), field("other"))
    found = value_problems(kind, {"whole": "10", "part": "11"})
    assert [(one.field.key, one.why.vi) for one in found] == [
        ("other", "còn trống"),
        ("part", "không được lớn hơn “nhãn whole”"),
    ]
    assert value_problems(kind, {"whole": "10", "part": "10", "other": "0"}) == []


def test_every_kind_of_the_house_has_both_languages_and_counts_something():
    for kind in activity_kinds():
        assert kind.name.vi
        assert kind.name.en
        assert kind.counts
        assert all(one.label.vi and one.label.en for one in kind.fields)
        assert all(kind.word_of(count.measure) for count in kind.counts)
