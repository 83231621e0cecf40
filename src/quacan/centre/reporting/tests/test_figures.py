"""Figures: what the book adds up to, how it is printed, what a closed period keeps."""

import json
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.centre.activities import kinds
from quacan.centre.activities.actions import ActivityDraft, cancel_activity, change_activity, confirm_activity
from quacan.centre.base.definitions import DefinitionsRefused, load, read_texts
from quacan.centre.base.periods import period
from quacan.centre.planning.actions import TargetDraft, adjust_target
from quacan.centre.reporting import definitions
from quacan.centre.reporting.actions import close_figures
from quacan.centre.reporting.definitions import indicators_in_force
from quacan.centre.reporting.papers import Figure, paragraph_text
from quacan.centre.reporting.queries import (
    computed_json,
    figures_json,
    flaws,
    kept_figures,
    periods_of,
    restatement,
)
from quacan.centre.reporting.queries.composition import annex_text, figure_text, unknown_codes, woven
from quacan.centre.reporting.queries.exchange import restatement_json, trace_json
from quacan.centre.reporting.queries.figures import IndicatorFigure, entries_behind, figure, figures, scope_of

H1 = period("2022-H1")
AFTER = date(2022, 7, 5)
KNOWN = indicators_in_force(date(2022, 6, 30))


def value_of(world, code, *, live=False, wanted=H1):
    return figure(scope_of(world.centre, wanted, live=live), KNOWN[code])


def one(code="testing.samples", value=None, qualifier=""):
    value = None if value is None else Decimal(value)
    return IndicatorFigure(KNOWN[code], value, qualifier, None, None, None, {}, 1)


def test_the_book_adds_up_to_the_figures_of_the_half_year(half_year):
    assert value_of(half_year, "testing.samples").value == 2
    assert value_of(half_year, "testing.earthing_points").value == 106
    assert value_of(half_year, "production.cordyceps_followed").value == 288
    assert value_of(half_year, "models.macadamia_area").value == Decimal("1.8")
    assert value_of(half_year, "union.shelter_fund").value == 1_934_000


def test_a_figure_nobody_stated_is_no_zero(half_year):
    found = value_of(half_year, "media.publications")
    assert (found.value, found.qualifier, found.entries) == (None, "không nêu số", 1)
    assert figure_text(found) == "không nêu số"


def test_an_unconfirmed_activity_does_not_count(world, happened):
    happened("broadcast", issues="6", confirm=False)
    assert value_of(world, "media.broadcasts").value == 0


def test_a_corrected_qualifier_no_longer_qualifies(world, happened):
    activity = happened("broadcast", issues=">500")
    assert figure_text(value_of(world, "media.broadcasts")) == ">500"
    draft = ActivityDraft("broadcast", "broadcast", activity.occurred_on, {"issues": "512"})
    changed = change_activity(world.act("vanthu"), activity, draft, version=activity.version)
    confirm_activity(world.act("kehoach"), changed)
    assert figure_text(value_of(world, "media.broadcasts")) == "512"


def test_a_cancelled_unstated_figure_leaves_nothing(world, happened):
    activity = happened("publication", issues="không nêu số")
    cancel_activity(world.act("vanthu", reason="ghi nhầm"), activity)
    found = value_of(world, "media.publications")
    assert (found.value, found.qualifier, found.entries) == (0, "", 2)


@pytest.mark.parametrize(
    ("value", "qualifier", "code", "sentence", "cell"),
    [
        (2, "", "testing.samples", "02", "2"),
        (515, "", "testing.samples", "515", "515"),
        (0, "", "testing.samples", "0", "0"),
        (-3, "", "projects.running", "-3", "-3"),
        ("96.7", "", "verification.pass_rate", "96,7\u00a0%", "96,7"),
        ("100.0", "", "verification.pass_rate", "100\u00a0%", "100"),
        ("1.8", "", "models.macadamia_area", "1,8", "1,8"),
        (2, "", "models.michelia_area", "02", "2"),
        (1934000, "", "union.shelter_fund", "1.934.000", "1.934.000"),
        (5, "", "union.shelter_fund", "5", "5"),
        (500, ">", "testing.samples", ">500", ">500"),
        (30, "≤", "testing.samples", "≤30", "≤30"),
        (40, "khoảng", "testing.samples", "khoảng\u00a040", "khoảng\u00a040"),
        (5, "không nêu số", "testing.samples", "05 (có phần không nêu số)", "5 (có phần không nêu số)"),
        (None, "không nêu số", "testing.samples", "không nêu số", "không nêu số"),
        (None, "", "verification.pass_rate", "chưa có số liệu", "chưa có số liệu"),
    ],
)
def test_how_a_figure_is_printed(value, qualifier, code, sentence, cell):
    found = one(code, value, qualifier)
    assert (figure_text(found), annex_text(found)) == (sentence, cell)


@given(st.text(alphabet="ab{}. ", max_size=30), st.text(alphabet="xy{}. ", max_size=30))
def test_weaving_keeps_every_typed_character(before, after):
    typed = f"{before}{{testing.samples}}{after}"
    paragraph = woven(typed, {"testing.samples": one(value=2)})
    figures_found = [part for part in paragraph if isinstance(part, Figure)]
    assert [part.code for part in figures_found] == ["testing.samples"]
    assert paragraph_text(paragraph) == f"{before}02{after}"


def test_a_code_that_is_no_indicator_stays_as_typed_and_is_named():
    assert (
        paragraph_text(woven("{no.such} {testing.samples}", {"testing.samples": one(value=2)}))
        == "{no.such} 02"
    )
    assert unknown_codes("{no.such} {testing.samples}", KNOWN) == ["no.such"]


def test_half_a_year_owes_half_of_a_years_target(half_year, planned):
    found = {f.indicator.code: f for f in figures(scope_of(half_year.centre, H1))}
    samples, points = found["testing.samples"], found["testing.earthing_points"]
    assert (samples.plan, samples.due, samples.percent_of_plan) == (10, 5, Decimal("20.0"))
    assert samples.is_behind
    assert (points.due, points.percent_of_plan) == (100, Decimal("53.0"))
    assert not points.is_behind
    assert not found["media.broadcasts"].is_behind


def test_last_year_is_the_same_period(half_year, happened):
    happened("broadcast", issues="4", on=date(2021, 3, 1))
    happened("broadcast", issues="9", on=date(2021, 8, 1))
    assert value_of(half_year, "media.broadcasts").last_year == 4
    assert value_of(half_year, "testing.samples").last_year is None


def test_a_closed_period_gives_the_same_bytes_after_late_entries_and_new_targets(
    half_year, happened, planned
):
    world = half_year
    open_bytes = figures_json(scope_of(world.centre, H1))
    assert json.loads(open_bytes)["period"]["cutoff"] is None
    close_figures(world.act("kehoach", on=AFTER), world.centre, period_code="2022-H1")
    first = figures_json(scope_of(world.centre, H1))
    happened("test_sample", matrix="water", samples="3", on=date(2022, 5, 2), said_on=date(2022, 7, 20))
    happened("broadcast", issues="1", on=date(2022, 8, 1))
    change = world.act("kehoach", on=date(2022, 7, 21), reason="điều chỉnh")
    adjust_target(change, planned, TargetDraft("testing.samples", "2022", Decimal(4)))
    scope = scope_of(world.centre, H1)
    assert figures_json(scope) == first
    assert computed_json(scope) == first, "not only kept: the book as it stood gives the same bytes"
    assert list(flaws()) == []
    data = json.loads(first)
    assert data["period"] == {
        "code": "2022-H1",
        "from": "2022-01-01",
        "to": "2022-06-30",
        "cutoff": "2022-07-05T02:00:00+00:00",
    }
    samples = next(i for i in data["indicators"] if i["code"] == "testing.samples")
    assert samples == {
        "code": "testing.samples",
        "name": "Mẫu thử nghiệm",
        "unit": "mẫu",
        "value": 2,
        "qualifier": None,
        "plan": 10,
        "percent_of_plan": 20,
        "same_period_last_year": None,
        "breakdown": {"matrix": {"concrete_brick": 2}},
        "entries": 1,
    }
    assert value_of(world, "testing.samples").value == 2
    assert value_of(world, "testing.samples", live=True).value == 5


def test_the_restatement_lists_exactly_what_late_entries_changed(half_year, happened):
    world = half_year
    closed = close_figures(world.act("kehoach", on=AFTER), world.centre, period_code="2022-H1")
    assert restatement(closed) == []
    late = happened(
        "test_sample", matrix="water", samples="3", on=date(2022, 5, 2), said_on=date(2022, 7, 20)
    )
    happened("broadcast", issues="1", on=date(2022, 8, 1))
    rows = restatement(closed)
    assert [(r.indicator.code, r.published.value, r.now.value, r.difference) for r in rows] == [
        ("testing.samples", 2, 5, 3)
    ]
    data = restatement_json(closed, rows, scope_of(world.centre, H1))
    assert data["late_entries"] == 1
    entry = data["indicators"][0]["entries"][0]
    assert (entry["occurred_on"], entry["source"]["id"]) == ("2022-05-02", late.pk)
    cancel_activity(world.act("vanthu", on=date(2022, 7, 22), reason="ghi nhầm"), late)
    after = restatement(closed)
    assert [(r.difference, [e.quantity for e in r.entries]) for r in after] == [(0, [3, -3])]


def test_figures_kept_at_closing_that_no_longer_follow_from_the_book_are_a_flaw(half_year):
    from quacan.centre.ledger.models import Entry

    world = half_year
    closed = close_figures(world.act("kehoach", on=AFTER), world.centre, period_code="2022-H1")
    assert kept_figures(closed) is not None
    Entry.objects.filter(measure="testing.samples").update(quantity_e6=9_000_000)
    assert [flaw.record for flaw in flaws()] == [f"ledger.ClosedPeriod:{closed.pk} (TTUD 2022-H1)"]


def test_a_trace_leads_from_the_figure_to_what_was_typed(half_year):
    scope = scope_of(half_year.centre, H1)
    data = trace_json(scope, KNOWN["testing.earthing_points"])
    assert (data["value"], data["text"], data["entries_total"]) == (106, "106", 1)
    entry = data["entries"][0]
    assert entry["source"]["type"] == "activities.Activity"
    assert [(r["cell"], r["text"], r["entered_by"]) for r in entry["readings"]] == [
        ("Số điểm đo", "106", "vanthu"),
        ("Số đọc (Ω), cách nhau bằng dấu chấm phẩy", "3,1; 3,4", "vanthu"),
    ]
    assert entry["document"] is None


def test_entries_behind_a_figure_add_up_to_it(half_year):
    scope = scope_of(half_year.centre, H1)
    for code in ("production.cordyceps", "production.cordyceps_contaminated", "testing.samples"):
        rows = entries_behind(scope, KNOWN[code])
        assert sum(row.quantity for row in rows) == figure(scope, KNOWN[code]).value
    assert trace_json(scope, KNOWN["media.broadcasts"], limit=1)["entries_total"] == 1


def guide_example(heading):
    """The example under a heading of the planner's guide."""
    guide = Path(__file__).parents[5] / "docs" / "planner.md"
    return guide.read_text("utf-8").split(f"## {heading}")[1].split("```toml\n")[1].split("```")[0]


def test_the_guides_kind_and_indicator_work_without_code(world, happened, tmp_path, monkeypatch):
    kind = guide_example("A new kind of activity")
    head = kind.split("[[kinds]]")[0]
    for folder, text in (("activities", kind), ("indicators", head + guide_example("A new indicator"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "new.toml").write_text(text)
    caches = (kinds._kinds, definitions._indicators)
    for room in (kinds, definitions):
        monkeypatch.setattr(room, "load", partial(load, root=tmp_path))
    for cache in caches:
        cache.cache_clear()
    try:
        happened("beehives", hives="12")
        assert [(f.indicator.code, f.value) for f in figures(scope_of(world.centre, H1))] == [
            ("bees.hives", 12)
        ]
    finally:
        for cache in caches:
            cache.cache_clear()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('kind = "flow"', 'kind = "sum"', "kind"),
        ('kind = "flow"', 'kind = "ratio"', "mẫu số"),
        ('kind = "flow"', 'kind = "distinct"', "chiều để đếm"),
        ('measure = "bees.hives"', 'measure = "Bees"', "measure"),
    ],
)
def test_an_indicator_that_makes_no_sense_is_refused_in_a_sentence(before, after, said):
    head = guide_example("A new kind of activity").split("[[kinds]]")[0]
    text = head + guide_example("A new indicator").replace(before, after)
    with pytest.raises(DefinitionsRefused, match=said):
        read_texts({"new.toml": text.encode()}, definitions.INDICATOR_SCHEMA)


def test_periods_that_hold_something_are_listed(half_year):
    codes = [one.period.code for one in periods_of(half_year.centre)]
    assert codes == ["2022", "2022-H1", "2022-9M", "2022-Q2", "2022-M04"]
    assert periods_of(half_year.rival) == []


def test_another_centres_figures_stay_their_own(half_year):
    assert figure(scope_of(half_year.rival, H1), KNOWN["testing.samples"]).value == 0
    assert figure(scope_of(half_year.department, H1), KNOWN["testing.samples"]).value == 2
