"""Numbers in words, as contracts and invoices spell them."""

from typing import Final, Literal

Joiner = Literal["linh", "lẻ"]
Thousand = Literal["nghìn", "ngàn"]

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_ENGLISH: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ENGLISH_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ENGLISH_SCALES: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def number_in_words_vi(number: int, joiner: Joiner = "linh", thousand: Thousand = "nghìn") -> str:
    """This will spell a whole number in Vietnamese: 21 hai mươi mốt, 1005 một nghìn không trăm linh năm.

    `joiner` is linh in the North and lẻ in the South, `thousand` likewise nghìn and ngàn.
    """
    if number < 0:
        return f"âm {number_in_words_vi(-number, joiner, thousand)}"
    if number == 0:
        return _DIGITS[0]
    return " ".join(_words_vi(number, joiner, thousand, full=False))


def money_in_words_vi(amount: int, joiner: Joiner = "linh", thousand: Thousand = "nghìn") -> str:
    """This will spell whole đồng as a document does: Năm mươi triệu không trăm bảy mươi tư nghìn … đồng."""
    return _capital(f"{number_in_words_vi(amount, joiner, thousand)} đồng")


def number_in_words_en(number: int) -> str:
    """This will spell a whole number in English: 1005 one thousand and five."""
    if number < 0:
        return f"minus {number_in_words_en(-number)}"
    for size, name in _ENGLISH_SCALES:
        if number >= size:
            high, rest = divmod(number, size)
            return f"{number_in_words_en(high)} {name}{_english_rest(rest)}"
    return _english_group(number)


def money_in_words_en(amount: int) -> str:
    """This will spell whole đồng in English: Two million Vietnamese dong."""
    return _capital(f"{number_in_words_en(amount)} Vietnamese dong")


def _words_vi(number: int, joiner: Joiner, thousand: Thousand, *, full: bool) -> list[str]:
    """Words of a number above zero; `full` when it follows a higher group and so says its empty hundreds."""
    high, rest = divmod(number, 10**9)
    words: list[str] = []
    if high:
        words += [*_words_vi(high, joiner, thousand, full=full), "tỷ"]
    for size, name in ((10**6, "triệu"), (1000, thousand), (1, "")):
        group = rest // size % 1000
        if group:
            words += _group_vi(group, joiner, full=full or bool(words))
            words += [name] if name else []
    return words


def _group_vi(group: int, joiner: Joiner, *, full: bool) -> list[str]:
    hundreds, tens, units = group // 100, group // 10 % 10, group % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif units and words:
        words.append(joiner)
    return [*words, _unit_vi(tens, units)] if units else words


def _unit_vi(tens: int, units: int) -> str:
    if units == 5 and tens >= 1:
        return "lăm"
    if tens > 1:
        return {1: "mốt", 4: "tư"}.get(units, _DIGITS[units])
    return _DIGITS[units]


def _english_rest(rest: int) -> str:
    if rest == 0:
        return ""
    return f" and {number_in_words_en(rest)}" if rest < 100 else f" {number_in_words_en(rest)}"


def _english_group(group: int) -> str:
    if group >= 100:
        return f"{_ENGLISH[group // 100]} hundred{_english_rest(group % 100)}"
    if group < 20:
        return _ENGLISH[group]
    tens, units = divmod(group, 10)
    return f"{_ENGLISH_TENS[tens - 2]}-{_ENGLISH[units]}" if units else _ENGLISH_TENS[tens - 2]


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
