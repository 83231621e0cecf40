"""Text as it is stored, and text as it is searched."""

import unicodedata

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans({"đ": "d", "Đ": "d", "ð": "d"})


def nfc(text: str) -> str:
    """This will give the composed form (Unicode NFC) in which every text is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """This will give the search form of a text: lower case, no marks, đ as d, single spaces.

    The old and the new placing of tone marks (hoà, hòa) fold to the same form.
    """
    plain = nfc(text).casefold().translate(_LETTERS_WITHOUT_DECOMPOSITION)
    letters = (letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
    return " ".join("".join(letters).split())
