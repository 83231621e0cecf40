"""Presses every button of the house as every kind of person, over a demonstration: ``python -m tests.house.presses``.

Prints one JSON line for each move, record and person: what the screen says stands in the way, and what the action
answered. Every press is rolled back. How a button is pressed (the values its form carries) is said by each
department in ``tests/presses.py``: ``PRESSES`` maps a move to a function of record and act that gives the values.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from quacan.cli import open_house
from tests.house.doors import admit_stranger, people, person

EACH = 2
"""So many records of every state are tried."""


def main() -> None:
    """This will press all buttons and print what each answered; nothing of it stays."""
    open_house()
    from django.db import transaction

    with transaction.atomic():
        admit_stranger()
        press_everywhere()
        transaction.set_rollback(True)


def press_everywhere() -> None:
    """This will press every button on records of every state, as one person of each role and as a stranger."""
    from django.db import transaction
    from django.urls import get_resolver

    from quacan.centre.base.departments import every_moves

    assert get_resolver().url_patterns, "every department's doors, and so its actions, are loaded"
    presses, samples = declared("PRESSES"), declared("SAMPLES")
    who = [person(username) for username in people()]
    for moves in every_moves():
        with transaction.atomic():
            records = list(samples[moves]()) if moves in samples else list(records_of(moves))
            for move in moves:
                if move.permission:
                    for record in records:
                        for one in who:
                            say(move, record, one, presses.get(move))
            transaction.set_rollback(True)  # what was made to be pressed goes with it


def declared(name: str) -> dict[Any, Any]:
    """This will collect what the departments' tests say about pressing."""
    from django.apps import apps

    found: dict[Any, Any] = {}
    for config in apps.get_app_configs():
        place = f"{config.name}.tests.presses"
        if config.name.startswith("quacan.") and find_spec(f"{config.name}.tests") and find_spec(place):
            found |= getattr(import_module(place), name, {})
    return found


def records_of(moves: Any) -> Iterator[Any]:
    """This will give some records of every state there is."""
    from django.apps import apps

    model = apps.get_model(moves.model)
    seen: dict[str, int] = {}
    for record in model._default_manager.order_by("-pk").iterator():
        state = moves.state(record)
        seen[state] = seen.get(state, 0) + 1
        if seen[state] <= EACH:
            yield record


def say(move: Any, record: Any, one: Any, press: Callable[[Any, Any], dict[str, Any]] | None) -> None:
    """This will press one button and print what the screen said and what the action answered."""
    from django.db import transaction
    from django.utils import timezone

    from quacan.centre.base.act import MAKERS, Act
    from quacan.centre.base.moves import offer
    from quacan.centre.base.refusals import Refusal

    act = Act(actor=one, at=timezone.now(), door="test", reason="Thử nút bấm")
    offered = offer(move, record, one, on=act.on)
    answer = "done"
    with transaction.atomic():
        try:
            given = press(record, act) if press is not None and offered.is_open else {}
            MAKERS[move](act, record, **given)
        except Refusal as refusal:
            answer = refusal.sentence
        except KeyError as missing:
            answer = f"nobody makes {missing}"
        except TypeError as wrong:
            answer = f"cannot be pressed: {wrong}"
        transaction.set_rollback(True)
    row = [move.key, move.of.state(record), str(record), one.username, list(offered.sentences), answer]
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
