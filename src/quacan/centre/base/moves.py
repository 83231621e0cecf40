"""Moves: what changes a record's state, decided in one place.

A department's ``moves.py`` says of each kind of record from which state a move starts, where it leads, who may make
it and what else hinders it. The action that makes the move refuses with the first hindrance; screens, lanes, lists
and the API read the same list. Nothing else decides what may be done now.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.actors import Actor, Owner
from quacan.centre.base.refusals import NotAuthorised, Refusal, Words, WrongStage

Place = tuple[Owner | None, int | None]
"""The organisation and the unit at which a permission is asked for."""
Hindrances = Callable[[Any, Actor, date], Iterable[Refusal]]


def nothing_hinders(record: Any, actor: Actor, on: date) -> Iterable[Refusal]:
    """This will hinder nothing beyond stage and permission."""
    return ()


def own_place(record: Any) -> Place:
    """This will ask at the record's own organisation and unit."""
    return record.organisation, getattr(record, "unit_id", None)


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """Something a person does to a record of one kind; made by ``Moves.move``.

    *source* are the states it starts from, *target* those it may lead to (empty: the state stays). Without a
    *permission* it has no button and happens inside another action. *reason* is the label of the reason it asks for.
    """

    of: "Moves"
    name: str
    label: Words
    permission: str
    source: frozenset[str]
    target: tuple[str, ...]
    reason: Words
    hindrances: Hindrances
    icon: str
    tone: str

    def __str__(self) -> str:
        return str(self.label)

    @property
    def key(self) -> str:
        """This will name the move for good: ``contracts.Contract.sign``."""
        return f"{self.of.model}.{self.name}"

    def starts_from(self, record: Any) -> bool:
        """This will say whether the record is at a stage this move starts from."""
        return self.of.state(record) in self.source


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as one person sees it on one record: open, or shut with everything that stands in the way."""

    move: Move
    hindrances: tuple[Refusal, ...]

    @property
    def is_open(self) -> bool:
        return not self.hindrances

    @property
    def sentences(self) -> tuple[str, ...]:
        """This will say what stands in the way, each with its remedy."""
        return tuple(one.sentence for one in self.hindrances)


@dataclass(slots=True, eq=False)
class Moves:
    """Everything that can be done to one kind of record.

    *model* is the label of the record (``contracts.Contract``), *ends* the states in which it rightly stays for good,
    *follows* the changes of state that come of another record's move (a contract runs when its work is given out).
    """

    model: str
    ends: frozenset[str]
    follows: tuple[tuple[str, str], ...] = ()
    place: Callable[[Any], Place] = own_place
    state: Callable[[Any], str] = lambda record: str(record.state)
    stage: Callable[[Any], str] = lambda record: str(record.get_state_display())
    tones: Mapping[str, str] = field(default_factory=dict)  # state → pass, fail, open, info
    moves: list[Move] = field(default_factory=list)

    def move(
        self,
        name: str,
        label: Words,
        permission: str = "",
        *,
        source: str | Collection[str],
        target: str | Collection[str] = (),
        reason: Words = "",
        hindrances: Hindrances = nothing_hinders,
        icon: str = "",
        tone: str = "",
    ) -> Move:
        """This will declare a move of this kind of record."""
        made = Move(
            of=self, name=name, label=label, permission=permission, source=frozenset(_states(source)),
            target=tuple(_states(target)), reason=reason, hindrances=hindrances, icon=icon, tone=tone,
        )  # fmt: skip
        self.moves.append(made)
        return made

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves)

    def __getitem__(self, name: str) -> Move:
        return next(one for one in self.moves if one.name == name)


def _states(given: str | Collection[str]) -> tuple[str, ...]:
    return (str(given),) if isinstance(given, str) else tuple(str(one) for one in given)


def hindrances(move: Move, record: Any, actor: Actor, *, on: date) -> Iterator[Refusal]:
    """This will yield everything that keeps an actor from a move on a day, in the order it is refused."""
    if (refusal := not_permitted(move, record, actor, on=on)) is not None:
        yield refusal
    if not move.starts_from(record):
        yield wrong_stage(move, record)
        return
    yield from move.hindrances(record, actor, on)


def offer(move: Move, record: Any, actor: Actor, *, on: date) -> Offer:
    """This will show a move to a person: open, or shut and why."""
    return Offer(move, tuple(hindrances(move, record, actor, on=on)))


def is_open(move: Move, record: Any, actor: Actor, *, on: date) -> bool:
    """This will say whether an actor may make a move now; it stops at the first hindrance."""
    return next(hindrances(move, record, actor, on=on), None) is None


def offers(moves: Iterable[Move], record: Any, actor: Actor, *, on: date) -> tuple[Offer, ...]:
    """This will show several moves to a person, the open ones first, else in their order."""
    shown = (offer(one, record, actor, on=on) for one in moves if one.permission)
    return tuple(sorted(shown, key=lambda one: not one.is_open))


def not_permitted(move: Move, record: Any, actor: Actor, *, on: date) -> Refusal | None:
    """This will give the refusal for an actor without the move's permission where the record belongs, or None."""
    if not move.permission:
        return None
    owner, unit_id = move.of.place(record)
    organisation_id = None if owner is None else owner.pk
    if actor.may(move.permission, organisation_id=organisation_id, unit_id=unit_id, on=on):
        return None
    return NotAuthorised.at(actor, move.permission, owner)


def wrong_stage(move: Move, record: Any) -> WrongStage:
    """This will refuse a move at a stage it does not start from, naming those that lead on from here."""
    open_now = [one for one in move.of if one.permission and one.starts_from(record)]
    now = [str(one.label) for one in open_now if one.target] or [str(one.label) for one in open_now]
    return WrongStage(
        record=str(record),
        stage=move.of.stage(record),
        move=str(move.label),
        allowed=", ".join(dict.fromkeys(now)) or _("không có"),
    )


class DeadEnd(ValueError):
    """A state machine in which somebody can be stuck: the message names the states."""


def dead_ends(moves: Moves, states: Iterable[str]) -> list[str]:
    """This will list the states from which no end can be reached by moves that have a button."""
    steps = {
        (source, target) for one in moves if one.permission for source in one.source for target in one.target
    }
    steps |= set(moves.follows)
    reached = set(moves.ends)
    while more := {source for source, target in steps if target in reached} - reached:
        reached |= more
    return [state for state in states if state not in reached]
