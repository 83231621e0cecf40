"""Small whole pictures for tests, made byte by byte."""

import struct
import zlib

from quacan.centre.verification.actions import Shot


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 4, height: int = 3, shade: int = 200) -> bytes:
    """This will make a grey PNG that any viewer opens."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = (b"\0" + bytes([shade]) * width) * height
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, body)
        for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    )


def exif(taken: str) -> bytes:
    """This will make an Exif block whose DateTimeOriginal is *taken* (2026:11:20 09:30:00)."""
    first = struct.pack("<HHHIII", 1, 0x8769, 4, 1, 26, 0)
    inner = struct.pack("<HHHIII", 1, 0x9003, 2, 20, 44, 0)
    return b"II*\0" + struct.pack("<I", 8) + first + inner + taken.encode() + b"\0"


def jpeg(width: int = 640, height: int = 480, taken: str = "", salt: bytes = b"") -> bytes:
    """This will make the frame of a JPEG: markers, size, an empty scan (no viewer draws it, its structure is whole)."""
    parts = [b"\xff\xd8"]
    if taken:
        body = b"Exif\0\0" + exif(taken)
        parts.append(b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body)
    if salt:
        parts.append(b"\xff\xfe" + struct.pack(">H", len(salt) + 2) + salt)
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    parts.append(b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame)
    parts.append(b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\x34" + b"\xff\xd9")
    return b"".join(parts)


def webp(width: int = 320, height: int = 200) -> bytes:
    """This will make the frame of a lossless WebP."""
    bits = (width - 1) | (height - 1) << 14
    body = b"\x2f" + struct.pack("<I", bits) + b"\0" * 3
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def shot(name: str = "IMG_1.png", content: bytes | None = None) -> Shot:
    """This will give a file as it comes from the camera."""
    return Shot(name, png() if content is None else content)
