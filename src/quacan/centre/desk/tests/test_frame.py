"""The frame of every page, the rail, and where records open."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.urls import reverse

from quacan.centre.desk.queries.addresses import (
    address,
    address_of,
    address_of_reference,
    address_of_report,
    name_of_reference,
)
from quacan.centre.desk.queries.rail import GROUPS, Waiting, rail
from quacan.centre.desk.views.frame import Frame
from quacan.centre.people.actions import assign_role

pytestmark = pytest.mark.django_db
ON = date(2022, 4, 14)


def request_of(person=None, **cookies):
    request = RequestFactory().get("/")
    if person is not None:
        request.user = person
    request.COOKIES.update(cookies)
    return request


def test_a_stranger_has_a_bare_page_and_no_rail(db):
    frame = Frame(request_of())
    assert (frame.person, frame.organisation, frame.role, frame.rail) == (None, None, "", ())
    assert frame.layout == "base/bare.html"


def test_a_person_has_their_organisation_role_and_rail(world):
    frame = Frame(request_of(world.people["giamdoc"]))
    assert frame.organisation == world.centre
    assert frame.role == "Giám đốc"
    assert frame.layout == "base/page.html"
    assert {item.href for group in frame.rail for item in group.items} >= {"/", "/hop-dong/", "/bao-cao/"}


def test_the_role_is_said_in_the_readers_language(world):
    from django.utils.translation import override

    with override("en"):
        assert Frame(request_of(world.people["giamdoc"])).role == "Director"


def test_light_is_what_was_chosen_and_nothing_else(world):
    assert Frame(request_of(quacan_theme="dark")).theme == "dark"
    assert Frame(request_of(quacan_theme="pink")).theme == ""


def test_the_rail_keeps_the_order_of_its_groups_and_shuts_doors(world):
    groups = rail(world.people["kdv.an"], path="/", on=ON, waiting={})
    titles = [group.title for group in groups]
    assert titles == [title for title in GROUPS.values() if title in titles]
    hrefs = [item.href for group in groups for item in group.items]
    assert hrefs[0] == "/"
    assert "/nguoi-dung/" not in hrefs
    assert "/nhat-ky/" not in hrefs


def test_a_new_role_opens_its_doors(world):
    person = world.people["kdv.an"]
    assign_role(
        world.operator(), world.centre, person=person, role="administrator", valid_from=date(2022, 1, 1)
    )
    person.__dict__.pop("_assignments_known", None)
    hrefs = [item.href for group in rail(person, path="/", on=ON, waiting={}) for item in group.items]
    assert "/nguoi-dung/" in hrefs


def test_only_the_door_one_stands_in_is_marked_and_late_is_told(world):
    waiting = {"contracts": Waiting(3, "3 việc chờ", late=True)}
    groups = rail(world.people["giamdoc"], path="/hop-dong/5/", on=ON, waiting=waiting)
    marked = [item for group in groups for item in group.items if item.current]
    assert [item.href for item in marked] == ["/hop-dong/"]
    assert (marked[0].count, marked[0].late) == ("3", True)


def test_a_record_opens_where_its_department_says(bench):
    job = bench.jobs["counter-scale"]
    assert address_of(job.order) == reverse("contracts:order", args=[job.order.pk])
    assert address_of(job) == "", "a job has no page of its own"
    assert address_of(bench.world.centre) == "/co-quan/TTUD/"


@pytest.mark.parametrize(
    "reference", ["nowhere.Thing:1", "contracts.Contract:", "contracts.Contract:x", "", ":"]
)
def test_what_is_no_record_opens_nowhere(world, reference):
    assert address_of_reference(reference) == ""


def test_a_reference_is_said_in_words(world):
    assert name_of_reference("contracts.Contract:12") == "Hợp đồng 12"
    assert name_of_reference("people.Person:3") == "Người dùng 3"
    assert name_of_reference("nowhere.Thing:1") == "nowhere.Thing 1"


def test_an_address_nobody_answers_is_none(world):
    assert address("nowhere:thing") == ""
    assert address("contracts:contract", "x") == ""
    assert address_of_report("TTUD", "2022-H1") == "/bao-cao/TTUD/2022-H1/"
    assert address_of_report("TTUD", "2022", indicator="a.b") == "/bao-cao/TTUD/2022/chi-tieu/a.b/"


def test_every_app_with_addresses_is_found_by_itself():
    from django.urls import get_resolver

    names = set(get_resolver().namespace_dict)
    assert names >= {"people", "contracts", "verification", "reporting", "activities"}
