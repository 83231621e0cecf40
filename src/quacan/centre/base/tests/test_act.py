"""Actions: permission, one transaction, audit line, idempotency key, named refusals."""

import pytest

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.models import AuditHead, AuditLine, FollowUp, IssuedNumber
from quacan.centre.base.queries import audit_flaws, flaws, register_flaws
from quacan.centre.base.refusals import FieldMissing, KeyReused, NotAuthorised, Refusal
from quacan.centre.base.registers import take_number
from quacan.centre.followups.actions import open_follow_up
from quacan.centre.organisation.actions import open_unit
from quacan.centre.organisation.models import Unit
from quacan.centre.people.actions import BothSidesOfTheWall, assign_role


def test_an_action_writes_who_did_what(world):
    before = AuditLine.objects.filter(book="TTUD").count()
    follow_up = ask(world.act("giamdoc", reason="Theo kết luận hội nghị"), world)
    line = AuditLine.objects.filter(book="TTUD").order_by("-seq").first()
    assert AuditLine.objects.filter(book="TTUD").count() == before + 1
    assert (line.actor, line.action, line.subject) == (
        "giamdoc",
        "followups.open_follow_up",
        f"base.FollowUp:{follow_up.pk}",
    )
    assert line.reason == "Theo kết luận hội nghị"
    assert '"title":"Nêu tỷ lệ hoàn thành hợp đồng"' in line.after


def ask(act, world, title="Nêu tỷ lệ hoàn thành hợp đồng"):
    return open_follow_up(
        act, world.centre, kind="directive", title=title, owner="kehoach", due_on=world.now.date()
    )


def test_without_permission_nothing_is_written(world):
    lines = AuditLine.objects.count()
    with pytest.raises(NotAuthorised) as caught:
        open_unit(world.act("kdv.an"), world.centre, code="X", name="Tổ X", valid_from=world.now.date())
    assert "“lập, đổi cơ quan, đơn vị” tại Trung tâm" in str(caught.value)
    assert "Quản trị hệ thống" in str(caught.value)
    assert not Unit.objects.filter(code="X").exists()
    assert AuditLine.objects.count() == lines


def test_a_refusal_in_the_middle_leaves_nothing_half_written(world):
    @action("followups.open")
    def two_steps(act: Act) -> None:
        act.require(world.centre)
        ask(act, world)
        raise FieldMissing(field="Minh chứng")

    with pytest.raises(FieldMissing):
        two_steps(world.act("giamdoc"))
    assert not FollowUp.objects.exists()
    assert list(audit_flaws()) == []


def test_the_same_key_does_the_deed_once(world):
    first = ask(world.act("giamdoc", key="k1"), world)
    again = ask(world.act("giamdoc", key="k1"), world)
    assert first == again
    assert FollowUp.objects.count() == 1
    with pytest.raises(KeyReused):
        ask(world.act("giamdoc", key="k1"), world, title="Việc khác")


def test_an_action_that_forgets_permission_or_audit_is_a_defect(world):
    @action("followups.open")
    def forgetful(act: Act) -> None:
        return None

    with pytest.raises(RuntimeError, match="without asking permission"):
        forgetful(world.act("giamdoc"))


def test_refusals_speak_the_readers_language(world):
    from django.utils.translation import override

    refusal = FieldMissing(field="Họ tên")
    with override("vi"):
        assert refusal.sentence == "Thiếu “Họ tên”. Nhập “Họ tên” rồi lưu lại."
    assert refusal.name == "FieldMissing"
    assert issubclass(FieldMissing, Refusal)


def test_passwords_never_reach_the_audit_trail(world):
    assert image(world.people["giamdoc"])["password"] == "***"
    assert not AuditLine.objects.filter(after__contains="md5$").exists()


def test_numbers_are_taken_without_gaps_even_when_a_deed_fails(world):
    @action("followups.open")
    def take(act: Act, fail: bool) -> IssuedNumber:
        act.require(world.centre)
        number = take_number(act, world.centre, kind="report", subject="x", on=act.on)
        act.noted("x", before=None, after=number.text)
        if fail:
            raise FieldMissing(field="x")
        return number

    assert take(world.act("giamdoc"), False).text == "01/BC-TTƯD"
    with pytest.raises(FieldMissing):
        take(world.act("giamdoc"), True)
    assert take(world.act("giamdoc"), False).text == "02/BC-TTƯD"
    assert list(register_flaws()) == []
    IssuedNumber.objects.filter(sequence=1).delete()
    assert next(flaw.record for flaw in register_flaws()).startswith("base.Register")


@pytest.mark.parametrize("column", ["actor", "after", "reason", "hash"])
def test_a_hand_edited_audit_line_is_named(world, column):
    ask(world.act("giamdoc"), world)
    line = AuditLine.objects.filter(book="TTUD").first()
    AuditLine.objects.filter(pk=line.pk).update(**{column: "sửa tay"})
    assert f"base.AuditLine:{line.pk}" in " ".join(flaw.record for flaw in flaws())


def test_a_deleted_last_audit_line_is_noticed(world):
    AuditLine.objects.filter(book="TTUD").order_by("-seq").first().delete()
    assert [f.record for f in audit_flaws()] == ["base.AuditHead:TTUD"]
    assert AuditHead.objects.count() >= 2


def test_service_side_and_authority_side_are_walled(world):
    with pytest.raises(BothSidesOfTheWall):
        assign_role(
            world.operator(),
            world.centre,
            person=world.people["vanthu"],
            role="inspector",
            valid_from=world.now.date(),
        )
