"""A paper to its frozen snapshot and back: what was printed once can be printed again, word for word."""

import types
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from quacan.centre.base.paper import plain_data

T = TypeVar("T")


def frozen_data(value: object) -> Any:
    """This will give a paper as the plain data of its snapshot.

    A field that came later is left out while it is empty, so that the snapshot of an older paper stays the same.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: frozen_data(given)
            for one in fields(value)
            if (given := getattr(value, one.name)) != one.default or not one.metadata.get("added")
        }
    if isinstance(value, tuple):
        return [frozen_data(item) for item in value]
    return plain_data(value)


def revived(kind: type[T], snapshot: Mapping[str, Any]) -> T:
    """This will rebuild a paper of *kind* from the plain data of its snapshot.

    Numbers stay the text they were printed as. Raises KeyError, TypeError or ValueError where the snapshot is not
    that of such a paper.
    """
    hints = _hints(cast(Hashable, kind))
    present = (
        one for one in fields(cast(Any, kind)) if one.name in snapshot or not one.metadata.get("added")
    )
    given = {one.name: _value(hints[one.name], snapshot[one.name]) for one in present}
    return kind(**given)


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, data: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return None if data is None else _value(_first_choice(hint), data)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in data)
    if isinstance(hint, type) and is_dataclass(hint):
        return revived(hint, data)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(data)
    if hint is datetime:
        return datetime.fromisoformat(data)
    if hint is date:
        day, month, year = str(data).split("/")
        return date(int(year), int(month), int(day))
    return data


def _first_choice(hint: Any) -> Any:
    return next(choice for choice in get_args(hint) if choice is not type(None))
