"""The audit trail as a page: one's own books only, newest first, before and after beside each other, in words."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from quacan.centre.base.models import AuditLine
from quacan.centre.base.wording import deed_word, field_word
from quacan.centre.desk.queries.history import Change, deeds_known, records_known, sealed_for, shown
from quacan.centre.people.actions import assign_role, enter_person

pytestmark = pytest.mark.django_db


def test_the_newest_deed_comes_first_with_its_record(bench, sign_in):
    sheet = bench.submitted()
    page = sign_in(bench.world.people["truongphong"]).get("/nhat-ky/").content.decode()
    cells = page[page.index("<tbody>") :]
    assert "gửi soát xét phiếu" in cells
    assert f"Phiếu kiểm định {sheet.pk}" in cells
    assert cells.index("gửi soát xét phiếu") < cells.index("mở phiếu kiểm định")
    assert "Hoàng Văn An" in page


def test_filters_narrow_it(bench, sign_in):
    client = sign_in(bench.world.people["truongphong"])
    page = client.get("/nhat-ky/?deed=contracts.sign_contract&who=giamdoc").content.decode()
    cells = page[page.index("<tbody>") :]
    assert "ký hợp đồng" in cells
    assert "ghi yêu cầu của khách" not in cells
    only = client.get("/nhat-ky/?record=contracts.Order:").content.decode()
    assert "Phiếu việc" in only[only.index("<tbody>") :]
    assert "Hợp đồng 1" not in only[only.index("<tbody>") :].replace("Hợp đồng 1<", "")
    assert "Không có dòng nào khớp" in client.get("/nhat-ky/?to=2001-01-01").content.decode()
    lines = b"".join(client.get("/nhat-ky/?who=giamdoc&export=csv").streaming_content).decode()
    assert "vanthu" not in lines


def test_only_those_who_may_see_it_and_only_their_books(bench, sign_in):
    assert sign_in(bench.an).get("/nhat-ky/").status_code == 403
    page = sign_in(bench.world.people["nguoikhac"]).get("/nhat-ky/").content.decode()
    assert "ký hợp đồng" not in page.partition("<tbody>")[2]


def test_prices_stay_hidden_from_those_who_may_not_read_them(bench, sign_in):
    for who, reads in (("truongphong", False), ("giamdoc", True)):
        client = sign_in(bench.world.people[who])
        query = "/nhat-ky/?deed=contracts.record_contract"
        page = client.get(query).content.decode()
        lines = b"".join(client.get(f"{query}&export=csv").streaming_content).decode()
        assert ("150000" in page + lines) is reads
        assert ("cần quyền xem giá" in page) is not reads


def line(subject, before, after, **given):
    return AuditLine(
        book="TTUD", seq=1, at=datetime(2022, 4, 14, 2, 0, tzinfo=UTC), actor="giamdoc",
        action="contracts.sign_contract", subject=subject, before=json.dumps(before), after=json.dumps(after),
        hash="a" * 64, **given,
    )  # fmt: skip


def test_changes_are_what_differs_and_choices_days_people_and_records_are_said_in_words(world):
    names = {"kdv.an": "Hoàng Văn An"}
    before = {"state": "reviewed", "note": "x", "folded": "a", "signed_on": None, "party_id": 3}
    after = {"state": "signed", "note": "x", "folded": "b", "signed_on": "2022-04-14", "party_id": 4}
    found = shown(line("contracts.Contract:12", before, after), names)
    assert found.worded == (
        Change("khách hàng", "Khách hàng, đối tượng 3", "Khách hàng, đối tượng 4"),
        Change("ngày ký", "", "14/04/2022"),
        Change("trạng thái", "Đã xem xét", "Đã ký"),
    )
    assert found.technical == (Change("folded", "a", "b", technical=True),)
    assert (found.action, found.subject) == ("ký hợp đồng", "Hợp đồng 12")
    kept = shown(line("activities.Activity:1", None, {"recorded_by": "kdv.an", "x": "y" * 500}), names)
    assert kept.worded == (Change("người ghi", "", "Hoàng Văn An"),)
    assert kept.technical[0].after.endswith("…")
    listed = shown(line("planning.Plan:1", None, ["danh sách"]), names)
    assert listed.changes == (Change("", "", '["danh sách"]'),)


def test_the_door_is_said_in_words_and_an_unknown_one_not_at_all(world):
    assert shown(line("base.Document:1", None, {}, door="screen"), {}).door == "màn hình"
    assert shown(line("base.Document:1", None, {}, door="x"), {}).door == ""


def test_no_machine_word_reaches_the_reader(bench, sign_in):
    bench.submitted()
    page = sign_in(bench.world.people["truongphong"]).get("/nhat-ky/").content.decode()
    cells = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert re.findall(r"(?:verification|contracts|organisation|people)\.\w+", cells) == []
    for details in re.findall(r"<details.*?</details>", cells, flags=re.S):
        cells = cells.replace(details, "") if "Chi tiết kỹ thuật" in details else cells
    assert re.findall(r"\b[0-9a-f]{12}\b", cells) == []
    assert re.findall(r">\s*[a-z]+_[a-z_]+:", cells) == []


def test_the_filters_offer_words(world):
    deeds, records = dict(deeds_known()), dict(records_known())
    assert deeds["contracts.sign_contract"] == "ký hợp đồng"
    assert records["contracts.Contract:"] == "Hợp đồng"
    assert all(" " in word or word for word in deeds.values())


def test_a_move_without_a_word_of_its_own_is_worded_by_its_label(world):
    from quacan.centre.followups import actions

    assert actions
    assert deed_word("followups.finish_follow_up").startswith("báo")
    assert deed_word("nowhere.nothing") == "nowhere.nothing"


def test_a_field_is_worded_by_its_department_before_the_house(world):
    assert field_word("standards.Standard", "kind") == "loại chuẩn"
    assert field_word("parties.Party", "kind") == "loại"
    assert field_word("parties.Party", "name_key") == ""


def test_prices_are_sealed_where_they_may_not_be_read(world):
    on = world.now.date()
    assert ("TTUD", "contracts.Contract") in sealed_for(world.people["truongphong"], on=on)
    assert sealed_for(world.people["giamdoc"], on=on) == frozenset()


def test_a_record_is_a_link_for_who_may_open_it(bench, sign_in):
    sheet = bench.submitted()
    place = f'href="/kiem-dinh/{sheet.pk}/"'
    assert place in sign_in(bench.world.people["truongphong"]).get("/nhat-ky/").content.decode()
    world, start = bench.world, date(2021, 1, 1)
    keeper = enter_person(
        world.operator(), world.centre, username="quantri", full_name="Lý Tú", password="Cân đúng từng gam"
    )
    assign_role(world.operator(), world.centre, person=keeper, role="administrator", valid_from=start)
    page = sign_in(keeper).get("/nhat-ky/").content.decode()
    assert f"Phiếu kiểm định {sheet.pk}" in page
    assert place not in page


def test_a_decision_rule_is_said_in_words(world):
    for model in ("contracts.Contract", "verification.Worksheet"):
        kept = shown(line(f"{model}:1", None, {"decision_rule": "guarded_acceptance"}), {})
        assert kept.worded == (Change("quy tắc quyết định", "", "Có dải bảo vệ (lùi giới hạn theo U)"),)
