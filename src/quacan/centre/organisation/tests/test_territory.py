from datetime import date

import pytest

from quacan.centre.base.definitions import DefinitionsRefused, read_texts
from quacan.centre.organisation.territory import (
    TERRITORY_SCHEMA,
    ProvinceUnknown,
    predecessors,
    present_form,
    province,
    province_named,
    provinces,
    successions,
    successors,
)

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def codes(found):
    return {one.code for one in found}


def test_sixty_three_became_thirty_four():
    assert len(provinces(BEFORE)) == 63
    assert len(provinces(AFTER)) == 34
    assert len(provinces(date(2017, 1, 1))) == 63


def test_provinces_come_in_vietnamese_order():
    names = [one.name for one in provinces(AFTER)]
    checked = ["Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Đồng Tháp"]
    assert [name for name in names if name in checked] == checked
    assert names[0] == "An Giang"


def test_many_became_one():
    assert codes(predecessors("ho-chi-minh-2025")) == {"binh-duong", "ba-ria-vung-tau", "ho-chi-minh"}
    assert codes(successors("yen-bai")) == {"lao-cai-2025"}
    assert codes(present_form("yen-bai", on=AFTER)) == {"lao-cai-2025"}
    assert codes(present_form("lao-cai-2025", on=BEFORE)) == {"yen-bai", "lao-cai"}


def test_an_unchanged_province_stays_itself():
    assert present_form("cao-bang", on=date(2022, 6, 30)) == present_form("cao-bang", on=AFTER)
    assert predecessors("cao-bang") == successors("cao-bang") == ()


def test_a_renamed_province_has_one_successor():
    assert codes(present_form("thua-thien-hue", on=AFTER)) == {"hue"}
    assert province_named("thua thien hue", on=date(2022, 3, 28)).code == "thua-thien-hue"
    assert province("hue").confidence == "medium"


def test_a_name_means_the_unit_of_the_day():
    assert province_named("Lào Cai", on=BEFORE).code == "lao-cai"
    assert province_named("LAO CAI", on=AFTER).code == "lao-cai-2025"
    with pytest.raises(ProvinceUnknown, match=r"Yên Bái.*01/07/2025"):
        province_named("Yên Bái", on=AFTER)
    with pytest.raises(ProvinceUnknown, match="atlantis"):
        province("atlantis")
    with pytest.raises(ProvinceUnknown):
        successors("atlantis")


def test_the_kind_of_a_unit_has_days_too():
    dong_nai = province("dong-nai-2025")
    assert dong_nai.title_on(date(2026, 4, 29)) == "tỉnh Đồng Nai"
    assert dong_nai.title_on(date(2026, 4, 30)) == "thành phố Đồng Nai"
    assert dong_nai.kinds[1].confidence == "medium"
    assert province("quang-ninh").kind_on(date(2026, 9, 1)) == "city"
    with pytest.raises(ProvinceUnknown):
        dong_nai.kind_on(BEFORE)


def test_a_seat_may_lie_in_the_absorbed_province():
    assert province("lao-cai-2025").seat_in == "yen-bai"
    assert province("gia-lai-2025").seat_in == "binh-dinh"
    assert province("an-giang-2025").seat_in == "kien-giang"


def test_every_former_province_has_somewhere_to_go():
    gone = [one for one in provinces(BEFORE) if not one.is_valid(AFTER)]
    assert len(gone) == 52
    assert all(present_form(one.code, on=AFTER) for one in gone)
    assert len(successions()) == 53
    assert all(link.source and link.confidence for link in successions())


def test_links_to_nowhere_are_refused():
    body = (
        'code = "p"\nversion = "1"\nin_force_from = 2020-01-01\nsource = "S"\nconfidence = "high"\n[[units]]\n'
        'code = "a"\nname = "A"\ngso_code = "01"\ngso_confidence = "low"\nsource = "S"\nconfidence = "high"\n'
        'seat_in = "x"\nkinds = [{ kind = "province", confidence = "high" }]\n[[links]]\npredecessor = "a"\n'
        'successor = "b"\non = 2025-07-01\nchange = "merge"\nsource = "S"\nconfidence = "high"\n'
    )
    with pytest.raises(DefinitionsRefused) as refusal:
        read_texts({"territory/p.toml": body.encode()}, TERRITORY_SCHEMA)
    assert {problem.key for problem in refusal.value.problems} == {"units[1].seat_in", "links[1].successor"}
