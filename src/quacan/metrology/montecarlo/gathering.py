"""Running a model on blocks of draws and gathering what the results need."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.model import MeasurementModel
from quacan.metrology.montecarlo.moments import LinearPart, Moments
from quacan.metrology.montecarlo.refusals import MonteCarloRefused
from quacan.metrology.montecarlo.regions import CoverageRegions, sampled_distances
from quacan.metrology.montecarlo.sampling import SamplingPlan
from quacan.metrology.montecarlo.store import DrawStore, quantiles, symmetric_probabilities

#: So many joint draws are kept for the coverage regions of several outputs.
KEPT_JOINTLY = 1 << 21


class Gathered:
    """The draws of all outputs: one store each, their moments, and joint draws for coverage regions."""

    __slots__ = ("_joint", "_joint_count", "errors", "moments", "rows", "stores")

    def __init__(self, outputs: int, rows: int, linear: LinearPart | None = None) -> None:
        self.rows = rows
        self.stores = [DrawStore(rows) for _ in range(outputs)]
        self.moments = Moments(outputs, rows, linear)
        self.errors: list[NDArray[np.float64]] | None = None
        self._joint: list[NDArray[np.float64]] = []
        self._joint_count = 0

    @property
    def count(self) -> int:
        """Draws per row so far."""
        return self.moments.count

    def add(self, columns: Sequence[Any], outputs: Sequence[NDArray[np.float64]]) -> None:
        """This will add a block: the inputs, and every output (each rows × n)."""
        self.moments.add(columns, outputs)
        for store, block in zip(self.stores, outputs, strict=True):
            store.add(block)
        if len(outputs) > 1 and self._joint_count + outputs[0].size <= KEPT_JOINTLY:
            self._joint.append(np.stack(outputs))
            self._joint_count += outputs[0].size

    def figures(self, coverage: float) -> Iterator[tuple[NDArray[np.float64], float]]:
        """This will yield per output y, u and both interval ends of every row (4 × rows), and u of all."""
        probabilities = symmetric_probabilities(coverage)
        means, deviations = self.moments.means(pooled=False), self.moments.deviations(pooled=False)
        for i, (store, u) in enumerate(zip(self.stores, self.moments.deviations(pooled=True), strict=True)):
            values, weights = store.ordered()
            ends = quantiles(values, probabilities, weights)
            yield np.vstack([means[i], deviations[i], ends.T]), float(u)

    def standard_errors(self, output: int, coverage: float) -> NDArray[np.float64] | None:
        """This will return the standard errors of y, u and both ends, between rows or batches."""
        if self.errors is not None:
            return self.errors[output]
        if self.rows == 1:
            return None
        figures, _ = list(self.figures(coverage))[output]
        return np.asarray(np.std(figures, axis=1, ddof=1) / math.sqrt(self.rows))

    def interval(self, output: int, coverage: float) -> tuple[float, float]:
        """This will return the symmetric interval: the mean of the ends of all rows."""
        values, weights = self.stores[output].ordered()
        ends = quantiles(values, symmetric_probabilities(coverage), weights).reshape(-1, 2).mean(axis=0)
        return float(ends[0]), float(ends[1])

    def region_factors(self, coverage: float) -> NDArray[np.float64] | None:
        """This will return k_p and k_q of every row (2 × rows); ``None`` for one output."""
        if len(self.stores) == 1:
            return None
        joint = np.concatenate(self._joint, axis=2)
        distances = sampled_distances(
            joint, self.moments.means(pooled=True), self.moments.covariance(pooled=True)
        )
        ordered = (np.sort(distance, axis=1) for distance in distances)
        return np.vstack([quantiles(row, np.array([coverage]))[:, 0] for row in ordered])

    def regions(self, coverage: float) -> CoverageRegions | None:
        """This will return the coverage factors from ordered distances (7.7.2, 7.7.3); ``None`` for one output."""
        factors = self.region_factors(coverage)
        return None if factors is None else CoverageRegions(*(float(x) for x in factors.mean(axis=1)))


class Runner:
    """A model with its sampling plan: makes outputs from blocks of elementary draws."""

    __slots__ = ("linear", "model", "plan", "rows")

    def __init__(
        self, model: MeasurementModel, plan: SamplingPlan, *, rows: int, linear: LinearPart | None = None
    ) -> None:
        self.model = model
        self.plan = plan
        self.rows = rows
        self.linear = linear

    def start(self) -> Gathered:
        """This will return an empty gathering for this model."""
        return Gathered(len(self.model.outputs), self.rows, self.linear)

    def add(
        self,
        gathered: Gathered,
        elementary: Sequence[NDArray[np.float64]],
        shape: tuple[int, int],
        *,
        also: Gathered | None = None,
    ) -> None:
        """This will run the model on a block of elementary draws (each rows × n) and gather its outputs."""
        columns = [x.ravel() if isinstance(x, np.ndarray) else x for x in self.plan.inputs(elementary)]
        outputs = []
        for name, values in zip(self.model.outputs, self.model.evaluate(columns), strict=True):
            block = np.broadcast_to(values, (shape[0] * shape[1],)).reshape(shape)
            good = np.isfinite(block)
            if not good.all():
                raise MonteCarloRefused(
                    f"The output {name} is not finite for {int(good.size - good.sum())} of {good.size} draws; restrict "
                    "the distributions of the inputs or the model"
                )
            outputs.append(block)
        gathered.add(columns, outputs)
        if also is not None:
            also.add(columns, outputs)
