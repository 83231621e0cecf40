"""Means and covariances of draws, gathered in one pass, with the linear part of a model known exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.model import MeasurementModel, ModelRefused
from quacan.metrology.montecarlo.sampling import SamplingPlan


@dataclass(frozen=True, slots=True)
class LinearPart:
    """The linearised model about the estimates, whose mean and covariance follow exactly from the inputs.

    Draws then only have to estimate what the linear part leaves over (a control variate): mean and covariance of
    nearly linear outputs converge faster, even for tails as heavy as those of t with three degrees of freedom.
    """

    point: tuple[float, ...]
    values: tuple[float, ...]
    sensitivities: NDArray[np.float64]
    covariance: NDArray[np.float64]

    def split(
        self, columns: Sequence[Any], outputs: Sequence[NDArray[np.float64]]
    ) -> list[NDArray[np.float64]]:
        """This will return the linear part of every output and then what it leaves over."""
        varying = [(i, x - self.point[i]) for i, x in enumerate(columns) if isinstance(x, np.ndarray)]
        linear, rest = [], []
        for row, value, output in zip(self.sensitivities, self.values, outputs, strict=True):
            part: Any = np.zeros(output.size)
            for i, deviation in varying:
                if row[i] != 0.0:
                    part += row[i] * deviation
            part = part.reshape(output.shape)
            linear.append(part)
            rest.append(output - value - part)
        return linear + rest


def linear_part(model: MeasurementModel, plan: SamplingPlan) -> LinearPart | None:
    """This will return the linear part of a model; ``None`` where it is not differentiable or has no variance."""
    if not plan.has_variance:
        return None
    point = [float(x) for x in plan.exact]
    try:
        values, slopes = model.linearise(point)
    except ModelRefused:
        return None
    sensitivities = np.array(slopes, dtype=float)
    if not (np.all(np.isfinite(sensitivities)) and np.all(np.isfinite(np.array(values, dtype=float)))):
        return None
    covariance = sensitivities @ plan.covariance() @ sensitivities.T
    return LinearPart(tuple(point), tuple(float(v) for v in values), sensitivities, covariance)


class Moments:
    """Running means and covariances of several outputs over rows of draws."""

    __slots__ = ("_cross", "_shift", "_sums", "count", "linear", "outputs")

    def __init__(self, outputs: int, rows: int, linear: LinearPart | None) -> None:
        variables = outputs if linear is None else 2 * outputs
        self.outputs = outputs
        self.linear = linear
        self.count = 0
        self._shift: Any = None
        self._sums = np.zeros((rows, variables))
        self._cross = np.zeros((rows, variables, variables))

    def add(self, columns: Sequence[Any], outputs: Sequence[NDArray[np.float64]]) -> None:
        """This will add a block: the inputs (flat columns) and the outputs (each rows × n)."""
        variables = outputs if self.linear is None else self.linear.split(columns, outputs)
        block = np.stack(variables, axis=1)
        if self._shift is None:
            self._shift = block.mean(axis=(0, 2))
        block -= self._shift[:, None]
        self.count += block.shape[2]
        self._sums += block.sum(axis=2)
        # Not @: its library shares long products among threads, slow on a busy machine and never twice the same sum.
        self._cross += np.einsum("rit,rjt->rij", block, block)

    def means(self, *, pooled: bool) -> NDArray[np.float64]:
        """This will return the mean of every output (m), or of every row (m × rows)."""
        means = self._shift + self._sums / self.count
        if self.linear is not None:
            m = self.outputs
            sampled = np.where(self._is_nearly_linear(), 0.0, means[:, :m])
            means = np.array(self.linear.values) + sampled + means[:, m:]
        return np.asarray(means.mean(axis=0) if pooled else means.T)

    def covariance(self, *, pooled: bool) -> NDArray[np.float64]:
        """This will return the covariance of the outputs (m × m), or that of every row (rows × m × m)."""
        matrix = self._sampled(pooled=pooled)
        if self.linear is not None:
            m = self.outputs
            near = self._is_nearly_linear()
            exact = np.where(np.outer(near, near), self.linear.covariance, matrix[..., :m, :m])
            crossed = matrix[..., :m, m:]
            matrix = exact + crossed + np.swapaxes(crossed, -1, -2) + matrix[..., m:, m:]
        return np.asarray(0.5 * (matrix + np.swapaxes(matrix, -1, -2)))

    def _sampled(self, *, pooled: bool) -> NDArray[np.float64]:
        if pooled:
            total = self.count * len(self._sums)
            sums, cross = self._sums.sum(axis=0), self._cross.sum(axis=0)
        else:
            total, sums, cross = self.count, self._sums, self._cross
        return np.asarray((cross - sums[..., :, None] * sums[..., None, :] / total) / max(1, total - 1))

    def _is_nearly_linear(self) -> NDArray[np.bool_]:
        # Where little is left over, the exact moments of the linear part help; where much is, they would add noise.
        m = self.outputs
        variances = np.diag(self._sampled(pooled=True))
        crossed = np.diag(self._sampled(pooled=True)[:m, m:])
        return np.asarray(variances[m:] <= 0.5 * (variances[:m] + 2 * crossed + variances[m:]))

    def deviations(self, *, pooled: bool) -> NDArray[np.float64]:
        """This will return the standard deviation of every output (m), or of every row (m × rows)."""
        variances = np.diagonal(self.covariance(pooled=pooled), axis1=-2, axis2=-1)
        return np.asarray(np.sqrt(np.maximum(variances, 0.0)).T)
