"""Acceptance of a lot by a sample (attributes), as in ISO 2859 and OIML G 20: the plan's numbers are inputs.

No table of plans is kept here: which sample size and acceptance number apply is the business of the rule in
force. What a plan does is computed: exactly for a lot (hypergeometric), or for a running process (binomial).
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quacan.metrology.conformity.verdict import Verdict

Floats = NDArray[np.float64]


class SamplingRefused(ValueError):
    """A sampling plan that cannot be carried out, or counts that contradict it."""


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """A single sampling plan: inspect sample items of a lot, accept up to acceptance nonconforming ones.

    lot None stands for a process or a lot so large that its size does not matter.
    """

    sample: int
    acceptance: int
    lot: int | None = None

    def __post_init__(self) -> None:
        """This will refuse numbers that no lot can satisfy."""
        if self.sample < 1 or not 0 <= self.acceptance < self.sample:
            raise SamplingRefused(
                "A plan inspects at least one item and accepts fewer faults than it inspects."
            )
        if self.lot is not None and self.lot < self.sample:
            raise SamplingRefused(f"A sample of {self.sample} cannot be drawn from a lot of {self.lot}.")


def acceptance_probability(plan: SamplingPlan, *, nonconforming: int) -> float:
    """This will give the probability that a lot with so many nonconforming items is accepted.

    Exact hypergeometric counting. Raises SamplingRefused when the plan has no lot size or the count is not
    between zero and the lot.

    >>> acceptance_probability(SamplingPlan(sample=2, acceptance=0, lot=4), nonconforming=1)
    0.5
    """
    if plan.lot is None:
        raise SamplingRefused("This plan has no lot size: use operating_characteristic with a fraction.")
    if not 0 <= nonconforming <= plan.lot:
        raise SamplingRefused(f"A lot of {plan.lot} cannot hold {nonconforming} nonconforming items.")
    good = plan.lot - nonconforming
    ways = sum(
        math.comb(nonconforming, found) * math.comb(good, plan.sample - found)
        for found in range(min(plan.acceptance, nonconforming) + 1)
    )
    return float(Fraction(ways, math.comb(plan.lot, plan.sample)))


def operating_characteristic(plan: SamplingPlan, fractions: ArrayLike) -> Floats:
    """This will give the probability of acceptance at each nonconforming fraction (binomial, type B curve)."""
    from scipy.special import bdtr

    p = np.asarray(fractions, dtype=np.float64)
    if np.any(~(p >= 0) | ~(p <= 1)):
        raise SamplingRefused("A nonconforming fraction lies between 0 and 1.")
    return np.asarray(bdtr(float(plan.acceptance), plan.sample, p), dtype=np.float64)


def quality_accepted_with(plan: SamplingPlan, *, probability: float) -> float:
    """This will give the nonconforming fraction that is accepted with a probability between 0 and 1.

    At 0.95 it is the quality a producer may count on, at 0.10 the limiting quality a consumer may fear.
    """
    from scipy.special import bdtri

    if not 0 < probability < 1:
        raise SamplingRefused("A probability of acceptance lies between 0 and 1.")
    return float(bdtri(float(plan.acceptance), plan.sample, probability))


def decide_lot(plan: SamplingPlan, *, inspected: int, nonconforming: int) -> Verdict:
    """This will decide a lot: fail above the acceptance number, pass only when the whole sample was inspected.

    Items whose own verdict is undetermined count as not inspected. Raises SamplingRefused for counts that
    contradict each other or the plan.
    """
    if not 0 <= nonconforming <= inspected:
        raise SamplingRefused(f"{nonconforming} of {inspected} inspected items cannot be nonconforming.")
    if inspected > plan.sample:
        raise SamplingRefused(f"{inspected} items were inspected where the plan asks for {plan.sample}.")
    if nonconforming > plan.acceptance:
        return Verdict.FAIL
    return Verdict.PASS if inspected == plan.sample else Verdict.UNDETERMINED
