"""Where elementary draws come from: randomised Sobol points by inverse transform, or random numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.distributions import Draw
from quacan.metrology.montecarlo.sobol import BASE, ScrambledSobol


def generator_of(seed: int) -> np.random.Generator:
    """This will return the random generator of a seed: SFC64, the same draws for the same seed."""
    return np.random.Generator(np.random.SFC64(seed))


def inverse_transform(draw: Draw, uniform: Any) -> Any:
    """This will carry uniform values on (0, 1) to an elementary draw by its quantile function."""
    if draw.kind == "uniform":
        return uniform
    from scipy.special import gammaincinv, ndtri

    if draw.kind == "normal":
        return ndtri(uniform)
    if draw.kind == "t":
        return t_of_normal(draw.parameter, ndtri(uniform))
    return gammaincinv(draw.parameter, uniform)


#: Beyond so many degrees of freedom t and the normal differ by less than the table resolves.
NEARLY_NORMAL = 1e9
_REACH = 8.5
_STEPS = 2_048


@lru_cache(maxsize=64)
def _t_table(dof: float) -> NDArray[np.float64]:
    # Cubic Hermite pieces of arsinh t as a function of the normal quantile of the same probability.
    from scipy.special import ndtr, stdtrit

    z = np.linspace(0.0, _REACH, _STEPS + 1)
    t = -stdtrit(dof, ndtr(-z))
    log_peak = math.lgamma(0.5 * (dof + 1)) - math.lgamma(0.5 * dof) - 0.5 * math.log(dof * math.pi)
    log_density = log_peak - 0.5 * (dof + 1) * np.log1p(t * t / dof)
    slope = np.exp(-0.5 * z * z - 0.5 * math.log(2 * math.pi) - log_density) / np.hypot(1.0, t)
    value, slope = np.arcsinh(t), slope * (_REACH / _STEPS)
    rise = np.diff(value)
    table = np.stack(
        [value[:-1], slope[:-1], 3 * rise - 2 * slope[:-1] - slope[1:], slope[:-1] + slope[1:] - 2 * rise]
    )
    table.flags.writeable = False
    return table


def t_of_normal(dof: float, z: Any) -> Any:
    """This will carry standard normal values to Student's t of the same probability, to about 1e-11 relative.

    Interpolated in a table, since the exact quantile costs ten times as much; below one degree of freedom exact.
    """
    if dof > NEARLY_NORMAL:
        return z
    if dof < 1:
        from scipy.special import ndtr, stdtrit

        return stdtrit(dof, ndtr(z))
    table = _t_table(dof)
    place = np.minimum(np.abs(z), _REACH * (1 - 1e-12)) * (_STEPS / _REACH)
    piece = place.astype(np.intp)
    place -= piece
    level, slope, bend, twist = (row.take(piece) for row in table)
    return np.copysign(np.sinh(level + place * (slope + place * (bend + place * twist))), z)


class QuasiRandomDraws:
    """Elementary draws from independently scrambled Sobol sets, one dimension per draw."""

    __slots__ = ("draws", "sets", "sobol")

    def __init__(self, draws: Sequence[Draw], sets: int, seed: int) -> None:
        self.draws = tuple(draws)
        self.sets = sets
        self.sobol = ScrambledSobol(max(1, len(self.draws)), sets, generator_of(seed))

    def block(self, number: int, count: int = BASE) -> list[NDArray[np.float64]]:
        """This will return block ``number`` of every draw, each sets × count (count at most 1024)."""
        points = self.sobol.block(number)
        return [
            inverse_transform(draw, column[:, :count])
            for draw, column in zip(self.draws, points, strict=False)
        ]


class RandomDraws:
    """Elementary draws from a random generator."""

    __slots__ = ("draws", "generator")

    def __init__(self, draws: Sequence[Draw], seed: int) -> None:
        self.draws = tuple(draws)
        self.generator = generator_of(seed)

    def block(self, count: int) -> list[NDArray[np.float64]]:
        """This will return the next ``count`` values of every draw, each 1 × count."""
        return [self._drawn(draw, count)[None, :] for draw in self.draws]

    def _drawn(self, draw: Draw, count: int) -> NDArray[np.float64]:
        match draw.kind:
            case "normal":
                return self.generator.standard_normal(count)
            case "uniform":
                return self.generator.random(count)
            case "t":
                return self.generator.standard_t(draw.parameter, count)
        return self.generator.standard_gamma(draw.parameter, count)
