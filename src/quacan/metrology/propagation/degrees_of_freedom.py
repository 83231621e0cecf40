"""Effective degrees of freedom by groups (JCGM 100:2008, G.4; Willink, Metrologia 44 (2007) 340).

An input of finite ν that belongs to no group is its own term of the Welch-Satterthwaite formula. Inputs from the
same simultaneous readings share one ν and enter as one term with their joint contribution. Where inputs of
finite ν are correlated in any other way the formula does not apply, and ν is not valid rather than wrong.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pairs = Sequence[tuple[int, int, float]]
Groups = Sequence[Sequence[int]]


def effective_dof(
    variance: float,
    contributions: Sequence[float],
    dofs: Sequence[float],
    *,
    pairs: Pairs = (),
    groups: Groups = (),
) -> float | None:
    """This will return ν_eff of one output, ``inf`` when no input limits it, ``None`` when it is not valid.

    ``contributions`` are c_i u_i, signed; ``pairs`` are (i, j, r); ``groups`` are positions sampled together.

    >>> u = [0.25, 0.57, 0.82]
    >>> round(effective_dof(sum(x * x for x in u), u, [9.0, 4.0, 14.0]), 3)
    18.999
    """
    if variance <= 0:
        return math.inf
    # Parts are taken relative to u² before they are squared: fourth powers of small units would underflow.
    weight = 0.0
    group_of = {i: number for number, group in enumerate(groups) for i in group} if groups else {}
    for i, (d, dof) in enumerate(zip(contributions, dofs, strict=True)):
        if dof != math.inf and i not in group_of:
            weight += (d * d / variance) ** 2 / dof
    for i, j, r in pairs:
        if is_outside_group(i, j, dofs, group_of) and r * contributions[i] * contributions[j] != 0.0:
            return None
    for group in groups:
        joint = max(joint_variance(group, contributions, pairs), 0.0)
        weight += (joint / variance) ** 2 / dofs[group[0]]
    return 1.0 / weight if weight > 0 else math.inf


def is_outside_group(i: int, j: int, dofs: Sequence[Any], group_of: dict[int, int]) -> bool:
    """This will tell whether a correlated pair makes ν not valid: finite ν, and not sampled together."""
    together = i in group_of and group_of[i] == group_of.get(j)
    return not together and not (np.all(np.isinf(dofs[i])) and np.all(np.isinf(dofs[j])))


def joint_variance(group: Sequence[int], contributions: Sequence[Any], pairs: Pairs) -> Any:
    """This will return the part of u² that a group brings, its inner covariances included."""
    total: Any = 0.0
    for i in group:
        total = total + contributions[i] * contributions[i]
    members = set(group)
    for i, j, r in pairs:
        if i in members and j in members:
            total = total + (2.0 * r) * (contributions[i] * contributions[j])
    return total


@dataclass(frozen=True, slots=True)
class Structure:
    """Which inputs of finite ν stand alone, which are grouped, and which correlated pairs make ν not valid."""

    pairs: tuple[tuple[int, int, float], ...]
    groups: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]
    outside: tuple[tuple[int, int], ...]


def structure_of(dofs: Sequence[Any], pairs: Pairs, groups: Groups) -> Structure:
    """This will sort inputs and pairs once, so that columns of instruments need not do it block by block."""
    group_of = {i: number for number, group in enumerate(groups) for i in group}
    alone = tuple(i for i, dof in enumerate(dofs) if i not in group_of and not np.all(np.isinf(dof)))
    outside = tuple((i, j) for i, j, r in pairs if r != 0.0 and is_outside_group(i, j, dofs, group_of))
    return Structure(tuple(pairs), tuple(tuple(group) for group in groups), alone, outside)


def effective_dofs(
    variance: NDArray[np.float64],
    contributions: Sequence[NDArray[np.float64]],
    dofs: Sequence[Any],
    structure: Structure,
    *,
    out: NDArray[np.float64],
) -> NDArray[np.float64]:
    """This will write ν_eff of a column of instruments into ``out``: ``inf`` where unlimited, NaN where not valid."""
    weight: Any = None
    for i in structure.alone:
        term = contributions[i] * contributions[i]
        term *= term
        term /= dofs[i]
        weight = term if weight is None else np.add(weight, term, out=weight)
    for group in structure.groups:
        joint = np.maximum(joint_variance(group, contributions, structure.pairs), 0.0)
        term = joint * joint / dofs[group[0]]
        weight = term if weight is None else weight + term
    if weight is None:
        out[:] = np.inf
    else:
        np.multiply(variance, variance, out=out)
        out /= weight
        if np.isnan(np.add.reduce(out)):
            out[weight == 0.0] = np.inf
    for i, j in structure.outside:
        out[contributions[i] * contributions[j] != 0.0] = np.nan
    return out
