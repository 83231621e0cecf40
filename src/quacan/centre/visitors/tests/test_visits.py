"""A visitor comes to the laboratory: silent about what they see, known as long as they are inside, counted once."""

from datetime import date, timedelta

import pytest

from quacan.centre.base.moves import is_open, offer, offers
from quacan.centre.ledger.models import Entry
from quacan.centre.visitors import actions
from quacan.centre.visitors.models import Visit
from quacan.centre.visitors.moves import ADMIT, CANCEL, SHOW_OUT, VISIT
from quacan.centre.visitors.refusals import HostElsewhere, NotItsDay, NoUndertaking

pytestmark = pytest.mark.django_db


def draft(world, **changes):
    given = {
        "visitor": "Bế Văn Lâm",
        "comes_from": "Công ty Nước sạch",
        "purpose": "Xem thử đồng hồ nước",
        "host": world.people["kdv.an"],
        "expected_on": world.now.date(),
    }
    return actions.VisitDraft(**{**given, **changes})


def expect(world, **changes):
    return actions.expect_visitor(world.act("vanthu"), world.centre, draft(world, **changes))


def test_a_visitor_comes_in_is_counted_and_leaves(world):
    visit = expect(world)
    assert not Entry.objects.filter(measure="visitors.received").exists()
    visit = actions.admit_visitor(world.act("vanthu"), visit)
    world.later(hours=2)
    visit = actions.show_out(world.act("vanthu"), visit)
    assert (visit.state, visit.left_at - visit.arrived_at) == (Visit.State.LEFT, timedelta(hours=2))
    entry = Entry.objects.get(measure="visitors.received")
    assert (entry.source, entry.quantity) == (f"visitors.Visit:{visit.pk}", 1)


def test_nobody_enters_the_laboratory_without_an_undertaking(world):
    visit = expect(world, rooms="Phòng khối lượng")
    shut = offer(ADMIT, visit, world.people["vanthu"], on=world.now.date())
    assert [type(one) for one in shut.hindrances] == [NoUndertaking]
    with pytest.raises(NoUndertaking, match="cam kết bảo mật"):
        actions.admit_visitor(world.act("vanthu"), visit)
    signed = actions.change_visit(
        world.act("vanthu"),
        visit,
        draft(world, rooms="Phòng khối lượng", undertaking="CK 03/2022"),
        version=1,
    )
    assert actions.admit_visitor(world.act("vanthu"), signed).state == Visit.State.INSIDE


def test_a_visitor_of_tomorrow_is_not_let_in_today(world):
    visit = expect(world, expected_on=date(2022, 4, 15))
    with pytest.raises(NotItsDay, match="15/04/2022"):
        actions.admit_visitor(world.act("vanthu"), visit)


def test_the_host_works_here(world):
    with pytest.raises(HostElsewhere):
        expect(world, host=world.people["nguoikhac"])


def test_who_does_not_come_is_called_off_with_a_reason(world):
    visit = actions.cancel_visit(world.act("vanthu", reason="Hẹn ngày khác"), expect(world))
    assert (visit.state, visit.stated_reason) == (Visit.State.CANCELLED, "Hẹn ngày khác")
    assert not any(one.is_open for one in offers(VISIT, visit, world.people["vanthu"], on=world.now.date()))


def test_only_who_keeps_the_register_opens_its_door(world):
    visit, on = expect(world), world.now.date()
    assert is_open(ADMIT, visit, world.people["vanthu"], on=on)
    for move in (ADMIT, CANCEL, SHOW_OUT):
        refusal = offer(move, visit, world.people["kehoach"], on=on).sentences[0]
        assert "ghi sổ khách ra vào" in refusal
        assert "Văn thư" in refusal or "thuộc về" in refusal


def test_the_register_on_the_screen(world, sign_in):
    client = sign_in(world.people["vanthu"])
    host = world.people["kdv.an"].pk
    given = {"visitor": "Bế Văn Lâm", "purpose": "Họp", "host": host, "expected_on": "2999-01-02"}
    made = client.post("/khach/moi/", given)
    assert made.status_code == 302
    page = client.get(made["Location"]).content.decode()
    assert "Lượt khách này hẹn ngày 02/01/2999" in page
    assert "Bế Văn Lâm" in client.get("/khach/?q=be van lam").content.decode()
    wrong = client.post("/khach/moi/", {**given, "visitor": " "})
    assert wrong.status_code == 422
    assert client.post(f"{made['Location']}huy/", {"reason": "Hoãn"}).status_code == 302
    reader = sign_in(world.people["kehoach"])
    assert reader.get("/khach/moi/").status_code == 403
    assert "Ghi khách" not in reader.get("/khach/").content.decode()
    assert sign_in(world.people["nguoikhac"]).get(made["Location"]).status_code == 404
