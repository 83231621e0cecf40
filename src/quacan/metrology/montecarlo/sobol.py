"""Randomised Sobol points: linear matrix scrambling and a digital shift, several independent sets at once.

Points are made in natural order by doubling: the second half of every 2^k points is the first half with one
direction number added without carry, so a block costs one exclusive-or per coordinate.
Scrambling: J. Matoušek, Journal of Complexity 14 (1998) 527-556.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.montecarlo.direction_numbers import DIRECTION_NUMBERS

BITS = 32
MOST_DIMENSIONS = len(DIRECTION_NUMBERS)
_BASE_BITS = 10
BASE = 1 << _BASE_BITS


@lru_cache(maxsize=8)
def direction_matrix(dimensions: int) -> NDArray[np.uint32]:
    """This will return the direction numbers of the first dimensions, (dimensions × 32) with the leading bit first.

    >>> [int(x) >> 29 for x in direction_matrix(2)[1][:3]]
    [4, 6, 5]
    """
    matrix = np.zeros((dimensions, BITS), dtype=np.uint32)
    for d, (polynomial, initial) in enumerate(DIRECTION_NUMBERS[:dimensions]):
        degree = polynomial.bit_length() - 1
        numbers = [1] * BITS if degree == 0 else list(initial[:degree])
        for j in range(len(numbers), BITS):
            number = numbers[j - degree] ^ (numbers[j - degree] << degree)
            for k in range(1, degree):
                if polynomial >> (degree - k) & 1:
                    number ^= numbers[j - k] << k
            numbers.append(number)
        matrix[d] = [number << (BITS - 1 - j) for j, number in enumerate(numbers)]
    matrix.flags.writeable = False
    return matrix


class ScrambledSobol:
    """Independent randomised Sobol sets of equal dimension; the generator given decides them all."""

    __slots__ = ("_base", "_numbers", "dimensions", "sets")

    def __init__(self, dimensions: int, sets: int, generator: np.random.Generator) -> None:
        if not 0 < dimensions <= MOST_DIMENSIONS:
            raise ValueError(f"Sobol points have 1 to {MOST_DIMENSIONS} dimensions here, not {dimensions}")
        self.dimensions = dimensions
        self.sets = sets
        self._numbers = _scrambled(direction_matrix(dimensions), sets, generator)
        shift = generator.integers(0, 1 << BITS, size=(sets, dimensions, 1), dtype=np.uint32)
        base = shift
        for k in range(_BASE_BITS):
            base = np.concatenate([base, base ^ self._numbers[:, :, k : k + 1]], axis=2)
        self._base = base

    def block(self, number: int) -> NDArray[np.float64]:
        """This will return points ``number``·1024 onwards, uniform on (0, 1): dimensions × sets × 1024."""
        if number >> (BITS - _BASE_BITS):
            raise ValueError("The Sobol sequence of 32 bits is used up")
        offset = np.zeros((self.sets, self.dimensions, 1), dtype=np.uint32)
        for k in range(number.bit_length()):
            if number >> k & 1:
                offset ^= self._numbers[:, :, _BASE_BITS + k : _BASE_BITS + k + 1]
        points = np.add(self._base ^ offset, 0.5, dtype=np.float64)
        points *= 2.0**-BITS
        return np.asarray(points.transpose(1, 0, 2))


def _scrambled(matrix: NDArray[np.uint32], sets: int, generator: np.random.Generator) -> NDArray[np.uint32]:
    dimensions = matrix.shape[0]
    random = generator.integers(0, 1 << BITS, size=(BITS, sets, dimensions, 1), dtype=np.uint32)
    result = np.zeros((sets, dimensions, BITS), dtype=np.uint32)
    for row in range(BITS):
        place = BITS - 1 - row
        above = np.uint32(((1 << BITS) - 1) ^ ((1 << (place + 1)) - 1))
        mask = (random[row] & above) | np.uint32(1 << place)
        parity = np.bitwise_count(mask & matrix).astype(np.uint32) & np.uint32(1)
        result |= parity << np.uint32(place)
    return result
