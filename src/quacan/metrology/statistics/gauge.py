"""Repeatability and reproducibility of a measuring system: parts × operators × repeats (AIAG MSA, 4th
edition).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quacan.metrology.control_charts.constants import range_mean
from quacan.metrology.control_charts.constants import range_mean_of_one_sample as d2_star
from quacan.metrology.quantiles import f_tail
from quacan.metrology.readings import Column, UnusableReadings, as_array, as_positive, as_probability


@dataclass(frozen=True, slots=True)
class GaugeStudy:
    """Standard deviations of a gauge study, in the unit of the readings.

    `repeatability` (equipment), `operator` and `interaction` (None when pooled or not estimated), their sum
    `reproducibility`, `gauge` (R&R), `part` and `total`; `percent_of_total` = 100 gauge/total,
    `percent_of_tolerance` = 100 · 6 gauge/tolerance when a tolerance is given, `distinct_categories` =
    floor(√2 part/gauge) and at least 1 (None for a gauge without spread). `p_interaction` belongs to the
    test of the interaction and is None for the range method.
    """

    method: str
    repeatability: float
    operator: float
    interaction: float | None
    reproducibility: float
    gauge: float
    part: float
    total: float
    percent_of_total: float | None
    percent_of_tolerance: float | None
    distinct_categories: int | None
    p_interaction: float | None


def gauge_study_anova(
    readings: ArrayLike, *, tolerance: float | None = None, alpha_interaction: float = 0.25
) -> GaugeStudy:
    """This will evaluate readings[part][operator][repeat] by two-way analysis of variance with random
    effects.

    The interaction is pooled with repeatability when its F test gives p > alpha_interaction. Negative
    components of variance count as zero. Needs at least two parts, operators and repeats. Any common unit.

    >>> study = gauge_study_anova([[[1.0, 1.1], [1.2, 1.1]], [[2.0, 2.1], [2.2, 2.1]]])
    >>> round(study.repeatability, 4), round(study.reproducibility, 4)
    (0.0632, 0.0632)
    """
    cube = _cube(readings)
    as_probability(alpha_interaction, name="alpha_interaction")
    p, o, r = cube.shape
    squares = _sums_of_squares(cube)
    dofs = {"part": p - 1, "operator": o - 1, "interaction": (p - 1) * (o - 1), "repeat": p * o * (r - 1)}
    mean = {name: squares[name] / dofs[name] for name in dofs}
    f = mean["interaction"] / mean["repeat"] if mean["repeat"] > 0 else math.inf
    p_interaction = f_tail(f, dofs["interaction"], dofs["repeat"])
    if p_interaction > alpha_interaction:
        error = (squares["interaction"] + squares["repeat"]) / (dofs["interaction"] + dofs["repeat"])
        background, interaction = error, None
    else:
        error, background = mean["repeat"], mean["interaction"]
        interaction = max(0.0, (background - error) / r)
    return _study(
        "anova",
        repeatability=error,
        operator=max(0.0, (mean["operator"] - background) / (p * r)),
        interaction=interaction,
        part=max(0.0, (mean["part"] - background) / (o * r)),
        tolerance=tolerance,
        p_interaction=p_interaction,
    )


def gauge_study_range(readings: ArrayLike, *, tolerance: float | None = None) -> GaugeStudy:
    """This will evaluate readings[part][operator][repeat] by averages and ranges.

    Repeatability = mean range/d2, operator and part = range of their averages/d2* (one sample), the
    operator's share reduced by repeatability²/(parts × repeats). d2 and d2* are computed, not tabulated.
    """
    cube = _cube(readings)
    p, o, r = cube.shape
    repeatability = float(np.ptp(cube, axis=2).mean()) / range_mean(r)
    by_operator = float(np.ptp(cube.mean(axis=(0, 2)))) / d2_star(o)
    by_part = float(np.ptp(cube.mean(axis=(1, 2)))) / d2_star(p)
    return _study(
        "range",
        repeatability=repeatability**2,
        operator=max(0.0, by_operator**2 - repeatability**2 / (p * r)),
        interaction=None,
        part=by_part**2,
        tolerance=tolerance,
        p_interaction=None,
    )


def _cube(readings: ArrayLike) -> Column:
    cube = as_array(readings, name="readings")
    if cube.ndim != 3 or min(cube.shape) < 2:
        raise UnusableReadings(
            "A gauge study needs readings[part][operator][repeat] with at least two of each, all present."
        )
    return cube


def _sums_of_squares(cube: Column) -> dict[str, float]:
    p, o, r = cube.shape
    centred = cube - cube.mean()
    part, operator = centred.mean(axis=(1, 2)), centred.mean(axis=(0, 2))
    cell = centred.mean(axis=2)
    return {
        "part": o * r * float(np.sum(part**2)),
        "operator": p * r * float(np.sum(operator**2)),
        "interaction": r * float(np.sum((cell - part[:, None] - operator[None, :]) ** 2)),
        "repeat": float(np.sum((centred - cell[:, :, None]) ** 2)),
    }


def _study(
    method: str,
    *,
    repeatability: float,
    operator: float,
    interaction: float | None,
    part: float,
    tolerance: float | None,
    p_interaction: float | None,
) -> GaugeStudy:
    """All arguments but the tolerance are variances."""
    reproducibility = operator + (interaction or 0.0)
    gauge = repeatability + reproducibility
    total = gauge + part
    width = None if tolerance is None else as_positive(tolerance, name="tolerance")
    return GaugeStudy(
        method=method,
        repeatability=math.sqrt(repeatability),
        operator=math.sqrt(operator),
        interaction=None if interaction is None else math.sqrt(interaction),
        reproducibility=math.sqrt(reproducibility),
        gauge=math.sqrt(gauge),
        part=math.sqrt(part),
        total=math.sqrt(total),
        percent_of_total=100 * math.sqrt(gauge / total) if total > 0 else None,
        percent_of_tolerance=None if width is None else 100 * 6 * math.sqrt(gauge) / width,
        distinct_categories=max(1, math.floor(math.sqrt(2 * part / gauge))) if gauge > 0 else None,
        p_interaction=p_interaction,
    )
