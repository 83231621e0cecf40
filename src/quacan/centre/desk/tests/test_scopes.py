"""Scopes on the screen: listed, entered from a pasted table, extended, narrowed, ended; refused in a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from conftest import World
from quacan.centre.base.refusals import FieldMissing
from quacan.centre.desk.forms import EXAMPLE, pasted_lines
from quacan.centre.organisation.models import Scope
from quacan.centre.organisation.refusals import ScopeWrong

GIVEN = {
    "kind": "accreditation",
    "number": "VILAS 000",
    "authority": "Văn phòng Công nhận (mẫu)",
    "decided_on": "2022-01-01",
    "valid_from": "01/01/2022",
    "valid_to": "",
    "table": "Hiệu chuẩn\tLEN-51\tcaliper\tĐộ dài\t0\t300\tmm\t\t15 µm\t20 µm/m",
    "key": "k1",
}


def test_the_example_to_paste_is_read() -> None:
    first, second = pasted_lines(f"Dịch vụ\tLoại\n{EXAMPLE}")
    assert (first.service, first.kind_codes, first.range_to, first.unit) == (
        "verification",
        ("MAS-04",),
        "150",
        "kg",
    )
    assert (second.procedures, second.cmc_absolute, second.cmc_relative) == (("caliper",), "15 µm", "20 µm/m")
    assert pasted_lines("Kiểm định;MAS-03, MAS-04")[0].kind_codes == ("MAS-03", "MAS-04")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kiểm định\tMAS-04\nTư vấn\tMAS-04", "Dòng 2"),
        ("Kiểm định\tMAS-99", "MAS-99"),
        ("Hiệu chuẩn\t\tno-such-procedure", "no-such-procedure"),
        ("\t".join(["Kiểm định"] * 11), "nhiều hơn 10"),
    ],
)
def test_a_wrong_row_is_named(text: str, word: str) -> None:
    with pytest.raises(ScopeWrong, match=word):
        pasted_lines(text)
    with pytest.raises(FieldMissing):
        pasted_lines("Dịch vụ\tLoại\n")


def test_a_scope_is_entered_shown_extended_narrowed_and_ended(world: World, sign_in) -> None:
    visitor, code = sign_in(world.people["chatluong"]), world.centre.code
    answer = visitor.post(reverse("enter_scope", args=[code]), GIVEN)
    assert answer.status_code == 302
    scope = Scope.objects.get(kind="accreditation")
    assert (
        visitor.post(reverse("enter_scope", args=[code]), GIVEN).status_code == 302
    )  # sent twice, entered once
    assert Scope.objects.filter(kind="accreditation").count() == 1
    page = visitor.get(reverse("scope", args=[code, scope.pk])).content.decode()
    assert "15 µm + 20 µm/m" in page
    assert "VILAS 000" in visitor.get(reverse("scopes", args=[code])).content.decode()
    assert "VILAS 000" in visitor.get(reverse("organisation", args=[code])).content.decode()
    more = {
        "valid_from": "2022-02-01",
        "table": "Hiệu chuẩn\tLEN-52\tmicrometer\t\t0\t25\tmm\t\t2 µm",
        "key": "k2",
    }
    visitor.post(reverse("add_scope_lines", args=[code, scope.pk]), more)
    assert scope.lines.count() == 2
    line = scope.lines.last()
    narrowed = {"what": line.pk, "last_on": "2022-03-01", "reason": "Thu hẹp", "key": "k3"}
    visitor.post(reverse("end_scope", args=[code, scope.pk]), narrowed)
    line.refresh_from_db()
    assert line.valid_to == date(2022, 3, 1)
    ended = {"what": "", "last_on": "2022-04-01", "reason": "Đình chỉ", "key": "k4"}
    visitor.post(reverse("end_scope", args=[code, scope.pk]), ended)
    scope.refresh_from_db()
    assert scope.valid_to == date(2022, 4, 1)


def test_a_refused_table_keeps_what_was_typed(world: World, sign_in) -> None:
    visitor = sign_in(world.people["chatluong"])
    answer = visitor.post(
        reverse("enter_scope", args=[world.centre.code]), GIVEN | {"table": "Kiểm định\tMAS-99"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Dòng 1 của phạm vi" in page
    assert "MAS-99" in page
    assert not Scope.objects.filter(kind="accreditation").exists()


def test_others_look_but_do_not_enter_and_strangers_do_not_look(world: World, sign_in) -> None:
    url = reverse("scopes", args=[world.centre.code])
    reader = sign_in(world.people["kdv.an"])
    page = reader.get(url).content.decode()
    assert "N999" in page
    assert reverse("enter_scope", args=[world.centre.code]) not in page
    assert reader.post(reverse("enter_scope", args=[world.centre.code]), GIVEN).status_code == 403
    assert not Scope.objects.filter(kind="accreditation").exists()
    assert sign_in(world.people["nguoikhac"]).get(url).status_code == 404


def test_a_scope_of_another_house_is_not_found_under_this_one(world: World, sign_in) -> None:
    scope = Scope.objects.get(organisation=world.centre)
    stranger = sign_in(world.people["nguoikhac"])
    assert stranger.get(reverse("scope", args=[world.rival.code, scope.pk])).status_code == 404


def test_who_answers_for_scopes_finds_them_in_the_rail(world: World, sign_in) -> None:
    visitor = sign_in(world.people["chatluong"])
    assert 'href="/pham-vi/"' in visitor.get(reverse("today")).content.decode()
    assert visitor.get("/pham-vi/").url == reverse("scopes", args=[world.centre.code])
    reader = sign_in(world.people["kdv.an"])
    assert 'href="/pham-vi/"' not in reader.get(reverse("today")).content.decode()
    assert reader.get("/pham-vi/").url == reverse("organisations")
