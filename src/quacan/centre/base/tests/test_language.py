import unicodedata

import pytest

from quacan.centre.base.language.folding import fold, nfc


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
