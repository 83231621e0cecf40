"""A report from preparation to issue, and everything that is refused on the way."""

import io
import json
from datetime import date

import pytest
from docx import Document as Word
from pypdf import PdfReader

from quacan.centre.base.models import Document
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import FieldWrong, NotAuthorised, ReasonMissing, StaleRecord, WrongStage
from quacan.centre.ledger.refusals import PeriodNotOver
from quacan.centre.reporting.actions import (
    close_figures,
    issue_report,
    prepare_report,
    return_report,
    submit_report,
    write_words,
)
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.queries import document_file
from quacan.centre.reporting.refusals import (
    OutlineMissing,
    OwnReport,
    PeriodStillOpen,
    ReportIncomplete,
)

AFTER = date(2022, 7, 5)
WORDS = {
    "limitations": "Mẫu thử nghiệm mới đạt {testing.samples} mẫu.\nThiết bị còn thiếu.",
    "causes": "Chưa có kinh phí.",
    "next_tasks": "Đẩy mạnh thử nghiệm.",
}
SAMPLES_NOTE = {"note:testing.samples": "Khách hàng hoãn gửi mẫu"}


@pytest.fixture
def draft(half_year, planned):
    return prepare_report(half_year.act("kehoach", on=AFTER), half_year.centre, period_code="2022-H1")


def written(world, report, words):
    return write_words(world.act("kehoach", on=AFTER), report, version=report.version, words=words)


def submitted(world, report):
    written(world, report, {**WORDS, **SAMPLES_NOTE})
    return submit_report(world.act("kehoach", on=AFTER), report)


def closed(world):
    return close_figures(world.act("kehoach", on=AFTER), world.centre, period_code="2022-H1")


def test_preparing_twice_gives_the_same_report(world, draft):
    again = prepare_report(world.act("giamdoc", on=AFTER), world.centre, period_code="2022-H1")
    assert (again.pk, again.prepared_by) == (draft.pk, "kehoach")
    assert draft.title == "Kết quả công tác 6 tháng đầu năm 2022 và nhiệm vụ trọng tâm kỳ tiếp theo"


def test_a_report_without_limitations_causes_and_tasks_is_refused_with_the_whole_list(world, draft):
    with pytest.raises(ReportIncomplete) as refused:
        submit_report(world.act("kehoach", on=AFTER), draft)
    assert refused.value.missing == (
        "hạn chế, khó khăn",
        "nguyên nhân",
        "nhiệm vụ kỳ tới",
        "nguyên nhân chưa đạt “Mẫu thử nghiệm”",
    )
    written(world, draft, WORDS)
    with pytest.raises(ReportIncomplete) as refused:
        submit_report(world.act("kehoach", on=AFTER), draft)
    assert refused.value.missing == ("nguyên nhân chưa đạt “Mẫu thử nghiệm”",)


def test_words_are_kept_part_by_part_and_never_over_somebody_elses(world, draft):
    first = written(world, draft, {"limitations": " một "})
    assert (first.words, first.version) == ({"limitations": "một"}, 2)
    second = written(world, first, {"causes": "hai"})
    assert second.words == {"limitations": "một", "causes": "hai"}
    same = written(world, second, {"causes": "hai"})
    assert same.version == 3
    with pytest.raises(StaleRecord):
        written(world, draft, {"limitations": "ba"})
    assert written(world, second, {"causes": ""}).words == {"limitations": "một"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"nonsense": "x"}, "đề cương không có phần này"),
        ({"note:party.admitted": "x"}, "đề cương không có phần này"),
        ({"section:nowhere": "x"}, "đề cương không có phần này"),
        ({"causes": "{no.such}"}, "“no.such”"),
        ({"causes": "x" * 20_001}, "20000"),
    ],
)
def test_words_the_outline_has_no_place_for_are_refused(world, draft, words, said):
    with pytest.raises(FieldWrong, match=said):
        written(world, draft, words)


def test_a_submitted_report_is_not_edited_and_is_returned_with_a_reason(world, draft):
    report = submitted(world, draft)
    with pytest.raises(WrongStage):
        written(world, report, {"causes": "khác"})
    with pytest.raises(ReasonMissing):
        return_report(world.act("giamdoc", on=AFTER), report)
    back = return_report(world.act("giamdoc", on=AFTER, reason="bổ sung số liệu"), report)
    assert back.state == Report.State.DRAFT
    with pytest.raises(WrongStage):
        return_report(world.act("giamdoc", on=AFTER, reason="nữa"), back)


def test_a_report_is_issued_only_of_a_closed_period_by_somebody_else(world, draft):
    report = submitted(world, draft)
    with pytest.raises(PeriodStillOpen):
        issue_report(world.act("giamdoc", on=AFTER), report)
    closed(world)
    with pytest.raises(NotAuthorised):
        issue_report(world.act("kehoach", on=AFTER), report)
    Report.objects.filter(pk=report.pk).update(prepared_by="giamdoc")
    with pytest.raises(OwnReport):
        issue_report(world.act("giamdoc", on=AFTER), report)
    assert not Document.objects.filter(kind="report").exists()


def test_an_issued_report_has_number_signer_and_four_files(world, draft):
    closed(world)
    report = submitted(world, draft)
    issued = issue_report(world.act("giamdoc", on=AFTER, key="k1"), report)
    again = issue_report(world.act("giamdoc", on=AFTER, key="k1"), report)
    assert again.document_id == issued.document_id
    with pytest.raises(WrongStage):
        issue_report(world.act("giamdoc", on=AFTER), report)
    assert issued.document.number == "01/BC-TTƯD"
    pdf = PdfReader(io.BytesIO(file_bytes(document_file(issued, "pdf"))))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "01/BC-TTƯD" in text
    assert "ngày 05 tháng 7 năm 2022" in text
    assert "Đinh Thị Dung" in text
    assert "Mẫu thử nghiệm mới đạt 02 mẫu." in text
    assert "Nguyên nhân: Chưa có kinh phí." in text
    assert "Khách hàng hoãn gửi mẫu" in text
    word = Word(io.BytesIO(file_bytes(document_file(issued, "docx"))))
    said = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "đo điện trở nối đất tại 106 điểm đo" in said
    data = json.loads(file_bytes(document_file(issued, "json")))
    assert {i["code"]: i["value"] for i in data["indicators"]}["production.cordyceps_followed"] == 288
    assert document_file(issued, "xlsx").size > 0


def test_an_instant_with_fractions_of_a_second_is_no_obstacle(world, draft):
    closed(world)
    act = world.act("giamdoc", on=AFTER)
    act.at = act.at.replace(microsecond=123_456)
    assert issue_report(act, submitted(world, draft)).document.number == "01/BC-TTƯD"


def test_an_issued_report_is_the_same_file_after_late_entries(world, draft, happened):
    closed(world)
    issued = issue_report(world.act("giamdoc", on=AFTER), submitted(world, draft))
    before = {name: file_bytes(document_file(issued, name)) for name in ("json", "pdf", "docx", "xlsx")}
    happened("broadcast", issues="9", on=date(2022, 3, 1), said_on=date(2022, 8, 1))
    issued.refresh_from_db()
    assert {name: file_bytes(document_file(issued, name)) for name in before} == before


def test_closing_before_the_end_is_refused_unless_early_is_said(world, half_year):
    june = date(2022, 6, 28)
    with pytest.raises(PeriodNotOver):
        close_figures(world.act("kehoach", on=june), world.centre, period_code="2022-H1")
    early = close_figures(world.act("kehoach", on=june), world.centre, period_code="2022-H1", early=True)
    assert early.code == "2022-H1"
    with pytest.raises(FieldWrong):
        close_figures(world.act("kehoach", on=june), world.centre, period_code="2022-Q9")


def test_nobody_else_prepares_closes_or_issues(world, draft):
    for username in ("vanthu", "kdv.an", "nguoikhac"):
        with pytest.raises(NotAuthorised):
            prepare_report(world.act(username, on=AFTER), world.centre, period_code="2022-H1")
        with pytest.raises(NotAuthorised):
            close_figures(world.act(username, on=AFTER), world.centre, period_code="2022-Q1") if (
                username != "nguoikhac"
            ) else write_words(world.act(username, on=AFTER), draft, version=1, words={})


def test_a_kind_of_organisation_without_outline_is_told_so(world):
    with pytest.raises(OutlineMissing):
        prepare_report(world.operator(), world.department, period_code="2022-H1")
