import random
import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from quacan.centre.base.language.collation import name_key, vietnamese_key
from quacan.centre.base.language.dates import date_words, format_date, format_month, weekday_name
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.language.numbers import (
    format_money,
    format_number,
    format_percent,
    money_short,
    two_digit,
)
from quacan.centre.base.language.words import (
    money_in_words_en,
    money_in_words_vi,
    number_in_words_en,
    number_in_words_vi,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Cột đo xăng dầu", "cot do xang dau"),
        ("  Đắk   Lắk ", "dak lak"),
        ("Hoà An", "hoa an"),
        ("Hòa An", "hoa an"),
        ("ĐỒNG THÁP", "dong thap"),
        (unicodedata.normalize("NFD", "Huyết áp kế"), "huyet ap ke"),
        ("", ""),
    ],
)
def test_fold_drops_marks_case_and_spare_spaces(text, folded):
    assert fold(text) == folded


def test_fold_is_stable():
    once = fold("Trung tâm Ứng dụng tiến bộ khoa học và công nghệ Cao Bằng")
    assert fold(once) == once
    assert once.isascii()


def test_nfc_composes():
    assert nfc(unicodedata.normalize("NFD", "ổn định")) == "ổn định"


@pytest.mark.parametrize(
    ("value", "decimals", "style", "lang", "printed"),
    [
        (Decimal("1234567.891"), None, "administrative", "vi", "1.234.567,891"),
        (Decimal("1234567.891"), None, "administrative", "en", "1,234,567.891"),
        (1400, None, "technical", "vi", "1\u202f400"),
        (Decimal("-0.50"), None, "technical", "vi", "−0,50"),
        (Decimal("-1234.5"), None, "administrative", "vi", "-1.234,5"),
        (515, None, "administrative", "vi", "515"),
        (Decimal("100.2181"), 1, "administrative", "vi", "100,2"),
        (Decimal("0.25"), 1, "administrative", "vi", "0,3"),
        (Decimal("-0.04"), 1, "administrative", "vi", "0,0"),
        (1200, 2, "administrative", "vi", "1.200,00"),
        (Decimal("1E+3"), None, "administrative", "vi", "1.000"),
        (0, None, "administrative", "vi", "0"),
    ],
)
def test_numbers(value, decimals, style, lang, printed):
    assert format_number(value, decimals, style, lang) == printed


def test_a_number_is_exact_and_finite():
    with pytest.raises(TypeError, match="float"):
        format_number(0.1)
    with pytest.raises(TypeError, match="bool"):
        format_number(True)
    with pytest.raises(ValueError, match="hữu hạn"):
        format_number(Decimal("NaN"))


def test_percent():
    assert format_percent(Decimal(22048) / 22000 * 100) == "100,2\u00a0%"


def test_money():
    assert format_money(50_074_800) == "50.074.800 đồng"
    assert format_money(50_074_800, "en") == "50,074,800 VND"
    assert format_money(-500_000) == "-500.000 đồng"
    with pytest.raises(TypeError, match="Decimal"):
        format_money(Decimal("0.5"))


@pytest.mark.parametrize(
    ("amount", "unit", "decimals", "printed"),
    [
        (11_497_000_000, None, 2, "11,5 tỷ đồng"),
        (11_497_000_000, None, 3, "11,497 tỷ đồng"),
        (11_497_000_000, "triệu", 2, "11.497 triệu đồng"),
        (753_000_000, None, 2, "753 triệu đồng"),
        (50_074_800, None, 2, "50,07 triệu đồng"),
        (500_000, None, 2, "500.000 đồng"),
        (100_000_000, None, 2, "100 triệu đồng"),
        (0, "triệu", 2, "0 triệu đồng"),
    ],
)
def test_short_money(amount, unit, decimals, printed):
    assert money_short(amount, unit, decimals) == printed


def test_short_money_in_english():
    assert money_short(753_000_000, lang="en") == "753 million VND"


@pytest.mark.parametrize(("count", "printed"), [(0, "00"), (2, "02"), (17, "17"), (1287, "1.287")])
def test_counts_have_two_digits(count, printed):
    assert two_digit(count) == printed
    assert two_digit(count, "hồ sơ") == f"{printed} hồ sơ"


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="không được âm"):
        two_digit(-1)


def test_dates():
    assert format_date(date(2026, 11, 20)) == "20/11/2026"
    assert format_date(date(2026, 2, 5), "en") == "5 Feb 2026"
    assert format_month(date(2019, 5, 31)) == "05/2019"
    assert date_words(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert date_words(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"
    assert date_words(date(2026, 2, 5), "en") == "5 February 2026"


def test_weekdays():
    assert weekday_name(date(2026, 11, 23)) == "thứ Hai"
    assert weekday_name(date(2026, 11, 22)) == "Chủ nhật"
    assert weekday_name(date(2026, 11, 22), "en") == "Sunday"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (50_074_800, "Năm mươi triệu không trăm bảy mươi tư nghìn tám trăm đồng"),
        (11_497_000_000, "Mười một tỷ bốn trăm chín mươi bảy triệu đồng"),
        (1_934_000, "Một triệu chín trăm ba mươi tư nghìn đồng"),
        (2_000_000_015, "Hai tỷ không trăm mười lăm đồng"),
    ],
)
def test_money_in_words(amount, words):
    assert money_in_words_vi(amount) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (115, "một trăm mười lăm"),
        (1005, "một nghìn không trăm linh năm"),
        (1050, "một nghìn không trăm năm mươi"),
        (10_000, "mười nghìn"),
        (1_000_500_000, "một tỷ năm trăm nghìn"),
        (1_005_000_000, "một tỷ không trăm linh năm triệu"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (10**18, "một tỷ tỷ"),
        (-21, "âm hai mươi mốt"),
    ],
)
def test_vietnamese_words(number, words):
    assert number_in_words_vi(number) == words


def test_southern_words():
    assert (
        number_in_words_vi(101_002, joiner="lẻ", thousand="ngàn") == "một trăm lẻ một ngàn không trăm lẻ hai"
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (19, "nineteen"),
        (21, "twenty-one"),
        (40, "forty"),
        (105, "one hundred and five"),
        (1005, "one thousand and five"),
        (1_934_000, "one million nine hundred and thirty-four thousand"),
        (-3, "minus three"),
    ],
)
def test_english_words(number, words):
    assert number_in_words_en(number) == words


def test_english_money():
    assert money_in_words_en(2_000_000) == "Two million Vietnamese dong"


def in_order(texts, key):
    shuffled = list(texts)
    random.Random(7).shuffle(shuffled)
    return sorted(shuffled, key=key)


def test_provinces_sort_as_vietnamese():
    provinces = ["Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Đồng Tháp"]
    assert in_order(provinces, vietnamese_key) == provinces


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "à", "ả", "ã", "á", "ạ", "ă", "â", "b", "d", "đ", "e", "ê", "o", "ô", "ơ", "u", "ư", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["cân", "Cân", "cần", "cân bàn"],
        ["Phòng 1", "Phòng 2", "Phòng A"],
        ["an", "An", "AN"],
        ["cân", "cân ô tô", "cân treo"],
    ],
)
def test_letters_tones_and_words_in_order(ordered):
    assert in_order(ordered, vietnamese_key) == ordered


def test_both_placings_of_a_mark_sort_as_one():
    assert vietnamese_key("hoà") == vietnamese_key("hòa")
    assert vietnamese_key(unicodedata.normalize("NFD", "Hoà Bình")) == vietnamese_key("Hòa Bình")


def test_names_sort_by_given_name_then_family_then_middle():
    people = [
        "Vi Thị An",
        "Lê Hoài Ân",
        "Đàm Văn Bình",
        "Nông Quốc Bình",
        "Nông Văn Bình",
        "Bế Thị Đào",
        "Hoàng Thị Hà",
        "Hoàng Thị Hạ",
    ]
    assert in_order(people, name_key) == people
    assert name_key("An") == vietnamese_key("An")


def test_keys_are_ascii_so_that_a_database_can_sort_them():
    for text in ["Đắk Lắk", "Ｑ２", "Ünal ß", "中国", "Œuvre", ""]:
        assert vietnamese_key(text).isascii()
    assert vietnamese_key("Zz") < vietnamese_key("中国")
