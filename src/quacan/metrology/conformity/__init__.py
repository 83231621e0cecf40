"""Conformity (JCGM 106:2012, ILAC-G8:09/2019): verdicts, decision rules, risks, guard bands, sampling.

Verdicts are exact and three-valued; what is missing never becomes a pass. Risks are floating-point
probabilities; every global risk names its prior.
"""

from quacan.metrology.conformity.acceptance import optimal_acceptance
from quacan.metrology.conformity.global_risk import GlobalRisk, global_risk, global_risks, normal_global_risks
from quacan.metrology.conformity.guard_bands import (
    GuardBandMethod,
    global_guard_band,
    guard_band_factor,
    rejection_limit,
    specific_guard_band,
)
from quacan.metrology.conformity.priors import Prior, density_prior, gamma_prior, normal_prior
from quacan.metrology.conformity.risk import RiskRefused, conformance_probability, outside_probability
from quacan.metrology.conformity.rules import Decision, DecisionRule, RuleKind, RuleRefused, State, judge
from quacan.metrology.conformity.sampling import (
    SamplingPlan,
    SamplingRefused,
    acceptance_probability,
    decide_lot,
    operating_characteristic,
    quality_accepted_with,
)
from quacan.metrology.conformity.verdict import Verdict, combine, decide_exact, decide_many

__all__ = [
    "Decision",
    "DecisionRule",
    "GlobalRisk",
    "GuardBandMethod",
    "Prior",
    "RiskRefused",
    "RuleKind",
    "RuleRefused",
    "SamplingPlan",
    "SamplingRefused",
    "State",
    "Verdict",
    "acceptance_probability",
    "combine",
    "conformance_probability",
    "decide_exact",
    "decide_lot",
    "decide_many",
    "density_prior",
    "gamma_prior",
    "global_guard_band",
    "global_risk",
    "global_risks",
    "guard_band_factor",
    "judge",
    "normal_global_risks",
    "normal_prior",
    "operating_characteristic",
    "optimal_acceptance",
    "outside_probability",
    "quality_accepted_with",
    "rejection_limit",
    "specific_guard_band",
]
