"""What the laboratory brings to the house: tests of places and their reports."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import (
    Department,
    Door,
    Lane,
    Record,
    Rows,
    SearchSource,
    Task,
    TracedSource,
)
from quacan.centre.laboratory.models import PlaceTest
from quacan.centre.laboratory.moves import TEST
from quacan.centre.laboratory.queries import flaws, place_tests, postings, tests_of, tests_to_check
from quacan.centre.people.models import Person


def _mine(person: Person, on: date) -> Rows:
    return tests_of(person)


def _to_check(person: Person, on: date) -> Rows:
    return tests_to_check(person, on=on)


def _task(test: PlaceTest, on: date) -> Task:
    text = f"{test.number} · {test.performer.full_name}"
    return Task(f"{test.establishment.party} · {test.establishment}", text, _page(test), verdict=test.verdict)


def _page(test: PlaceTest) -> str:
    return reverse("laboratory:test", args=[test.pk])


def _found(person: Person, on: date) -> QuerySet[PlaceTest]:
    return place_tests(person, on=on)


def _hit(test: PlaceTest) -> tuple[str, str]:
    return test.number, f"{test.establishment.party} · {test.establishment} · {test.get_state_display()}"


def _traced(key: int, readings: bool) -> TracedSource | None:
    test = PlaceTest.objects.select_related("establishment__party", "report").filter(pk=key).first()
    if test is None:
        return None
    summary = f"{test.establishment.party} · {test.establishment} · {test.performed_on:%d/%m/%Y}"
    paper = test.report
    return TracedSource(
        type="laboratory.PlaceTest",
        id=key,
        label=test.number,
        url=_page(test),
        summary=summary,
        document=paper.number if paper else "",
        document_state=paper.state if paper else "",
        document_sha256=paper.snapshot_sha256 if paper else "",
    )


DEPARTMENT = Department(
    name=_("Thử nghiệm"),
    doors=(Door("tests", "work", _("Thử nghiệm"), "laboratory:register", "activity", "worksheets.see", 135),),
    lanes=(
        Lane(
            "tests_check", "tests", _("Phép thử chờ soát xét"), _("Soát xét"), "worksheets.check",
            _to_check, _task, 45, url="laboratory:register", query="state=submitted",
        ),
        Lane(
            "tests", "tests", _("Phép thử đang đo"), _("Mở"), "worksheets.record",
            _mine, _task, 65, url="laboratory:register", query="state=draft",
        ),
    ),
    search=(SearchSource(_("Phép thử"), "activity", _found, _hit, 45),),
    records=(Record("laboratory.PlaceTest", _("Phép thử"), "laboratory:test", rows=_found),),
    moves=(TEST,),
    deeds={
        "laboratory.open_test": _("mở phép thử"),
        "laboratory.write_test": _("ghi số đọc phép thử"),
        "laboratory.use_test_standard": _("chọn chuẩn cho phép thử"),
        "laboratory.submit_test": _("gửi soát xét phép thử"),
        "laboratory.report_test": _("duyệt phép thử, ban hành phiếu kết quả"),
        "laboratory.return_test": _("trả lại phép thử"),
        "laboratory.void_test": _("bỏ phép thử"),
    },
    fields={
        "laboratory.establishment_id": _("nơi thử nghiệm"),
        "laboratory.event": _("chế độ"),
        "laboratory.checker_id": _("người soát xét"),
        "laboratory.submitted_at": _("gửi lúc"),
        "laboratory.approved_at": _("duyệt lúc"),
        "laboratory.verdict": _("kết luận"),
        "laboratory.returned_reason": _("lý do trả lại"),
    },
    postings=postings,
    flaws=flaws,
    flaws_order=31,
    tracers={"laboratory.PlaceTest": _traced},
)  # fmt: skip
