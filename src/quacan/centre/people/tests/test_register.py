"""The register of people: administrators enter, assign, end, reset, close; others read or are refused."""

from datetime import date

import pytest

from conftest import PASSWORD
from quacan.centre.base.act import Act
from quacan.centre.base.actors import Operator
from quacan.centre.base.refusals import NotAuthorised
from quacan.centre.people.actions import (
    LetsOneselfGo,
    UsernameTaken,
    assign_role,
    enter_person,
    let_go,
    reset_password,
    take_back,
)
from quacan.centre.people.models import Assignment, Person

pytestmark = pytest.mark.django_db
NEW = "mỗi số đọc một dòng"


@pytest.fixture
def admin(world):
    """An administrator of the centre alone."""
    act = Act(actor=Operator(), at=world.now, door="test")
    person = enter_person(act, world.centre, username="quantri", full_name="Nông Thị Yến", password=PASSWORD)
    assign_role(act, world.centre, person=person, role="administrator", valid_from=date(2021, 1, 1))
    world.people["quantri"] = person
    return person


def test_the_list_is_sorted_by_given_name_and_searched_without_diacritics(world, admin, sign_in):
    client = sign_in(admin)
    page = client.get("/nguoi-dung/").content.decode()
    places = [page.index(name) for name in ("Hoàng Văn An", "Nguyễn Thị Bình", "Ma Thị Chi", "Đinh Thị Dung")]
    assert places == sorted(places)
    found = client.get("/nguoi-dung/?q=dinh+dung").content.decode()
    assert "Đinh Thị Dung" in found
    assert "Ma Thị Chi" not in found
    assert "Không ai khớp" in client.get("/nguoi-dung/?q=zzz").content.decode()


def test_people_of_another_centre_are_not_seen(world, admin, sign_in):
    client = sign_in(admin)
    assert "Vi Văn Ngoại" not in client.get("/nguoi-dung/").content.decode()
    unknown = client.get(f"/nguoi-dung/{world.people['nguoikhac'].pk}/")
    assert unknown.status_code == 404
    assert "Không tìm thấy người dùng" in unknown.content.decode()
    assert 'id="rail"' in unknown.content.decode(), "who is signed in keeps the way on"
    assert client.get("/khong-co-trang-nay/").status_code == 404


def test_a_verifier_is_refused_and_a_director_reads_only(world, sign_in):
    assert sign_in(world.people["kdv.an"]).get("/nguoi-dung/").status_code == 403
    director = sign_in(world.people["giamdoc"])
    page = director.get("/nguoi-dung/").content.decode()
    assert "/nguoi-dung/them/" not in page, "a person sees no form they may not send"
    assert director.get("/nguoi-dung/them/").status_code == 403
    pk = world.people["kdv.an"].pk
    given = {"organisation": world.centre.pk, "role": "clerk", "valid_from": "2022-01-01"}
    assert director.post(f"/nguoi-dung/{pk}/vai-tro/", given).status_code == 403
    shown = director.get(f"/nguoi-dung/{pk}/").content.decode()
    assert f"/nguoi-dung/{pk}/vai-tro/" not in shown
    assert "Việc này thuộc về: Quản trị hệ thống" in shown, "a shut button says whose work it is"
    assert Assignment.objects.filter(person_id=pk).count() == 1


def test_a_person_is_entered_then_given_a_role_then_signs_in(world, admin, sign_in):
    client = sign_in(admin)
    given = {
        "organisation": world.centre.pk,
        "full_name": "Lê Văn Mới",
        "username": "le.moi",
        "password": NEW,
    }
    response = client.post("/nguoi-dung/them/", given)
    person = Person.objects.get(username="le.moi")
    assert response["Location"] == f"/nguoi-dung/{person.pk}/"
    assert "Chưa có vai trò nào" in client.get(response["Location"]).content.decode()
    role = {"organisation": world.centre.pk, "role": "clerk", "valid_from": "2022-01-01"}
    assert client.post(f"/nguoi-dung/{person.pk}/vai-tro/", role).status_code == 302
    assert "Văn thư" in client.get(response["Location"]).content.decode()
    assert client.post("/dang-nhap/", {"username": "le.moi", "password": NEW}).status_code == 302


def test_what_will_not_do_is_said_and_what_was_typed_stays(world, admin, sign_in):
    client = sign_in(admin)
    given = {
        "organisation": world.centre.pk,
        "full_name": "Lê Văn Mới",
        "username": "kdv.an",
        "password": NEW,
    }
    response = client.post("/nguoi-dung/them/", given)
    assert response.status_code == 422
    assert "đã có người dùng" in response.content.decode()
    assert "Lê Văn Mới" in response.content.decode()
    weak = client.post("/nguoi-dung/them/", given | {"username": "le.moi", "password": "ngan"})
    assert weak.status_code == 422
    assert not Person.objects.filter(username="le.moi").exists()


def test_the_wall_between_service_and_authority_is_said_on_the_page(world, admin, sign_in):
    pk = world.people["kdv.an"].pk
    role = {"organisation": world.centre.pk, "role": "inspector", "valid_from": "2022-01-01"}
    response = sign_in(admin).post(f"/nguoi-dung/{pk}/vai-tro/", role)
    assert response.status_code == 422
    assert "phải tách người" in response.content.decode()


def test_a_role_ends_on_its_day(world, admin, sign_in):
    held = Assignment.objects.get(person=world.people["kdv.an"])
    address = f"/nguoi-dung/{held.person_id}/vai-tro/{held.pk}/ket-thuc/"
    client = sign_in(admin)
    assert client.post(address, {"on": "2020-01-01"}).status_code == 422
    assert client.post(address, {"on": "2022-06-30"}).status_code == 302
    held.refresh_from_db()
    assert held.valid_to == date(2022, 6, 30)
    elsewhere = f"/nguoi-dung/{world.people['kdv.binh'].pk}/vai-tro/{held.pk}/ket-thuc/"
    assert client.post(elsewhere, {"on": "2022-06-30"}).status_code == 404


def test_a_password_is_reset_and_kept_nowhere(world, admin, sign_in):
    from quacan.centre.base.models import ActionKey

    pk = world.people["kdv.an"].pk
    client = sign_in(admin)
    short = client.post(f"/nguoi-dung/{pk}/mat-khau/", {"new": "ngắn", "key": "k1"})
    assert short.status_code == 422
    assert "Mật khẩu phải có ít nhất 12 ký tự. Sửa" in short.content.decode(), "in the reader's language"
    assert client.post(f"/nguoi-dung/{pk}/mat-khau/", {"new": NEW, "key": "k1"}).status_code == 302
    assert not ActionKey.objects.exists()
    assert Person.objects.get(pk=pk).check_password(NEW)


def test_access_is_closed_and_opened(world, admin, sign_in):
    pk = world.people["kdv.an"].pk
    client = sign_in(admin)
    client.post(f"/nguoi-dung/{pk}/dong/", {"reason": "chuyển công tác"})
    assert not Person.objects.get(pk=pk).is_active
    assert "Hoàng Văn An" in client.get("/nguoi-dung/?closed=1").content.decode()
    client.post(f"/nguoi-dung/{pk}/mo-lai/")
    assert Person.objects.get(pk=pk).is_active
    assert client.post(f"/nguoi-dung/{admin.pk}/dong/").status_code == 422
    with pytest.raises(LetsOneselfGo):
        let_go(world.act("quantri", reason="nghỉ"), admin)


def test_nobody_is_closed_out_from_an_organisation_one_does_not_manage(world, admin):
    person = world.people["kdv.an"]
    act = Act(actor=Operator(), at=world.now, door="test")
    assign_role(act, world.rival, person=person, role="verifier", valid_from=date(2021, 1, 1))
    for deed, is_active in ((let_go, True), (take_back, False)):
        Person.objects.filter(pk=person.pk).update(is_active=is_active)
        with pytest.raises(NotAuthorised):
            deed(world.act("quantri", reason="nghỉ"), person)
    with pytest.raises(NotAuthorised):
        reset_password(world.act("quantri"), person, new=NEW)


def test_a_username_never_changes_hands(world):
    act = Act(actor=Operator(), at=world.now, door="test")
    with pytest.raises(UsernameTaken):
        enter_person(act, world.centre, username="kdv.an", full_name="Khác", password=PASSWORD)


def test_the_list_is_exported_as_shown(world, admin, sign_in):
    response = sign_in(admin).get("/nguoi-dung/?q=thi&export=csv")
    text = b"".join(response.streaming_content).decode()
    assert "Ma Thị Chi;vanthu" in text
    assert "Hoàng Văn An" not in text


def test_a_deed_about_somebody_without_a_role_stands_in_the_book_of_who_did_it(world, admin):
    from quacan.centre.base.models import AuditLine

    operator = Act(actor=Operator(), at=world.now, door="test")
    stray = enter_person(operator, world.centre, username="le.la", full_name="Lê La", password=PASSWORD)
    let_go(world.act("quantri", reason="nhập nhầm"), stray)
    line = AuditLine.objects.get(action="people.let_go")
    assert (line.book, line.reason) == ("TTUD", "nhập nhầm")


def test_closing_an_account_needs_its_reason(world, admin):
    from quacan.centre.base.refusals import ReasonMissing

    with pytest.raises(ReasonMissing):
        let_go(world.act("quantri"), world.people["kdv.an"])
    assert Person.objects.get(username="kdv.an").is_active


def test_a_role_that_is_over_is_not_ended_again(world, admin):
    from quacan.centre.people.actions import end_assignment
    from quacan.centre.people.refusals import AlreadyOver

    held = Assignment.objects.get(person=world.people["kdv.an"])
    end_assignment(world.act("quantri"), held, on=date(2022, 4, 10))
    with pytest.raises(AlreadyOver):
        end_assignment(world.act("quantri"), held, on=date(2022, 4, 12))


def test_a_role_is_held_once_at_a_place(world, admin, sign_in):
    client, pk = sign_in(admin), world.people["kdv.an"].pk
    role = {"organisation": world.centre.pk, "role": "clerk", "valid_from": "2022-04-01"}
    assert client.post(f"/nguoi-dung/{pk}/vai-tro/", role).status_code == 302
    again = client.post(f"/nguoi-dung/{pk}/vai-tro/", role | {"valid_from": "2022-04-02"})
    assert again.status_code == 422
    assert "đã giữ vai trò “Văn thư – tiếp nhận” ở đây từ 01/04/2022" in again.content.decode()
    assert Assignment.objects.filter(person=pk, role="clerk").count() == 1
