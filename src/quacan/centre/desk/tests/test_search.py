"""Search: folded, over every department, never more than one may see."""

from datetime import date

import pytest

from quacan.centre.desk.queries.hits import found_for, sources

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


def found(person, asked, most=5):
    return {str(group.label): group for group in found_for(person, asked, on=ON, most=most)}


def test_one_word_finds_records_of_several_departments(bench):
    sheet = bench.submitted()
    groups = found(bench.an, sheet.instrument.owner.name.upper())
    assert {"Khách hàng, đối tượng", "Phương tiện đo", "Hợp đồng"} <= set(groups)
    assert sheet.number in {hit.title for hit in found(bench.an, sheet.number)["Phiếu kiểm định"].hits}


def test_an_order_is_found_by_its_number(bench):
    order = bench.jobs["counter-scale"].order
    (hit,) = found(bench.an, order.number)["Phiếu việc"].hits
    assert (hit.title, hit.href) == (order.number, f"/phieu-viec/{order.pk}/")


def test_marks_and_order_of_words_do_not_matter(bench):
    name = bench.jobs["counter-scale"].instrument.owner.name
    words = name.split()
    assert found(bench.an, " ".join(reversed(words)))["Khách hàng, đối tượng"].hits[0].title == name
    assert found(bench.an, "khongcogi " + words[0]) == {}


@pytest.mark.parametrize("asked", ["", " ", "a", "  á "])
def test_too_little_finds_nothing(bench, asked):
    assert found(bench.an, asked) == {}


def test_another_centre_finds_no_contract_worksheet_or_certificate(bench):
    sheet = bench.submitted()
    stranger = bench.world.people["nguoikhac"]
    assert "Phiếu kiểm định" not in found(stranger, sheet.number)
    assert "Hợp đồng" not in found(stranger, sheet.instrument.owner.name)
    assert "Chuẩn đo lường" not in found(stranger, "M1")
    assert "Chuẩn đo lường" in found(bench.an, "M1")


def test_more_is_said_not_shown(bench):
    name = bench.jobs["counter-scale"].instrument.owner.name
    group = found(bench.an, name, most=2)["Phương tiện đo"]
    assert len(group.hits) == 2
    assert group.more


def test_every_source_can_be_searched(world):
    for source in sources():
        model = source.rows(world.people["giamdoc"], ON).model
        assert model._meta.get_field("folded").db_index


def test_the_dialog_gets_a_fragment_and_the_page_a_page(bench, sign_in):
    client = sign_in(bench.an)
    name = bench.jobs["counter-scale"].instrument.owner.name
    part = client.get("/tim/", {"q": name}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<mark>" in part
    page = client.get("/tim/", {"q": name}).content.decode()
    assert "<html" in page
    assert "<mark>" in page
    assert "Gõ ít nhất hai ký tự" in client.get("/tim/").content.decode()
    assert "Không thấy gì khớp “zzzz”" in client.get("/tim/?q=zzzz").content.decode()


def test_what_is_asked_is_escaped(bench, sign_in):
    page = sign_in(bench.an).get("/tim/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
