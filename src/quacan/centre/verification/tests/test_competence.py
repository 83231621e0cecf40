"""Competence at the bench: refused by name at assignment, recording, checking; seen in list, matrix and warnings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from conftest import World
from quacan.centre.base.models import FollowUp
from quacan.centre.contracts.actions import reassign_job
from quacan.centre.examinations.queries import supervisor_of
from quacan.centre.examinations.refusals import SupervisorChecks
from quacan.centre.people.actions import authorise, end_authorisation, record_attendance
from quacan.centre.people.models import Authorisation, Person, VerifierCard
from quacan.centre.people.refusals import BeyondAuthorisation, CardExpired, NotAuthorisedFor
from quacan.centre.people.rules import Reach
from quacan.centre.verification.actions import (
    approve_worksheet,
    enter_readings,
    refuse_unfit,
    submit_worksheet,
)
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries.matrix import competence_matrix
from quacan.centre.verification.tests.conftest import ON, Bench, cells_of
from quacan.cli.daily import ask_for_renewals

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)


def instead(
    bench: Bench, who: str, *, reach: Reach | None = None, supervisor: Person | None = None
) -> Authorisation:
    """Another leave for the counter scale in place of the one without limits."""
    Authorisation.objects.filter(person=bench.world.people[who], procedure="counter-scale").delete()
    return authorise(
        bench.act("truongphong"), bench.world.centre, person=bench.world.people[who],
        procedure="counter-scale", valid_from=START, reach=reach, supervisor=supervisor,
    )  # fmt: skip


def up_to(kg: str) -> Reach:
    return Reach(limit_on="max_load", high=Decimal(kg), unit="kg")


def test_a_job_goes_only_to_who_is_authorised_that_far(bench: Bench) -> None:
    binh, job = bench.world.people["kdv.binh"], bench.jobs["counter-scale"]
    instead(bench, "kdv.binh", reach=up_to("0.5"))
    with pytest.raises(BeyondAuthorisation, match="Nguyễn Thị Bình"):
        reassign_job(bench.act("vanthu"), job, performer=binh)
    Authorisation.objects.filter(person=binh, procedure="counter-scale").delete()
    with pytest.raises(NotAuthorisedFor, match="quy trình “Cân bàn"):
        reassign_job(bench.act("vanthu"), job, performer=binh)
    instead(bench, "kdv.binh", reach=up_to("150"))
    assert reassign_job(bench.act("vanthu"), job, performer=binh).performer == binh


def test_recording_stops_when_leave_or_card_no_longer_covers_the_day(bench: Bench) -> None:
    sheet = bench.opened()
    cells = cells_of("counter-scale")
    instead(bench, "kdv.an", reach=up_to("0.5"))
    with pytest.raises(BeyondAuthorisation):
        enter_readings(bench.act(), sheet, cells=cells)
    instead(bench, "kdv.an", reach=up_to("150"))
    enter_readings(bench.act(), sheet, cells=cells)
    VerifierCard.objects.filter(person=bench.an).update(expires_on=date(2026, 11, 19))
    with pytest.raises(CardExpired):
        enter_readings(bench.act(), sheet, cells=dict.fromkeys(cells, ""))


def test_no_verdict_leaves_the_bench_without_leave(bench: Bench) -> None:
    sheet = bench.typed()
    Authorisation.objects.filter(person=bench.an).delete()
    with pytest.raises(NotAuthorisedFor):
        submit_worksheet(bench.act(), sheet)


def test_supervised_work_is_checked_by_the_supervisor(bench: Bench) -> None:
    people = bench.world.people
    instead(bench, "kdv.an", supervisor=people["kdv.binh"])
    sheet = bench.submitted()
    assert supervisor_of(sheet) == people["kdv.binh"]
    with pytest.raises(SupervisorChecks, match="Nguyễn Thị Bình"):
        approve_worksheet(bench.act("truongphong"), sheet)
    assert approve_worksheet(bench.act("kdv.binh"), sheet).checker == people["kdv.binh"]
    Worksheet.objects.filter(pk=sheet.pk).update(checker=people["truongphong"])
    with pytest.raises(SupervisorChecks):
        refuse_unfit(Worksheet.objects.get(pk=sheet.pk))


def test_the_matrix_says_who_may_what(bench: Bench) -> None:
    people = bench.world.people
    instead(bench, "kdv.an", reach=up_to("150"))
    authorise(
        bench.act("truongphong"), bench.world.centre, person=people["truongphong"],
        procedure="counter-scale", valid_from=START, supervisor=people["kdv.binh"],
    )  # fmt: skip
    assert states(bench) == {"kdv.an": "limited", "kdv.binh": "full", "truongphong": "no_card"}
    card = VerifierCard.objects.get(person=people["kdv.binh"])
    VerifierCard.objects.filter(person=people["kdv.binh"]).update(expires_on=date(2026, 11, 19))
    card.pk, card.person, card.number = None, people["truongphong"], "KDV-TP"
    card.save()
    assert states(bench) == {"kdv.an": "limited", "kdv.binh": "no_card", "truongphong": "supervised"}
    row = Authorisation.objects.get(person=bench.an, procedure="counter-scale")
    end_authorisation(
        bench.act("truongphong", reason="Đổi việc"),
        row,
        on=date(2026, 11, 1),
    )
    assert states(bench)["kdv.an"] == "ended"


def states(bench: Bench) -> dict[str, str]:
    found = competence_matrix(bench.world.centre, on=ON)
    line = next(one for one in found.lines if one.code == "counter-scale")
    return {person.username: cell.state for person, cell in zip(found.people, line.cells, strict=True)}


Visit = Callable[[Person], Any]


@pytest.fixture
def clock(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: bench.world.now)


@pytest.mark.usefixtures("clock")
def test_the_list_is_narrowed_printed_and_exported(bench: Bench, sign_in: Visit) -> None:
    VerifierCard.objects.filter(person=bench.world.people["kdv.binh"]).update(expires_on=date(2026, 12, 10))
    visitor = sign_in(bench.world.people["truongphong"])
    place = reverse("verification:verifiers")
    page = visitor.get(place, {"han": "30"}).content.decode()
    assert "Nguyễn Thị Bình" in page
    assert "Hoàng Văn An" not in page
    assert "Nguyễn Thị Bình" not in visitor.get(place, {"han": "expired"}).content.decode()
    text = b"".join(visitor.get(place, {"export": "csv"})).decode()
    assert "10/12/2026" in text
    for where in (place, reverse("verification:matrix")):
        book = b"".join(visitor.get(where, {"export": "xlsx"}))
        assert book.startswith(b"PK")
        assert visitor.get(where, {"export": "doc"}).status_code == 422
    shown = visitor.get(reverse("verification:matrix")).content.decode()
    assert "được làm" in shown
    assert "Nguyễn Thị Bình" in shown


@pytest.mark.usefixtures("clock")
def test_leave_with_its_limits_and_courses_are_entered_on_the_screen(bench: Bench, sign_in: Visit) -> None:
    who = bench.world.people["kdv.an"]
    visitor = sign_in(bench.world.people["truongphong"])
    Authorisation.objects.filter(person=who, procedure="counter-scale").delete()
    place = reverse("verification:add_authorisation", args=[who.pk])
    form = {
        "procedure": "counter-scale", "valid_from": "2026-01-01", "limit_on": "max_load", "range_to": "15,5",
        "range_unit": "kg", "supervisor": bench.world.people["kdv.binh"].pk, "basis": "Kèm 5 phiếu",
    }  # fmt: skip
    assert visitor.post(place, form | {"range_unit": "cân"}).status_code == 422
    assert visitor.post(place, form | {"limit_on": "nominal_pressure"}).status_code == 422
    assert visitor.post(place, form).status_code == 302
    row = Authorisation.objects.get(person=who, procedure="counter-scale")
    assert (row.range_to, row.range_unit, row.basis) == (Decimal("15.5"), "kg", "Kèm 5 phiếu")
    page = visitor.get(reverse("verification:verifier", args=[who.pk])).content.decode()
    assert "≤ 15,5 kg" in page
    assert "Kèm 5 phiếu" in page
    taken = {
        "course": "Kiểm định cân", "provider": "Viện mẫu", "from_on": "2026-03-02", "to_on": "2026-03-06",
        "hours": "40", "result": "passed", "valid_to": "2026-12-01",
    }  # fmt: skip
    add = reverse("verification:add_course", args=[who.pk])
    answer = visitor.post(add, taken | {"to_on": "2026-03-01"})
    assert answer.status_code == 422
    assert "ghi ngược" in answer.content.decode()
    assert visitor.post(add, taken).status_code == 302
    end = reverse("verification:end_leave", args=[who.pk, row.pk])
    assert visitor.post(end, {"on": "2026-11-20"}).status_code == 422
    assert visitor.post(end, {"on": "2026-11-20", "reason": "Đổi việc"}).status_code == 302
    today = visitor.get("/").content.decode()
    assert "khóa “Kiểm định cân”" in today
    assert sign_in(bench.world.people["nguoikhac"]).get(add).status_code == 405
    assert sign_in(bench.world.people["nguoikhac"]).post(add, taken).status_code == 404


def test_renewal_is_asked_for_once(world: World) -> None:
    VerifierCard.objects.filter(person=world.people["kdv.binh"]).update(expires_on=date(2022, 5, 10))
    record_attendance(
        world.act("truongphong"), world.centre, person=world.people["kdv.an"], course="Cân", provider="Viện",
        from_on=date(2022, 1, 3), to_on=date(2022, 1, 4), result="passed", valid_to=date(2022, 7, 1),
    )  # fmt: skip
    act = replace(world.operator())
    assert ask_for_renewals(act) == 1
    asked = FollowUp.objects.get(kind="expiry")
    assert (asked.owner, asked.due_on) == ("truongphong", date(2022, 5, 10))
    assert "KDV-kdv.binh" in asked.title
    assert ask_for_renewals(replace(world.operator())) == 0
    world.later(days=60)
    assert ask_for_renewals(replace(world.operator())) == 1
    assert FollowUp.objects.filter(kind="expiry").count() == 2


def test_the_form_of_leave_names_procedures_in_the_readers_language() -> None:
    from django.utils import translation

    from quacan.centre.verification.forms import AuthorisationForm

    with translation.override("en"):
        words = str(AuthorisationForm()["procedure"])
    assert "Tape measure" in words
    assert "Thước cuộn" not in words
