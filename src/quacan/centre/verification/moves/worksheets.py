"""What is done with a worksheet: by whom, when, and what stands in the way.

A worksheet is offered as the record or as it was gathered (``queries.gathered``): then nothing is worked out twice.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.act import reference
from quacan.centre.base.actors import Actor
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.models import FollowUp
from quacan.centre.base.moves import Moves, Place
from quacan.centre.base.refusals import Refusal
from quacan.centre.people.models import Authorisation, Person
from quacan.centre.people.queries import people_with, visible
from quacan.centre.verification.library import shelves_for
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import adjustments, current_readings, differing_characteristics
from quacan.centre.verification.queries.competence import fitness_of, incompetence
from quacan.centre.verification.queries.gathered import (
    GatheredSheet,
    gathered,
    needs_uncertainty,
    why_refused,
)
from quacan.centre.verification.refusals import (
    AlreadyReplaced,
    BudgetMissing,
    CharacteristicsAgree,
    ConditionsLeft,
    DeviationAsked,
    DeviationOfOneself,
    NobodyGrants,
    NoProcedure,
    NotAdjusted,
    NothingFound,
    NothingToOverride,
    NotPerformer,
    ReplacementStays,
    SamePerson,
    StandardMissing,
    StandardUnsuitable,
    SupervisorChecks,
    Undetermined,
)
from quacan.centre.verification.rules import MOST_NAMED, obstacles_to_verdict

RECORD: Final = "worksheets.record"
CHECK: Final = "worksheets.check"
DEVIATION: Final = "deviation"
"""The kind of follow-up by which a deviation is asked for."""

Sheet = Worksheet | GatheredSheet


def sheet_of(record: Sheet) -> Worksheet:
    """The worksheet itself, whether it is gathered or not."""
    return record.sheet if isinstance(record, GatheredSheet) else record


def _place(record: Sheet) -> Place:
    sheet = sheet_of(record)
    return sheet.organisation, sheet.unit_id


def _by_its_performer(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    sheet = sheet_of(record)
    if sheet.performer.username != actor.username:
        yield NotPerformer(performer=sheet.performer.full_name, number=sheet.number)


def _by_a_fit_performer(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _by_its_performer(record, actor, on)
    yield from record.unfit if isinstance(record, GatheredSheet) else fitness_of(record).refusals


def _ready_to_send(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _by_its_performer(record, actor, on)
    found = gathered(record)
    yield from found.unfit
    yield from _standards_lacking(found)
    sheet = found.sheet
    if not found.is_concluded:
        sentences = obstacles_to_verdict(found.result, english=is_english())
        yield Undetermined(number=sheet.number, reasons="; ".join(one.rstrip(".") for one in sentences))
    if left := [one.sentence.rstrip(".") for one in found.left if not one.waived]:
        yield ConditionsLeft(number=sheet.number, reasons="; ".join(left))
    if needs_uncertainty(sheet) and (refused := [one for one in found.budgets if one["refused"] is not None]):
        why = "; ".join(why_refused(one) for one in refused[:MOST_NAMED])
        yield BudgetMissing(number=sheet.number, count=len(refused), why=why)


def _standards_lacking(found: GatheredSheet) -> Iterator[Refusal]:
    for need in found.needs:
        if need.chosen and need.obstacle:
            yield StandardUnsuitable(standard=need.chosen, need=need.label, why=need.obstacle)
    if missing := [need.label for need in found.needs if not need.chosen]:
        yield StandardMissing(number=found.sheet.number, needs=", ".join(missing))


def not_the_checker(record: Sheet, actor: Actor) -> Iterator[Refusal]:
    """Why somebody who may check is not who checks this worksheet: its performer, or not its performer's supervisor."""
    sheet = sheet_of(record)
    if sheet.performer.username == actor.username:
        yield SamePerson(person=sheet.performer.full_name, number=sheet.number)
    fitness = record.fitness if isinstance(record, GatheredSheet) else fitness_of(record)
    supervisor = fitness.supervisor
    if supervisor is not None and supervisor.username != actor.username:
        yield SupervisorChecks(
            performer=sheet.performer.full_name, supervisor=supervisor.full_name, number=sheet.number
        )


def sheets_to_check(person: Person, *, on: date) -> QuerySet[Worksheet]:
    """The worksheets sent one by one that wait for this checker: not their own, not those another supervises."""
    rows = Worksheet.objects.filter(state=Worksheet.State.SUBMITTED, batch=None).exclude(performer=person)
    rows = visible(rows, person, CHECK, on=on)
    supervised = Authorisation.objects.filter(supervisor__isnull=False, person=OuterRef("performer"))
    doubtful = rows.filter(Exists(supervised)).select_related("performer", "organisation", "instrument")
    kept_from = [sheet.pk for sheet in doubtful if any(not_the_checker(sheet, person))]
    rows = rows.exclude(pk__in=kept_from)
    return rows.select_related("instrument", "performer").order_by("submitted_at", "id")


def _ready_to_approve(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from not_the_checker(record, actor)
    yield from record.unfit if isinstance(record, GatheredSheet) else fitness_of(record).refusals


def _replaces_nothing(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    sheet = sheet_of(record)
    if sheet.supersedes_id is not None:
        yield ReplacementStays(number=sheet.number)


def _replaceable(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    """Once only; and by somebody who may then measure: a replacement is never given up."""
    sheet = sheet_of(record)
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


def _register_differs(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _by_its_performer(record, actor, on)
    differing = record.differing if isinstance(record, GatheredSheet) else differing_characteristics(record)
    if not differing:
        yield CharacteristicsAgree(number=sheet_of(record).number)


def _something_found(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _by_its_performer(record, actor, on)
    sheet = sheet_of(record)
    if not any(row.text for row in current_readings(sheet).values()):
        yield NothingFound(number=sheet.number)


def _adjusted(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _by_its_performer(record, actor, on)
    sheet = sheet_of(record)
    if not adjustments(sheet):
        yield NotAdjusted(number=sheet.number)


def _deviation_to_ask(record: Sheet, actor: Actor, on: date) -> Iterator[Refusal]:
    yield from _by_its_performer(record, actor, on)
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


def who_grants(sheet: Worksheet, *, on: date) -> list[Person]:
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
    hindrances=_ready_to_send, icon="send", tone="go",
)  # fmt: skip
APPROVE = WORKSHEET.move(
    "approve", _("Duyệt"), CHECK, source="submitted", target="approved", hindrances=_ready_to_approve,
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
    "enter", _("Ghi số đọc"), RECORD, source="draft", hindrances=_by_a_fit_performer, icon="pencil"
)
ENTER_CONDITIONS = WORKSHEET.move(
    "enter_conditions", _("Ghi điều kiện môi trường"), RECORD, source="draft", hindrances=_by_a_fit_performer
)
TAKE_CONDITIONS = WORKSHEET.move(
    "take_conditions", _("Lấy điều kiện từ máy ghi"), RECORD, source="draft", hindrances=_by_a_fit_performer
)
USE_STANDARD = WORKSHEET.move(
    "use_standard", _("Chọn chuẩn"), RECORD, source="draft", hindrances=_by_its_performer
)
BEGIN_RUN = WORKSHEET.move(
    "begin_run", _("Đo lại, sửa, rút số đọc"), RECORD, source="draft", reason=_("Lý do"),
    hindrances=_by_its_performer, icon="refresh-cw",
)  # fmt: skip
ADJUST = WORKSHEET.move(
    "adjust", _("Hiệu chỉnh, đo lại"), RECORD, source="draft", reason=_("Lý do"), hindrances=_something_found,
    icon="refresh-cw",
)  # fmt: skip
CARRY_CHECKLISTS = WORKSHEET.move(
    "carry_checklists", _("Lấy lại kết quả kiểm tra bên ngoài"), RECORD, source="draft", hindrances=_adjusted
)
ADD_PHOTOS = WORKSHEET.move("add_photos", _("Thêm ảnh"), RECORD, source="draft", hindrances=_by_its_performer)
RECORD_SEAL = WORKSHEET.move(
    "record_seal", _("Ghi niêm phong"), RECORD, source="draft", hindrances=_by_its_performer
)
CORRECT_CHARACTERISTICS = WORKSHEET.move(
    "correct_characteristics", _("Lấy lại đặc tính từ sổ"), RECORD, source="draft",
    reason=_("Vì sao đặc tính đã sửa"), hindrances=_register_differs, icon="refresh-cw",
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
