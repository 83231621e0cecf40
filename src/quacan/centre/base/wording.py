"""Words for the codes of the house: measures, dimensions and their values, actions, kinds of record, stored fields.

Each is worded by the department that declares it; a code that nobody words stays as it is.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from quacan.centre.base.act import ACTIONS, MAKERS
from quacan.centre.base.departments import Record, departments, label_today


def measure_word(code: str) -> str:
    """The name of a measure of the book."""
    for department in departments():
        if code in department.measures:
            return str(department.measures[code])
    found = (one.measure(code) for one in departments() if one.measure is not None)
    return next((word for word in found if word), code)


def dimension_word(name: str) -> str:
    """The name of a dimension of the book."""
    for department in departments():
        if name in department.dimensions:
            return str(department.dimensions[name])
    found = (one.dimension(name) for one in departments() if one.dimension is not None)
    return next((word for word in found if word), name)


def value_word(dimension: str, value: str) -> str:
    """What a value of a dimension is called."""
    found = (one.values(dimension, value) for one in departments() if one.values is not None)
    return next((word for word in found if word), value)


def deed_word(action: str) -> str:
    """What somebody did, by the name of the action: ``contracts.sign_contract`` is *ký hợp đồng*."""
    for department in departments():
        if action in department.deeds:
            return str(department.deeds[action])
    maker = ACTIONS.get(action)
    move = next((move for move, made in MAKERS.items() if made is maker), None)
    return action if move is None else f"{str(move.label).lower()}: {noun_word(move.of.model).lower()}"


def record_of(model: str) -> Record | None:
    """How a kind of record is declared, None where nobody declares it."""
    for department in departments():
        for record in department.records:
            if model == record.model or model in record.was:
                return record
    return None


def openable(references: Iterable[str], person: Any, *, on: date) -> frozenset[str]:
    """Which records of those named (``contracts.Contract:12``) open for a person, as their departments say."""
    named: dict[str, set[int]] = {}
    for reference in references:
        label, _mark, key = reference.partition(":")
        if key.isdecimal():
            named.setdefault(label, set()).add(int(key))
    found = set()
    for label, keys in named.items():
        record = record_of(label)
        if record is not None and record.rows is not None:
            keys = set(record.rows(person, on).filter(pk__in=keys).values_list("pk", flat=True))
        found |= {f"{label}:{key}" for key in keys}
    return frozenset(found)


def noun_word(model: str) -> str:
    """What a kind of record is called: ``contracts.Contract`` is *Hợp đồng*."""
    record = record_of(model)
    return model if record is None else str(record.noun)


def field_word(model: str, column: str) -> str:
    """What a stored field is called: by the model's own label, else as a department words it; '' without words."""
    name, model = column.removesuffix("_id"), label_today(model)
    try:
        field = apps.get_model(model)._meta.get_field(name)
    except (FieldDoesNotExist, LookupError, ValueError):
        field = None
    label = str(getattr(field, "verbose_name", ""))
    if label and label.lower() != name.replace("_", " "):
        return label
    own = model.partition(".")[0]
    known = {key: word for department in departments() for key, word in department.fields.items()}
    keys = (f"{model}.{column}", f"{own}.{column}", column)
    return next((str(known[key]) for key in keys if key in known), "")
