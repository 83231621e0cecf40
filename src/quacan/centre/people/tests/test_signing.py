"""Signing in and out, the lock after wrong passwords, one's own password, language and light."""

import pytest
from django.urls import reverse

from conftest import PASSWORD
from quacan.centre.base.act import Act
from quacan.centre.base.models import AuditLine
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.people.actions import change_password
from quacan.centre.people.refusals import NotOneself

pytestmark = pytest.mark.django_db
SIGN_IN = "/dang-nhap/"


def attempt(client, password, username="kdv.an"):
    return client.post(SIGN_IN, {"username": username, "password": password})


def test_every_page_leads_a_stranger_to_the_door(client):
    for address in ("/", "/ui/", "/tim/", "/nguoi-dung/", "/doi-mat-khau/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(SIGN_IN)


def test_the_right_password_leads_to_today(client, world):
    response = attempt(client, PASSWORD)
    assert response.status_code == 302
    assert response["Location"] == "/"
    page = client.get("/").content.decode()
    assert "Hoàng Văn An" in page
    assert "Kiểm định viên" in page


def test_a_wrong_password_says_nothing_of_which_was_wrong(client, world):
    wrong = attempt(client, "sai hẳn mật khẩu").content.decode()
    stranger = attempt(client, PASSWORD, username="khongai").content.decode()
    sentence = "Tên đăng nhập hoặc mật khẩu không đúng."
    assert sentence in wrong
    assert sentence in stranger


def test_the_fifth_wrong_password_locks_the_door_even_for_the_right_one(client, world):
    answers = [attempt(client, f"sai lần {i} rồi") for i in range(5)]
    assert [a.status_code for a in answers[:4]] == [200] * 4
    assert answers[4].status_code == 429
    assert "15 phút" in answers[4].content.decode()
    assert attempt(client, PASSWORD).status_code == 429
    assert attempt(client, PASSWORD, username="kdv.binh").status_code == 302


def test_the_lock_opens_after_its_time(client, world, settings):
    from datetime import timedelta

    from axes.models import AccessAttempt

    for i in range(5):
        attempt(client, f"sai lần {i} rồi")
    row = AccessAttempt.objects.get(username="kdv.an")
    AccessAttempt.objects.update(attempt_time=row.attempt_time - timedelta(minutes=16))
    assert attempt(client, PASSWORD).status_code == 302


def test_somebody_let_go_cannot_enter(client, world):
    person = world.people["kdv.an"]
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert attempt(client, PASSWORD).status_code == 200
    assert client.get("/").status_code == 302


def test_signing_out_takes_a_post(client, world):
    attempt(client, PASSWORD)
    assert client.get(reverse("people:sign_out")).status_code == 405
    client.post(reverse("people:sign_out"))
    assert client.get("/").status_code == 302


def test_a_password_is_changed_audited_without_its_words_and_ends_other_sessions(client, world):
    from django.test import Client

    new = "mỗi số đọc một dòng"
    other = Client()
    attempt(other, PASSWORD)
    attempt(client, PASSWORD)
    response = client.post("/doi-mat-khau/", {"old": PASSWORD, "new": new, "again": new})
    assert response.status_code == 302
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    line = AuditLine.objects.order_by("-pk").first()
    assert line.action == "people.change_password"
    assert new not in line.after
    assert attempt(Client(), new).status_code == 302


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"old": "không phải", "new": "mỗi số đọc một dòng", "again": "mỗi số đọc một dòng"},
            "Mật khẩu hiện tại",
        ),
        ({"old": PASSWORD, "new": "mỗi số đọc một dòng", "again": "khác hẳn câu trên"}, "Hai lần gõ"),
        ({"old": PASSWORD, "new": "ngắn", "again": "ngắn"}, "12"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_its_place(client, world, given, sentence):
    attempt(client, PASSWORD)
    response = client.post("/doi-mat-khau/", given)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    world.people["kdv.an"].refresh_from_db()
    assert world.people["kdv.an"].check_password(PASSWORD)


def test_nobody_changes_the_password_of_another(world):
    act: Act = world.act("giamdoc")
    with pytest.raises(NotOneself):
        change_password(act, person=world.people["kdv.an"], old=PASSWORD, new="mỗi số đọc một dòng")
    with pytest.raises(FieldWrong):
        change_password(
            world.act("kdv.an"), person=world.people["kdv.an"], old="sai", new="mỗi số đọc một dòng"
        )


def test_language_and_light_are_kept_and_only_lead_home(client):
    response = client.post("/ngon-ngu/", {"language": "en", "next": SIGN_IN})
    assert response["Location"] == SIGN_IN
    assert "Sign in" in client.get(SIGN_IN).content.decode()
    response = client.post("/nen/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"
    assert 'data-theme="dark"' in client.get(SIGN_IN).content.decode()
    client.post("/nen/", {"theme": ""})
    assert "data-theme" not in client.get(SIGN_IN).content.decode()
    client.cookies["quacan_theme"] = '"><script>'
    assert "<script>" not in client.get(SIGN_IN).content.decode()


def test_a_page_that_came_too_late_says_so(world):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = strict.post(SIGN_IN, {"username": "kdv.an", "password": PASSWORD})
    assert response.status_code == 403
    assert "Trang này mở trước lần đăng nhập" in response.content.decode()
