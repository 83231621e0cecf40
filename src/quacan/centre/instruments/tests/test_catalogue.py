from datetime import date

import pytest

from quacan.centre.base.definitions import DefinitionsRefused, read_texts
from quacan.centre.instruments.catalogue import (
    CATALOGUE_SCHEMA,
    InstrumentKindUnknown,
    IntervalUnknown,
    kind,
    kinds,
    search,
)

IN_2018, IN_2022, IN_2025, IN_2026 = date(2018, 6, 1), date(2022, 6, 30), date(2025, 6, 1), date(2026, 11, 20)


def test_all_kinds_are_there():
    ever = [one for one in kinds() if any(span.status != "not_listed" for span in one.intervals)]
    assert len(ever) == 95
    assert [one.code for one in kinds() if one not in ever] == ["ELE-51", "LEN-51", "LEN-52"]
    assert [one.code for one in kinds()] == sorted(one.code for one in kinds())
    assert all(
        one.source and one.confidence in ("high", "medium", "low") and one.intervals for one in kinds()
    )


@pytest.mark.parametrize(
    ("code", "on", "months"),
    [
        ("LEN-05", IN_2018, 12),
        ("LEN-05", IN_2022, 18),
        ("MAS-03", IN_2022, 24),
        ("MAS-04", IN_2022, 12),
        ("FLO-01", IN_2022, 12),
        ("FLO-03", IN_2018, 60),
        ("PRE-04", IN_2022, 12),
        ("ELE-03", IN_2018, 24),
        ("ELE-03", IN_2022, 48),
        ("MAS-06", date(2026, 4, 14), 12),
        ("ELE-11", IN_2025, 60),
        ("ELE-12", IN_2025, 36),
    ],
)
def test_the_interval_is_that_of_the_day_of_verification(code, on, months):
    assert kind(code).interval_months(on) == months


def test_the_day_of_change_belongs_to_the_new_circular():
    taximeter = kind("LEN-05")
    assert taximeter.interval_months(date(2019, 12, 31)) == 12
    assert taximeter.interval_months(date(2020, 1, 1)) == 18


def test_no_interval_is_not_the_same_as_an_unknown_one():
    tape = kind("LEN-01")
    assert tape.interval_months(IN_2022) is None
    assert tape.valid_until(IN_2022) is None
    assert tape.is_listed(IN_2022)
    with pytest.raises(IntervalUnknown, match=r"Thước cuộn.*01/06/2018"):
        tape.interval_months(IN_2018)


def test_kinds_enter_and_leave_the_catalogue():
    assert not kind("ELE-12").is_listed(date(2024, 10, 14))
    assert kind("ELE-12").is_listed(date(2024, 10, 15))
    assert kind("ELE-01").interval_months(date(2024, 10, 14)) == 60
    assert not kind("ELE-01").is_listed(date(2024, 10, 15))
    assert not kind("PRE-05").is_listed(IN_2018)


def test_damaged_figures_of_2026_are_kept_but_not_used():
    scale = kind("MAS-06").interval_on(IN_2026)
    assert (scale.months, scale.printed_months, scale.confidence) == (12, 24, "low")
    for code in ("ELE-01", "TEM-04"):
        with pytest.raises(IntervalUnknown):
            kind(code).interval_months(IN_2026)
    conflicts = [one.code for one in kinds() if (one.intervals[-1].printed_months or 0) > 12]
    assert {"LEN-07", "LEN-08", "MAS-01", "MAS-02", "MAS-05", "MAS-06", "FLO-04"} <= set(conflicts)
    doubtful = [one.intervals[-1] for one in kinds() if one.intervals[-1].printed_months]
    assert {span.confidence for span in doubtful} == {"low"}


def test_before_the_data_begin_nothing_is_known():
    with pytest.raises(IntervalUnknown):
        kind("FLO-01").interval_months(date(2016, 12, 31))


def test_controls_are_three_valued():
    assert kind("LEN-01").controls.periodic is False
    assert kind("FLO-01").controls.type_approval is True
    assert kind("CHE-01").controls.type_approval is None
    assert kind("LEN-09").controls_confidence == "low"


def test_validity_runs_to_the_end_of_the_month():
    assert kind("MAS-04").valid_until(date(2022, 5, 10)) == date(2023, 5, 31)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("cot do xang", "FLO-01"),
        ("CỘT ĐO XĂNG DẦU", "FLO-01"),
        ("huyet ap", "PRE-04"),
        ("can o to", "MAS-06"),
        ("fuel dispenser", "FLO-01"),
        ("tu 46", None),
        ("ele-05", "ELE-05"),
        ("dlvn 08:2011", "PRE-01"),
    ],
)
def test_search_needs_no_marks(words, first):
    found = search(words)
    assert (found[0].code if found else None) == first


def test_search_may_be_held_to_a_field():
    assert {one.code for one in search("", field="medical")} > {"PRE-04", "MED-01"}
    assert search("cột đo", field="mass") == ()


def test_an_unknown_code_is_refused():
    with pytest.raises(InstrumentKindUnknown, match="XXX-01") as refusal:
        kind("XXX-01")
    assert refusal.value.code == "XXX-01"


def refused(*intervals):
    head = (
        'version = "1"\nin_force_from = 2020-01-01\nsource = "S"\nconfidence = "high"\n[[kinds]]\ncode = "A"\n'
        'name_vi = "a"\nname_en = "a"\nfield = "mass"\ncontrols = { initial = true }\n'
        'controls_source = "S"\ncontrols_confidence = "high"\n'
    )
    rows = "".join(
        f'[[kinds.intervals]]\nregime = "R"\nsource = "S"\nconfidence = "high"\n{body}\n'
        for body in intervals
    )
    with pytest.raises(DefinitionsRefused) as refusal:
        read_texts({"catalogue/a.toml": (head + rows).encode()}, CATALOGUE_SCHEMA)
    return {problem.key for problem in refusal.value.problems}


def test_impossible_intervals_are_refused():
    open_end = 'from = 2020-01-01\nstatus = "periodic"\nmonths = 12'
    assert refused('from = 2020-01-01\nstatus = "periodic"') == {"kinds[1].intervals[1].months"}
    assert refused('from = 2020-01-01\nstatus = "not_listed"\nmonths = 12') == {
        "kinds[1].intervals[1].months"
    }
    assert refused(open_end, open_end) == {"kinds[1].intervals[2].from"}
    assert refused(open_end + "\nto = 2019-01-01") == {"kinds[1].intervals[1].to"}
    assert refused(open_end.replace("12", "0")) == {"kinds[1].intervals[1].months"}
