"""What is done with a worksheet: by whom, when, and what stands in the way.

A worksheet is offered as the record or as it was gathered (``queries.gathered``): then nothing is worked out twice.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, cast

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.act import reference
from quacan.centre.base.actors import Actor
from quacan.centre.base.models import FollowUp
from quacan.centre.base.moves import Moves, Place
from quacan.centre.base.refusals import Refusal
from quacan.centre.examinations.models import Examination
from quacan.centre.examinations.moves import (
    Sheet,
    adjusted,
    by_a_fit_performer,
    by_its_performer,
    not_the_checker,
    ready_to_approve,
    ready_to_send,
    register_differs,
    sheet_of,
    something_found,
)
from quacan.centre.examinations.queries.gathered import (
    gathered,
)
from quacan.centre.examinations.refusals import (
    DeviationAsked,
    DeviationOfOneself,
    NobodyGrants,
    NoProcedure,
    NothingToOverride,
)
from quacan.centre.people.models import Authorisation, Person
from quacan.centre.people.queries import people_with, visible
from quacan.centre.verification.library import shelves_for
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries.competence import incompetence
from quacan.centre.verification.refusals import AlreadyReplaced, ReplacementStays

RECORD: Final = "worksheets.record"
CHECK: Final = "worksheets.check"
DEVIATION: Final = "deviation"
"""The kind of follow-up by which a deviation is asked for."""


def _place(record: Sheet) -> Place:
    sheet = sheet_of(record)
    return sheet.organisation, sheet.unit_id


def sheets_to_check(person: Person, *, on: date) -> QuerySet[Worksheet]:
    """The worksheets sent one by one that wait for this checker: not their own, not those another supervises."""
    rows = Worksheet.objects.filter(state=Worksheet.State.SUBMITTED, batch=None).exclude(performer=person)
    rows = visible(rows, person, CHECK, on=on)
    supervised = Authorisation.objects.filter(supervisor__isnull=False, person=OuterRef("performer"))
    doubtful = rows.filter(Exists(supervised)).select_related("performer", "organisation", "instrument")
    kept_from = [sheet.pk for sheet in doubtful if any(not_the_checker(sheet, person))]
    rows = rows.exclude(pk__in=kept_from)
    return rows.select_related("instrument", "performer").order_by("submitted_at", "id")


def _replaces_nothing(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    sheet = sheet_of(record)
    if sheet.terms.replaces is not None:
        yield ReplacementStays(number=sheet.number)


def _replaceable(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    """Once only; and by somebody who may then measure: a replacement is never given up."""
    sheet = cast(Worksheet, sheet_of(record))
    if (newer := getattr(sheet, "superseded_by", None)) is not None:
        yield AlreadyReplaced(number=sheet.number, newer=newer.number)
        return
    job = sheet.job
    shelves = shelves_for(sheet.instrument.kind_code, event=job.event, service=job.line.service, on=on)
    if all(shelf.procedure.code != sheet.procedure_code for shelf in shelves):
        event = job.get_event_display()
        yield NoProcedure(kind=sheet.instrument.kind_code, event=event, on=f"{on:%d/%m/%Y}")
    person = Person.objects.filter(username=actor.username).first()
    if person is not None:
        yield from incompetence(person, job, procedure=sheet.procedure_code, on=on)


def _deviation_to_ask(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from by_its_performer(record, actor, on)
    found = gathered(record)
    sheet = found.sheet
    if not found.overridable:
        yield NothingToOverride(number=sheet.number)
        return
    granting = who_grants(sheet, on=on)
    if not granting:
        yield NobodyGrants(organisation=sheet.organisation.short_name)
        return
    asked = FollowUp.objects.filter(kind=DEVIATION, subject=reference(sheet), state=FollowUp.State.OPEN)
    if asked.exists():
        yield DeviationAsked(number=sheet.number, person=granting[0].full_name)


def who_grants(sheet: Examination, *, on: date) -> list[Person]:
    """Who may sign a deviation on a worksheet: everybody with the right but its performer."""
    holders = people_with("deviations.grant", sheet.organisation, on=on)
    return [one for one in holders if one.pk != sheet.performer_id]


def _deviation_to_grant(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    sheet = sheet_of(record)
    if sheet.performer.username == actor.username:
        yield DeviationOfOneself(person=sheet.performer.full_name, number=sheet.number)
    if not gathered(record).overridable:
        yield NothingToOverride(number=sheet.number)


WORKSHEET = Moves(
    "verification.Worksheet",
    ends=frozenset({"issued", "superseded", "void"}),
    follows=(("approved", "issued"), ("issued", "superseded")),
    place=_place,
    state=lambda record: str(sheet_of(record).state),
    stage=lambda record: str(sheet_of(record).get_state_display()),
    tones={"submitted": "info", "approved": "pass", "issued": "pass", "void": "fail"},
)
SUBMIT = WORKSHEET.move(
    "submit", _("Kết thúc, gửi soát xét"), RECORD, source="draft", target="submitted",
    hindrances=ready_to_send, icon="send", tone="go",
)  # fmt: skip
APPROVE = WORKSHEET.move(
    "approve", _("Duyệt"), CHECK, source="submitted", target="approved", hindrances=ready_to_approve,
    icon="badge-check", tone="go",
)  # fmt: skip
RETURN = WORKSHEET.move(
    "return", _("Trả lại"), CHECK, source={"submitted", "approved"}, target="draft", reason=_("Lý do trả lại"),
    icon="undo-2",
)  # fmt: skip
REPLACE = WORKSHEET.move(
    "replace", _("Lập phiếu thay thế"), RECORD, source="issued", reason=_("Lý do thay thế"),
    hindrances=_replaceable, icon="copy",
)  # fmt: skip
VOID = WORKSHEET.move(
    "void", _("Bỏ phiếu"), RECORD, source="draft", target="void", reason=_("Lý do bỏ phiếu"),
    hindrances=_replaces_nothing, icon="x", tone="danger",
)  # fmt: skip
ENTER = WORKSHEET.move(
    "enter", _("Ghi số đọc"), RECORD, source="draft", hindrances=by_a_fit_performer, icon="pencil"
)
ENTER_CONDITIONS = WORKSHEET.move(
    "enter_conditions", _("Ghi điều kiện môi trường"), RECORD, source="draft", hindrances=by_a_fit_performer
)
TAKE_CONDITIONS = WORKSHEET.move(
    "take_conditions", _("Lấy điều kiện từ máy ghi"), RECORD, source="draft", hindrances=by_a_fit_performer
)
USE_STANDARD = WORKSHEET.move(
    "use_standard", _("Chọn chuẩn"), RECORD, source="draft", hindrances=by_its_performer
)
BEGIN_RUN = WORKSHEET.move(
    "begin_run", _("Đo lại, sửa, rút số đọc"), RECORD, source="draft", reason=_("Lý do"),
    hindrances=by_its_performer, icon="refresh-cw",
)  # fmt: skip
ADJUST = WORKSHEET.move(
    "adjust", _("Hiệu chỉnh, đo lại"), RECORD, source="draft", reason=_("Lý do"), hindrances=something_found,
    icon="refresh-cw",
)  # fmt: skip
CARRY_CHECKLISTS = WORKSHEET.move(
    "carry_checklists", _("Lấy lại kết quả kiểm tra bên ngoài"), RECORD, source="draft", hindrances=adjusted
)
ADD_PHOTOS = WORKSHEET.move("add_photos", _("Thêm ảnh"), RECORD, source="draft", hindrances=by_its_performer)
RECORD_SEAL = WORKSHEET.move(
    "record_seal", _("Ghi niêm phong"), RECORD, source="draft", hindrances=by_its_performer
)
CORRECT_CHARACTERISTICS = WORKSHEET.move(
    "correct_characteristics", _("Lấy lại đặc tính từ sổ"), RECORD, source="draft",
    reason=_("Vì sao đặc tính đã sửa"), hindrances=register_differs, icon="refresh-cw",
)  # fmt: skip
ASK_DEVIATION = WORKSHEET.move(
    "ask_deviation", _("Xin sai lệch"), RECORD, source="draft", reason=_("Vì sao cần đo tiếp"),
    hindrances=_deviation_to_ask, icon="flag",
)  # fmt: skip
GRANT_DEVIATION = WORKSHEET.move(
    "grant_deviation", _("Cho phép sai lệch"), "deviations.grant", source="draft",
    reason=_("Vì sao chấp nhận được"), hindrances=_deviation_to_grant, icon="file-pen",
)  # fmt: skip
ISSUE = WORKSHEET.move("issue", _("Ban hành kết quả"), source="approved", target="issued")
SUPERSEDE = WORKSHEET.move("supersede", _("Thay thế"), source="issued", target="superseded")
