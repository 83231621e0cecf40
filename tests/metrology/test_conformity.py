"""Verdicts are exact, three-valued and fail closed; decision rules do what their clauses say."""

import doctest
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quacan.metrology.conformity import (
    DecisionRule,
    RuleKind,
    RuleRefused,
    State,
    Verdict,
    combine,
    decide_exact,
    decide_many,
    judge,
    verdict,
)
from quacan.metrology.limits import Interval

D = Decimal
numbers = st.decimals(min_value=-1000, max_value=1000, places=3)
positive = st.decimals(min_value=D("0.001"), max_value=100, places=3)
rules = st.builds(
    DecisionRule, st.sampled_from(list(RuleKind)), st.sampled_from([None, D(0), D("0.83"), D(1)])
)


@st.composite
def tolerances(draw: st.DrawFn) -> Interval:
    """Two-sided intervals, ends open or closed."""
    lower, width = draw(numbers), draw(positive)
    return Interval(lower, lower + width, lower_open=draw(st.booleans()), upper_open=draw(st.booleans()))


@st.composite
def any_intervals(draw: st.DrawFn) -> Interval:
    """Two-sided, one-sided and unlimited intervals."""
    full = draw(tolerances())
    lower, upper = draw(st.sampled_from([(True, True), (True, False), (False, True), (False, False)]))
    return Interval(
        full.lower if lower else None, full.upper if upper else None, full.lower_open, full.upper_open
    )


def test_documented_examples() -> None:
    assert doctest.testmod(verdict).failed == 0


@pytest.mark.parametrize(
    ("value", "interval", "answer"),
    [
        ("0.5", Interval.symmetric(D("0.5")), Verdict.PASS),
        ("0.5000000000000000000000001", Interval.symmetric(D("0.5")), Verdict.FAIL),
        ("0.5", Interval(upper=D("0.5"), upper_open=True), Verdict.FAIL),
        ("-0.5", Interval(lower=D("-0.5"), upper=D(1), lower_open=True), Verdict.FAIL),
        ("-1000", Interval(upper=D(4)), Verdict.PASS),
        ("-0.14", Interval(D("-0.15"), D("0.1")), Verdict.PASS),
        ("0.14", Interval(D("-0.15"), D("0.1")), Verdict.FAIL),
        ("NaN", Interval.symmetric(D(1)), Verdict.UNDETERMINED),
        ("1", Interval(), Verdict.UNDETERMINED),
        ("1", None, Verdict.UNDETERMINED),
        (None, Interval.symmetric(D(1)), Verdict.UNDETERMINED),
    ],
)
def test_a_value_on_the_limit_is_on_the_limit(
    value: str | None, interval: Interval | None, answer: Verdict
) -> None:
    assert decide_exact(None if value is None else D(value), interval) is answer


def test_binary_fractions_do_not_decide() -> None:
    total = D("0.1") + D("0.2")
    assert decide_exact(total, Interval(upper=D("0.3"))) is Verdict.PASS
    assert decide_many([total], Interval(upper=D("0.3"))) == [Verdict.PASS]


def test_nothing_never_passes() -> None:
    assert combine([]) is Verdict.UNDETERMINED
    assert combine([Verdict.PASS, Verdict.UNDETERMINED]) is Verdict.UNDETERMINED
    assert combine([Verdict.PASS, Verdict.UNDETERMINED, Verdict.FAIL]) is Verdict.FAIL
    assert combine([Verdict.PASS, Verdict.PASS]) is Verdict.PASS


@given(st.lists(st.sampled_from(list(Verdict)), max_size=5))
def test_combining_does_not_depend_on_the_order(verdicts: list[Verdict]) -> None:
    assert len({combine(order) for order in permutations(verdicts)}) == 1


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=6), st.data())
def test_one_verdict_made_undetermined_never_makes_a_pass(
    verdicts: list[Verdict], data: st.DataObject
) -> None:
    i = data.draw(st.integers(0, len(verdicts) - 1))
    poorer = [*verdicts[:i], Verdict.UNDETERMINED, *verdicts[i + 1 :]]
    assert combine(poorer) is not Verdict.PASS


@given(st.data(), st.lists(any_intervals(), min_size=1, max_size=8))
def test_many_verdicts_are_the_exact_ones(data: st.DataObject, intervals: list[Interval]) -> None:
    values = [_value_around(data, interval) for interval in intervals]
    assert decide_many(values, intervals) == [
        decide_exact(value, interval) for value, interval in zip(values, intervals, strict=True)
    ]


def _value_around(data: st.DataObject, interval: Interval) -> Decimal | None:
    """A missing value, any value, or one on a limit or within a hair of it."""
    ends = [end for end in (interval.lower, interval.upper) if end is not None]
    near = [end + D(step) for end in ends for step in ("0", "1e-25", "-1e-25", "1e-15", "-1e-15")]
    return data.draw(st.none() | numbers | st.sampled_from([*near, D(0), D("NaN"), D("1e400")]))


def test_many_verdicts_need_one_interval_each() -> None:
    with pytest.raises(ValueError, match="2 intervals"):
        decide_many([D(1)], [Interval.symmetric(D(1))] * 2)


def test_a_hundred_thousand_agree_with_one_by_one() -> None:
    interval = Interval.symmetric(D("0.3"))
    values = [D(i % 700) / 1000 - D("0.35") for i in range(100_000)]
    many = decide_many(values, interval)
    assert many[::997] == [decide_exact(value, interval) for value in values[::997]]
    assert many.count(Verdict.PASS) == sum(1 for value in values if -D("0.3") <= value <= D("0.3"))


def outcome(value: str, kind: str, *, U: str | None = "1", r: str | None = None, **ends: Any) -> State:
    tolerance = Interval(**{name: D(end) if isinstance(end, str) else end for name, end in ends.items()})
    rule = DecisionRule(RuleKind(kind), None if r is None else D(r))
    return judge(D(value), tolerance=tolerance, U=None if U is None else D(U), rule=rule).state


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("9", State.PASS),
        ("9.000001", State.CONDITIONAL_PASS),
        ("10", State.CONDITIONAL_PASS),
        ("10.000001", State.CONDITIONAL_FAIL),
        ("11", State.CONDITIONAL_FAIL),
        ("11.000001", State.FAIL),
        ("-9", State.PASS),
        ("-10.5", State.CONDITIONAL_FAIL),
        ("-11.5", State.FAIL),
    ],
)
def test_four_states(value: str, state: State) -> None:
    assert outcome(value, "four-state", lower="-10", upper="10") is state


def test_conditional_states_are_no_verdict() -> None:
    rule = DecisionRule(RuleKind.FOUR_STATE)
    for value in ("9.5", "10.5"):
        decision = judge(D(value), tolerance=Interval.symmetric(D(10)), U=D(1), rule=rule)
        assert decision.verdict is Verdict.UNDETERMINED


def test_four_states_with_an_open_limit_and_nothing_accepted() -> None:
    assert outcome("10", "four-state", upper="10", upper_open=True) is State.CONDITIONAL_FAIL
    assert outcome("0", "four-state", U="20", lower="-10", upper="10") is State.CONDITIONAL_PASS
    assert outcome("29", "four-state", U="20", lower="-10", upper="10") is State.CONDITIONAL_FAIL
    assert outcome("31", "four-state", U="20", lower="-10", upper="10") is State.FAIL


def test_guarded_acceptance_of_ilac_g8() -> None:
    assert outcome("9.17", "guarded", r="0.83", upper="10") is State.PASS
    assert outcome("9.18", "guarded", r="0.83", upper="10") is State.FAIL
    assert outcome("9", "guarded", upper="10") is State.PASS
    assert outcome("1", "guarded", lower="0") is State.PASS
    assert outcome("0.99", "guarded", lower="0") is State.FAIL
    assert outcome("0", "guarded", U="11", lower="-10", upper="10") is State.FAIL


def test_legal_rule_wants_a_third() -> None:
    assert outcome("10", "legal", U="3", lower="-9", upper="9") is State.FAIL
    assert outcome("9", "legal", U="3", lower="-9", upper="9") is State.PASS
    assert outcome("9", "legal", U="3.0001", lower="-9", upper="9") is State.UNDETERMINED
    assert outcome("6", "legal", U="3", r="1", lower="-9", upper="9") is State.PASS  # R 111-1, 5.3.1
    assert outcome("6.1", "legal", U="3", r="1", lower="-9", upper="9") is State.FAIL
    with pytest.raises(RuleRefused, match="both limits"):
        outcome("1", "legal", upper="9")


@pytest.mark.parametrize("kind", ["guarded", "four-state", "legal"])
def test_a_rule_without_its_uncertainty_is_undetermined(kind: str) -> None:
    assert outcome("0", kind, U=None, lower="-9", upper="9") is State.UNDETERMINED
    assert outcome("0", kind, U="NaN", lower="-9", upper="9") is State.UNDETERMINED


def test_a_negative_guard_band_is_refused() -> None:
    with pytest.raises(RuleRefused, match="zero or above"):
        DecisionRule(RuleKind.GUARDED, D(-1))


def test_stated_acceptance_replaces_the_rule() -> None:
    decision = judge(
        D("105"),
        tolerance=Interval(upper=D(100)),
        U=D(4),
        rule=DecisionRule(RuleKind.SIMPLE),
        acceptance=Interval(upper=D("106.6")),  # guarded rejection: JCGM 106, 8.3.3
    )
    assert decision.verdict is Verdict.PASS


@given(value=numbers, tolerance=tolerances(), U=positive, rule=rules)
def test_removing_any_input_never_passes(
    value: Decimal, tolerance: Interval, U: Decimal, rule: DecisionRule
) -> None:
    before = judge(value, tolerance=tolerance, U=U, rule=rule).verdict
    poorer = [
        judge(None, tolerance=tolerance, U=U, rule=rule),
        judge(value, tolerance=Interval(), U=U, rule=rule),
        judge(value, tolerance=tolerance, U=None, rule=rule),
    ]
    for decision in poorer:
        assert decision.verdict is not Verdict.PASS or decision.verdict is before
    assert poorer[0].verdict is poorer[1].verdict is Verdict.UNDETERMINED


@given(value=numbers, tolerance=tolerances(), U=positive, rule=rules, wider=positive)
def test_wider_limits_never_turn_a_pass_into_a_fail(
    value: Decimal, tolerance: Interval, U: Decimal, rule: DecisionRule, wider: Decimal
) -> None:
    if judge(value, tolerance=tolerance, U=U, rule=rule).verdict is Verdict.PASS:
        wide = tolerance.narrowed(-wider)
        assert wide is not None
        assert judge(value, tolerance=wide, U=U, rule=rule).verdict is Verdict.PASS


@given(value=numbers, tolerance=tolerances(), U=positive, rule=rules, more=positive)
def test_a_larger_uncertainty_never_makes_a_pass(
    value: Decimal, tolerance: Interval, U: Decimal, rule: DecisionRule, more: Decimal
) -> None:
    if judge(value, tolerance=tolerance, U=U, rule=rule).verdict is not Verdict.PASS:
        assert judge(value, tolerance=tolerance, U=U + more, rule=rule).verdict is not Verdict.PASS


@given(value=numbers, tolerance=tolerances(), U=positive, rule=rules, factor=positive, shift=numbers)
def test_verdicts_do_not_depend_on_unit_or_zero(
    value: Decimal, tolerance: Interval, U: Decimal, rule: DecisionRule, factor: Decimal, shift: Decimal
) -> None:
    here = judge(value, tolerance=tolerance, U=U, rule=rule).state
    moved = tolerance.scaled(factor).shifted(shift)
    assert judge(value * factor + shift, tolerance=moved, U=U * factor, rule=rule).state is here
