"""Departments declare themselves: every permission, action, measure, door and record has its one declaration."""

import importlib
import pkgutil
from collections import Counter

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

import quacan.centre
from quacan.centre.activities.kinds import activity_kinds
from quacan.centre.base.act import ACTIONS
from quacan.centre.base.departments import departments, every_moves
from quacan.centre.base.permissions import word_of
from quacan.centre.base.wording import deed_word, measure_word, record_of
from quacan.centre.desk.queries.day import lanes
from quacan.centre.desk.queries.hits import sources
from quacan.centre.desk.queries.rail import GROUPS, doors
from quacan.centre.people.roles import all_permissions
from quacan.centre.reporting.definitions import indicators


@pytest.fixture(scope="module", autouse=True)
def _every_action_is_loaded():
    for module in pkgutil.walk_packages(quacan.centre.__path__, "quacan.centre."):
        parts = module.name.split(".")
        if "actions" in parts and "tests" not in parts:
            importlib.import_module(module.name)


def test_every_app_is_a_department():
    houses = [config.name for config in apps.get_app_configs() if config.name.startswith("quacan.centre.")]
    assert len(departments()) == len(houses)
    assert all(str(one.name) for one in departments())


def test_every_permission_is_declared_by_exactly_one_department():
    declared = Counter(code for one in departments() for code in one.permissions)
    asked = all_permissions() | {made.permission for made in ACTIONS.values() if made.permission}
    asked |= {move.permission for moves in every_moves() for move in moves if move.permission}
    assert sorted(asked - set(declared)) == []
    assert [code for code, times in declared.items() if times > 1] == []
    assert all(word_of(code) != code for code in declared)


def test_every_permission_asked_for_by_a_declaration_is_declared():
    declared = {code for one in departments() for code in one.permissions}
    asked = {door.permission for door in doors()} | {lane.permission for lane in lanes()}
    asked |= {code for one in departments() for pair in one.apart for code in pair}
    asked |= {record.sealed for one in departments() for record in one.records}
    assert sorted(asked - declared - {""}) == []


def test_every_action_has_a_word_and_every_word_its_own_action():
    real = (name for name, made in ACTIONS.items() if ".tests." not in made.__module__)
    wordless = [name for name in real if deed_word(name) == name]
    assert wordless == []
    declared = Counter(action for one in departments() for action in one.deeds)
    assert [action for action, times in declared.items() if times > 1] == []


def test_every_measure_of_the_book_has_a_word():
    counted = {count.measure for kind in activity_kinds() for count in kind.counts}
    asked = {term.measure for one in indicators() for term in (*one.terms, *one.denominator)}
    known = {code for one in departments() for code in one.measures}
    nobody_counts_yet = asked - counted - known  # indicators written before the work that is counted
    wordless = {code for code in counted | asked | known if measure_word(code) == code}
    assert sorted(wordless - nobody_counts_yet) == []


def test_doors_stand_in_a_group_of_the_rail_and_open():
    assert [door.key for door in doors() if door.group not in GROUPS] == []
    assert len({door.key for door in doors()}) == len(doors()) >= 20
    assert [door.key for door in doors() if _address(door.url) is None] == []


def test_lanes_wait_behind_a_door_and_lead_to_a_list():
    known = {door.key for door in doors()} | {""}
    assert [lane.key for lane in lanes() if lane.door not in known] == []
    assert [lane.key for lane in lanes() if lane.url and _address(lane.url) is None] == []
    orders = [lane.order for lane in lanes()]
    assert len(set(orders)) == len(orders)


def test_records_are_models_of_their_department_and_open():
    seen = Counter(record.model for one in departments() for record in one.records)
    assert [model for model, times in seen.items() if times > 1] == []
    for one in departments():
        for record in one.records:
            apps.get_model(record.model)
            assert not record.url or _address(record.url, 1) is not None, record.model
    assert [moves.model for moves in every_moves() if record_of(moves.model) is None] == []
    assert [model for one in departments() for model in one.tracers if record_of(model) is None] == []


@pytest.mark.django_db
def test_what_can_be_searched_has_a_folded_column(world):
    person = world.people["giamdoc"]
    for source in sources():
        fields = {field.name for field in source.rows(person, world.now.date()).model._meta.concrete_fields}
        assert "folded" in fields, source.label


def _address(name, *args):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
