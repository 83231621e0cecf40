"""What a patient programmer writes by hand with numpy for this one model: the floor that an engine stands on.

Sensitivities derived on paper, blocks of 4096 instruments that stay in the cache, k from a table of whole ν, every
figure of the answer stored.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from benchmarks.mass import CORRELATION, COVERAGE, DOFS, Instruments

BLOCK = 4096
LARGEST = 2000
UPPER = 0.5 * (1 + COVERAGE)
K = np.concatenate([[math.nan], stdtrit(np.arange(1.0, LARGEST + 1), UPPER), [ndtri(UPPER)]])


def budgets(lot: Instruments) -> NDArray[np.float64]:
    """This will return 12 rows (y, u, ν, k, U, six contributions, covariance) by instruments."""
    count = lot.values["mS"].shape[0]
    answer = np.empty((12, count))
    for low in range(0, count, BLOCK):
        cut = slice(low, low + BLOCK)
        _block(lot, cut, answer[:, cut])
    return answer


def _block(lot: Instruments, cut: slice, answer: NDArray[np.float64]) -> None:
    y, u, nu, k, expanded, c_reference, c_reading, c_air, c_test, c_standard, c_drift, crossed = answer
    of = lot.u
    mass = lot.values["mS"][cut] + lot.values["dI"][cut]
    air = lot.values["ra"][cut] - 1.2
    per_test, per_standard = 1.0 / lot.values["rT"][cut], 1.0 / lot.values["rS"][cut]
    volume = per_test - per_standard
    factor = air * volume
    factor += 1.0
    np.multiply(mass, factor, out=y)
    y += lot.values["dD"][cut]
    np.multiply(factor, of["mS"][cut], out=c_reference)
    np.multiply(factor, of["dI"][cut], out=c_reading)
    np.multiply(mass, volume, out=c_air)
    c_air *= of["ra"][cut]
    lever = mass * air
    np.multiply(lever, per_test, out=c_test)
    c_test *= per_test
    c_test *= of["rT"][cut]
    np.negative(c_test, out=c_test)
    np.multiply(lever, per_standard, out=c_standard)
    c_standard *= per_standard
    c_standard *= of["rS"][cut]
    c_drift[:] = of["dD"][cut]
    np.multiply(c_reference, c_standard, out=crossed)
    crossed *= 2.0 * CORRELATION
    reading, test, drift = c_reading * c_reading, c_test * c_test, c_drift * c_drift
    variance = c_reference * c_reference + reading + c_air * c_air + test + c_standard * c_standard
    variance += drift
    variance += crossed
    weight = reading * reading / DOFS["dI"]
    weight += test * test / DOFS["rT"]
    weight += drift * drift / DOFS["dD"]
    np.multiply(variance, variance, out=nu)
    nu /= weight
    np.take(K, np.minimum(nu + 0.005, LARGEST + 1.0).astype(np.intp), out=k, mode="clip")
    np.sqrt(variance, out=u)
    np.multiply(k, u, out=expanded)
