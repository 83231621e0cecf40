"""Organisations on screen: seen by whom, founded, merged; predecessors end the day before."""

from datetime import date

import pytest
from django.urls import reverse

from quacan.centre.organisation.actions import AlreadyEnded, CodeTaken, found_organisation, open_unit, succeed
from quacan.centre.organisation.models import Organisation, Succession, Unit
from quacan.centre.organisation.queries import lineage
from quacan.centre.people.actions import assign_role, enter_person


@pytest.fixture
def administrator(world):
    person = enter_person(
        world.operator(),
        world.centre,
        username="quantri",
        full_name="Lương Văn Tú",
        password="Cân đúng từng gam",
    )
    assign_role(
        world.operator(), world.department, person=person, role="administrator", valid_from=date(2021, 1, 1)
    )
    world.people["quantri"] = person
    return person


def test_an_administrator_opens_a_unit(world, administrator, sign_in):
    visitor = sign_in(administrator)
    assert "Trung tâm Ứng dụng" in visitor.get(reverse("organisations")).content.decode()
    given = {"code": "AS", "name": "Tổ Áp suất", "valid_from": "2022-05-01"}
    assert visitor.post(reverse("open_unit", args=["TTUD"]), given).status_code == 302
    again = visitor.post(reverse("open_unit", args=["TTUD"]), given)
    assert again.status_code == 422
    assert "đã dùng" in again.content.decode()
    assert Unit.objects.filter(code="AS").count() == 1


def test_a_merger_keeps_the_old_ones_and_their_figures(world, administrator, sign_in):
    visitor = sign_in(administrator)
    url = reverse("succeed", args=["TTUD"])
    given = {"predecessors": [world.rival.pk], "kind": "merge", "on": "2025-07-01", "basis": "QĐ 1/QĐ-UBND"}
    assert visitor.post(url, given).status_code == 302
    world.rival.refresh_from_db()
    assert world.rival.valid_to == date(2025, 6, 30)
    assert lineage(world.centre) == {world.centre.pk, world.rival.pk}
    page = visitor.get(reverse("organisation", args=["TTUD"])).content.decode()
    assert "01/07/2025" in page
    assert "Trung tâm khác" in page


def test_what_has_ended_does_not_end_twice(world):
    deed = {"predecessors": [world.rival], "kind": "merge", "on": date(2025, 7, 1)}
    succeed(world.operator(), world.centre, **deed)
    with pytest.raises(AlreadyEnded):
        succeed(world.operator(), world.centre, **deed)
    assert Succession.objects.count() == 1


def test_a_code_is_never_used_twice(world):
    given = {
        "code": "TTUD", "name": "x", "short_name": "x", "kind": "centre", "province": "Cao Bằng",
        "place": "Cao Bằng", "symbol": "X", "valid_from": date(2022, 1, 1), "parent": world.department,
    }  # fmt: skip
    with pytest.raises(CodeTaken):
        found_organisation(world.operator(), **given)
    with pytest.raises(CodeTaken):
        open_unit(world.operator(), world.centre, code="KL", name="x", valid_from=date(2022, 1, 1))
    assert Organisation.objects.filter(code="TTUD").count() == 1


def test_others_see_their_own_house_and_change_nothing(world, sign_in):
    visitor = sign_in(world.people["vanthu"])
    page = visitor.get(reverse("organisations")).content.decode()
    assert "Trung tâm khác" not in page
    assert "Mở phòng, tổ" not in visitor.get(reverse("organisation", args=["TTUD"])).content.decode()
    given = {"code": "AS", "name": "Tổ Áp suất", "valid_from": "2022-05-01"}
    assert visitor.post(reverse("open_unit", args=["TTUD"]), given).status_code == 403
    assert not Unit.objects.filter(code="AS").exists()
    assert visitor.get(reverse("organisation", args=["TTKHAC"])).status_code == 404
