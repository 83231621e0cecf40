"""Conformity as a request and an answer: one value against its limits by an agreed rule, with its risks."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from quacan.metrology.conformity.global_risk import GlobalRisk, global_risk
from quacan.metrology.conformity.guard_bands import global_guard_band, specific_guard_band
from quacan.metrology.conformity.priors import Prior, gamma_prior, normal_prior
from quacan.metrology.conformity.risk import RiskRefused, conformance_probability, outside_probability
from quacan.metrology.conformity.rules import Decision, DecisionRule, RuleKind, RuleRefused, State, judge
from quacan.metrology.conformity.verdict import Verdict
from quacan.metrology.exchange.refusals import RequestRefused
from quacan.metrology.limits.interval import Interval, IntervalRefused
from quacan.metrology.rounding import RoundingRefused, exact

KEYS = (
    "value",
    "u",
    "U",
    "k",
    "dof",
    "lower",
    "upper",
    "lower_open",
    "upper_open",
    "rule",
    "r",
    "prior",
    "acceptance",
    "target_pfa",
)
_PRIOR_KEYS = {"normal": ("mean", "sd"), "gamma": ("shape", "rate")}
_USUAL_COVERAGE_FACTOR = Decimal(2)
"""k when a request states u alone: U = 2 u (ILAC-G8:09/2019, 4.2)."""
_LARGEST_EXPONENT = 300


@dataclass(frozen=True, slots=True)
class _Question:
    """A request whose every field has been read."""

    value: Decimal | None
    u: Decimal
    U: Decimal
    dof: float | None
    tolerance: Interval
    rule: DecisionRule | None
    acceptance: Interval | None
    prior: Prior | None
    target_pfa: float | None

    @property
    def guard_is_open(self) -> bool:
        """Whether the rule draws in the limits but leaves the width to the target risk."""
        kinds = {RuleKind.GUARDED, RuleKind.FOUR_STATE}
        return self.rule is not None and self.rule.kind in kinds and self.rule.r is None


def decide(request: Mapping[str, Any]) -> dict[str, Any]:
    """This will judge a value by a decision rule and give its risks (JCGM 106:2012; ILAC-G8:09/2019).

    Request: value; u, or U with k (U = 2 u when only u is given); dof; lower, upper (null or absent: no limit),
    lower_open, upper_open; rule simple, guarded, four-state or legal; r in the guard band w = r U; prior, normal
    (mean, sd) or gamma (shape, rate); acceptance [lo, hi], which replaces the interval of the rule; target_pfa,
    the false accept risk a guard band is wanted for (global with a prior, else that of a result on the
    acceptance limit); the guarded and four-state rules use that band when neither r nor acceptance is given.

    Answer: verdict (pass, fail, undetermined; four-state also conditional pass, conditional fail), acceptance,
    p_conform (no prior used), pfa = 1 - p_conform, the specific risk should the result be accepted, pfr =
    p_conform, the risk should it be rejected, global {pfa, pfr, conditional_pfa}, guard_band, notes. Without
    value only what concerns the whole population. A value without a rule is undetermined.

    Raises RequestRefused with one sentence for anything that cannot be answered.
    """
    try:
        question = _read(request)
        return _answer(question)
    except (RiskRefused, RuleRefused, IntervalRefused, RoundingRefused) as refusal:
        raise RequestRefused(str(refusal)) from None
    except ArithmeticError:
        raise RequestRefused("The numbers are too large or too small to compute with.") from None


def _answer(question: _Question) -> dict[str, Any]:
    notes: list[str] = []
    guard_band = _guard_band(question, notes)
    acceptance = _acceptance(question, guard_band, notes)
    answer: dict[str, Any] = {}
    if question.value is not None:
        answer["verdict"] = _verdict(question, acceptance, notes)
    answer["acceptance"] = (
        None if acceptance is None else [_float(acceptance.lower), _float(acceptance.upper)]
    )
    if question.value is not None:
        answer |= _specific(question)
    if question.prior is not None:
        answer["global"] = _global(
            global_risk(question.tolerance, acceptance, u=float(question.u), prior=question.prior)
        )
    if question.target_pfa is not None:
        answer["guard_band"] = guard_band
    return answer | ({"notes": " ".join(notes)} if notes else {})


def _verdict(question: _Question, acceptance: Interval | None, notes: list[str]) -> str:
    """The word of the verdict; the acceptance interval is settled, only its use is left to the rule."""
    if question.rule is not None and question.rule.kind is RuleKind.SIMPLE and question.rule.r:
        notes.append("The simple rule has no guard band, so r was not used.")
    if question.rule is None and question.acceptance is None:
        notes.append("No decision rule was stated, so there is no verdict: agree on a rule first.")
        return Verdict.UNDETERMINED.value
    if acceptance is None and question.rule is not None:
        return _verdict_without_acceptance(question, question.rule, notes)
    decision: Decision = judge(
        question.value,
        tolerance=question.tolerance,
        U=question.U,
        rule=question.rule or DecisionRule(RuleKind.SIMPLE),
        acceptance=acceptance,
    )
    if decision.reason:
        notes.append(decision.reason)
    return decision.state.value


def _verdict_without_acceptance(question: _Question, rule: DecisionRule, notes: list[str]) -> str:
    """With nothing left to accept a binary rule rejects, four states stay conditional inside the tolerance."""
    decision = judge(question.value, tolerance=question.tolerance, U=question.U, rule=rule)
    if decision.state is State.UNDETERMINED:
        notes.append(decision.reason)
        return decision.state.value
    if rule.kind is not RuleKind.FOUR_STATE:
        return State.FAIL.value
    return (State.CONDITIONAL_PASS if decision.state is State.PASS else decision.state).value


def _acceptance(question: _Question, guard_band: float | None, notes: list[str]) -> Interval | None:
    """The acceptance interval: stated, drawn in by the target risk, or that of the rule."""
    if question.acceptance is not None:
        return question.acceptance
    if question.rule is None:
        return question.tolerance
    if question.target_pfa is not None and question.guard_is_open:
        found = None if guard_band is None else question.tolerance.narrowed(exact(guard_band))
    else:
        found = question.tolerance.narrowed(question.rule.guard_factor * question.U)
    if found is None:
        notes.append("The guard bands leave no acceptance interval.")
    return found


def _guard_band(question: _Question, notes: list[str]) -> float | None:
    if question.target_pfa is None:
        return None
    u, target, tolerance = float(question.u), question.target_pfa, question.tolerance
    if question.prior is not None:
        found = global_guard_band(tolerance, u=u, prior=question.prior, target=target)
    else:
        found = specific_guard_band(tolerance, u=u, target=target, dof=question.dof)
    if found is None:
        notes.append("No guard band reaches the target risk.")
    return found


def _specific(question: _Question) -> dict[str, float]:
    assert question.value is not None
    asked = (float(question.value), float(question.u))
    limits: dict[str, Any] = {
        "lower": _float(question.tolerance.lower),
        "upper": _float(question.tolerance.upper),
        "dof": question.dof,
    }
    p_conform = float(conformance_probability(*asked, **limits))
    outside = float(outside_probability(*asked, **limits))
    if question.u == 0:  # without dispersion only the exact comparison counts, open ends included
        p_conform = float(question.tolerance.contains(question.value))
        outside = 1.0 - p_conform
    return {"p_conform": p_conform, "pfa": outside, "pfr": p_conform}


def _global(risk: GlobalRisk) -> dict[str, float | None]:
    return {"pfa": risk.pfa, "pfr": risk.pfr, "conditional_pfa": risk.conditional_pfa}


def _read(request: Mapping[str, Any]) -> _Question:
    if not isinstance(request, Mapping):
        raise RequestRefused("A request is an object with named fields.")
    unknown = [str(key) for key in request if key not in KEYS]
    if unknown:
        raise RequestRefused(f"Unknown field '{unknown[0]}': use {', '.join(KEYS)}.")
    value, prior, target = _number(request, "value"), _prior(request.get("prior")), _target(request)
    if value is None and prior is None and target is None:
        raise RequestRefused("There is nothing to answer: give a value, a prior or a target_pfa.")
    tolerance = _tolerance(request)
    u, expanded = _uncertainty(request)
    rule = _rule(request)
    if rule is not None and rule.kind is RuleKind.LEGAL and tolerance.half_width is None:
        raise RequestRefused(
            "The legal rule compares U with the MPE, half the tolerance: give lower and upper."
        )
    return _Question(
        value=value,
        u=u,
        U=expanded,
        dof=_dof(request.get("dof")),
        tolerance=tolerance,
        rule=rule,
        acceptance=_stated_acceptance(request.get("acceptance"), tolerance),
        prior=prior,
        target_pfa=target,
    )


def _tolerance(request: Mapping[str, Any]) -> Interval:
    lower, upper = _number(request, "lower"), _number(request, "upper")
    if lower is None and upper is None:
        raise RequestRefused("There is no limit to decide against: give lower, upper or both.")
    return Interval(
        lower=lower,
        upper=upper,
        lower_open=_flag(request, "lower_open"),
        upper_open=_flag(request, "upper_open"),
    )


def _uncertainty(request: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    """Standard and expanded uncertainty, from u, from U with k, or from all three when they agree."""
    u, expanded, k = (_number(request, key) for key in ("u", "U", "k"))
    for name, number in (("u", u), ("U", expanded)):
        if number is not None and number < 0:
            raise RequestRefused(f"'{name}' must not be negative.")
    if k is not None and k <= 0:
        raise RequestRefused("'k' must be above zero.")
    if u is None and expanded is None:
        raise RequestRefused("An uncertainty is needed: give u, or U with k.")
    if u is None and k is None:
        raise RequestRefused("'U' alone does not give a standard uncertainty: give k as well.")
    with localcontext(prec=50):
        if u is None:
            assert expanded is not None
            assert k is not None
            return expanded / k, expanded
        if expanded is None:
            return u, (k or _USUAL_COVERAGE_FACTOR) * u
        if k is not None and abs(k * u - expanded) > expanded / 1000:
            raise RequestRefused("'u', 'U' and 'k' contradict each other: U must be k times u.")
        return u, expanded


def _rule(request: Mapping[str, Any]) -> DecisionRule | None:
    name, r = request.get("rule"), _number(request, "r")
    if name is None:
        if r is not None:
            raise RequestRefused("'r' belongs to a rule: give rule guarded or four-state.")
        return None
    if name not in list(RuleKind):
        raise RequestRefused(f"'rule' must be one of {', '.join(RuleKind)}.")
    return DecisionRule(RuleKind(name), r)


def _stated_acceptance(stated: Any, tolerance: Interval) -> Interval | None:
    if stated is None:
        return None
    if not isinstance(stated, list | tuple) or len(stated) != 2:
        raise RequestRefused("'acceptance' must be a pair [lo, hi], with null where there is no limit.")
    lower, upper = (
        _number({name: end}, name)
        for name, end in zip(("acceptance lo", "acceptance hi"), stated, strict=True)
    )
    for name, end, limit in (("lo", lower, tolerance.lower), ("hi", upper, tolerance.upper)):
        if end is None and limit is not None:
            raise RequestRefused(f"'acceptance' needs its {name} end, because the tolerance has that limit.")
    return Interval(
        lower=lower,
        upper=upper,
        lower_open=tolerance.lower_open and lower == tolerance.lower,
        upper_open=tolerance.upper_open and upper == tolerance.upper,
    )


def _prior(stated: Any) -> Prior | None:
    if stated is None:
        return None
    kind = stated.get("distribution") if isinstance(stated, Mapping) else None
    names = _PRIOR_KEYS.get(kind) if isinstance(kind, str) else None
    if names is None:
        raise RequestRefused("'prior' must be an object whose distribution is normal or gamma.")
    if set(stated) != {"distribution", *names}:
        raise RequestRefused(f"A {kind} prior has the fields distribution, {names[0]} and {names[1]}.")
    first, second = (_required(stated, name) for name in names)
    if kind == "normal":
        return normal_prior(mean=first, sd=second)
    return gamma_prior(shape=first, rate=second)


def _required(fields: Mapping[str, Any], name: str) -> float:
    number = _number(fields, name)
    if number is None:
        raise RequestRefused(f"'{name}' of the prior is missing.")
    return float(number)


def _target(request: Mapping[str, Any]) -> float | None:
    target = _number(request, "target_pfa")
    if target is not None and not 0 < target < 1:
        raise RequestRefused("'target_pfa' must lie between 0 and 1.")
    return None if target is None else float(target)


def _dof(stated: Any) -> float | None:
    if stated is None or (isinstance(stated, float) and stated == math.inf):
        return None
    number = _number({"dof": stated}, "dof")
    if number is None or number <= 0:
        raise RequestRefused("'dof' must be above zero.")
    return float(number)


def _flag(request: Mapping[str, Any], key: str) -> bool:
    flag = request.get(key, False)
    if flag is None or isinstance(flag, bool):
        return bool(flag)
    raise RequestRefused(f"'{key}' must be true or false.")


def _number(fields: Mapping[str, Any], key: str) -> Decimal | None:
    stated = fields.get(key)
    if stated is None:
        return None
    if isinstance(stated, bool) or not isinstance(stated, int | float | Decimal | str):
        raise RequestRefused(f"'{key}' must be a number.")
    try:
        number = exact(stated)
    except RoundingRefused:
        raise RequestRefused(f"'{key}' must be a finite number, not '{stated}'.") from None
    if abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise RequestRefused(f"'{key}' is too large or too small to compute with.")
    return number


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
