"""Complex-valued quantities: the GUM framework on real and imaginary parts (JCGM 102:2011, 6.4)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.correlations import eigen_root
from quacan.metrology.expressions import parse
from quacan.metrology.model.dual import Dual
from quacan.metrology.model.measurement import FormulaModel, FunctionModel, measurement_model
from quacan.metrology.propagation.results import PropagationRefused


@dataclass(frozen=True, slots=True)
class ComplexInput:
    """A complex estimate with the standard uncertainties of its parts and their correlation ``r``.

    >>> ComplexInput(1 + 1j, 0.1, 0.2, r=0.5).covariance.round(6).tolist()
    [[0.01, 0.01], [0.01, 0.04]]
    """

    value: complex
    u_real: float
    u_imag: float = 0.0
    r: float = 0.0

    def __post_init__(self) -> None:
        if not (np.isfinite(self.value) and self.u_real >= 0 and self.u_imag >= 0 and abs(self.r) <= 1):
            raise PropagationRefused(
                "A complex input needs a finite value, uncertainties not below zero and a correlation within ±1"
            )

    @property
    def covariance(self) -> NDArray[np.float64]:
        """The 2 × 2 covariance matrix of real and imaginary part."""
        crossed = self.r * self.u_real * self.u_imag
        return np.array([[self.u_real**2, crossed], [crossed, self.u_imag**2]])


@dataclass(frozen=True, slots=True)
class ComplexPropagation:
    """Complex outputs and the covariance (2m × 2m) of their parts, ordered real, imaginary, real, imaginary …

    ``sensitivities`` is the real matrix (2m × 2n) of derivatives of output parts to input parts.
    """

    outputs: Mapping[str, complex]
    covariance: NDArray[np.float64]
    sensitivities: NDArray[np.float64]

    def u(self, output: str) -> tuple[float, float]:
        """This will return the standard uncertainties of the real and the imaginary part of an output."""
        place = 2 * list(self.outputs).index(output)
        real, imag = np.sqrt(np.diag(self.covariance)[place : place + 2])
        return float(real), float(imag)


def propagate_complex(
    source: str | Mapping[str, str] | Callable[..., Any],
    inputs: Mapping[str, ComplexInput],
    *,
    covariance: NDArray[np.float64] | None = None,
    outputs: Sequence[str] = ("y",),
) -> ComplexPropagation:
    """This will propagate complex uncertainties to first order through a formula or a Python function.

    ``covariance`` (2n × 2n, parts in the order of ``inputs``) replaces the inputs' own when inputs are correlated.
    Conjugates, absolute values and parts are differentiated as real functions of two parts, so the model need not
    be analytic. Raises :class:`PropagationRefused` for a result that is not finite.

    >>> result = propagate_complex("z * w", {"z": ComplexInput(1 + 1j, 0.1, 0.1), "w": ComplexInput(2j, 0.0)})
    >>> result.outputs["y"], [round(u, 12) for u in result.u("y")]
    ((-2+2j), [0.2, 0.2])
    """
    model = _model(source, inputs, outputs)
    names = list(model.inputs)
    given = [inputs[name] for name in names]
    parts = _covariance(given) if covariance is None else _reordered(covariance, list(inputs), names)
    directions = np.zeros((len(names), 2 * len(names)), dtype=complex)
    for i in range(len(names)):
        directions[i, 2 * i], directions[i, 2 * i + 1] = 1.0, 1j
    found = model.duals([Dual(np.complex128(q.value), directions[i]) for i, q in enumerate(given)])
    values = [complex(x.value if isinstance(x, Dual) else x) for x in found]
    rows = [np.broadcast_to(x.slope if isinstance(x, Dual) else 0.0, (2 * len(names),)) for x in found]
    matrix = np.array([part for row in rows for part in (np.real(row), np.imag(row))], dtype=float)
    if not (np.all(np.isfinite(values)) and np.all(np.isfinite(matrix))):
        raise PropagationRefused("The complex model has no finite result or sensitivity at these values")
    return ComplexPropagation(
        dict(zip(model.outputs, values, strict=True)), matrix @ parts @ matrix.T, matrix
    )


def _model(
    source: str | Mapping[str, str] | Callable[..., Any],
    inputs: Mapping[str, ComplexInput],
    outputs: Sequence[str],
) -> FormulaModel | FunctionModel:
    if callable(source):
        model: FormulaModel | FunctionModel = measurement_model(source, outputs=outputs)
    else:
        formulas = {"y": source} if isinstance(source, str) else source
        model = FormulaModel({name: parse(text) for name, text in formulas.items()})
    missing = [name for name in model.inputs if name not in inputs]
    if missing:
        raise PropagationRefused(f"The model needs the input {missing[0]!r}, which is not given; add it")
    return model


def _covariance(inputs: Sequence[ComplexInput]) -> NDArray[np.float64]:
    matrix = np.zeros((2 * len(inputs), 2 * len(inputs)))
    for i, quantity in enumerate(inputs):
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = quantity.covariance
    return matrix


def _reordered(covariance: NDArray[np.float64], given: list[str], wanted: list[str]) -> NDArray[np.float64]:
    matrix = np.asarray(covariance, dtype=float)
    if matrix.shape != (2 * len(given), 2 * len(given)) or not np.allclose(matrix, matrix.T):
        raise PropagationRefused(
            f"The covariance of {len(given)} complex inputs is a symmetric {2 * len(given)} × {2 * len(given)} matrix"
        )
    root = eigen_root(matrix)
    if not np.allclose(root @ root.T, matrix, atol=1e-9 * max(float(np.max(np.abs(matrix))), math.ulp(0.0))):
        raise PropagationRefused(
            "The covariance of the complex inputs is not positive semi-definite; correct it"
        )
    places = [2 * given.index(name) + part for name in wanted for part in (0, 1)]
    return matrix[np.ix_(places, places)]
