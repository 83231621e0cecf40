"""Who has a standard, where it is, what was done to it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from conftest import World
from quacan.centre.base.refusals import FieldWrong, NotAuthorised, WrongStage
from quacan.centre.standards.actions import (
    CertificateDraft,
    LoanDraft,
    MaintenanceDraft,
    StandardDraft,
    add_certificate,
    change_standard,
    enter_standard,
    lend_standard,
    maintain_standard,
    move_standard,
    return_standard,
)
from quacan.centre.standards.models import Standard
from quacan.centre.standards.queries import care_due, readiness, usable_certificate
from quacan.centre.standards.refusals import (
    BorrowerUnclear,
    LoanDaysSwapped,
    MoveBeforeLast,
    PermittedWrong,
    RangeWrong,
    StandardAltered,
    StandardLent,
)

pytestmark = pytest.mark.django_db
HEAD = "truongphong"
DAY = date(2022, 4, 1)


@pytest.fixture
def gauge(world: World) -> Standard:
    made = enter_standard(
        world.act(HEAD, on=date(2022, 1, 10)),
        world.centre,
        StandardDraft(code="AK-01", name="Áp kế", kind="pressure", location="Phòng chuẩn"),
    )
    _certify(world, made, "1", date(2022, 1, 10))
    return made


def _certify(world: World, standard: Standard, number: str, issued_on: date) -> None:
    add_certificate(
        world.act(HEAD),
        standard,
        CertificateDraft(
            number=number,
            issuer="Viện",
            issued_on=issued_on,
            valid_until=date(2023, 1, 10),
            values=[{"nominal": "200", "value": "200", "U": "0,1", "k": "2", "unit": "mmHg"}],
        ),
    )


def _lend(world: World, standard: Standard, **who: object) -> object:
    days = {"from_on": DAY, "due_on": DAY + timedelta(days=5)}
    return lend_standard(world.act(HEAD), standard, LoanDraft(**days | who))  # type: ignore[arg-type]


def test_a_lent_standard_is_known_by_the_day_until_it_is_back(world: World, gauge: Standard) -> None:
    loan = _lend(world, gauge, outside="Trung tâm bạn")
    assert readiness([gauge], on=DAY - timedelta(days=1))[0].loan is None
    assert readiness([gauge], on=DAY)[0].loan == loan
    back = DAY + timedelta(days=3)
    return_standard(world.act(HEAD), loan, on=back, condition="nguyên vẹn")  # type: ignore[arg-type]
    assert readiness([gauge], on=back - timedelta(days=1))[0].loan == loan
    assert readiness([gauge], on=back)[0].loan is None
    with pytest.raises(WrongStage, match="đã trả ngày 04/04/2022"):
        return_standard(world.act(HEAD), loan, on=back, condition="nguyên vẹn")  # type: ignore[arg-type]


def test_it_is_lent_to_one_at_a_time(world: World, gauge: Standard) -> None:
    loan = _lend(world, gauge, unit=world.unit)
    with pytest.raises(StandardLent):
        _lend(world, gauge, outside="Trung tâm bạn")
    return_standard(world.act(HEAD), loan, on=DAY + timedelta(days=4), condition="tốt")  # type: ignore[arg-type]
    with pytest.raises(StandardLent):
        _lend(world, gauge, outside="Trung tâm bạn")  # those days overlap the former loan


def test_exactly_one_borrower(world: World, gauge: Standard) -> None:
    with pytest.raises(BorrowerUnclear):
        _lend(world, gauge)
    with pytest.raises(BorrowerUnclear):
        _lend(world, gauge, unit=world.unit, person=world.people["kdv.an"])
    with pytest.raises(LoanDaysSwapped):
        _lend(world, gauge, outside="Bạn", due_on=DAY - timedelta(days=1))
    with pytest.raises(NotAuthorised):
        lend_standard(world.act("nguoikhac"), gauge, LoanDraft(from_on=DAY, due_on=DAY, outside="Bạn"))


def test_a_repair_ends_what_the_certificate_says(world: World, gauge: Standard) -> None:
    maintain_standard(
        world.act(HEAD),
        gauge,
        MaintenanceDraft(on=DAY, kind="repair", done_by="Xưởng", result="thay cảm biến", changes_values=True),
    )
    assert usable_certificate(gauge, DAY - timedelta(days=1)).number == "1"
    with pytest.raises(StandardAltered):
        usable_certificate(gauge, DAY)
    _certify(world, gauge, "2", DAY + timedelta(days=2))
    assert usable_certificate(gauge, DAY + timedelta(days=2)).number == "2"


def test_cleaning_changes_nothing_but_is_due_again(world: World, gauge: Standard) -> None:
    details = {"kind": "cleaning", "done_by": "Tổ đo", "result": "sạch"}
    due = DAY + timedelta(days=10)
    maintain_standard(world.act(HEAD), gauge, MaintenanceDraft(on=DAY, next_due_on=due, **details))
    assert usable_certificate(gauge, DAY).number == "1"
    (one,) = care_due([gauge], on=due, within=0)
    assert (one.kind, one.due_on, one.is_late) == ("maintenance", due, False)
    maintain_standard(world.act(HEAD), gauge, MaintenanceDraft(on=DAY + timedelta(days=9), **details))
    assert care_due([gauge], on=due, within=0) == []
    with pytest.raises(FieldWrong):
        maintain_standard(world.act(HEAD), gauge, MaintenanceDraft(on=DAY, next_due_on=DAY, **details))


def test_every_place_stays_on_record(world: World, gauge: Standard) -> None:
    move_standard(world.act(HEAD), gauge, place="Xe lưu động", on=DAY)
    with pytest.raises(MoveBeforeLast):
        move_standard(world.act(HEAD), gauge, place="Kho", on=DAY - timedelta(days=1))
    gauge.refresh_from_db()
    change_standard(
        world.act(HEAD),
        gauge,
        StandardDraft(name=gauge.name, kind=gauge.kind, location="Kho"),
        version=gauge.version,
    )
    assert [one.place for one in gauge.places.all()] == ["Kho", "Xe lưu động", "Phòng chuẩn"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"range_from": "5", "range_to": "1", "range_unit": "g"},
        {"range_from": "1", "range_to": "", "range_unit": "g"},
        {"range_from": "1", "range_to": "5", "range_unit": "vạch"},
    ],
)
def test_a_range_is_whole_or_absent(world: World, wrong: dict[str, str]) -> None:
    with pytest.raises(RangeWrong):
        enter_standard(world.act(HEAD), world.centre, StandardDraft(code="Q", name="Q", kind="mass", **wrong))


@pytest.mark.parametrize("wrong", [("0", "g"), ("1", ""), ("ít", "g")])
def test_a_permitted_error_is_a_number_with_its_unit(world: World, wrong: tuple[str, str]) -> None:
    with pytest.raises(PermittedWrong):
        enter_standard(
            world.act(HEAD),
            world.centre,
            StandardDraft(code="Q", name="Q", kind="mass", permitted_error=wrong[0], permitted_unit=wrong[1]),
        )
