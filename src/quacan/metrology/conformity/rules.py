"""Decision rules as objects (ILAC-G8:09/2019, 4; JCGM 106:2012, 8): one value judged against a tolerance."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from quacan.metrology.conformity.verdict import Verdict
from quacan.metrology.limits.interval import Interval, IntervalRefused

_LEGAL_RATIO = 3
"""U must not exceed MPE divided by this (OIML R 111-1:2004, 5.2, and legal practice generally)."""


class RuleRefused(ValueError):
    """A decision rule that cannot be applied to what was given."""


class RuleKind(StrEnum):
    """The rules on offer: simple and guarded acceptance, four states, and the legal rule U <= MPE/3.

    >>> RuleKind("four-state")
    <RuleKind.FOUR_STATE: 'four-state'>
    """

    SIMPLE = "simple"
    GUARDED = "guarded"
    FOUR_STATE = "four-state"
    LEGAL = "legal"


class State(StrEnum):
    """The outcome in the words of a non-binary statement (ILAC-G8:09/2019, 4.2.3).

    >>> State.CONDITIONAL_PASS.value
    'conditional pass'
    """

    PASS = "pass"  # noqa: S105 - an outcome, no password
    CONDITIONAL_PASS = "conditional pass"  # noqa: S105
    CONDITIONAL_FAIL = "conditional fail"
    FAIL = "fail"
    UNDETERMINED = "undetermined"


_VERDICTS = {State.PASS: Verdict.PASS, State.FAIL: Verdict.FAIL}


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """A rule agreed before measuring: its kind, and r in the guard band w = r U.

    Without r the guarded and four-state rules take w = U (ILAC-G8, 4.2.2). The legal rule guards only when an
    r is given, as OIML R 111-1:2004, 5.3.1 asks with r = 1.

    >>> DecisionRule(RuleKind.GUARDED).guard_factor
    Decimal('1')
    >>> DecisionRule(RuleKind.LEGAL).guard_factor
    Decimal('0')
    """

    kind: RuleKind
    r: Decimal | None = None

    def __post_init__(self) -> None:
        """This will refuse a guard band that is negative or not finite."""
        if self.r is not None and (not self.r.is_finite() or self.r < 0):
            raise RuleRefused(f"The guard band factor r must be zero or above, not {self.r}.")

    @property
    def guard_factor(self) -> Decimal:
        """This will give the multiple of U that the tolerance is drawn in by."""
        if self.kind is RuleKind.SIMPLE:
            return Decimal(0)
        return self.r if self.r is not None else Decimal(self.kind is not RuleKind.LEGAL)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule says: verdict and state, the acceptance interval used (None: nothing is accepted), and why.

    >>> simple = DecisionRule(RuleKind.SIMPLE)
    >>> judge(Decimal("0.5"), tolerance=Interval(upper=Decimal(1)), U=None, rule=simple).state.value
    'pass'
    """

    verdict: Verdict
    state: State
    acceptance: Interval | None
    reason: str


def judge(
    value: Decimal | None,
    *,
    tolerance: Interval,
    U: Decimal | None,
    rule: DecisionRule,
    acceptance: Interval | None = None,
) -> Decision:
    """This will judge a value against a tolerance interval by a decision rule, exactly.

    U is the expanded uncertainty in the unit of the value; acceptance, when given, replaces the interval of the
    rule. A missing value, a missing U where the rule needs one, or a tolerance without limits is undetermined.
    Raises RuleRefused for the legal rule with a single limit: MPE is half the tolerance.

    >>> rule = DecisionRule(RuleKind.FOUR_STATE)
    >>> tolerance = Interval(lower=Decimal(-1), upper=Decimal(1))
    >>> values, U = [Decimal(x) for x in ("0.8", "0.9", "1.1", "1.3")], Decimal("0.2")
    >>> [judge(value, tolerance=tolerance, U=U, rule=rule).state.value for value in values]
    ['pass', 'conditional pass', 'conditional fail', 'fail']
    """
    missing = _missing(value, tolerance, U, rule)
    if missing or value is None:
        return Decision(Verdict.UNDETERMINED, State.UNDETERMINED, None, missing)
    accepted = acceptance or acceptance_interval(tolerance, U=U, rule=rule)
    if rule.kind is RuleKind.LEGAL and not _is_fit(tolerance, U):
        reason = f"U = {U} exceeds a third of the maximum permissible error: measure with a smaller U."
        return Decision(Verdict.UNDETERMINED, State.UNDETERMINED, accepted, reason)
    inside = accepted is not None and accepted.contains(value)
    if rule.kind is RuleKind.FOUR_STATE:
        state = _four_state(value, tolerance, accepted, w=rule.guard_factor * (U or Decimal(0)))
    else:
        state = State.PASS if inside else State.FAIL
    return Decision(_VERDICTS.get(state, Verdict.UNDETERMINED), state, accepted, "")


def acceptance_interval(tolerance: Interval, *, U: Decimal | None, rule: DecisionRule) -> Interval | None:
    """This will give the acceptance interval of a rule: the tolerance drawn in by w = r U (JCGM 106, 8.3.2).

    None when the guard bands leave nothing. Raises RuleRefused when the rule needs U and there is none.
    """
    if rule.kind is RuleKind.SIMPLE:
        return tolerance
    if U is None:
        raise RuleRefused(f"The rule '{rule.kind}' needs an uncertainty: state U.")
    return tolerance.narrowed(rule.guard_factor * U)


def _missing(value: Decimal | None, tolerance: Interval, U: Decimal | None, rule: DecisionRule) -> str:
    if value is None or not value.is_finite():
        return "There is no value to judge."
    if tolerance.is_unbounded:
        return "There is no limit to judge against."
    if rule.kind is not RuleKind.SIMPLE and (U is None or not U.is_finite() or U < 0):
        return f"The rule '{rule.kind}' needs an uncertainty that is zero or above."
    return ""


def _is_fit(tolerance: Interval, U: Decimal | None) -> bool:
    mpe = tolerance.half_width
    if mpe is None:
        raise RuleRefused("The legal rule compares U with the MPE, half the tolerance: state both limits.")
    return U is not None and mpe >= _LEGAL_RATIO * U


def _four_state(value: Decimal, tolerance: Interval, accepted: Interval | None, *, w: Decimal) -> State:
    if accepted is not None and accepted.contains(value):
        return State.PASS
    if tolerance.contains(value):
        return State.CONDITIONAL_PASS
    return State.CONDITIONAL_FAIL if _mirrored(tolerance, accepted, w).contains(value) else State.FAIL


def _mirrored(tolerance: Interval, accepted: Interval | None, w: Decimal) -> Interval:
    """The tolerance widened on each side by the guard band that narrows it there."""
    lower, upper = tolerance.lower, tolerance.upper
    inner = accepted or tolerance.narrowed(w) or Interval()
    below = w if lower is None or inner.lower is None else inner.lower - lower
    above = w if upper is None or inner.upper is None else upper - inner.upper
    try:
        return Interval(
            lower=None if lower is None else lower - max(below, Decimal(0)),
            upper=None if upper is None else upper + max(above, Decimal(0)),
            lower_open=tolerance.lower_open,
            upper_open=tolerance.upper_open,
        )
    except IntervalRefused:  # a degenerate open tolerance: nothing lies in it
        return tolerance
