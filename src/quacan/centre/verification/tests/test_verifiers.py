"""Verifiers: cards with dates, authorisations by procedure, refused at every door without them."""

from datetime import date

import pytest
from django.urls import reverse

from quacan.centre.people.actions import authorise, end_authorisation, enter_card
from quacan.centre.people.models import Authorisation, VerifierCard
from quacan.centre.people.queries import card_standings, require_authorisation, require_card
from quacan.centre.people.refusals import (
    CardDatesSwapped,
    CardExpired,
    CardNumberKnown,
    NoCard,
    NotAuthorisedFor,
)


def card(world, username="vanthu", **changes):
    given = {
        "person": world.people[username],
        "number": "0186-01",
        "issued_on": date(2021, 1, 4),
        "expires_on": date(2026, 1, 3),
        "fields": ["mass"],
    }
    return enter_card(world.act("truongphong"), world.centre, **{**given, **changes})


def test_swapped_dates_are_caught_on_entry(world):
    with pytest.raises(CardDatesSwapped):
        card(world, issued_on=date(2026, 1, 3), expires_on=date(2021, 1, 4))
    assert not VerifierCard.objects.filter(number="0186-01").exists()


def test_a_known_number_is_refused_by_whose_it_is(world):
    card(world)
    with pytest.raises(CardNumberKnown, match="Ma Thị Chi"):
        card(world, "kehoach")


def test_a_card_serves_its_fields_until_its_last_day(world):
    card(world)
    person = world.people["vanthu"]
    assert require_card(person, world.centre, field="mass", on=date(2026, 1, 3)).number == "0186-01"
    with pytest.raises(CardExpired, match="03/01/2026"):
        require_card(person, world.centre, field="mass", on=date(2026, 1, 4))
    with pytest.raises(NoCard, match="lĩnh vực lưu lượng vào"):
        require_card(person, world.centre, field="flow", on=date(2022, 1, 1))
    with pytest.raises(NoCard):
        require_card(person, world.centre, field="mass", on=date(2021, 1, 3))


def test_leave_for_a_procedure_has_days_too(world):
    person = world.people["vanthu"]
    leave = authorise(
        world.act("truongphong"),
        world.centre,
        person=person,
        procedure="counter-scale",
        valid_from=date(2022, 2, 1),
    )
    ask = {"procedure": "counter-scale"}
    assert require_authorisation(person, world.centre, on=date(2022, 2, 1), **ask) == leave
    end_authorisation(world.act("truongphong", reason="Nghỉ việc"), leave, on=date(2022, 3, 1))
    for day in (date(2022, 1, 31), date(2022, 3, 2)):
        with pytest.raises(NotAuthorisedFor):
            require_authorisation(person, world.centre, on=day, **ask)


def test_cards_that_run_out_stand_on_top(world):
    VerifierCard.objects.filter(person=world.people["kdv.binh"]).update(expires_on=date(2022, 4, 30))
    standings = card_standings(world.centre, on=date(2022, 4, 14))
    marks = [(one.person.username, one.warning) for one in standings]
    assert marks == [("truongphong", "none"), ("kdv.binh", "30"), ("kdv.an", "")]


def test_a_technical_head_enters_a_card_on_the_screen(world, sign_in):
    visitor = sign_in(world.people["truongphong"])
    pk = world.people["kdv.an"].pk
    assert "Hoàng Văn An" in visitor.get(reverse("verification:verifiers")).content.decode()
    wrong = {"number": "0186-09", "fields_": ["mass"], "issued_on": "2021-06-01", "expires_on": "2020-06-01"}
    answer = visitor.post(reverse("verification:add_card", args=[pk]), wrong)
    assert answer.status_code == 422
    assert "ghi ngược" in answer.content.decode()
    right = {**wrong, "expires_on": "2031-01-01"}
    assert visitor.post(reverse("verification:add_card", args=[pk]), right).status_code == 302
    assert VerifierCard.objects.filter(number="0186-09").exists()
    leave = {"procedure": "counter-scale", "valid_from": "2025-01-01"}
    before = Authorisation.objects.count()
    assert visitor.post(reverse("verification:add_authorisation", args=[pk]), leave).status_code == 302
    assert Authorisation.objects.count() == before + 1


def test_a_verifier_sees_cards_but_enters_none(world, sign_in):
    visitor = sign_in(world.people["kdv.an"])
    pk = world.people["kdv.an"].pk
    page = visitor.get(reverse("verification:verifier", args=[pk])).content.decode()
    assert "KDV-kdv.an" in page
    assert "Nhập thẻ kiểm định viên" not in page
    given = {"number": "X", "fields_": ["mass"], "issued_on": "2025-01-01", "expires_on": "2026-01-01"}
    assert visitor.post(reverse("verification:add_card", args=[pk]), given).status_code == 422
    assert not VerifierCard.objects.filter(number="X").exists()
