"""In which letters a text file was written: judged on the whole of it, never on a sample."""

import re
import unicodedata
from typing import Final

UNKNOWN: Final = ""
BYTE_ORDER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
LOOKED_AT: Final = 4000

# Windows' Vietnamese code page writes the tone behind its vowel: a tone behind anything else is another code page.
_TONE_ASTRAY: Final = re.compile(r"(?<![aăâeêioôơuưyAĂÂEÊIOÔƠUƯY])[\u0300\u0301\u0303\u0309\u0323]")
# Signs between two letters are the letters of the fonts before Unicode (TCVN 5712:1993).
_SIGN_IN_WORD: Final = re.compile(r"[^\W\d_][¸¹¶µ¨»¾¼½©®ª«¬][^\W\d_]")


def is_binary(content: bytes) -> bool:
    """This will say whether bytes are no text: zero bytes near the top that no form of UTF-16 explains."""
    has_mark = content.startswith(BYTE_ORDER_MARKS)
    return b"\x00" in content[:LOOKED_AT] and not has_mark and not _wide(content)


def decoded(content: bytes) -> tuple[str, str]:
    """This will read bytes as text in NFC and name their encoding: utf-8, utf-16, cp1258, cp1252.

    UNKNOWN where letters are certainly not what was meant (the fonts before Unicode); digits can be trusted still.
    """
    text, encoding = _decoded(content)
    return unicodedata.normalize("NFC", text).replace("\x00", ""), encoding


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith(BYTE_ORDER_MARKS):
        return content.decode("utf-16", errors="replace"), "utf-16"
    if wide := _wide(content):
        return content.decode(wide, errors="replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return _from_code_page(content)


def _from_code_page(content: bytes) -> tuple[str, str]:
    for encoding in ("cp1258", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _TONE_ASTRAY.search(text) and not _SIGN_IN_WORD.search(text):
            return text, encoding
    return content.decode("cp1252", errors="replace"), UNKNOWN


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: one byte of most pairs is zero, always on the same side."""
    head = content[:LOOKED_AT]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    enough = max(4, len(head) // 4)
    if odd > enough and not even:
        return "utf-16-le"
    return "utf-16-be" if even > enough and not odd else ""
