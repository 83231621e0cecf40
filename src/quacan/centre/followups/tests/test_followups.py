"""A follow-up from the director's word to the director's nod."""

from datetime import date

import pytest

from quacan.centre.base.models import FollowUp
from quacan.centre.followups.actions import open_follow_up

pytestmark = pytest.mark.django_db
LATER = "2999-12-31"


def ask(client, **changes):
    given = {"title": "Kiểm kho tem", "owner": "vanthu", "due_on": LATER, "key": "k1"}
    return client.post("/viec/moi/", given | changes)


def test_a_task_is_given_done_with_evidence_and_confirmed(world, sign_in):
    client = sign_in(world.people["giamdoc"])
    response = ask(client)
    row = FollowUp.objects.get()
    assert response["Location"] == f"/viec/{row.pk}/"
    ask(client)
    assert FollowUp.objects.count() == 1, "the same form sent twice gives one task"
    page = client.get(f"/viec/{row.pk}/").content.decode()
    assert "Các bước có thể làm bây giờ: Báo xong" in page

    clerk = sign_in(world.people["vanthu"])
    assert f'href="/viec/{row.pk}/"' in clerk.get("/").content.decode()
    assert clerk.post(f"/viec/{row.pk}/xong/", {"evidence": " "}).status_code == 422
    assert clerk.post(f"/viec/{row.pk}/xac-nhan/").status_code == 422
    assert clerk.post(f"/viec/{row.pk}/xong/", {"evidence": "Biên bản 12"}).status_code == 302
    assert clerk.post(f"/viec/{row.pk}/xong/", {"evidence": "lần nữa"}).status_code == 422

    director = sign_in(world.people["giamdoc"])
    assert "Biên bản 12" in director.get(f"/viec/{row.pk}/").content.decode()
    assert director.post(f"/viec/{row.pk}/xac-nhan/").status_code == 302
    row.refresh_from_db()
    assert row.state == FollowUp.State.CONFIRMED
    assert "Đã xác nhận" in director.get(f"/viec/{row.pk}/").content.decode()


@pytest.mark.parametrize(
    "changes", [{"title": " "}, {"owner": "nguoikhac"}, {"due_on": "2001-01-01"}, {"due_on": ""}]
)
def test_what_will_not_do_is_refused_beside_its_field(world, sign_in, changes):
    response = ask(sign_in(world.people["giamdoc"]), **changes)
    assert response.status_code == 422
    assert 'class="errors"' in response.content.decode()
    assert not FollowUp.objects.exists()


def test_others_do_not_find_it(world, sign_in):
    row = open_follow_up(
        world.act("giamdoc"), world.centre, kind="task", title="Kín", owner="vanthu", due_on=date(2022, 5, 1)
    )
    for who in ("kdv.an", "nguoikhac"):
        assert sign_in(world.people[who]).get(f"/viec/{row.pk}/").status_code == 404


def test_nothing_waits_for_somebody_who_has_left(world, sign_in):
    clerk = world.people["vanthu"]
    row = open_follow_up(
        world.act("giamdoc"),
        world.centre,
        kind="task",
        title="Kiểm kho tem",
        owner="vanthu",
        due_on=date(2999, 1, 1),
    )
    assert sign_in(world.people["kehoach"]).get(f"/viec/{row.pk}/").status_code == 404
    clerk.is_active = False
    clerk.save(update_fields=["is_active"])
    head = sign_in(world.people["truongphong"])
    assert "Việc của người đã nghỉ, cần giao lại" in head.get("/").content.decode()
    new = world.people["kdv.an"]
    assert head.post(f"/viec/{row.pk}/chuyen/", {"owner": new.pk}).status_code == 422, "a reason is asked"
    given = {"owner": new.pk, "reason": "Chị Chi đã nghỉ"}
    assert head.post(f"/viec/{row.pk}/chuyen/", given).status_code == 302
    verifier = sign_in(new)
    assert verifier.post(f"/viec/{row.pk}/xong/", {"evidence": "Biên bản 7"}).status_code == 302
    director = world.people["giamdoc"]
    director.is_active = False
    director.save(update_fields=["is_active"])
    assert "Biên bản 7" in sign_in(world.people["chatluong"]).get("/").content.decode()
    own = sign_in(new).post(f"/viec/{row.pk}/xac-nhan/")
    assert own.status_code == 403, "nobody confirms their own"
    assert sign_in(world.people["chatluong"]).post(f"/viec/{row.pk}/xac-nhan/").status_code == 302
    row.refresh_from_db()
    assert (row.owner, row.confirmed_by) == ("kdv.an", "chatluong")


def test_a_task_is_called_off_with_a_reason(world, sign_in):
    row = open_follow_up(
        world.act("giamdoc"),
        world.centre,
        kind="task",
        title="Kiểm kho",
        owner="vanthu",
        due_on=date(2999, 1, 1),
    )
    assert sign_in(world.people["vanthu"]).post(f"/viec/{row.pk}/rut/", {"reason": "x"}).status_code == 403
    director = sign_in(world.people["giamdoc"])
    assert director.post(f"/viec/{row.pk}/rut/", {"reason": "Không cần nữa"}).status_code == 302
    row.refresh_from_db()
    assert row.state == FollowUp.State.CANCELLED


def test_who_reads_the_audit_trail_reads_what_its_lines_lead_to(world, sign_in):
    row = open_follow_up(
        world.act("giamdoc"),
        world.centre,
        kind="task",
        title="Dọn kho",
        owner="vanthu",
        due_on=date(2022, 5, 1),
    )
    head = sign_in(world.people["truongphong"])
    assert f'href="/viec/{row.pk}/"' in head.get("/nhat-ky/").content.decode()
    page = head.get(f"/viec/{row.pk}/").content.decode()
    assert "Dọn kho" in page
    assert f'action="/viec/{row.pk}/xong/"' not in page
    assert head.post(f"/viec/{row.pk}/xong/", {"evidence": "xong"}).status_code == 422
