"""The audit trail as a page: one's own books only, newest first, before and after beside each other."""

import pytest

from quacan.centre.desk.auditing.queries import Change, _changes

pytestmark = pytest.mark.django_db


def test_the_newest_deed_comes_first_with_its_record(bench, sign_in):
    sheet = bench.submitted()
    page = sign_in(bench.world.people["truongphong"]).get("/nhat-ky/").content.decode()
    assert "verification.submit_worksheet" in page
    assert f"Phiếu kiểm định {sheet.pk}" in page
    assert page.index("verification.submit_worksheet") < page.index("verification.open_worksheet")
    assert "Hoàng Văn An" in page


def test_filters_narrow_it(bench, sign_in):
    client = sign_in(bench.world.people["truongphong"])
    page = client.get("/nhat-ky/?deed=sign_contract&who=giamdoc").content.decode()
    assert "contracts.sign_contract" in page
    assert "contracts.record_contract" not in page
    assert "Không có dòng nào khớp" in client.get("/nhat-ky/?to=2001-01-01").content.decode()
    lines = b"".join(client.get("/nhat-ky/?who=giamdoc&export=csv").streaming_content).decode()
    assert "vanthu" not in lines


def test_only_those_who_may_see_it_and_only_their_books(bench, sign_in):
    assert sign_in(bench.an).get("/nhat-ky/").status_code == 403
    page = sign_in(bench.world.people["nguoikhac"]).get("/nhat-ky/").content.decode()
    assert "contracts.sign_contract" not in page


def test_prices_stay_hidden_from_those_who_may_not_read_them(bench, sign_in):
    for who, reads in (("truongphong", False), ("giamdoc", True)):
        client = sign_in(bench.world.people[who])
        query = "/nhat-ky/?deed=record_contract"
        page = client.get(query).content.decode()
        lines = b"".join(client.get(f"{query}&export=csv").streaming_content).decode()
        assert ("150000" in page + lines) is reads
        assert ("cần quyền xem giá" in page) is not reads


def test_changes_are_what_differs():
    assert _changes({"a": 1, "b": "x"}, {"a": 1, "b": "y"}) == (Change("b", "x", "y"),)
    assert _changes(None, {"c": ["một"], "d": None}) == (Change("c", "", '["một"]'),)
    assert _changes(None, ["danh sách"]) == (Change("", "", '["danh sách"]'),)
    assert _changes(None, {"dài": "x" * 500})[0].after.endswith("…")
