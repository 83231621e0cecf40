"""Where elementary draws come from: randomised Sobol points by inverse transform, or random numbers."""

from __future__ import annotations

from collections.abc import Sequence
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
    from scipy.special import gammaincinv, ndtri, stdtrit

    if draw.kind == "normal":
        return ndtri(uniform)
    if draw.kind == "t":
        return stdtrit(draw.parameter, uniform)
    return gammaincinv(draw.parameter, uniform)


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
