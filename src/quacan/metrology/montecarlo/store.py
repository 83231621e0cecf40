"""Keeping draws within bounded memory: exact while they are few, a sketch of quantiles when they are many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: So many draws of one output are kept exactly; beyond, sorted values are thinned, each standing for several.
KEPT_EXACTLY = 1 << 23


class DrawStore:
    """Draws of one output in rows (independent sets of equal size), kept for their order.

    Thinning keeps every second of the sorted values, the lower and the upper of each pair in turn; the rank error
    is some millionths of the number of draws at 10⁹ draws, below the sampling error of that many.
    """

    __slots__ = ("_blocks", "_capacity", "_held", "_is_ordered", "_start", "_thinned", "count", "rows")

    def __init__(self, rows: int, *, capacity: int = KEPT_EXACTLY) -> None:
        self.rows = rows
        self.count = 0
        self._capacity = max(4, capacity // rows)
        self._blocks: list[NDArray[np.float64]] = []
        self._is_ordered = True
        self._held = 0
        self._start = 0
        self._thinned: dict[int, NDArray[np.float64]] = {}

    def add(self, block: NDArray[np.float64]) -> None:
        """This will add a block of draws (rows × n)."""
        self.count += block.shape[1]
        self._blocks.append(block)
        self._is_ordered = False
        self._held += block.shape[1]
        if self._held > self._capacity:
            self._thin()

    def _thin(self) -> None:
        level = 0
        values = np.sort(np.concatenate(self._blocks, axis=1), axis=1)
        self._blocks = []
        self._is_ordered = True
        while True:
            self._start ^= 1
            values = values[:, self._start :: 2]
            level += 1
            other = self._thinned.pop(level, None)
            if other is None:
                self._thinned[level] = values
                break
            values = np.sort(np.concatenate([other, values], axis=1), axis=1)
            if values.shape[1] <= self._capacity // 4:
                self._thinned[level] = values
                break
        self._held = sum(part.shape[1] for part in self._thinned.values())

    @property
    def is_exact(self) -> bool:
        """Whether every draw is still held."""
        return not self._thinned

    def ordered(self) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
        """This will return each row in order, and the number of draws each value stands for (``None``: one)."""
        if not self._is_ordered:
            self._blocks = [np.sort(np.concatenate(self._blocks, axis=1), axis=1)]
            self._is_ordered = True
        if not self._thinned:
            return self._blocks[0], None
        values = [*self._blocks, *self._thinned.values()]
        levels = [0] * len(self._blocks) + list(self._thinned)
        sizes = [np.full(v.shape, 2.0**level) for v, level in zip(values, levels, strict=True)]
        joined, weights = np.concatenate(values, axis=1), np.concatenate(sizes, axis=1)
        order = np.argsort(joined, axis=1)
        return np.take_along_axis(joined, order, 1), np.take_along_axis(weights, order, 1)

    def pooled(self) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
        """This will return all draws of all rows in order, with their weights."""
        values, weights = self.ordered()
        if self.rows == 1:
            return values[0], None if weights is None else weights[0]
        flat = values.ravel()
        if weights is None:
            return np.sort(flat, kind="stable"), None
        order = np.argsort(flat, kind="stable")
        return flat[order], weights.ravel()[order]


def quantiles(
    values: NDArray[np.float64],
    probabilities: NDArray[np.float64],
    weights: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """This will return quantiles of ordered values, interpolated between the midpoints of their ranks.

    ``values`` are one row (n) or several (rows × n); the answer has the probabilities on its last axis.

    >>> quantiles(np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.5]))
    array([2.5])
    """
    if weights is None:
        count = values.shape[-1]
        place = np.clip(probabilities * count - 0.5, 0.0, count - 1.0)
        below = place.astype(np.intp)
        above = np.minimum(below + 1, count - 1)
        part = place - below
        return np.asarray(values[..., below] * (1 - part) + values[..., above] * part)
    if values.ndim > 1:
        return np.stack([quantiles(v, probabilities, w) for v, w in zip(values, weights, strict=True)])
    middles = (np.cumsum(weights) - 0.5 * weights) / weights.sum()
    return np.asarray(np.interp(probabilities, middles, values))


def symmetric_probabilities(coverage: float) -> NDArray[np.float64]:
    """This will return the probabilities of both ends of the probabilistically symmetric interval."""
    return np.array([0.5 * (1 - coverage), 0.5 * (1 + coverage)])


_GRID = 2_000
_SMOOTHING = 20


def shortest_interval(
    values: NDArray[np.float64], coverage: float, weights: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    """This will return the shortest coverage interval (JCGM 101:2008, 5.3.4) of ordered values.

    The length as a function of the probability left below is flat near its minimum and noisy; it is smoothed
    before the minimum is taken, with a window that closes towards both ends so that an interval at the very edge
    stays reachable. The ends reported are not smoothed.
    """
    below = np.linspace(0.0, 1 - coverage, _GRID + 1)
    low = quantiles(values, below, weights)
    high = quantiles(values, below + coverage, weights)
    best = int(np.argmin(_smoothed(high - low)))
    return float(low[best]), float(high[best])


def _smoothed(lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = np.concatenate([[0.0], np.cumsum(lengths)])
    place = np.arange(lengths.size)
    reach = np.minimum(np.minimum(place, lengths.size - 1 - place), _SMOOTHING)
    return np.asarray((sums[place + reach + 1] - sums[place - reach]) / (2 * reach + 1))
