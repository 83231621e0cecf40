"""The order of Vietnamese words and names, as keys that sort byte by byte.

Plain sorting fails for Vietnamese, and databases differ in what they know of it. A key made here is ASCII: it
can be stored beside the text and ordered by the database itself (on PostgreSQL in a column of collation "C").
"""

import unicodedata
from typing import Final

from quacan.centre.base.language.folding import nfc

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_KEYS: Final = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LEVEL: Final = "\x1f"
_PART: Final = "\x1e"


def vietnamese_key(text: str) -> str:
    """This will give the sort key of a text: letters first, then tones, then the capitals of each word.

    Letters a ă â b c d đ e ê … y z; tones none, huyền, hỏi, ngã, sắc, nặng, one per syllable, so that the old
    and the new placing of a mark (hoà, hòa) are one; words before longer words; digits before letters.
    """
    letters: list[str] = []
    tones: list[str] = []
    capitals: list[str] = []
    for word in _words(text):
        folded = [_letter(sign) for sign in word]
        letters.append("".join(key for key, _ in folded))
        tones.append(max((tone for _, tone in folded), default="0"))
        capitals.append(str(min(9, sum(sign.isupper() for sign in word))))
    levels = (" ".join(letters), "".join(tones).rstrip("0"), "".join(capitals).rstrip("0"))
    return _LEVEL.join(levels)


def name_key(full_name: str) -> str:
    """This will give the sort key of a person's name: given name, then family name, then middle names."""
    parts = full_name.split()
    if len(parts) < 2:
        return vietnamese_key(full_name)
    family, *middle, given = parts
    return _PART.join(vietnamese_key(part) for part in (given, family, " ".join(middle)))


def _words(text: str) -> list[str]:
    spaced = "".join(sign if sign.isalnum() else " " for sign in nfc(text))
    return spaced.split()


def _letter(sign: str) -> tuple[str, str]:
    """The letter key of one composed character, and its tone."""
    marks = unicodedata.normalize("NFD", sign.lower())
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0")
    letter = nfc("".join(mark for mark in marks if mark not in _TONES))
    return _LETTER_KEYS.get(letter) or _other_key(letter), tone


def _other_key(letter: str) -> str:
    if letter.isdecimal():
        return "".join(str(unicodedata.decimal(digit)) for digit in letter)
    base = unicodedata.normalize("NFD", letter)[:1]
    return _LETTER_KEYS.get(base) or f"~{ord(base):06x}"
