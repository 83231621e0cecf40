"""Hash chains: canonical text of a value, and the link that binds it to everything before it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """This will write *value* as JSON that is the same on every machine: sorted keys, no spaces, NFC kept."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    if hasattr(value, "_meta"):
        return f"{value._meta.label}:{value.pk}"
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    return str(value)


def digest(text: str | bytes) -> str:
    """This will give the SHA-256 of *text* as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def link(previous: str, fields: Mapping[str, Any]) -> str:
    """This will give the hash of a line that holds *fields* and follows the line hashed *previous*."""
    return digest(f"{previous}\n{canonical(fields)}")
