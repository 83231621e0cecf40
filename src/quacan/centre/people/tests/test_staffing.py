"""Every move has somebody who may make it besides the author of what it is made on, or somebody is told."""

from datetime import date

import pytest

from quacan.centre.people.actions import assign_role, end_assignment, let_go
from quacan.centre.people.models import Assignment
from quacan.centre.people.queries import asked_for, gaps, holders, role_names_with, staffing_sentences

pytestmark = pytest.mark.django_db
ON = date(2022, 4, 14)


def missing(world):
    return {(gap.permission, gap.alone) for gap in gaps(world.centre, on=ON)}


def test_a_whole_centre_has_few_gaps_and_they_name_what_is_alone(world):
    assert ("reports.approve", "Đinh Thị Dung") in missing(world), "the lone director prepares and approves"
    assert not any(permission == "worksheets.check" for permission, _alone in missing(world))


def test_a_second_director_closes_the_gap(world):
    assign_role(
        world.operator(),
        world.centre,
        person=world.people["vanthu"],
        role="director",
        valid_from=date(2022, 1, 1),
    )
    assert not any(permission == "reports.approve" for permission, _alone in missing(world))


def test_without_a_director_nobody_signs(world):
    let_go(world_reason(world), world.people["giamdoc"])
    assert ("certificates.sign", "") in missing(world)
    sentence = next(
        gap.sentence for gap in gaps(world.centre, on=ON) if gap.permission == "certificates.sign"
    )
    assert "ký chứng nhận" in sentence
    assert "Giám đốc" in sentence
    assert "certificates." not in sentence


def test_a_role_counts_only_while_it_runs(world):
    held = Assignment.objects.get(person=world.people["giamdoc"])
    end_assignment(world.operator(), held, on=date(2022, 4, 20))
    assert ("certificates.sign", "") not in missing(world)
    assert ("certificates.sign", "") in {
        (gap.permission, gap.alone) for gap in gaps(world.centre, on=date(2022, 4, 21))
    }


def test_who_stands_above_and_reaches_below_counts(world):
    leader = world.people["nguoikhac"]
    assert leader not in holders("plans.approve", world.centre, on=ON)
    assign_role(
        world.operator(), world.department, person=leader, role="administrator", valid_from=date(2022, 1, 1)
    )
    assert leader in holders("people.manage", world.centre, on=ON)
    assert leader in holders("people.manage", world.rival, on=ON)


def test_an_organisation_that_does_no_such_work_is_left_alone(world):
    assert [gap for gap in gaps(world.department, on=ON) if gap.permission.startswith("worksheets.")] == []


def test_the_administrator_reads_the_gaps_and_others_do_not(world, sign_in):
    sentence = "Việc chưa có ai làm được"
    admin = world.people["chatluong"]
    assert sentence not in sign_in(admin).get("/nguoi-dung/").content.decode()
    assign_role(
        world.operator(), world.centre, person=admin, role="administrator", valid_from=date(2022, 1, 1)
    )
    admin.__dict__.pop("_assignments_known", None)
    page = sign_in(admin).get("/nguoi-dung/").content.decode()
    assert sentence in page
    assert "duyệt và ban hành báo cáo" in page


def test_the_check_tells_the_gaps_and_does_not_fail(world, monkeypatch, capsys):
    import argparse

    from quacan.cli import check

    monkeypatch.setattr(check, "open_house", lambda: None)
    assert check.run(argparse.Namespace(json=False)) == 0
    said = capsys.readouterr().out
    assert "! Trung tâm: " in said
    assert "✓" in said
    assert any("duyệt và ban hành báo cáo" in sentence for sentence in staffing_sentences(ON))


def test_the_technical_head_is_asked_first(world):
    assert asked_for("people.authorise", world.centre, on=ON) == world.people["truongphong"]
    assert asked_for("certificates.sign", world.centre, on=ON) == world.people["giamdoc"]
    assert asked_for("people.manage", world.centre, on=ON) is None


def test_roles_that_carry_a_permission_are_named_in_the_readers_language():
    from django.utils.translation import override

    assert role_names_with("certificates.sign") == "Giám đốc"
    with override("en"):
        assert role_names_with("certificates.sign") == "Director"
    assert role_names_with("nothing.at_all") == ""


def world_reason(world):
    act = world.operator()
    act.reason = "chuyển công tác"
    return act
