"""Cards, authorisations and courses: what entry catches, how far leave reaches, what runs out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from conftest import World
from quacan.centre.base.documents import Rendition
from quacan.centre.base.refusals import FieldMissing, NotAuthorised
from quacan.centre.people.actions import authorise, end_authorisation, enter_card, record_attendance
from quacan.centre.people.models import Attendance, Authorisation, Course, VerifierCard
from quacan.centre.people.queries import expiries, require_authorisation
from quacan.centre.people.refusals import (
    AuthorisationTwice,
    BeyondAuthorisation,
    CardDatesStrange,
    CardDatesSwapped,
    CardOverlaps,
    CourseDatesWrong,
    CourseKnown,
    NotAuthorisedFor,
    RangeUnclear,
    SupervisorNotAuthorised,
)
from quacan.centre.people.rules import Extent, Reach, beyond, warning_of

pytestmark = pytest.mark.django_db
TO_15_KG = Reach(limit_on="max_load", low=Decimal(0), high=Decimal(15), unit="kg")


def scale(value: str, unit: str = "kg") -> Extent:
    return Extent({"max_load": (Decimal(value), unit)}, {"accuracy_class": "III"})


def card(world: World, number: str = "T-1", who: str = "vanthu", **given: object) -> VerifierCard:
    asked: dict[str, object] = {
        "issued_on": date(2021, 3, 1), "expires_on": date(2026, 3, 1), "fields": ["mass"],
    } | given  # fmt: skip
    act = world.act("truongphong")
    return enter_card(act, world.centre, person=world.people[who], number=number, **asked)  # type: ignore[arg-type]


def leave(world: World, who: str = "vanthu", **given: object) -> Authorisation:
    asked: dict[str, object] = {"procedure": "counter-scale", "valid_from": date(2022, 1, 1)} | given
    act = world.act("truongphong")
    return authorise(act, world.centre, person=world.people[who], **asked)  # type: ignore[arg-type]


def course(world: World, who: str = "kdv.an", **given: object) -> Attendance:
    asked: dict[str, object] = {
        "course": "Kiểm định cân", "provider": "Viện Đo lường mẫu", "from_on": date(2022, 3, 7),
        "to_on": date(2022, 3, 11), "result": "passed", "hours": 40,
    } | given  # fmt: skip
    act = world.act("truongphong")
    return record_attendance(act, world.centre, person=world.people[who], **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("issued_on", "expires_on", "refusal", "word"),
    [
        (date(2021, 3, 1), date(2021, 3, 1), CardDatesStrange, "trùng nhau"),
        (date(2026, 3, 1), date(2021, 3, 1), CardDatesSwapped, "ghi ngược"),
        (date(2022, 4, 15), date(2027, 4, 15), CardDatesStrange, "sau hôm nay"),
    ],
)
def test_dates_of_a_card_are_caught_on_entry(
    world: World, issued_on: date, expires_on: date, refusal: type[Exception], word: str
) -> None:
    with pytest.raises(refusal, match=word):
        card(world, issued_on=issued_on, expires_on=expires_on)
    assert not VerifierCard.objects.filter(number="T-1").exists()


def test_a_card_within_another_of_the_same_field_is_a_slip_a_renewal_is_not(world: World) -> None:
    card(world)
    with pytest.raises(CardOverlaps, match="T-1"):
        card(world, "T-2")
    with pytest.raises(CardOverlaps, match="cùng lĩnh vực khối lượng,"):
        card(world, "T-2", fields=["flow", "mass"], issued_on=date(2022, 1, 1), expires_on=date(2025, 1, 1))
    card(world, "T-2", fields=["flow"])
    card(world, "T-3", issued_on=date(2022, 4, 1), expires_on=date(2027, 4, 1))
    card(world, "T-4", who="kehoach")


def test_leave_reaches_as_far_as_it_says(world: World) -> None:
    person, ask = world.people["vanthu"], {"procedure": "counter-scale", "on": date(2022, 2, 1)}
    row = leave(world, reach=TO_15_KG, basis="Đã kèm 5 phiếu")
    assert (row.basis, row.granted_by) == ("Đã kèm 5 phiếu", "truongphong")
    assert require_authorisation(person, world.centre, extent=scale("15"), **ask) == row
    assert require_authorisation(person, world.centre, extent=scale("15000", "g"), **ask) == row
    with pytest.raises(BeyondAuthorisation, match="15,001 kg"):
        require_authorisation(person, world.centre, extent=scale("15.001"), **ask)
    with pytest.raises(BeyondAuthorisation, match="chưa ghi"):
        require_authorisation(person, world.centre, extent=Extent({}), **ask)
    with pytest.raises(BeyondAuthorisation, match="không so được"):
        require_authorisation(person, world.centre, extent=scale("10", "°C"), **ask)


def test_one_leave_alone_another_further_under_supervision(world: World) -> None:
    near = leave(world, reach=TO_15_KG)
    far = leave(world, supervisor=world.people["kdv.an"])
    person, ask = world.people["vanthu"], {"procedure": "counter-scale", "on": date(2022, 2, 1)}
    assert require_authorisation(person, world.centre, extent=scale("10"), **ask) == near
    assert require_authorisation(person, world.centre, extent=scale("60"), **ask) == far


def test_classes_limit_too() -> None:
    reach = Reach(class_on="accuracy_class", classes=("III", "IIII"))
    assert beyond(reach, scale("10")) == ""
    assert "ngoài" in beyond(Reach(class_on="accuracy_class", classes=("IIII",)), scale("10"))
    assert "chưa ghi" in beyond(reach, Extent({}))


@given(
    low=st.none() | st.decimals(-10, 10, places=2),
    high=st.none() | st.decimals(-10, 10, places=2),
    value=st.decimals(-20, 20, places=3),
)
def test_the_ends_of_a_range_belong_to_it(low: Decimal | None, high: Decimal | None, value: Decimal) -> None:
    reach = Reach(limit_on="max_load", low=low, high=high, unit="kg")
    within = (low is None or value >= low) and (high is None or value <= high)
    assert (beyond(reach, Extent({"max_load": (value, "kg")})) == "") is within
    assert beyond(reach, Extent({"max_load": (value * 1000, "g")})) == "" or not within
    assert beyond(reach, Extent({})) != ""


@pytest.mark.parametrize(
    "reach",
    [
        Reach(limit_on="max_load", unit="kg"),
        Reach(low=Decimal(1), unit="kg"),
        Reach(unit="kg"),
        Reach(limit_on="max_load", low=Decimal(5), high=Decimal(1), unit="kg"),
        Reach(limit_on="max_load", high=Decimal(5), unit="cân"),
        Reach(class_on="accuracy_class"),
        Reach(classes=("III",)),
        Reach(limit_on="max_load", high=Decimal("Infinity"), unit="kg"),
    ],
)
def test_an_unclear_range_is_refused(world: World, reach: Reach) -> None:
    with pytest.raises(RangeUnclear):
        leave(world, reach=reach)


def test_the_database_keeps_ranges_whole(world: World) -> None:
    row = leave(world)
    for wrong in ({"limit_on": "x"}, {"range_to": 1}, {"limit_on": "x", "range_from": 5, "range_to": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Authorisation.objects.filter(pk=row.pk).update(**wrong)


def test_a_supervisor_is_somebody_authorised_alone(world: World) -> None:
    with pytest.raises(SupervisorNotAuthorised, match="Lục Văn Hải"):
        leave(world, supervisor=world.people["truongphong"])
    leave(world, "chatluong", supervisor=world.people["kdv.an"])
    with pytest.raises(SupervisorNotAuthorised):
        leave(world, supervisor=world.people["chatluong"])


def test_the_same_leave_twice_is_a_slip(world: World) -> None:
    leave(world)
    with pytest.raises(AuthorisationTwice):
        leave(world)
    leave(world, reach=TO_15_KG)
    leave(world, valid_from=date(2022, 2, 1))


def test_a_course_is_entered_once_for_all_who_took_it(world: World) -> None:
    first = course(world, file=Rendition("pdf", "a.pdf", b"%PDF-1.7"))
    course(world, "kdv.binh")
    assert Course.objects.count() == 1
    assert first.document is not None
    assert first.document.files.get().format == "pdf"
    with pytest.raises(CourseKnown):
        course(world, course="  Kiểm định   cân ")
    with pytest.raises(NotAuthorised):
        record_attendance(
            world.act("kdv.an"), world.centre, person=world.people["kdv.an"], course="X", provider="Y",
            from_on=date(2022, 1, 1), to_on=date(2022, 1, 1), result="passed",
        )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"from_on": date(2022, 3, 11), "to_on": date(2022, 3, 7)},
        {"to_on": date(2022, 5, 1)},
        {"valid_to": date(2022, 3, 11)},
        {"hours": 400},
    ],
)
def test_dates_of_a_course_are_caught(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(CourseDatesWrong):
        course(world, **wrong)
    with pytest.raises(FieldMissing):
        course(world, provider=" ")


def test_what_runs_out_is_listed_until_it_is_renewed(world: World) -> None:
    on = date(2022, 4, 14)
    VerifierCard.objects.filter(person=world.people["kdv.binh"]).update(
        expires_on=date(2022, 5, 14), fields=["mass"]
    )
    course(world, valid_to=date(2022, 7, 13))
    for row in Authorisation.objects.filter(person=world.people["kdv.an"], procedure="counter-scale"):
        end_authorisation(world.act("truongphong", reason="Đổi việc"), row, on=date(2022, 4, 13))
    found = [
        (one.kind, one.person.username, one.days_left, one.warning) for one in expiries(world.centre, on=on)
    ]
    assert found == [
        ("authorisation", "kdv.an", -1, "expired"),
        ("card", "kdv.binh", 30, "30"),
        ("course", "kdv.an", 90, "90"),
    ]
    card(world, "T-9", who="kdv.binh", issued_on=date(2022, 4, 1), expires_on=date(2027, 4, 1))
    leave(world, "kdv.an", valid_from=date(2022, 4, 14))
    assert [one.kind for one in expiries(world.centre, on=on)] == ["course"]
    assert expiries(world.rival, on=on) == []


def test_the_marks_of_days_left() -> None:
    days = (None, -1, 0, 30, 31, 90, 91)
    assert [warning_of(one) for one in days] == ["none", "expired", "30", "30", "90", "90", ""]


def test_leave_is_asked_for_even_without_an_instrument(world: World) -> None:
    with pytest.raises(NotAuthorisedFor):
        require_authorisation(
            world.people["kehoach"], world.centre, procedure="counter-scale", on=date(2022, 1, 1)
        )
