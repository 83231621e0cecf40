"""What the law or a manager changes, kept as dated data: reading it, checking it, choosing by day.

An application declares the shape of its kind once (`Schema`) and calls `load(kind, schema)`; it receives
frozen definitions or one refusal that lists every problem with file, key and sentence.
"""

from quacan.centre.base.definitions.choosing import DefinitionNotInForce, in_force, in_force_one
from quacan.centre.base.definitions.pairs import pair_keys, pair_of
from quacan.centre.base.definitions.problems import DefinitionsRefused, Problem
from quacan.centre.base.definitions.reading import Definition, load, read_texts
from quacan.centre.base.definitions.schema import (
    CONFIDENCES,
    Key,
    Schema,
    boolean,
    day,
    decimal,
    integer,
    mapping_of,
    optional,
    rows_of,
    table,
    text,
    values_of,
)

__all__ = [
    "CONFIDENCES",
    "Definition",
    "DefinitionNotInForce",
    "DefinitionsRefused",
    "Key",
    "Problem",
    "Schema",
    "boolean",
    "day",
    "decimal",
    "in_force",
    "in_force_one",
    "integer",
    "load",
    "mapping_of",
    "optional",
    "pair_keys",
    "pair_of",
    "read_texts",
    "rows_of",
    "table",
    "text",
    "values_of",
]
