"""The file store: bytes kept under their own SHA-256, written whole or not at all, checked whenever read."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from quacan.centre.base.chain import digest


def path_of(sha256: str) -> Path:
    """This will give the place of a file in the store."""
    return Path(settings.DOCUMENTS) / sha256[:2] / sha256


def keep(content: bytes) -> str:
    """This will store *content* durably and return its SHA-256; storing twice changes nothing."""
    name = digest(content)
    place = path_of(name)
    if place.exists() and digest(place.read_bytes()) == name:
        return name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return name


def read(sha256: str) -> bytes | None:
    """This will return the stored bytes, or None where they are missing or no longer what they were."""
    place = path_of(sha256)
    if not place.exists():
        return None
    content = place.read_bytes()
    return content if digest(content) == sha256 else None
