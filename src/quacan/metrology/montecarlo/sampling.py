"""From elementary draws to input quantities, correlated ones included (JCGM 101:2008, 6.4; JCGM 102:2011, 5.3)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.correlations import Block, Correlations, eigen_root
from quacan.metrology.distributions import Distribution, Draw, Normal
from quacan.metrology.inputs import InputQuantity
from quacan.metrology.montecarlo.copula import latent_correlation, quantile_of_normal
from quacan.metrology.montecarlo.refusals import MonteCarloRefused


class Part(Protocol):
    """A piece of the plan: which inputs it fills from how many elementary draws."""

    @property
    def places(self) -> tuple[int, ...]:
        """The positions of the inputs it fills."""

    @property
    def draws(self) -> tuple[Draw, ...]:
        """The elementary draws it needs."""

    def columns(self, draws: Sequence[Any]) -> list[Any]:
        """This will make the input columns from this part's elementary draws."""

    def covariance(self) -> NDArray[np.float64]:
        """This will return the covariance matrix of the inputs it fills."""
        ...


@dataclass(frozen=True, slots=True)
class _Alone:
    places: tuple[int, ...]
    distribution: Distribution

    @property
    def draws(self) -> tuple[Draw, ...]:
        return self.distribution.draws

    def columns(self, draws: Sequence[Any]) -> list[Any]:
        return [self.distribution.values(*draws)]

    def covariance(self) -> NDArray[np.float64]:
        return np.array([[self.distribution.standard_deviation**2]])


@dataclass(frozen=True, slots=True)
class _JointNormal:
    places: tuple[int, ...]
    means: tuple[float, ...]
    root: NDArray[np.float64]

    @property
    def draws(self) -> tuple[Draw, ...]:
        return (Draw("normal"),) * int(self.root.shape[1])

    def columns(self, draws: Sequence[Any]) -> list[Any]:
        return [
            mean + sum(c * z for c, z in zip(row, draws, strict=True))
            for mean, row in zip(self.means, self.root, strict=True)
        ]

    def covariance(self) -> NDArray[np.float64]:
        return np.asarray(self.root @ self.root.T)


@dataclass(frozen=True, slots=True)
class _JointT:
    """Multivariate t: a joint Gaussian over the root of an independent chi-squared per degree of freedom."""

    normal: _JointNormal
    dof: float

    @property
    def places(self) -> tuple[int, ...]:
        return self.normal.places

    @property
    def draws(self) -> tuple[Draw, ...]:
        return (*self.normal.draws, Draw("gamma", 0.5 * self.dof))

    def columns(self, draws: Sequence[Any]) -> list[Any]:
        stretch = np.sqrt(0.5 * self.dof / draws[-1])
        centred = _JointNormal(self.places, (0.0,) * len(self.places), self.normal.root).columns(draws[:-1])
        return [mean + stretch * column for mean, column in zip(self.normal.means, centred, strict=True)]

    def covariance(self) -> NDArray[np.float64]:
        return self.normal.covariance() * (self.dof / (self.dof - 2) if self.dof > 2 else math.inf)


@dataclass(frozen=True, slots=True)
class _Copula:
    normal: _JointNormal
    distributions: tuple[Distribution, ...]
    correlation: NDArray[np.float64]

    @property
    def places(self) -> tuple[int, ...]:
        return self.normal.places

    @property
    def draws(self) -> tuple[Draw, ...]:
        return self.normal.draws

    def columns(self, draws: Sequence[Any]) -> list[Any]:
        latent = self.normal.columns(draws)
        return [quantile_of_normal(d, z) for d, z in zip(self.distributions, latent, strict=True)]

    def covariance(self) -> NDArray[np.float64]:
        deviations = np.array([d.standard_deviation for d in self.distributions])
        return np.asarray(self.correlation * np.outer(deviations, deviations))


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """How every input is drawn: exact values, parts with their elementary draws, and what must be said about it.

    ``least_dof`` is the smallest of the t distributions drawn: the moments of order ν and above do not exist.
    """

    exact: tuple[float, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    least_dof: float

    @property
    def has_mean(self) -> bool:
        """Whether every input drawn has an expectation."""
        return self.least_dof > 1

    @property
    def has_variance(self) -> bool:
        """Whether every input drawn has a variance."""
        return self.least_dof > 2

    @property
    def has_steady_variance(self) -> bool:
        """Whether the variance of draws settles: their fourth moments exist."""
        return self.least_dof > 4

    @property
    def draws(self) -> tuple[Draw, ...]:
        """All elementary draws in order: the dimensions of the sampling space."""
        return tuple(draw for part in self.parts for draw in part.draws)

    def covariance(self) -> NDArray[np.float64]:
        """This will return the covariance matrix of all inputs as drawn (n × n)."""
        matrix = np.zeros((len(self.exact), len(self.exact)))
        for part in self.parts:
            matrix[np.ix_(part.places, part.places)] = part.covariance()
        return matrix

    def inputs(self, elementary: Sequence[Any]) -> list[Any]:
        """This will make the model's input columns; an exactly known input stays one float."""
        columns: list[Any] = list(self.exact)
        at = 0
        for part in self.parts:
            count = len(part.draws)
            for place, column in zip(part.places, part.columns(elementary[at : at + count]), strict=True):
                columns[place] = column
            at += count
        return columns


def sampling_plan(
    names: Sequence[str], inputs: Mapping[str, InputQuantity], correlations: Correlations
) -> SamplingPlan:
    """This will decide how the inputs of a model are drawn.

    Groups of readings taken together are drawn from the multivariate t of JCGM 102:2011, 5.3.2 (ν = n − N), other
    groups from that of their own u and ν (parameters of one fitted curve, say); correlated Gaussians jointly; other
    correlated inputs through a Gaussian copula whose correlation is adjusted so that the inputs themselves have the
    stated one. Raises :class:`MonteCarloRefused` where no such joint distribution exists.
    """
    quantities = [inputs[name] for name in names]
    place = {name: i for i, name in enumerate(names)}
    correlations.indexed(names)
    parts: list[Part] = []
    notes: list[str] = []
    taken: set[str] = set()
    for group in correlations.groups:
        parts.append(_group_part(group, inputs, correlations, place))
        taken.update(group)
    for block in correlations.blocks:
        if taken.issuperset(block.names):
            continue
        if taken.intersection(block.names):
            raise MonteCarloRefused(
                f"Inputs {', '.join(block.names)} are correlated across the border of a group sampled together; "
                "no joint distribution is known for them"
            )
        parts.append(_block_part(block, inputs, place, notes))
        taken.update(block.names)
    for name, quantity in zip(names, quantities, strict=True):
        if name not in taken and (distribution := quantity.drawn_from) is not None:
            parts.append(_Alone((place[name],), distribution))
    return SamplingPlan(
        exact=tuple(float(q.value) for q in quantities),
        parts=tuple(parts),
        notes=tuple(notes),
        least_dof=min((_tail(part) for part in parts), default=math.inf),
    )


def _tail(part: Part) -> float:
    if isinstance(part, _JointT):
        return part.dof
    found = [part.distribution] if isinstance(part, _Alone) else []
    found = list(part.distributions) if isinstance(part, _Copula) else found
    return min((float(getattr(d, "dof", math.inf)) for d in found), default=math.inf)


def _matrix_of(names: Sequence[str], correlations: Correlations) -> NDArray[np.float64]:
    matrix = np.eye(len(names))
    at = {name: i for i, name in enumerate(names)}
    for a, b, r in correlations.pairs:
        if a in at and b in at:
            matrix[at[a], at[b]] = matrix[at[b], at[a]] = r
    return matrix


def _joint_normal(
    names: Sequence[str],
    inputs: Mapping[str, InputQuantity],
    matrix: NDArray[np.float64],
    place: Mapping[str, int],
    scale: float = 1.0,
) -> _JointNormal:
    u = np.array([inputs[name].u for name in names])
    root = (scale * u)[:, None] * eigen_root(matrix)
    return _JointNormal(tuple(place[n] for n in names), tuple(inputs[n].value for n in names), root)


def _group_part(
    group: Sequence[str],
    inputs: Mapping[str, InputQuantity],
    correlations: Correlations,
    place: Mapping[str, int],
) -> Part:
    matrix = _matrix_of(group, correlations)
    dof = inputs[group[0]].dof
    if math.isinf(dof):
        return _joint_normal(group, inputs, matrix, place)
    if any(inputs[name].samples is None for name in group):
        return _JointT(_joint_normal(group, inputs, matrix, place), dof)
    remaining = dof + 1 - len(group)
    if remaining <= 0:
        raise MonteCarloRefused(
            f"{len(group)} inputs sampled together need more than {len(group)} simultaneous readings for a joint "
            f"distribution, but {', '.join(group)} have {dof + 1:g}; take more readings"
        )
    scale = math.sqrt(dof / remaining)
    return _JointT(_joint_normal(group, inputs, matrix, place, scale), remaining)


def _block_part(
    block: Block, inputs: Mapping[str, InputQuantity], place: Mapping[str, int], notes: list[str]
) -> Part:
    drawn = [inputs[name].drawn_from for name in block.names]
    if all(d is None or isinstance(d, Normal) for d in drawn):
        return _joint_normal(block.names, inputs, block.matrix, place)
    distributions = tuple(
        Normal(inputs[name].value, 0.0) if d is None else d
        for name, d in zip(block.names, drawn, strict=True)
    )
    latent = latent_correlation(block, distributions)
    notes.append(
        f"Inputs {', '.join(block.names)} are joined by a Gaussian copula that gives them the stated correlations; "
        "their joint distribution is not otherwise known"
    )
    places = tuple(place[name] for name in block.names)
    return _Copula(
        _JointNormal(places, (0.0,) * len(places), eigen_root(latent)), distributions, block.matrix
    )
