"""Pictures from a camera: what the bytes say about themselves (format, size in pixels, when they were taken).

Only the structure is read, never the pixels: JPEG (ITU-T T.81, Exif 2.3), PNG (W3C PNG, with its check sums) and
WebP (RFC 9649). Anything else, or a file cut short, is not a picture here.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MEDIA: Final = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # start of frame, any process
ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
EXIF_PART, TAKEN, WRITTEN = 0x8769, 0x9003, 0x0132


class NotAPicture(ValueError):
    """The bytes are no whole JPEG, PNG or WebP picture."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Format (jpeg, png, webp), width and height in pixels, the camera's own clock where the file tells."""

    format: str
    width: int
    height: int
    taken_at: datetime | None


def read_picture(content: bytes) -> Picture:
    """This will read what a picture says about itself, or raise NotAPicture."""
    try:
        found = _read(content)
    except (struct.error, IndexError) as error:
        raise NotAPicture("cut short") from error
    if found.width < 1 or found.height < 1:
        raise NotAPicture("no pixels")
    return found


def _read(content: bytes) -> Picture:
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    raise NotAPicture("unknown format")


def _jpeg(content: bytes) -> Picture:
    size, taken, place = (0, 0), None, 2
    while True:
        marker, start, place = _segment(content, place)
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", content, start + 1)
            size = (width, height)
        elif marker == 0xE1 and content[start : start + 6] == b"Exif\0\0":
            taken = taken or taken_at(content[start + 6 : place])
        elif marker == 0xDA:
            if content.find(b"\xff\xd9", place) < 0:
                raise NotAPicture("cut short")
            return Picture("jpeg", *size, taken)
        elif marker == 0xD9:
            raise NotAPicture("no scan")


def _segment(content: bytes, place: int) -> tuple[int, int, int]:
    """The marker at a place, where what it holds begins, and where the next one stands."""
    if content[place] != 0xFF:
        raise NotAPicture("no marker")
    while content[place] == 0xFF:
        place += 1
    marker = content[place]
    if marker in ALONE or marker == 0xD9:
        return marker, place + 1, place + 1
    (length,) = struct.unpack_from(">H", content, place + 1)
    if length < 2 or place + 1 + length > len(content):
        raise NotAPicture("cut short")
    return marker, place + 3, place + 1 + length


def _png(content: bytes) -> Picture:
    chunks = dict(_png_chunks(content))
    if not {b"IHDR", b"IDAT", b"IEND"} <= chunks.keys():
        raise NotAPicture("cut short")
    width, height = struct.unpack_from(">II", chunks[b"IHDR"])
    return Picture("png", width, height, taken_at(chunks.get(b"eXIf", b"")))


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, kind = 8, b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", content, place)
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack_from(">I", content, place + 8 + length)
        if zlib.crc32(kind + body) != checksum:
            raise NotAPicture("damaged")
        yield kind, body
        place += 12 + length


def _webp(content: bytes) -> Picture:
    (length,) = struct.unpack_from("<I", content, 4)
    if length + 8 > len(content):
        raise NotAPicture("cut short")
    chunks = dict(_webp_chunks(content[: length + 8]))
    taken = taken_at(chunks.get(b"EXIF", b"").removeprefix(b"Exif\0\0"))
    if wide := chunks.get(b"VP8X"):
        return Picture("webp", _three(wide, 4) + 1, _three(wide, 7) + 1, taken)
    if lossless := chunks.get(b"VP8L"):
        (bits,) = struct.unpack_from("<I", lossless, 1)
        return Picture("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, taken)
    if (lossy := chunks.get(b"VP8 ", b""))[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", lossy, 6)
        return Picture("webp", width & 0x3FFF, height & 0x3FFF, taken)
    raise NotAPicture("no frame")


def _webp_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place + 8 <= len(content):
        (length,) = struct.unpack_from("<I", content, place + 4)
        if place + 8 + length > len(content):
            raise NotAPicture("cut short")
        yield content[place : place + 4], content[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def _three(content: bytes, place: int) -> int:
    return int.from_bytes(content[place : place + 3], "little")


def taken_at(exif: bytes) -> datetime | None:
    """This will give the instant an Exif block says the picture was taken (the camera's clock), or None."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return None
    with suppress(struct.error, UnicodeDecodeError, ValueError):
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        tags = dict(_tags(exif, first, order))
        inner = dict(_tags(exif, tags[EXIF_PART], order)) if EXIF_PART in tags else {}
        place = inner.get(TAKEN) or tags.get(WRITTEN)
        if place is not None:
            text = exif[place : place + 19].decode("ascii")
            return datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  a camera's clock names no zone
    return None


def _tags(exif: bytes, place: int, order: str) -> Iterator[tuple[int, int]]:
    """The tags of a directory with the value each holds or points to."""
    (count,) = struct.unpack_from(f"{order}H", exif, place)
    for entry in range(place + 2, place + 2 + 12 * count, 12):
        tag, _kind, _number, value = struct.unpack_from(f"{order}HHII", exif, entry)
        yield tag, value
