"""Correlation between input quantities, held as blocks, and groups of inputs sampled together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quacan.metrology.inputs import InputQuantity

#: Eigenvalues of a rounded correlation matrix may fall this far below zero; they are then taken as zero.
ROUNDING_OF_EIGENVALUES = 1e-6


class CorrelationRefused(ValueError):
    """Correlations or groups that make no sense: one sentence naming the inputs and the remedy."""


@dataclass(frozen=True, slots=True)
class Block:
    """Inputs correlated with one another and with no other: names and correlation matrix (n × n)."""

    names: tuple[str, ...]
    matrix: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Correlations:
    """Non-zero correlation coefficients (pairs) and groups of inputs from the same simultaneous readings.

    Build it with :func:`correlate`, which checks that every block is positive semi-definite.
    """

    pairs: tuple[tuple[str, str, float], ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()

    def indexed(
        self, names: Sequence[str]
    ) -> tuple[tuple[tuple[int, int, float], ...], tuple[tuple[int, ...], ...]]:
        """This will give pairs and groups by position in ``names``; a name outside is refused."""
        if not self.pairs and not self.groups:
            return (), ()
        place = {name: i for i, name in enumerate(names)}
        for name in self.names:
            if name not in place:
                raise CorrelationRefused(f"Correlated input {name!r} is not an input of the model; remove it")
        pairs = tuple((place[a], place[b], r) for a, b, r in self.pairs)
        return pairs, tuple(tuple(place[name] for name in group) for group in self.groups)

    @property
    def names(self) -> tuple[str, ...]:
        """Every input that is correlated or grouped."""
        flat = [name for a, b, _ in self.pairs for name in (a, b)]
        return tuple(dict.fromkeys([*flat, *(name for group in self.groups for name in group)]))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The connected blocks of correlated inputs."""
        return tuple(_block(names, self.pairs) for names in _connected(self.pairs))


INDEPENDENT = Correlations()


def correlate(
    pairs: Iterable[tuple[str, str, float]] = (),
    *,
    groups: Iterable[Sequence[str]] = (),
    inputs: Mapping[str, InputQuantity] | None = None,
) -> Correlations:
    """This will check and gather correlations r(a, b) and groups of inputs sampled together.

    For groups whose ``inputs`` carry readings, r is computed from the simultaneous readings (JCGM 100:2008,
    5.2.3); members without readings need their r among ``pairs``. Members of a group share one ν. Raises
    :class:`CorrelationRefused` for |r| > 1, a pair given twice, overlapping groups, unequal numbers of readings,
    or a matrix that is not positive semi-definite.

    >>> correlate([("a", "b", 0.9)]).pairs
    (('a', 'b', 0.9),)
    """
    given = tuple(pairs)
    known = {frozenset((a, b)): (a, b, _coefficient(a, b, r)) for a, b, r in given}
    if len(known) != len(given):
        raise CorrelationRefused("A correlation is given twice for the same pair of inputs; keep one")
    kept_groups = _checked_groups(groups, inputs or {})
    for group in kept_groups:
        for a, b, r in _from_readings(group, inputs or {}):
            if frozenset((a, b)) in known:
                raise CorrelationRefused(
                    f"The correlation of {a!r} and {b!r} is given and also follows from their readings; remove it"
                )
            known[frozenset((a, b))] = (a, b, r)
    result = Correlations(tuple(p for p in known.values() if p[2] != 0.0), kept_groups)
    for block in result.blocks:
        _check_semi_definite(block)
    return result


def _coefficient(a: str, b: str, r: float) -> float:
    if a == b:
        raise CorrelationRefused(f"Input {a!r} cannot be correlated with itself; remove the pair")
    if not (math.isfinite(r) and abs(r) <= 1):
        raise CorrelationRefused(f"The correlation of {a!r} and {b!r} must lie between -1 and 1, not {r}")
    return float(r)


def _checked_groups(
    groups: Iterable[Sequence[str]], inputs: Mapping[str, InputQuantity]
) -> tuple[tuple[str, ...], ...]:
    kept = tuple(tuple(group) for group in groups)
    members = [name for group in kept for name in group]
    if len(set(members)) != len(members):
        raise CorrelationRefused("An input stands twice in the groups; it can be sampled together only once")
    for group in kept:
        if len({inputs[name].dof for name in group if name in inputs}) > 1:
            raise CorrelationRefused(
                f"Inputs sampled together share one number of readings, but those of {', '.join(group)} differ"
            )
    return kept


def _from_readings(
    group: Sequence[str], inputs: Mapping[str, InputQuantity]
) -> Iterable[tuple[str, str, float]]:
    read = [name for name in group if name in inputs and inputs[name].samples is not None]
    columns = {name: np.asarray(inputs[name].samples) for name in read}
    columns = {name: column - column.mean() for name, column in columns.items()}
    for i, a in enumerate(read):
        for b in read[i + 1 :]:
            size = math.sqrt(float(columns[a] @ columns[a]) * float(columns[b] @ columns[b]))
            r = float(columns[a] @ columns[b]) / size if size > 0 else 0.0
            yield a, b, min(1.0, max(-1.0, r))


def _connected(pairs: Iterable[tuple[str, str, float]]) -> list[tuple[str, ...]]:
    blocks: list[tuple[str, ...]] = []
    for a, b, _ in pairs:
        touched = [block for block in blocks if a in block or b in block]
        merged = dict.fromkeys([name for block in touched for name in block] + [a, b])
        blocks = [block for block in blocks if block not in touched] + [tuple(merged)]
    return blocks


def _block(names: tuple[str, ...], pairs: Iterable[tuple[str, str, float]]) -> Block:
    matrix = np.eye(len(names))
    place = {name: i for i, name in enumerate(names)}
    for a, b, r in pairs:
        if a in place:
            matrix[place[a], place[b]] = matrix[place[b], place[a]] = r
    return Block(names, matrix)


def _check_semi_definite(block: Block) -> None:
    if len(block.names) < 3:
        return
    least = float(np.linalg.eigvalsh(block.matrix)[0])
    if least < -ROUNDING_OF_EIGENVALUES:
        raise CorrelationRefused(
            f"The correlations of {', '.join(block.names)} contradict one another (smallest eigenvalue {least:.3g}, "
            "it must not be negative); correct them or give more digits"
        )


def eigen_root(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """This will give R (n × rank) with R Rᵀ = ``matrix``, singular matrices included (JCGM 102:2011, 9.4).

    >>> eigen_root(np.array([[1.0, 1.0], [1.0, 1.0]])).shape
    (2, 1)
    """
    eigenvalues, vectors = np.linalg.eigh(matrix)
    kept = eigenvalues > max(float(eigenvalues[-1]), 0.0) * 1e-12
    return np.asarray(vectors[:, kept] * np.sqrt(eigenvalues[kept]))
