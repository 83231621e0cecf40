"""The doors of activities as a browser meets them."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from quacan.centre.activities.actions import ActivityDraft, confirm_activity, record_activity
from quacan.centre.activities.models import Activity
from quacan.centre.ledger.models import Entry

DAY = date(2022, 4, 14)


@pytest.fixture
def clerk(world, sign_in):
    return sign_in(world.people["vanthu"])


@pytest.fixture
def recorded(world):
    return record_activity(
        world.act("vanthu"),
        world.centre,
        ActivityDraft("test_sample", "Thử gạch", DAY, {"matrix": "concrete_brick", "samples": "2"}),
    )


def typed(**changes):
    today = timezone.localdate() - timedelta(days=1)
    return {
        "kind_code": "production_batch",
        "title": "Mẻ 5",
        "occurred_on": today.isoformat(),
        "v_product": "cordyceps",
        "v_produced": "100",
        **changes,
    }


def test_the_list_filters_by_kind_state_and_month(clerk, recorded):
    for question in ("", "?kind=test_sample", "?state=draft", "?month=2022-04", "?q=thu+gach"):
        assert "Thử gạch" in clerk.get(f"/hoat-dong/{question}").content.decode(), question
    for question in ("?kind=broadcast", "?state=confirmed", "?q=khong"):
        assert "Thử gạch" not in clerk.get(f"/hoat-dong/{question}").content.decode(), question
    assert clerk.get("/hoat-dong/?month=1999-01").status_code == 422


def test_what_is_shown_is_exported(clerk, recorded):
    text = b"".join(clerk.get("/hoat-dong/?export=csv").streaming_content).decode("utf-8-sig")
    assert "Gạch bê tông · 2 mẫu" in text


def test_choosing_a_kind_swaps_its_fields_and_loses_nothing(clerk):
    asked = typed(kind_code="training_course", v_courses="2")
    part = clerk.get("/hoat-dong/moi/", asked, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'name="v_courses" value="2"' in part
    assert '<input type="hidden" name="v_produced" value="100">' in part
    back = clerk.get("/hoat-dong/moi/", typed(v_courses="2"), headers={"HX-Request": "true"})
    assert 'name="v_produced" value="100"' in back.content.decode()


def test_recording_and_what_is_refused_beside_its_field(clerk):
    bad = clerk.post("/hoat-dong/moi/", typed(v_contaminated="101"))
    page = bad.content.decode()
    assert bad.status_code == 422
    assert "không được lớn hơn “Số lượng sản xuất”" in page
    assert 'value="Mẻ 5"' in page
    assert not Activity.objects.exists()
    good = clerk.post("/hoat-dong/moi/", typed(key="abc"))
    again = clerk.post("/hoat-dong/moi/", typed(key="abc"))
    assert good.status_code == again.status_code == 302
    assert Activity.objects.count() == 1


def test_confirming_is_another_persons_button(world, clerk, recorded, sign_in):
    page = clerk.get(f"/hoat-dong/{recorded.pk}/").content.decode()
    assert "không được tự xác nhận" in page
    assert "Bùi Văn Khánh" in page, "who may confirm instead"
    assert clerk.post(f"/hoat-dong/{recorded.pk}/xac-nhan/").status_code == 403
    planner = sign_in(world.people["kehoach"])
    assert "không được tự xác nhận" not in planner.get(f"/hoat-dong/{recorded.pk}/").content.decode()
    assert planner.post(f"/hoat-dong/{recorded.pk}/xac-nhan/").status_code == 302
    page = planner.get(f"/hoat-dong/{recorded.pk}/").content.decode()
    assert "testing.samples" not in page, "a measure is told in words"
    assert "<td>Số mẫu" in " ".join(page.split()).replace("<td> ", "<td>")


def test_changing_keeps_what_another_kind_had_and_meets_a_stale_form(clerk, recorded):
    page = clerk.get(f"/hoat-dong/{recorded.pk}/sua/").content.decode()
    assert 'name="v_samples" value="2"' in page
    form = typed(
        kind_code="test_sample", v_matrix="water", v_samples="3", version=1, occurred_on="2022-04-14"
    )
    assert clerk.post(f"/hoat-dong/{recorded.pk}/sua/", form).status_code == 302
    stale = clerk.post(f"/hoat-dong/{recorded.pk}/sua/", form)
    assert stale.status_code == 422
    assert "vừa được Ma Thị Chi sửa" in stale.content.decode(), "by name, not by user name"
    recorded.refresh_from_db()
    assert recorded.values == {"matrix": "water", "samples": "3"}


def test_cancelling_needs_a_reason_on_screen_too(clerk, recorded):
    assert clerk.post(f"/hoat-dong/{recorded.pk}/huy/").status_code == 422
    assert clerk.post(f"/hoat-dong/{recorded.pk}/huy/", {"reason": "nhầm"}).status_code == 302
    recorded.refresh_from_db()
    assert recorded.state == Activity.State.CANCELLED


def test_evidence_goes_up_and_comes_down(clerk, recorded):
    file = SimpleUploadedFile("biên bản.txt", "nội dung".encode())
    assert clerk.post(f"/hoat-dong/{recorded.pk}/tep/", {"file": file}).status_code == 302
    key = recorded.attachments.get().pk
    response = clerk.get(f"/hoat-dong/{recorded.pk}/tep/{key}/")
    assert response.content.decode() == "nội dung"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert clerk.post(f"/hoat-dong/{recorded.pk}/tep/", {"file": io.BytesIO()}).status_code == 422


def test_a_party_is_chosen_from_the_list(clerk, recorded):
    assert clerk.get("/hoat-dong/doi-tuong/?party_text=khong+co").status_code == 200
    bad = clerk.post("/hoat-dong/moi/", typed(party_text="Không ai"))
    assert bad.status_code == 422
    assert "chọn một dòng" in bad.content.decode()


def test_somebody_of_another_organisation_finds_nothing(world, recorded, sign_in):
    outsider = sign_in(world.people["nguoikhac"])
    assert "Thử gạch" not in outsider.get("/hoat-dong/").content.decode()
    for path in ("", "sua/"):
        assert outsider.get(f"/hoat-dong/{recorded.pk}/{path}").status_code == 404
    assert outsider.post(f"/hoat-dong/{recorded.pk}/huy/", {"reason": "x"}).status_code == 404


def test_a_stranger_is_sent_to_sign_in(world, client):
    assert client.get("/hoat-dong/").status_code == 302


def test_whoever_may_not_record_sees_no_form(world, recorded, sign_in):
    planner = sign_in(world.people["kehoach"])
    assert planner.get("/hoat-dong/moi/").status_code == 200
    somebody = world.people["kehoach"]
    somebody.assignments.update(role="department_leader")
    assert planner.get("/hoat-dong/moi/").status_code == 403
    somebody.assignments.update(role="inspector")
    assert planner.get(f"/hoat-dong/{recorded.pk}/sua/").status_code == 404


def test_a_cancelled_activity_offers_no_form_and_says_why(world, clerk, recorded):
    clerk.post(f"/hoat-dong/{recorded.pk}/huy/", {"reason": "nhầm"})
    page = clerk.get(f"/hoat-dong/{recorded.pk}/").content.decode()
    for path in ("sua", "tep", "xac-nhan", "huy"):
        assert f"/hoat-dong/{recorded.pk}/{path}/" not in page
    answer = clerk.get(f"/hoat-dong/{recorded.pk}/sua/")
    assert answer.status_code == 422
    assert "không thể “Sửa”" in answer.content.decode()


def test_a_line_of_the_book_is_linked_for_those_who_read_the_book(world, sign_in, recorded):
    confirm_activity(world.act("giamdoc"), recorded)
    entry = Entry.objects.get()
    for who, reads in (("kdv.an", False), ("kehoach", True)):
        page = sign_in(world.people[who]).get(f"/hoat-dong/{recorded.pk}/").content.decode()
        assert f"#{entry.seq}" in page
        assert (f"/so-nghiep-vu/TTUD/{entry.seq}/" in page) is reads, who
