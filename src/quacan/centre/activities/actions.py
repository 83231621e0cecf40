"""What is done with activities: record, change, confirm, cancel, attach evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.activities.facts import posting_of
from quacan.centre.activities.kinds import ActivityKind, kind_in_force
from quacan.centre.activities.models import Activity, Attachment
from quacan.centre.activities.moves import ATTACH, CANCEL, CHANGE, CONFIRM
from quacan.centre.activities.refusals import FileTooLarge, KindNotInForce
from quacan.centre.activities.rules import ValueRefused, read_values
from quacan.centre.base.act import Act, action
from quacan.centre.base.definitions import DefinitionNotInForce
from quacan.centre.base.documents import keep_file
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.ledger.actions import post
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.parties.models import Party

MEGABYTES = 20


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """What somebody says of an activity; *values* are the texts typed in its kind's fields, by their keys."""

    kind_code: str
    title: str
    occurred_on: date
    values: Mapping[str, str]
    unit: Unit | None = None
    ended_on: date | None = None
    place: str = ""
    party: Party | None = None
    note: str = ""


@action("activities.record")
def record_activity(act: Act, organisation: Organisation, draft: ActivityDraft) -> Activity:
    """This will record an activity by its kind's version in force on its day; it counts once confirmed."""
    act.require(organisation, unit_id=draft.unit.pk if draft.unit else None)
    activity = Activity(organisation=organisation, recorded_by=act.actor.username)
    _fill(act, activity, draft)
    activity.save()
    act.created(activity)
    return activity


@action(CHANGE)
def change_activity(act: Act, activity: Activity, draft: ActivityDraft, *, version: int) -> Activity:
    """This will change an activity that is not cancelled; a confirmed one must be confirmed again."""
    _fill(act, activity, draft)
    act.moved(activity, confirmed_by="", changed_by=act.actor.username)
    post(act, [posting_of(activity)])
    return activity


def _fill(act: Act, activity: Activity, draft: ActivityDraft) -> None:
    kind = _checked_kind(act, activity, draft)
    activity.kind_code, activity.kind_version = kind.code, kind.version
    activity.title, activity.note = nfc(draft.title.strip()), nfc(draft.note.strip())
    activity.occurred_on, activity.ended_on = draft.occurred_on, draft.ended_on
    activity.values = _checked_values(kind, draft.values)
    activity.unit, activity.party = draft.unit, draft.party
    activity.place = nfc(draft.place.strip())[:200]
    activity.folded = fold(f"{draft.title} {kind.name.vi} {draft.place} {draft.party or ''}")[:700]


def _checked_kind(act: Act, activity: Activity, draft: ActivityDraft) -> ActivityKind:
    """The kind a draft is of, when what it says besides its kind's fields can be."""
    kind = _kind(draft.kind_code, draft.occurred_on)
    if not draft.title.strip():
        raise FieldMissing(field=_("Tên hoạt động"))
    if len(draft.title) > 300:
        raise FieldWrong(field=_("Tên hoạt động"), why=_("dài quá 300 ký tự"))
    if draft.occurred_on > act.on:
        raise FieldWrong(field=_("Ngày"), why=_("ở tương lai"))
    if draft.ended_on is not None and draft.ended_on < draft.occurred_on:
        raise FieldWrong(field=_("Đến ngày"), why=_("trước ngày bắt đầu"))
    if draft.unit is not None and draft.unit.organisation_id != activity.organisation_id:
        raise FieldWrong(field=_("Phòng, tổ"), why=_("thuộc cơ quan khác"))
    return kind


def _checked_values(kind: ActivityKind, typed: Mapping[str, str]) -> dict[str, str]:
    kept = {field.key: nfc(str(typed.get(field.key, "")).strip()) for field in kind.fields}
    try:
        read_values(kind, kept)
    except ValueRefused as refused:
        raise FieldWrong(field=str(refused.field.label), why=str(refused.why)) from refused
    return {key: text for key, text in kept.items() if text}


def _kind(code: str, on: date) -> ActivityKind:
    try:
        return kind_in_force(code, on=on)
    except DefinitionNotInForce as error:
        raise KindNotInForce(kind=code, on=f"{on:%d/%m/%Y}") from error


@action(CONFIRM)
def confirm_activity(act: Act, activity: Activity) -> Activity:
    """This will confirm a recorded activity, by somebody else than who typed it; now it counts."""
    act.moved(activity, confirmed_by=act.actor.username)
    post(act, [posting_of(activity)])
    return activity


@action(CANCEL)
def cancel_activity(act: Act, activity: Activity) -> Activity:
    """This will cancel an activity with a reason; what it counted is reversed, its record stays."""
    act.moved(activity)
    post(act, [posting_of(activity)])
    return activity


@action(ATTACH)
def attach_evidence(act: Act, activity: Activity, *, name: str, content: bytes) -> Attachment:
    """This will keep a file as evidence of an activity."""
    if not content:
        raise FieldMissing(field=_("Tệp minh chứng"))
    if len(content) > MEGABYTES * 1024 * 1024:
        raise FileTooLarge(field=_("Tệp minh chứng"), name=name, limit=MEGABYTES)
    document = keep_file(
        act, activity.organisation, kind="attachment", title=nfc(name), name=nfc(name), content=content,
        about={"activity": activity.pk},
    )  # fmt: skip
    attachment = Attachment.objects.create(activity=activity, document=document)
    act.created(attachment)
    return attachment
