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
    assert "Các bước có thể làm bây giờ: Báo xong." in page

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
