"""An override is a deviation another than the performer signs, with reason and password; it opens a nonconformity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction

from conftest import PASSWORD
from quacan.centre.base.models import FollowUp, FrozenText
from quacan.centre.base.refusals import NotAuthorised, ReasonMissing, WrongStage
from quacan.centre.examinations.models import Deviation, StandardUse
from quacan.centre.examinations.queries import (
    content_of,
    deviations_of,
    evaluation,
    overridable,
    sheet_layout,
    waived,
)
from quacan.centre.examinations.refusals import (
    DeviationAsked,
    DeviationOfOneself,
    NeverOverridden,
    NothingToOverride,
    Undetermined,
)
from quacan.centre.people.models import Person
from quacan.centre.people.refusals import SignatureUnproven
from quacan.centre.quality.actions import DeviationDraft, close_nonconformity, grant_deviation
from quacan.centre.quality.models import Nonconformity
from quacan.centre.quality.refusals import NoQualityRight
from quacan.centre.verification.actions import (
    approve_worksheet,
    enter_conditions,
    enter_readings,
    request_deviation,
    return_worksheet,
    submit_worksheet,
)
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import flaws
from quacan.centre.verification.tests.conftest import Bench, bench

__all__ = ["bench"]

pytestmark = pytest.mark.django_db
WHY = "Cân đặt trong nhà có mái, đã để ổn định 2 giờ"


def limited(sheet: Worksheet) -> Worksheet:
    """The worksheet under a procedure that asks for at most 40 °C; the procedure of the house states no limit."""
    text = sheet.procedure_text
    changed = text.text.replace('unit = "°C"\n', 'unit = "°C"\nupper = 40\n', 1)
    assert changed != text.text
    new = FrozenText.objects.create(
        sha256="d" * 64, kind=text.kind, code=text.code, version="9", text=changed
    )
    sheet.procedure_text = new
    sheet.save(update_fields=["procedure_text"])
    return sheet


@pytest.fixture
def hot(bench: Bench) -> Worksheet:
    """A whole passing worksheet, measured at 43 °C where 40 °C is the most."""
    sheet = limited(bench.typed())
    enter_conditions(bench.act(), sheet, values={("temperature", "end"): "43,0"})
    return Worksheet.objects.get(pk=sheet.pk)


@dataclass
class Signer:
    """Signs with what is asked for, unless told otherwise."""

    bench: Bench

    def __call__(
        self, sheet: Worksheet, *, who: str = "truongphong", reason: str = WHY, **given: object
    ) -> Nonconformity:
        asked: dict[str, object] = {
            "obstacle": "condition",
            "key": "temperature",
            "certificate": None,
            "password": PASSWORD,
            "owner": self.bench.world.people["chatluong"],
            "working_days": 10,
        } | given
        draft = DeviationDraft(**asked)  # type: ignore[arg-type]
        return grant_deviation(self.bench.act(who, reason=reason), sheet, draft)  # type: ignore[arg-type]


@pytest.fixture
def grant(bench: Bench) -> Signer:
    return Signer(bench)


def test_a_condition_outside_blocks_until_a_deviation_is_signed(
    bench: Bench, hot: Worksheet, grant: Signer
) -> None:
    assert evaluation(hot).verdict == "undetermined"
    with pytest.raises(Undetermined):
        submit_worksheet(bench.act(), hot)
    made = grant(hot)
    assert made.deviation is not None
    assert made.deviation.granted_by.username == "truongphong"
    assert "43,0 °C" in made.deviation.sentence
    assert made.summary.endswith(WHY)
    assert made.standard is None
    assert made.matter == hot.number
    follow_up = FollowUp.objects.get(subject=f"quality.Nonconformity:{made.pk}")
    assert (follow_up.owner, follow_up.state) == ("chatluong", "open")
    sent = submit_worksheet(bench.act(), Worksheet.objects.get(pk=hot.pk))
    assert sent.verdict == "pass"
    assert "theo sai lệch đã ký" in sent.result
    assert [one.stands for one in deviations_of(sent)] == [True]
    assert list(flaws()) == []


def test_what_was_signed_enters_the_content_and_cannot_be_altered_unseen(
    bench: Bench, hot: Worksheet, grant: Signer
) -> None:
    plain = content_of(hot)
    grant(hot)
    sent = submit_worksheet(bench.act(), Worksheet.objects.get(pk=hot.pk))
    assert sent.content_sha256 != plain
    Deviation.objects.update(reason="khác")
    assert any(hot.number in str(flaw) for flaw in flaws())


def test_typing_the_condition_anew_ends_the_leave(bench: Bench, hot: Worksheet, grant: Signer) -> None:
    grant(hot)
    fresh = Worksheet.objects.get(pk=hot.pk)
    assert waived(fresh) == {("condition", "temperature")}
    enter_conditions(bench.act(), fresh, values={("temperature", "end"): "49,0"})
    fresh = Worksheet.objects.get(pk=hot.pk)
    assert waived(fresh) == frozenset()
    assert evaluation(fresh).verdict == "undetermined"
    assert [one.stands for one in deviations_of(fresh)] == [False]
    grant(fresh)
    assert evaluation(Worksheet.objects.get(pk=hot.pk)).verdict == "pass"


def test_a_deviation_never_stands_for_a_missing_reading_or_moment(
    bench: Bench, hot: Worksheet, grant: Signer
) -> None:
    enter_conditions(bench.act(), hot, values={("temperature", "start"): ""})
    assert overridable(Worksheet.objects.get(pk=hot.pk)) == ()
    with pytest.raises(NothingToOverride):
        grant(hot)
    enter_conditions(bench.act(), hot, values={("temperature", "start"): "25"})
    grant(Worksheet.objects.get(pk=hot.pk))
    gone = next(iter(sheet_layout(hot).required_cells))
    enter_readings(bench.act(), hot, cells={gone: ""})
    assert evaluation(Worksheet.objects.get(pk=hot.pk)).verdict == "undetermined"


def test_who_may_sign(bench: Bench, hot: Worksheet, grant: Signer) -> None:
    with pytest.raises(NotAuthorised):
        grant(hot, who="kdv.binh")
    with pytest.raises(NotAuthorised):
        grant(hot, who="nguoikhac")
    with pytest.raises(SignatureUnproven):
        grant(hot, password="Cân đúng từng cân")
    with pytest.raises(ReasonMissing):
        grant(hot, reason=" ")
    with pytest.raises(NoQualityRight):
        grant(hot, owner=bench.world.people["kdv.binh"])
    assert not Deviation.objects.exists()
    assert not Nonconformity.objects.exists()


def test_the_performer_never_signs_not_even_a_technical_head(
    hot: Worksheet, bench: Bench, grant: Signer
) -> None:
    head = bench.world.people["truongphong"]
    Worksheet.objects.filter(pk=hot.pk).update(performer=head)
    with pytest.raises(DeviationOfOneself):
        grant(hot)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deviation.objects.create(
            examination=hot, obstacle="condition", subject="temperature@x", sentence="s", reason="r",
            performer=head, granted_by=head, granted_at=bench.world.now,
        )  # fmt: skip


@pytest.mark.parametrize("obstacle", ["card", "authorisation", "certificate", "standing", "reading", ""])
def test_what_no_deviation_overrides(hot: Worksheet, grant: Signer, obstacle: str) -> None:
    with pytest.raises(NeverOverridden):
        grant(hot, obstacle=obstacle)


def test_a_certificate_that_ended_is_not_overridden(bench: Bench, hot: Worksheet, grant: Signer) -> None:
    use = StandardUse.objects.select_related("certificate").filter(examination=hot)[0]
    certificate = use.certificate
    certificate.valid_until = certificate.issued_on.replace(year=2026)
    certificate.save(update_fields=["valid_until"])
    assert [one.obstacle for one in overridable(hot)] == ["condition"]
    for obstacle in ("range", "ratio", "intermediate_check"):
        with pytest.raises(NothingToOverride):
            grant(hot, obstacle=obstacle, key=use.need, certificate=certificate.pk)


def test_only_while_it_is_measured(bench: Bench, hot: Worksheet, grant: Signer) -> None:
    grant(hot)
    sent = submit_worksheet(bench.act(), Worksheet.objects.get(pk=hot.pk))
    with pytest.raises(WrongStage):
        grant(sent)
    back = return_worksheet(bench.act("kdv.binh", reason="Ghi lại độ ẩm"), sent)
    assert waived(back) == {("condition", "temperature")}
    assert approve_worksheet(bench.act("kdv.binh"), submit_worksheet(bench.act(), back)).state == "approved"


def test_the_performer_asks_and_the_technical_head_is_told_once(bench: Bench, hot: Worksheet) -> None:
    request_deviation(bench.act(reason="Khách cần gấp"), hot)
    asked = FollowUp.objects.get(kind="deviation")
    assert asked.owner in {"truongphong", "giamdoc"}
    assert hot.number in asked.title
    assert "Khách cần gấp" in asked.title
    with pytest.raises(DeviationAsked):
        request_deviation(bench.act(reason="Khách cần gấp"), hot)


def test_the_nonconformity_is_closed_like_any_other(bench: Bench, hot: Worksheet, grant: Signer) -> None:
    from quacan.centre.followups.actions import finish_follow_up

    made = grant(hot)
    follow_up = FollowUp.objects.get(subject=f"quality.Nonconformity:{made.pk}")
    finish_follow_up(bench.act("chatluong"), follow_up, evidence="Đã che nắng nơi đo")
    closed = close_nonconformity(
        bench.act("chatluong"), made, version=1, cause="Nắng", corrective_action="Che nắng",
        effectiveness_on=bench.world.now.date().replace(year=2027), confirmed=True,
    )  # fmt: skip
    assert closed.state == "closed"


def test_the_screens_show_ask_and_sign(
    bench: Bench, hot: Worksheet, sign_in: Callable[[Person], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: bench.world.now)
    place = f"/chat-luong/sai-lech/{hot.pk}/"
    client = sign_in(bench.an)
    page = client.get(f"/kiem-dinh/{hot.pk}/").content.decode()  # type: ignore[attr-defined]
    assert "Xin sai lệch" in page
    refused = client.get(place).content.decode()  # type: ignore[attr-defined]
    assert "không có quyền" in refused
    assert "password" not in refused
    client = sign_in(bench.world.people["truongphong"])
    assert "43,0 °C" in client.get(place).content.decode()  # type: ignore[attr-defined]
    form = {
        "name": "condition|temperature|", "reason": WHY, "owner": bench.world.people["chatluong"].pk,
        "working_days": 10, "password": "sai",
    }  # fmt: skip
    answer = client.post(place, form)  # type: ignore[attr-defined]
    assert answer.status_code == 422
    assert "Mật khẩu ký không đúng" in answer.content.decode()
    assert WHY in answer.content.decode()
    answer = client.post(place, form | {"password": PASSWORD})  # type: ignore[attr-defined]
    assert answer.status_code == 302
    page = client.get(f"/kiem-dinh/{hot.pk}/").content.decode()  # type: ignore[attr-defined]
    assert WHY in page
    made = Nonconformity.objects.get()
    shown = client.get(f"/chat-luong/khong-phu-hop/{made.pk}/").content.decode()  # type: ignore[attr-defined]
    assert "Lục Văn Hải" in shown
    assert "quality.grant_deviation" not in shown
    assert "truongphong" not in shown
    assert made.number in client.get("/chat-luong/").content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("state", ["draft", "hot", "submitted", "void"])
def test_a_deviation_in_every_state_for_everybody(
    bench: Bench, hot: Worksheet, grant: Signer, state: str
) -> None:
    from quacan.centre.certificates.tests.test_moves import WHO, agree
    from quacan.centre.verification.moves import GRANT_DEVIATION

    if state == "draft":
        enter_conditions(bench.act(), hot, values={("temperature", "end"): "25,0"})
    elif state != "hot":
        Worksheet.objects.filter(pk=hot.pk).update(state=state)
    sheet = Worksheet.objects.get(pk=hot.pk)
    opened = {
        who: agree(
            GRANT_DEVIATION,
            sheet,
            lambda act: grant(sheet, who=act.actor.username),
            bench.act(who, reason=WHY),
        )
        for who in WHO
    }
    assert opened["truongphong"] == (state == "hot")
    assert not opened["kdv.an"]


def test_another_centre_sees_nothing(
    hot: Worksheet, bench: Bench, sign_in: Callable[[Person], object]
) -> None:
    client = sign_in(bench.world.people["nguoikhac"])
    assert client.get(f"/chat-luong/sai-lech/{hot.pk}/").status_code == 404  # type: ignore[attr-defined]


def test_a_deviation_of_a_standard_holds_for_its_certificate_alone(
    bench: Bench, hot: Worksheet, grant: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quacan.centre.examinations.queries import standard_fitness

    monkeypatch.setattr(standard_fitness, "_range", lambda certificate, need: "phạm vi ngắn hơn")
    use = StandardUse.objects.filter(examination=hot)[0]
    assert ("range", use.need, use.certificate_id) in {
        (one.obstacle, one.key, one.certificate) for one in overridable(hot)
    }
    grant(hot, obstacle="range", key=use.need, certificate=use.certificate_id)
    fresh = Worksheet.objects.get(pk=hot.pk)
    assert ("range", use.need) in waived(fresh)
    assert waived(fresh, certificate=use.certificate_id + 1000) == frozenset()
    assert [one.obstacle for one in overridable(fresh) if one.key == use.need] == []
