"""An activity from the clerk's note to the book: recorded, confirmed by another, corrected, cancelled."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from quacan.centre.activities import kinds as kinds_room
from quacan.centre.activities.actions import (
    ActivityDraft,
    attach_evidence,
    cancel_activity,
    change_activity,
    confirm_activity,
    record_activity,
)
from quacan.centre.activities.models import Activity
from quacan.centre.activities.queries import (
    activities,
    activities_to_confirm,
    activity,
    attachment_file,
    postings,
)
from quacan.centre.activities.refusals import FileTooLarge, KindNotInForce, SelfConfirmed
from quacan.centre.base.definitions import DefinitionsRefused
from quacan.centre.base.definitions import load as load_definitions
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import (
    FieldMissing,
    FieldWrong,
    NotAuthorised,
    NotFound,
    ReasonMissing,
    StaleRecord,
    WrongStage,
)
from quacan.centre.ledger.models import Entry
from quacan.centre.ledger.queries import flaws
from quacan.centre.people.models import Assignment

DAY = date(2022, 4, 14)
BATCH = {"product": "cordyceps", "produced": "425", "contaminated": "137"}
NEW_KIND = """
version = "1"
in_force_from = 2022-01-01
source = "thử"
confidence = "house"

[[kinds]]
code = "beehives"
name_vi = "Đàn ong"
name_en = "Beehives"
group_vi = "Mới"
group_en = "New"
fields = [{ key = "hives", label_vi = "Số đàn", label_en = "hives", type = "count", unit = "đàn" }]
counts = [{ measure = "bees.hives", quantity = "hives", fixed = { place = "forest" } }]
"""


DRAFT = ActivityDraft("production_batch", "Mẻ 1", DAY, BATCH)


def recorded(world, **changes):
    return record_activity(world.act("vanthu"), world.centre, replace(DRAFT, **changes))


def changed_by(who, world, activity, **changes):
    draft = replace(DRAFT, **changes)
    return change_activity(world.act(who), activity, draft, version=activity.version)


def confirmed(world, **changes):
    return confirm_activity(world.act("kehoach"), recorded(world, **changes))


def book():
    rows = Entry.objects.order_by("seq")
    return [(e.measure, e.quantity, e.reverses.seq if e.reverses else None) for e in rows]


def test_it_counts_only_once_somebody_else_confirmed_it(world):
    one = recorded(world)
    assert book() == []
    done = confirm_activity(world.act("kehoach"), one)
    assert (done.state, done.confirmed_by) == (Activity.State.CONFIRMED, "kehoach")
    assert book() == [("production.produced", 425, None), ("production.contaminated", 137, None)]
    assert list(flaws(postings())) == []


def test_a_lone_planners_own_draft_is_confirmed_by_the_director_and_the_refusal_says_so(world):
    one = record_activity(world.act("kehoach"), world.centre, DRAFT)
    with pytest.raises(SelfConfirmed) as refused:
        confirm_activity(world.act("kehoach"), one)
    for name in ("Đinh Thị Dung", "Lục Văn Hải", "Phan Thị Quỳnh"):
        assert name in refused.value.sentence
    assert "Bùi Văn Khánh," not in refused.value.sentence
    assert confirm_activity(world.act("giamdoc"), one).confirmed_by == "giamdoc"
    assert len(book()) == 2


def test_who_changed_what_it_says_does_not_confirm_it_either(world):
    one = changed_by("kehoach", world, recorded(world), values={**BATCH, "produced": "900"})
    assert (one.recorded_by, one.changed_by) == ("vanthu", "kehoach")
    with pytest.raises(SelfConfirmed):
        confirm_activity(world.act("kehoach"), one)
    assert list(activities_to_confirm(world.people["kehoach"], on=DAY)) == []
    assert list(activities_to_confirm(world.people["giamdoc"], on=DAY)) == [one]
    confirm_activity(world.act("giamdoc"), one)
    assert book()[0] == ("production.produced", 900, None)


def test_when_nobody_else_may_confirm_the_refusal_says_what_to_do(world):
    one = record_activity(world.act("kehoach"), world.centre, DRAFT)
    Assignment.objects.exclude(person__username="kehoach").delete()
    with pytest.raises(SelfConfirmed, match="nhờ người quản trị phân vai trò"):
        confirm_activity(world.act("kehoach"), one)


def test_a_correction_is_confirmed_anew_and_leaves_reversals(world):
    one = confirmed(world)
    changed = changed_by("vanthu", world, one, values={**BATCH, "contaminated": "130"})
    assert (changed.state, changed.confirmed_by, changed.version) == (Activity.State.DRAFT, "", 3)
    assert [quantity for _m, quantity, _r in book()] == [425, 137, -425, -137]
    confirm_activity(world.act("kehoach"), changed)
    assert book()[4:] == [("production.produced", 425, None), ("production.contaminated", 130, None)]
    assert list(flaws(postings())) == []


def test_cancelling_needs_a_reason_reverses_and_keeps_the_record(world):
    one = confirmed(world)
    with pytest.raises(ReasonMissing):
        cancel_activity(world.act("vanthu"), one)
    gone = cancel_activity(world.act("vanthu", reason="ghi nhầm"), one)
    assert sum(quantity for _m, quantity, _r in book()) == 0
    for deed in (
        lambda: cancel_activity(world.act("vanthu", reason="nữa"), gone),
        lambda: changed_by("vanthu", world, gone),
        lambda: attach_evidence(world.act("vanthu"), gone, name="a.txt", content=b"a"),
        lambda: confirm_activity(world.act("kehoach"), gone),
    ):
        with pytest.raises(WrongStage):
            deed()
    assert Activity.objects.get(pk=one.pk).title == "Mẻ 1"


def test_two_people_do_not_overwrite_each_other(world):
    one = recorded(world)
    changed_by("vanthu", world, one, title="Mẻ một")
    with pytest.raises(StaleRecord):
        changed_by("kdv.an", world, one, title="Mẻ 01")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": " "}, FieldMissing),
        ({"title": "x" * 301}, FieldWrong),
        ({"occurred_on": date(2022, 4, 15)}, FieldWrong),
        ({"ended_on": date(2022, 4, 1)}, FieldWrong),
        ({"kind_code": "no_such_kind"}, KindNotInForce),
        ({"occurred_on": date(2010, 1, 1)}, KindNotInForce),
        ({"values": {**BATCH, "contaminated": "426"}}, FieldWrong),
        ({"values": {}}, FieldWrong),
    ],
)
def test_what_is_refused(world, changes, refusal):
    with pytest.raises(refusal):
        recorded(world, **changes)
    assert not Activity.objects.exists()


def test_another_organisation_neither_sees_nor_does(world):
    one = recorded(world)
    outsider = world.people["nguoikhac"]
    assert list(activities(outsider, on=DAY)) == []
    with pytest.raises(NotFound):
        activity(outsider, one.pk, on=DAY)
    for deed in (
        lambda: cancel_activity(world.act("nguoikhac", reason="x"), one),
        lambda: changed_by("nguoikhac", world, one, title="x"),
        lambda: attach_evidence(world.act("nguoikhac"), one, name="a.txt", content=b"a"),
    ):
        with pytest.raises(NotAuthorised):
            deed()
    with pytest.raises(NotAuthorised):
        confirm_activity(world.act("vanthu"), one)


def test_evidence_is_kept_whole(world):
    one = recorded(world)
    kept = attach_evidence(world.act("vanthu"), one, name="biên bản.pdf", content=b"%PDF-1.7 x")
    assert file_bytes(attachment_file(one, kept.pk)) == b"%PDF-1.7 x"
    with pytest.raises(NotFound):
        attachment_file(recorded(world), kept.pk)
    with pytest.raises(FieldMissing):
        attach_evidence(world.act("vanthu"), one, name="a.txt", content=b"")
    with pytest.raises(FileTooLarge):
        attach_evidence(world.act("vanthu"), one, name="a.txt", content=b"a" * (20 * 1024 * 1024 + 1))


@pytest.fixture
def definitions(tmp_path, monkeypatch):
    """A definitions folder of one's own, read in place of the house's."""
    folder = tmp_path / "definitions" / "activities"
    folder.mkdir(parents=True)
    monkeypatch.setattr(kinds_room, "load", partial(load_definitions, root=tmp_path / "definitions"))
    kinds_room._kinds.cache_clear()
    yield folder
    kinds_room._kinds.cache_clear()


def test_a_new_kind_needs_no_code(world, definitions):
    (definitions / "new.toml").write_text(NEW_KIND)
    confirmed(world, kind_code="beehives", values={"hives": ">12"})
    entry = Entry.objects.get()
    assert (entry.measure, entry.quantity) == ("bees.hives", Decimal(12))
    assert entry.dimensions == '{"kind":"beehives","place":"forest","qualifier":">"}'
    with pytest.raises(FieldWrong):
        recorded(world, kind_code="beehives", values={"hives": "nhiều"})


def test_a_new_kinds_form_asks_its_fields(world, definitions, sign_in):
    (definitions / "new.toml").write_text(NEW_KIND)
    page = sign_in(world.people["vanthu"]).get("/hoat-dong/moi/", {"kind_code": "beehives"})
    assert 'name="v_hives"' in page.content.decode()


def test_a_kind_that_makes_no_sense_is_refused_with_every_problem(definitions):
    wrong = NEW_KIND.replace('quantity = "hives"', 'quantity = "nothing"').replace(
        'type = "count"', 'type = "x"'
    )
    (definitions / "new.toml").write_text(wrong)
    with pytest.raises(DefinitionsRefused):
        kinds_room.activity_kinds()
