"""The doors of reports, figures, the book and plans as a browser meets them."""

import io
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from quacan.centre.activities.actions import ActivityDraft, cancel_activity, record_activity
from quacan.centre.base.models import Document
from quacan.centre.ledger.models import Entry
from quacan.centre.people.actions import assign_role, enter_person
from quacan.centre.planning.models import Plan
from quacan.centre.reporting.actions import (
    close_figures,
    issue_report,
    prepare_report,
    submit_report,
    write_words,
)
from quacan.centre.reporting.models import Report

AFTER = date(2022, 7, 5)
PAGE = "/bao-cao/TTUD/2022-H1/"
HX = {"HX-Request": "true"}
WORDS = {
    "limitations": "Thiếu thiết bị thử nghiệm vật liệu xây dựng.",
    "causes": "Kinh phí.",
    "next_tasks": "Mua máy.",
    "note:testing.samples": "Khách hoãn",
}


@pytest.fixture
def planner(world, sign_in):
    return sign_in(world.people["kehoach"])


@pytest.fixture
def draft(half_year, planned):
    return prepare_report(half_year.act("kehoach", on=AFTER), half_year.centre, period_code="2022-H1")


def text_of(client, path, **kwargs):
    return client.get(path, **kwargs).content.decode()


def test_the_list_leads_to_every_centre_of_the_period(half_year, planner):
    page = text_of(planner, "/bao-cao/?period=2022-H1")
    assert f'href="{PAGE}"' in page
    assert "Chưa soạn" in page
    assert "/bao-cao/TTKHAC/2022-H1/" not in page
    assert planner.get("/bao-cao/?period=2022-Z").status_code == 404


def test_the_paper_stands_before_anybody_began_it(half_year, planner):
    page = text_of(planner, PAGE)
    assert f'hx-get="{PAGE}chi-tieu/testing.earthing_points/"' in page
    assert ">106</a>" in page
    assert "DỰ THẢO" in page
    assert '<textarea id="w-' not in page
    assert planner.post(f"{PAGE}soan/").status_code == 302
    assert '<textarea id="w-limitations"' in text_of(planner, PAGE)


def test_words_are_kept_while_typing_and_say_when(draft, planner):
    answer = planner.post(f"{PAGE}loi-van/", {"w:causes": "Kinh phí", "version": "1"}, headers=HX)
    body = answer.content.decode()
    assert 'id="words-version" value="2"' in body
    assert "Đã lưu" in body
    assert "Chưa viết phần hạn chế" in body
    stale = planner.post(f"{PAGE}loi-van/", {"w:causes": "Khác", "version": "1"}, headers=HX)
    assert stale.status_code == 409
    assert "data-refusal" in stale.content.decode()
    whole = planner.post(f"{PAGE}loi-van/", {"w:limitations": "Một", "version": "2"})
    assert whole.status_code == 302
    draft.refresh_from_db()
    assert draft.words == {"causes": "Kinh phí", "limitations": "Một"}


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("note:testing.samples", "Ghi chú của “Mẫu thử nghiệm”"),
        ("section:metrology", "Đo lường"),
        ("causes", "guyên nhân"),
    ],
)
def test_a_figure_nobody_knows_is_refused_by_the_name_of_the_part(draft, planner, part, name):
    answer = planner.post(f"{PAGE}loi-van/", {f"w:{part}": "{khong.co}", "version": "1"}, headers=HX)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert name in told
    assert f"“{part}”" not in told


def test_what_is_to_be_looked_at_is_listed(draft, planner, world):
    page = text_of(planner, PAGE)
    assert "Mẫu thử nghiệm 20,0\u00a0% kế hoạch: chưa có nguyên nhân." in page
    assert "Chưa viết phần nhiệm vụ kỳ tới." in page
    assert "Chưa có bút toán nào trong kỳ:" in page
    record_activity(
        world.act("vanthu"), world.centre,
        ActivityDraft("broadcast", "x", occurred_on=date(2022, 4, 1), values={"issues": "1"}),
    )  # fmt: skip
    assert "1 hoạt động ghi nháp trong kỳ" in text_of(planner, PAGE)


def test_words_repeated_from_an_earlier_report_are_marked(draft, planner, world):
    earlier = prepare_report(world.act("kehoach", on=AFTER), world.centre, period_code="2021-H2")
    for report in (earlier, draft):
        write_words(world.act("kehoach", on=AFTER), report, version=1, words=WORDS)
    page = text_of(planner, PAGE)
    assert "Đoạn “hạn chế, khó khăn” giống hệt báo cáo 6 tháng cuối năm 2021." in page
    assert "Đoạn “nguyên nhân”" not in page


def test_from_draft_to_issue_each_by_who_may(draft, planner, world, sign_in):
    refused = planner.post(f"{PAGE}trinh/")
    assert refused.status_code == 422
    assert "còn thiếu" in refused.content.decode()
    write_words(world.act("kehoach", on=AFTER), draft, version=1, words=WORDS)
    assert planner.post(f"{PAGE}chot/").status_code == 302
    assert planner.post(f"{PAGE}chot/").status_code == 422
    assert planner.post(f"{PAGE}trinh/").status_code == 302
    assert "không có quyền" in text_of(planner, PAGE)
    assert planner.post(f"{PAGE}ban-hanh/").status_code == 403
    director = sign_in(world.people["giamdoc"])
    assert director.post(f"{PAGE}tra-lai/").status_code == 422
    assert director.post(f"{PAGE}tra-lai/", {"reason": "xem lại"}).status_code == 302
    submit_report(world.act("kehoach", on=AFTER), Report.objects.get())
    for _twice in range(2):
        assert director.post(f"{PAGE}ban-hanh/", {"key": "k"}).status_code == 302
    assert Document.objects.filter(kind="report").count() == 1
    page = text_of(director, PAGE)
    assert "01/BC-TTƯD" in page
    assert "bởi Đinh Thị Dung" in " ".join(page.split()), "people are named, not their user names"
    assert "<dd>Bùi Văn Khánh</dd>" in page


def test_a_report_its_only_signer_wrote_is_taken_over_by_another(half_year, planned, world, sign_in):
    director = sign_in(world.people["giamdoc"])
    director.post(f"{PAGE}soan/")
    director.post(f"{PAGE}loi-van/", {f"w:{key}": text for key, text in WORDS.items()} | {"version": "1"})
    director.post(f"{PAGE}chot/")
    assert director.post(f"{PAGE}trinh/").status_code == 302
    page = text_of(director, PAGE)
    assert "không được tự ban hành" in page
    assert "nhận soạn rồi trình" in page
    director.post(f"{PAGE}tra-lai/", {"reason": "người khác soạn"})
    assert f"{PAGE}nhan-soan/" not in text_of(director, PAGE)
    planner = sign_in(world.people["kehoach"])
    assert f"{PAGE}nhan-soan/" in text_of(planner, PAGE)
    assert planner.post(f"{PAGE}nhan-soan/").status_code == 302
    assert planner.post(f"{PAGE}trinh/").status_code == 302
    director = sign_in(world.people["giamdoc"])
    assert director.post(f"{PAGE}ban-hanh/").status_code == 302


def test_an_issued_report_is_shown_as_it_was_signed(draft, planner, world, monkeypatch):
    write_words(world.act("kehoach", on=AFTER), draft, version=1, words=WORDS)
    close_figures(world.act("kehoach", on=AFTER), world.centre, period_code="2022-H1")
    submit_report(world.act("kehoach", on=AFTER), draft)
    before = text_of(planner, PAGE)
    issue_report(world.act("giamdoc", on=AFTER), draft)
    monkeypatch.setattr(
        "quacan.centre.reporting.queries.composition.figure_text", lambda one: "changed since"
    )
    page = text_of(planner, PAGE)
    assert ">106</a>" in before
    assert ">106</a>" in page
    assert "changed since" not in page
    assert "Thiếu thiết bị thử nghiệm vật liệu xây dựng." in page
    assert "Khách hoãn" in page
    assert "01/BC-TTƯD" in page


@pytest.mark.parametrize(("format", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_the_files_are_given(half_year, planner, format, start):
    answer = planner.get(f"{PAGE}tep/{format}/")
    assert answer.content.startswith(start)
    assert "2022-H1" in answer["Content-Disposition"]
    if format == "pdf":
        assert "DỰ THẢO" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert planner.get(f"{PAGE}tep/exe/").status_code == 404


def test_a_figure_opens_level_by_level(half_year, planner):
    part = text_of(planner, f"{PAGE}chi-tieu/testing.earthing_points/", headers=HX)
    entry = Entry.objects.get(measure="testing.earthing_points")
    place = f"/so-nghiep-vu/TTUD/{entry.seq}/"
    assert "<html" not in part
    assert f'hx-get="{place}"' in part
    assert "tổng trong kỳ: Số điểm đo" in part, "a measure is told in words"
    inside = text_of(planner, place, headers=HX)
    assert "3,1; 3,4" in inside
    assert entry.hash in inside
    assert "/hoat-dong/" in inside
    for path in (f"{PAGE}chi-tieu/testing.earthing_points/", place):
        assert "<html" in text_of(planner, path)
    assert planner.get(f"{PAGE}chi-tieu/no.such/").status_code == 404
    assert planner.get("/so-nghiep-vu/TTUD/999/").status_code == 404


def test_entries_of_a_figure_come_in_pages_and_by_share(world, happened, planner):
    for n in range(22):
        happened("test_sample", matrix="water" if n else "food", samples=str(n + 1))
    path = f"{PAGE}chi-tieu/testing.samples/"
    first = text_of(planner, path, headers=HX)
    assert first.count('class="what"') == 20
    after = first.split("?after=")[1].split('"')[0]
    rest = text_of(planner, f"{path}?after={after}", headers=HX)
    assert rest.count('class="what"') == 2
    food = text_of(planner, f"{path}?dim=matrix&val=food", headers=HX)
    assert food.count('class="what"') == 1
    assert planner.get(f"{path}?after=nonsense", headers=HX).status_code == 404


def test_the_book_ties_a_reversal_to_what_it_undid(world, happened, planner):
    one = happened("broadcast", issues="6")
    cancel_activity(world.act("vanthu", reason="nhầm"), one)
    page = text_of(planner, "/so-nghiep-vu/")
    assert "đảo #1" in page.replace("</c-tag>", "")
    assert "đã đảo #2" in page
    head = Entry.objects.get(seq=2)
    assert head.hash[:12] in page
    assert text_of(planner, "/so-nghiep-vu/?reversals=1").count("data-row") == 1
    assert (
        text_of(planner, "/so-nghiep-vu/?measure=media.broadcasts&source=activities.Activity:").count(
            "data-row"
        )
        == 2
    )
    assert "data-row" not in text_of(planner, "/so-nghiep-vu/?from=2022-05-01")
    csv = b"".join(planner.get("/so-nghiep-vu/?export=csv").streaming_content).decode("utf-8-sig")
    assert head.hash in csv


def test_an_entry_changed_by_hand_is_shown_as_broken(world, happened, planner):
    happened("broadcast", issues="6")
    Entry.objects.update(quantity_e6=7_000_000)
    assert "mã băm không khớp" in text_of(planner, "/so-nghiep-vu/")
    assert "không khớp: nội dung đã bị sửa" in text_of(planner, "/so-nghiep-vu/TTUD/1/")


def test_prices_of_contracts_ask_their_own_permission(world, sign_in):
    from quacan.centre.reporting.views.figures import may_see_amount

    entry = Entry(organisation=world.centre, source="contracts.Contract:1")
    assert may_see_amount(world.people["kehoach"], entry, on=AFTER)
    assert not may_see_amount(world.people["chatluong"], entry, on=AFTER)


def test_late_entries_are_told_beside_the_published_figures(half_year, happened, planner):
    close_figures(half_year.act("kehoach", on=AFTER), half_year.centre, period_code="2022-H1")
    assert "Điều chỉnh sau chốt" not in text_of(planner, PAGE)
    happened("broadcast", issues="2", on=date(2022, 2, 2), said_on=date(2022, 7, 9))
    page = text_of(planner, PAGE)
    assert "Điều chỉnh sau chốt" in page
    assert ">06</a>" in page, "the paper keeps what was published"
    assert "số của hôm nay, sau chốt" in text_of(planner, f"{PAGE}chi-tieu/media.broadcasts/?live=1")


def test_plans_show_bars_versions_and_obstacles(half_year, planned, planner, sign_in):
    page = text_of(planner, f"/ke-hoach/{planned.pk}/")
    assert 'value="20"' in page
    assert 'value="53"' in page
    form = {"indicator": "testing.samples", "period_code": "2022", "value": "8", "key": "a"}
    refused = planner.post(f"/ke-hoach/{planned.pk}/chi-tieu/", form)
    assert refused.status_code == 422
    assert "lý do" in refused.content.decode()
    assert planner.post(f"/ke-hoach/{planned.pk}/chi-tieu/", {**form, "reason": "giảm"}).status_code == 302
    page = text_of(planner, f"/ke-hoach/{planned.pk}/")
    assert "1: 10 ·" in page
    assert 'value="25"' in page
    leader = sign_in(half_year.people["chatluong"])
    assert "không có quyền" in text_of(leader, f"/ke-hoach/{planned.pk}/")


def test_a_plan_is_opened_filled_and_approved_on_screen(world, planner, sign_in):
    assert planner.get("/ke-hoach/").status_code == 200
    opened = planner.post("/ke-hoach/moi/", {"year": "2022", "title": "Kế hoạch", "key": "p"})
    plan = Plan.objects.get()
    assert opened["Location"] == f"/ke-hoach/{plan.pk}/"
    assert planner.post("/ke-hoach/moi/", {"year": "2022", "title": "Kế hoạch"}).status_code == 422
    form = {"indicator": "testing.samples", "period_code": "2022", "value": "7,5"}
    assert planner.post(f"/ke-hoach/{plan.pk}/chi-tieu/", form).status_code == 302
    assert Decimal(plan.targets.get().value) == Decimal("7.5")
    assert planner.post(f"/ke-hoach/{plan.pk}/chi-tieu/", {**form, "value": "x"}).status_code == 422
    director = sign_in(world.people["giamdoc"])
    decision = {"decision": "01/QĐ", "on": "2022-01-12"}
    assert director.post(f"/ke-hoach/{plan.pk}/duyet/", {"decision": ""}).status_code == 422
    assert director.post(f"/ke-hoach/{plan.pk}/duyet/", decision).status_code == 302
    assert director.post(f"/ke-hoach/{plan.pk}/duyet/", decision).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        f"{PAGE}tep/pdf/",
        f"{PAGE}chi-tieu/testing.samples/",
        "/so-nghiep-vu/TTUD/1/",
    ],
)
def test_another_organisations_people_find_nothing(half_year, sign_in, path):
    assert sign_in(half_year.people["nguoikhac"]).get(path).status_code == 404


def test_who_may_not_see_figures_sees_none(half_year, planned, sign_in):
    verifier = sign_in(half_year.people["kdv.an"])
    assert "data-row" not in text_of(verifier, "/so-nghiep-vu/")
    for path in (PAGE, f"/ke-hoach/{planned.pk}/"):
        assert verifier.get(path).status_code == 404
    for deed in ("soan", "chot", "trinh", "ban-hanh"):
        assert verifier.post(f"{PAGE}{deed}/").status_code == 404


def test_the_record_behind_an_entry_is_a_link_where_it_opens(half_year, planner, sign_in):
    seq = Entry.objects.get(measure="testing.earthing_points").seq
    place = f"/so-nghiep-vu/TTUD/{seq}/"
    assert 'href="/hoat-dong/' in text_of(planner, place, headers=HX)
    start, house = date(2021, 1, 1), half_year.department
    leader = enter_person(
        half_year.operator(), house, username="lanhdao", full_name="Tô Khang", password="Cân đúng từng gam"
    )
    assign_role(half_year.operator(), house, person=leader, role="department_leader", valid_from=start)
    shown = text_of(sign_in(leader), place, headers=HX)
    assert "3,1; 3,4" in shown
    assert 'href="/hoat-dong/' not in shown


@pytest.mark.parametrize("value", ["-1", "−3"])
def test_a_target_below_nothing_is_refused_with_the_one_bound_there_is(planned, planner, value):
    plan = Plan.objects.get()
    form = {"indicator": "testing.samples", "period_code": "2022", "value": value, "reason": "x"}
    page = planner.post(f"/ke-hoach/{plan.pk}/chi-tieu/", form).content.decode()
    assert "Số phải từ 0 trở lên." in page
    assert "None" not in page
