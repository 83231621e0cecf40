"""One model, many instruments: the GUM uncertainty framework over columns, in cache-sized blocks."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quacan.metrology.correlations import INDEPENDENT, Correlations
from quacan.metrology.inputs import InputQuantity
from quacan.metrology.model import MeasurementModel
from quacan.metrology.propagation.coverage import Coverage
from quacan.metrology.propagation.degrees_of_freedom import Pairs, Structure, effective_dofs, structure_of
from quacan.metrology.propagation.linear import NINETY_FIVE
from quacan.metrology.propagation.results import PropagationRefused

#: Rows per block: long enough to hide Python, short enough for the caches (4 k to 20 k measured side by side).
BLOCK = 16_384


@dataclass(frozen=True, slots=True)
class InputColumn:
    """An input of many instruments: values, u and ν, each one number for all or a column of one length.

    ``u`` may be a function of the values (:class:`~quacan.metrology.inputs.RelativeUncertainty`).

    >>> InputColumn([100.0, 200.0], 0.5).dof
    inf
    """

    values: ArrayLike
    u: ArrayLike | Callable[[Any], Any]
    dof: ArrayLike = math.inf


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """An output of many instruments, columns of length N; NaN in ``dof``, ``k``, ``U`` where ν is not valid.

    The numeric budget: ``contributions`` (inputs × N) are c·u, signed; ``covariances`` (pairs × N) are
    2 r c_a u_a c_b u_b. The sum of squared contributions and of covariances is u².
    """

    value: NDArray[np.float64]
    u: NDArray[np.float64]
    dof: NDArray[np.float64]
    k: NDArray[np.float64]
    U: NDArray[np.float64]
    inputs: tuple[str, ...]
    contributions: NDArray[np.float64]
    pairs: tuple[tuple[str, str], ...]
    covariances: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Columns:
    values: list[Any]
    u: list[Any]
    dofs: list[Any]
    length: int

    def block(self, low: int, high: int) -> tuple[list[Any], list[Any], list[Any]]:
        cut = slice(low, high)
        return tuple(
            [x if type(x) is float else x[cut] for x in part] for part in (self.values, self.u, self.dofs)
        )  # type: ignore[return-value]


def propagate_columns(
    model: MeasurementModel,
    inputs: Mapping[str, InputColumn | InputQuantity],
    *,
    correlations: Correlations = INDEPENDENT,
    coverage: Coverage = NINETY_FIVE,
) -> dict[str, OutputColumn]:
    """This will propagate uncertainties to first order for N instruments in one call, with numeric budgets.

    Columns have length N or are one number; correlations and groups are shared by all instruments. Equals
    :func:`~quacan.metrology.propagation.propagate` row by row. Raises :class:`PropagationRefused` for a missing
    input, unequal lengths, a negative u, or a row whose result is not finite (the first such row is named).

    >>> from quacan.metrology.model import measurement_model
    >>> column = propagate_columns(measurement_model("a * b"), {"a": InputColumn([1.0, 2.0], 0.1),
    ...                                                         "b": InputColumn(3.0, 0.0)})["y"]
    >>> column.value.tolist(), column.u.round(12).tolist()
    ([3.0, 6.0], [0.3, 0.3])
    """
    columns = _lined_up(model, inputs)
    structure = structure_of(columns.dofs, *correlations.indexed(model.inputs))
    results = _empty(model.inputs, structure.pairs, columns.length, len(model.outputs))
    for low in range(0, columns.length, BLOCK):
        high = min(low + BLOCK, columns.length)
        values, u, dofs = columns.block(low, high)
        outcomes, slopes = model.linearise(values)
        with np.errstate(all="ignore"):
            for result, outcome, row in zip(results, outcomes, slopes, strict=True):
                result.value[low:high] = outcome
                _fill(result, slice(low, high), row, u, dofs, structure, coverage)
    for name, result in zip(model.outputs, results, strict=True):
        _check_rows(name, result)
    return dict(zip(model.outputs, results, strict=True))


def _lined_up(model: MeasurementModel, inputs: Mapping[str, InputColumn | InputQuantity]) -> _Columns:
    values, us, dofs = [], [], []
    for name in model.inputs:
        if name not in inputs:
            raise PropagationRefused(f"The model needs the input {name!r}, which is not given; add it")
        given = inputs[name]
        value: Any = given.values if isinstance(given, InputColumn) else given.value
        u = given.u(np.asarray(value, dtype=float)) if callable(given.u) else given.u
        values.append(_column(name, "value", value))
        us.append(_column(name, "u", u))
        dofs.append(_column(name, "dof", given.dof))
        _check_input(name, values[-1], us[-1], dofs[-1])
    lengths = {x.shape[0] for x in (*values, *us, *dofs) if type(x) is not float} or {1}
    if len(lengths) > 1:
        raise PropagationRefused(f"Columns have lengths {sorted(lengths)}; give columns of one length")
    length = lengths.pop()
    if values and all(type(x) is float for x in values):
        values[0] = np.full(length, values[0])
    return _Columns(values, us, dofs, length)


def _column(name: str, what: str, given: Any) -> Any:
    array = np.asarray(given, dtype=float)
    if array.ndim > 1:
        raise PropagationRefused(f"The {what} of input {name!r} has {array.ndim} axes; give one column")
    return float(array) if array.ndim == 0 else np.ascontiguousarray(array)


def _check_input(name: str, value: Any, u: Any, dof: Any) -> None:
    if not (_is_finite(value) and np.min(u, initial=0.0) >= 0.0):
        raise PropagationRefused(f"The values and u of input {name!r} must be finite, and u not negative")
    if not np.min(dof, initial=1.0) > 0.0:
        raise PropagationRefused(f"The degrees of freedom of input {name!r} must be above zero")


def _is_finite(numbers: Any) -> bool:
    # A finite sum proves every term finite in one pass without a temporary; only an overflow needs the full look.
    return bool(math.isfinite(np.sum(numbers))) or bool(np.all(np.isfinite(numbers)))


def _empty(inputs: Sequence[str], pairs: Pairs, length: int, outputs: int) -> list[OutputColumn]:
    # One allocation for everything: the allocator then gives the same warm memory to the next call.
    count = len(inputs)
    stores = np.empty((outputs, 5 + count + len(pairs), length))
    return [
        OutputColumn(
            value=store[0],
            u=store[1],
            dof=store[2],
            k=store[3],
            U=store[4],
            inputs=tuple(inputs),
            contributions=store[5 : 5 + count],
            pairs=tuple((inputs[i], inputs[j]) for i, j, _ in pairs),
            covariances=store[5 + count :],
        )
        for store in stores
    ]


def _fill(
    result: OutputColumn,
    cut: slice,
    slopes: Sequence[Any],
    u: Sequence[Any],
    dofs: Sequence[Any],
    structure: Structure,
    coverage: Coverage,
) -> None:
    parts = list(result.contributions[:, cut])
    variance = result.u[cut]
    variance[:] = 0.0
    square = np.empty_like(variance)
    for part, slope, of_input in zip(parts, slopes, u, strict=True):
        np.multiply(slope, of_input, out=part)
        np.multiply(part, part, out=square)
        variance += square
    for row, (i, j, r) in enumerate(structure.pairs):
        crossed = result.covariances[row, cut]
        np.multiply(parts[i], parts[j], out=crossed)
        crossed *= 2.0 * r
        variance += crossed
    if structure.pairs:
        np.maximum(variance, 0.0, out=variance)
    dof = effective_dofs(variance, parts, dofs, structure, out=result.dof[cut])
    k = coverage.factors(dof, out=result.k[cut])
    np.sqrt(variance, out=variance)
    np.multiply(k, variance, out=result.U[cut])


def _check_rows(name: str, result: OutputColumn) -> None:
    if not (_is_finite(result.value) and _is_finite(result.u)):
        good = np.isfinite(result.value) & np.isfinite(result.u)
        row = int(np.argmin(good))
        raise PropagationRefused(
            f"The output {name} has no finite value or uncertainty in row {row + 1}; check that row's inputs"
        )
