"""Reading the fields of a request, and writing an answer that JSON can carry."""

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from quacan.metrology.exchange.refusals import RequestRefused

Answer = dict[str, Any]


def named(
    request: object, names: Mapping[str, Sequence[str]], *, needed: Sequence[str] = (), what: str = "request"
) -> dict[str, Any]:
    """This will return the given fields under their own names, from a request that may use other accepted
    names.

    `names` maps each field to the further names accepted for it. Fields given as null count as absent.
    Raises RequestRefused for anything but an object, unknown fields, a field given twice, or a missing one.
    """
    if not isinstance(request, Mapping):
        raise RequestRefused(f"The {what} must be an object with named fields.")
    own = {alias: field for field, aliases in names.items() for alias in (field, *aliases)}
    unknown = [str(key) for key in request if key not in own]
    if unknown:
        raise RequestRefused(f"Unknown field '{unknown[0]}' in the {what}: use {', '.join(names)}.")
    found: dict[str, Any] = {}
    for key, value in request.items():
        if value is None:
            continue
        if own[key] in found:
            raise RequestRefused(f"'{own[key]}' is given twice in the {what}, under two names.")
        found[own[key]] = value
    missing = [field for field in needed if field not in found]
    if missing:
        raise RequestRefused(f"'{missing[0]}' is missing in the {what}.")
    return found


def dispatched(
    request: object,
    methods: Mapping[str, Callable[[Mapping[str, Any]], Answer]],
    *,
    default: str | None = None,
) -> Answer:
    """This will answer a request by the method it names, with the name in front of a JSON-ready answer.

    Numbers too large or too small to compute with are refused; NaN and infinity in an answer become null.
    """
    if not isinstance(request, Mapping):
        raise RequestRefused("A request must be an object with named fields.")
    method = request.get("method", default)
    if not isinstance(method, str) or method not in methods:
        raise RequestRefused(f"'method' must be one of {', '.join(methods)}.")
    rest = {key: value for key, value in request.items() if key != "method"}
    try:
        with np.errstate(over="raise", divide="raise", invalid="raise"):
            answer = methods[method](rest)
    except (ArithmeticError, np.linalg.LinAlgError):
        raise RequestRefused(
            "The numbers are too large, too small or too nearly equal to compute with."
        ) from None
    except RequestRefused:
        raise
    except TypeError:
        raise RequestRefused("A field holds the wrong kind of value for this method.") from None
    except ValueError as refusal:
        raise RequestRefused(str(refusal)) from None
    return {"method": method, **plain(answer)}


def plain(value: Any) -> Any:
    """This will return a value made of dicts, lists, text, truth values and finite numbers; the rest
    becomes null.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def text(value: object, *, name: str, of: Sequence[str]) -> str:
    """This will return a field that must be one of a few words."""
    if not isinstance(value, str) or value not in of:
        raise RequestRefused(f"'{name}' must be one of {', '.join(of)}.")
    return value


def flag(value: object, *, name: str) -> bool:
    """This will return a field that must be true or false."""
    if not isinstance(value, bool):
        raise RequestRefused(f"'{name}' must be true or false.")
    return value


def rows(value: object, *, name: str) -> list[Any]:
    """This will return a field that must be a list, or the values of an object of named lists."""
    if isinstance(value, Mapping):
        return list(value.values())
    if not isinstance(value, list | tuple):
        raise RequestRefused(f"'{name}' must be a list.")
    return list(value)


def is_list(value: object) -> bool:
    """This will say whether a field holds several values."""
    return isinstance(value, list | tuple)
