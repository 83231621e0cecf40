"""What a register of parties decides on plain values: tax codes, likeness of names and telephones."""

import re
from typing import Final

from quacan.centre.base.language.folding import fold

_MST_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_BRANCH: Final = re.compile(r"(\d{10})-?(\d{3})")
_LEGAL_FORMS: Final = re.compile(
    r"\b(?:cong ty|cty|trach nhiem huu han|tnhh|(?:mot|hai|1|2) thanh vien(?: tro len)?|mtv|co phan|cp"
    r"|doanh nghiep tu nhan|dntn|doanh nghiep|ho kinh doanh|hkd|hop tac xa|htx|chi nhanh|cn)\b"
)
_NOT_WORDS: Final = re.compile(r"[\W_]+")


def tidy_tax_code(text: str) -> str:
    """This will write a tax code in its one form: ten digits, ten and three with a dash, or twelve digits."""
    digits = re.sub(r"[\s.]", "", text)
    branch = _BRANCH.fullmatch(digits)
    return f"{branch[1]}-{branch[2]}" if branch else digits


def is_tax_code(text: str) -> bool:
    """This will say whether a tidy tax code can exist.

    Ten digits carry a check digit (10 less the weighted sum modulo 11); three more name a dependent unit; twelve
    digits are the identity number that households and persons use since 01/07/2025.
    """
    if re.fullmatch(r"\d{12}", text):
        return True
    if not re.fullmatch(r"\d{10}(?:-\d{3})?", text):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_MST_WEIGHTS, text[:9], strict=True))
    return 10 - total % 11 == int(text[9])


def name_key(name: str) -> str:
    """This will reduce a name to what two spellings of it share: no marks, no legal form, no punctuation."""
    plain = " ".join(_NOT_WORDS.sub(" ", fold(name)).split())
    core = " ".join(_LEGAL_FORMS.sub(" ", plain).split())
    return core or plain


def phone_key(phone: str) -> str:
    """This will reduce a telephone number to its digits, +84 written as 0; nothing where there are too few."""
    digits = re.sub(r"\D", "", phone)
    if digits.startswith("84") and phone.strip().startswith("+"):
        digits = f"0{digits[2:]}"
    return digits if len(digits) >= 8 else ""
