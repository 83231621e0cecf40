"""Propagation of distributions by Monte Carlo (JCGM 101:2008, clause 7; JCGM 102:2011, clause 7).

The default draws eight independently scrambled Sobol sets and doubles them until the spread between the sets
shows that every reported figure is stable; mean and u take the exactly known moments of the model's linear part.
The procedure of JCGM 101, 7.9.4, with random numbers, is offered beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.correlations import INDEPENDENT, Correlations
from quacan.metrology.inputs import InputQuantity
from quacan.metrology.model import MeasurementModel
from quacan.metrology.montecarlo.gathering import Gathered, Runner
from quacan.metrology.montecarlo.moments import linear_part
from quacan.metrology.montecarlo.refusals import MonteCarloRefused
from quacan.metrology.montecarlo.regions import CoverageRegions
from quacan.metrology.montecarlo.sampling import SamplingPlan, sampling_plan
from quacan.metrology.montecarlo.sobol import BASE, MOST_DIMENSIONS
from quacan.metrology.montecarlo.sources import QuasiRandomDraws, RandomDraws
from quacan.metrology.montecarlo.store import shortest_interval

SETS = 8
#: Two-sided 95 % quantile of t for the seven degrees of freedom of eight sets.
T_OF_SETS = 2.3646242515927849
#: With fewer batches than this the stop of JCGM 101, 7.9.4 can come by luck, and is not believed.
LEAST_BATCHES = 10
#: Sets whose spread exceeds the tolerance by no more than this factor grow by half instead of doubling.
NEARLY_STABLE = 1.6
#: The factors of coverage regions are carried to this absolute tolerance.
TOLERANCE_OF_REGIONS = 0.0025
#: Adaptive Sobol sets stop here, stable or not, and say so.
MOST_SOBOL_DRAWS = 1 << 23
#: A u whose own standard error is a larger part of it is reported with a warning.
MOST_RELATIVE_ERROR_OF_U = 0.05
_PLAIN_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class MonteCarloSettings:
    """How to draw: everything that decides the numbers stands here and in the result.

    ``draws`` fixes the number of trials; without it they are drawn until y, u and both ends of every interval are
    stable to ``digits`` significant digits of u divided by ``tightening`` (5 for validation, JCGM 101, 8.2).
    ``plain`` takes random numbers and, adaptively, the procedure of 7.9.4.

    >>> MonteCarloSettings(digits=1).draws is None
    True
    """

    coverage: float = 0.95
    seed: int = 1
    draws: int | None = None
    digits: int = 2
    tightening: float = 1.0
    plain: bool = False
    most_draws: int = 1 << 25

    def __post_init__(self) -> None:
        if not 0 < self.coverage < 1:
            raise MonteCarloRefused(f"A coverage probability lies between 0 and 1, not {self.coverage}")
        least = math.ceil(10 / (1 - self.coverage))
        if self.draws is not None and self.draws < least:
            raise MonteCarloRefused(
                f"An interval of coverage {self.coverage} needs at least {least} draws, not {self.draws}"
            )
        if self.seed < 0:
            raise MonteCarloRefused("A seed is a whole number from zero up")
        if not 1 <= self.digits <= 4:
            raise MonteCarloRefused("Give 1 to 4 significant digits")


@dataclass(frozen=True, slots=True)
class MonteCarloOutput:
    """One output as drawn; ``value`` and ``u`` are ``None`` where the distribution has none.

    ``interval`` is probabilistically symmetric, ``shortest`` the shortest; ``standard_errors`` are those of value,
    u and both ends of ``interval`` as seen between sets or batches (``None`` without repetition).
    """

    name: str
    value: float | None
    u: float | None
    interval: tuple[float, float]
    shortest: tuple[float, float]
    standard_errors: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class MonteCarlo:
    """All outputs, their covariance (m × m, in the order of ``outputs``), and what is needed to draw them again."""

    outputs: Mapping[str, MonteCarloOutput]
    covariance: NDArray[np.float64] | None
    regions: CoverageRegions | None
    draws: int
    seed: int
    generator: Literal["randomised Sobol, SFC64", "SFC64"]
    is_stable: bool | None
    notes: tuple[str, ...]


def tolerance_of(u: float, digits: int) -> float:
    """This will return δ, half a unit in the last of ``digits`` significant digits of u (JCGM 101:2008, 7.9.2).

    >>> tolerance_of(0.0754, 2), tolerance_of(0.0754, 1), tolerance_of(0.0, 2)
    (0.0005, 0.005, 0.0)
    """
    if u <= 0:
        return 0.0
    exponent = int(f"{u:.{digits - 1}e}".partition("e")[2])
    return float(f"5e{exponent - digits}")


def monte_carlo(
    model: MeasurementModel,
    inputs: Mapping[str, InputQuantity],
    *,
    correlations: Correlations = INDEPENDENT,
    settings: MonteCarloSettings | None = None,
) -> MonteCarlo:
    """This will propagate the distributions of the inputs through a model.

    The same model, inputs and settings always give the same numbers. Memory is bounded at any number of draws.
    Above 52 elementary draws per trial random numbers are used instead of Sobol points. Raises
    :class:`MonteCarloRefused` for a missing input, a joint distribution that does not exist, or draws without a
    finite result.

    >>> from quacan.metrology.model import measurement_model
    >>> inputs = {"a": InputQuantity(1.0, 0.3), "b": InputQuantity(2.0, 0.4)}
    >>> result = monte_carlo(measurement_model("a + b"), inputs, settings=MonteCarloSettings(draws=65536))
    >>> y = result.outputs["y"]
    >>> round(y.value, 4), round(y.u, 3), [round(end, 2) for end in y.interval]
    (3.0, 0.5, [2.02, 3.98])
    """
    settings = settings or MonteCarloSettings()
    missing = [name for name in model.inputs if name not in inputs]
    if missing:
        raise MonteCarloRefused(f"The model needs the input {missing[0]!r}, which is not given; add it")
    plan = sampling_plan(model.inputs, inputs, correlations)
    if _is_plain(plan, settings):
        runner = Runner(model, plan, rows=1)
        gathered, stable = _by_random_numbers(runner, settings)
    else:
        runner = Runner(model, plan, rows=_sets_of(settings.draws), linear=linear_part(model, plan))
        gathered, stable = _by_sobol_sets(runner, settings)
    return _answer(runner, gathered, settings, stable)


def _is_plain(plan: SamplingPlan, settings: MonteCarloSettings) -> bool:
    return settings.plain or len(plan.draws) > MOST_DIMENSIONS


def _sets_of(draws: int | None) -> int:
    return SETS if draws is None else next(sets for sets in range(SETS, 0, -1) if draws % sets == 0)


def _by_sobol_sets(runner: Runner, settings: MonteCarloSettings) -> tuple[Gathered, bool | None]:
    sets = runner.rows
    source = QuasiRandomDraws(runner.plan.draws, sets, settings.seed)
    gathered = runner.start()
    wanted = BASE if settings.draws is None else settings.draws // sets
    block = 0
    while True:
        while gathered.count < wanted:
            count = min(BASE, wanted - gathered.count)
            runner.add(gathered, source.block(block, count), (sets, count))
            block += 1
        if settings.draws is not None:
            return gathered, None
        spread = _spread_between_sets(gathered, runner, settings)
        if spread <= 1:
            return gathered, True
        wanted += wanted if spread > NEARLY_STABLE else max(BASE, wanted // 2)
        if wanted * sets > min(settings.most_draws, MOST_SOBOL_DRAWS):
            return gathered, False


def _spread_between_sets(gathered: Gathered, runner: Runner, settings: MonteCarloSettings) -> float:
    """The greatest half-width of a 95 % interval of a figure, t s / √8, in units of its tolerance."""
    factor = T_OF_SETS / math.sqrt(runner.rows)
    worst = 0.0
    for figures, u in gathered.figures(settings.coverage):
        tolerance = tolerance_of(u, settings.digits) / settings.tightening
        spread = factor * float(np.max(np.std(figures[_used_figures(runner)], axis=1, ddof=1)))
        worst = max(worst, spread / tolerance if tolerance > 0 else math.inf if spread > 0 else 0.0)
    factors = gathered.region_factors(settings.coverage)
    if factors is not None:
        spread = factor * float(np.max(np.std(factors, axis=1, ddof=1)))
        worst = max(worst, spread / TOLERANCE_OF_REGIONS)
    return worst


def _used_figures(runner: Runner) -> list[int]:
    plan = runner.plan
    return [*([0] if plan.has_mean else []), *([1] if plan.has_steady_variance else []), 2, 3]


def _by_random_numbers(runner: Runner, settings: MonteCarloSettings) -> tuple[Gathered, bool | None]:
    source = RandomDraws(runner.plan.draws, settings.seed)
    gathered = runner.start()
    if settings.draws is not None:
        while gathered.count < settings.draws:
            count = min(_PLAIN_BLOCK, settings.draws - gathered.count)
            runner.add(gathered, source.block(count), (1, count))
        return gathered, None
    batch = max(math.ceil(100 / (1 - settings.coverage)), 10_000)
    if batch * LEAST_BATCHES > settings.most_draws:
        raise MonteCarloRefused(
            f"By JCGM 101, 7.9.4 a coverage of {settings.coverage} needs batches of {batch} draws, too many; "
            "fix the number of draws"
        )
    batches: list[list[NDArray[np.float64]]] = []
    while True:
        own = runner.start()
        runner.add(own, source.block(batch), (1, batch), also=gathered)
        batches.append([figures[:, 0] for figures, _ in own.figures(settings.coverage)])
        if len(batches) >= LEAST_BATCHES and _is_stable_between_batches(batches, gathered, runner, settings):
            gathered.errors = _errors_of(batches)
            return gathered, True
        if gathered.count + batch > settings.most_draws:
            gathered.errors = _errors_of(batches)
            return gathered, False


def _errors_of(batches: list[list[NDArray[np.float64]]]) -> list[NDArray[np.float64]]:
    figures = np.array(batches)
    return list(np.std(figures, axis=0, ddof=1) / math.sqrt(len(batches)))


def _is_stable_between_batches(
    batches: list[list[NDArray[np.float64]]], gathered: Gathered, runner: Runner, settings: MonteCarloSettings
) -> bool:
    used = _used_figures(runner)
    for errors, u in zip(_errors_of(batches), gathered.moments.deviations(pooled=True), strict=True):
        tolerance = tolerance_of(float(u), settings.digits) / settings.tightening
        if not np.all(2 * errors[used] <= tolerance):
            return False
    return True


def _answer(
    runner: Runner, gathered: Gathered, settings: MonteCarloSettings, stable: bool | None
) -> MonteCarlo:
    plan = runner.plan
    outputs = {
        name: _output(name, i, gathered, settings.coverage, runner)
        for i, name in enumerate(runner.model.outputs)
    }
    return MonteCarlo(
        outputs=outputs,
        covariance=gathered.moments.covariance(pooled=True) if plan.has_variance else None,
        regions=gathered.regions(settings.coverage) if plan.has_variance else None,
        draws=gathered.count * runner.rows,
        seed=settings.seed,
        generator="SFC64" if _is_plain(plan, settings) else "randomised Sobol, SFC64",
        is_stable=stable,
        notes=(
            *plan.notes,
            *_notes_on_tails(plan),
            *_notes_on_stop(gathered.count * runner.rows, settings, stable),
            *(_note_on_deviation(output) for output in outputs.values() if _is_u_adrift(output)),
        ),
    )


def _notes_on_tails(plan: SamplingPlan) -> list[str]:
    if not plan.has_mean:
        return ["An input has one degree of freedom or fewer: the outputs have no expectation and no u"]
    if not plan.has_variance:
        return [
            "An input has two degrees of freedom or fewer: the outputs have no finite standard uncertainty"
        ]
    if not plan.has_steady_variance:
        return [
            "An input has four degrees of freedom or fewer: u settles slowly and is left out of the stop rule"
        ]
    return []


def _is_u_adrift(output: MonteCarloOutput) -> bool:
    errors = output.standard_errors
    return errors is not None and output.u is not None and errors[1] > MOST_RELATIVE_ERROR_OF_U * output.u


def _note_on_deviation(output: MonteCarloOutput) -> str:
    return f"u({output.name}) differs much between repetitions: {output.name} may have no finite standard uncertainty"


def _notes_on_stop(draws: int, settings: MonteCarloSettings, stable: bool | None) -> list[str]:
    if stable is not False:
        return []
    part = f" divided by {settings.tightening:g}" if settings.tightening != 1 else ""
    return [
        f"After {draws} draws not every figure is stable to the tolerance of {settings.digits} digits{part}"
    ]


def _output(name: str, i: int, gathered: Gathered, coverage: float, runner: Runner) -> MonteCarloOutput:
    store = gathered.stores[i]
    errors: Any = gathered.standard_errors(i, coverage)
    return MonteCarloOutput(
        name=name,
        value=float(gathered.moments.means(pooled=True)[i]) if runner.plan.has_mean else None,
        u=float(gathered.moments.deviations(pooled=True)[i]) if runner.plan.has_variance else None,
        interval=gathered.interval(i, coverage),
        shortest=shortest_interval(*_with_coverage(store.pooled(), coverage)),
        standard_errors=None if errors is None else tuple(float(x) for x in errors),  # type: ignore[arg-type]
    )


def _with_coverage(pooled: tuple[NDArray[np.float64], NDArray[np.float64] | None], coverage: float) -> Any:
    return pooled[0], coverage, pooled[1]
