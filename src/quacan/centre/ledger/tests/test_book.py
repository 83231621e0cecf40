"""The book: posting differences, reversals, flows and stocks, closing, late facts, proof."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from quacan.centre.base.act import action
from quacan.centre.base.refusals import WrongStage
from quacan.centre.ledger.actions import close_period, close_period_early, post, rebuild_sums
from quacan.centre.ledger.models import ClosedPeriod, Entry, MonthSum
from quacan.centre.ledger.queries import flaws, flow, matching, period_in_book, restatements, stock
from quacan.centre.ledger.refusals import PeriodNotBegun, PeriodNotOver
from quacan.centre.ledger.rules import Fact, Posting, difference, line

APRIL = date(2022, 4, 14)


@action("contracts.record")
def record(act, organisation, postings):
    act.require(organisation)
    written = post(act, postings)
    act.noted("test", before=None, after=written)
    return written


def verified(day=APRIL, verdict="pass", quantity="1"):
    return Fact("verification.instruments", day, Decimal(quantity), 0, {"verdict": verdict})


def posting(world, source, *facts):
    return Posting(world.centre.pk, source, tuple(facts))


def total(world, **kwargs):
    cells = flow(
        [world.centre.pk],
        "verification.instruments",
        start=date(2022, 1, 1),
        end=kwargs.pop("end", date(2022, 6, 30)),
        **kwargs,
    )
    return sum(cell.quantity for cell in cells)


def test_posting_twice_changes_nothing(world):
    facts = [posting(world, "w:1", verified()), posting(world, "w:2", verified(verdict="fail"))]
    assert record(world.act("vanthu"), world.centre, facts) == 2
    assert record(world.act("vanthu"), world.centre, facts) == 0
    assert total(world) == 2
    assert list(flaws(facts)) == []


def test_a_correction_is_a_reversal_and_a_new_entry(world):
    record(world.act("vanthu"), world.centre, [posting(world, "w:1", verified())])
    record(world.act("vanthu"), world.centre, [posting(world, "w:1", verified(verdict="fail"))])
    first, reversal, second = Entry.objects.order_by("seq")
    assert (reversal.reverses, reversal.quantity) == (first, Decimal(-1))
    assert second.reverses is None
    cells = flow([world.centre.pk], "verification.instruments", start=date(2022, 4, 1), end=date(2022, 4, 30))
    assert {c.dimensions["verdict"]: c.quantity for c in cells} == {"pass": 0, "fail": 1}
    assert [c.quantity for c in matching(cells, {"verdict": ("fail",)})] == [1]


def test_stocks_carry_over_and_flows_do_not(world):
    received = Fact("stamps.balance", date(2022, 1, 10), Decimal(100))
    used = Fact("stamps.balance", date(2022, 3, 2), Decimal(-30))
    record(world.act("vanthu"), world.centre, [posting(world, "b:1", received), posting(world, "b:2", used)])
    on = lambda day: sum(c.quantity for c in stock([world.centre.pk], "stamps.balance", on=day))  # noqa: E731
    assert (on(date(2022, 1, 9)), on(date(2022, 1, 31)), on(date(2022, 3, 2))) == (0, 100, 70)


def test_partial_months_count_days_and_whole_months_come_from_sums(world):
    days = [date(2022, 3, 15), date(2022, 3, 28), date(2022, 3, 29)]
    record(world.act("vanthu"), world.centre, [posting(world, f"w:{d}", verified(d)) for d in days])
    assert total(world, end=date(2022, 3, 28)) == 2
    assert total(world, end=date(2022, 3, 31)) == 3


def test_a_closed_period_is_reproduced_and_late_facts_are_listed(world):
    record(world.act("vanthu"), world.centre, [posting(world, "w:1", verified())])
    closed = close_period(world.act("giamdoc", on=date(2022, 7, 1)), half_year(world))
    record(
        world.act("vanthu", on=date(2022, 7, 5)),
        world.centre,
        [posting(world, "w:2", verified(date(2022, 6, 29)))],
    )
    assert total(world) == 2
    assert total(world, cut={world.centre.pk: closed.seq}) == 1
    assert [entry.source for entry in restatements(closed)] == ["w:2"]
    with pytest.raises(WrongStage, match="vào phần điều chỉnh sau chốt"):
        close_period(world.act("giamdoc"), half_year(world))


def half_year(world):
    days = {"start": date(2022, 1, 1), "end": date(2022, 6, 30)}
    return period_in_book(world.centre, code="2022-H1", **days)


def test_a_period_is_not_closed_before_its_end_by_accident_nor_before_it_began(world):
    with pytest.raises(PeriodNotOver):
        close_period(world.act("giamdoc"), half_year(world))
    with pytest.raises(PeriodNotBegun):
        close_period_early(world.act("giamdoc", on=date(2021, 12, 31)), half_year(world))
    close_period_early(world.act("giamdoc"), half_year(world))
    assert ClosedPeriod.objects.get().seq == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [("quantity_e6", 2_000_000), ("occurred_on", date(2022, 5, 1)), ("source", "w:9"), ("amount", 1)],
)
def test_a_hand_edited_entry_is_named(world, column, value):
    facts = [posting(world, "w:1", verified())]
    record(world.act("vanthu"), world.centre, facts)
    entry = Entry.objects.get()
    Entry.objects.filter(pk=entry.pk).update(**{column: value})
    assert f"ledger.Entry:{entry.pk}" in " ".join(flaw.record for flaw in flaws(facts))


def test_a_missing_source_and_a_wrong_sum_are_named(world):
    facts = [posting(world, "w:1", verified()), posting(world, "w:2", verified())]
    record(world.act("vanthu"), world.centre, facts)
    assert [flaw.record for flaw in flaws(facts[:1])] == ["w:2"]
    MonthSum.objects.update(quantity_e6=5)
    assert any("MonthSum" in flaw.record for flaw in flaws(facts))
    rebuild_sums(world.operator(), world.centre)
    assert list(flaws(facts)) == []


def test_a_quantity_too_fine_for_the_book_is_refused():
    with pytest.raises(ValueError, match="finer than one millionth"):
        line(verified(quantity="0.0000001"))


facts_lists = st.lists(
    st.builds(verified, st.dates(date(2022, 1, 1), date(2022, 3, 31)), st.sampled_from(["pass", "fail"])),
    max_size=6,
)


@given(facts_lists, facts_lists)
def test_the_difference_makes_the_book_say_what_the_record_says(old, new):
    living = list(enumerate(line(fact) for fact in old))
    change = difference(living, new)
    kept = [stored for key, stored in living if key not in change.reverse]
    assert sorted([*kept, *change.append]) == sorted(line(fact) for fact in new)


class AnyHistory(TestCase):
    """Whatever is posted in whatever order, sums equal entries and the book equals the last facts."""

    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), facts_lists), max_size=8))
    def test_any_history_proves(self, history):
        from quacan.centre.base.act import Act
        from quacan.centre.base.actors import Operator
        from quacan.centre.organisation.actions import found_organisation

        act = Act(actor=Operator(), at=datetime(2022, 4, 1, tzinfo=UTC))
        organisation = found_organisation(
            act, code="T", name="T", short_name="T", kind="centre", province="Cao Bằng", place="Cao Bằng",
            symbol="T", valid_from=date(2021, 1, 1),
        )  # fmt: skip
        last = {}
        for source, facts in history:
            last[source] = Posting(organisation.pk, source, tuple(facts))
            record(act, organisation, [last[source]])
        assert list(flaws(last.values())) == []
