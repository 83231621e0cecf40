"""What is done with activities: record, change, confirm, cancel, attach evidence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quacan.centre.activities.facts import posting_of
from quacan.centre.activities.kinds import ActivityKind, kind_in_force
from quacan.centre.activities.models import Activity, Attachment
from quacan.centre.activities.refusals import FileTooLarge, KindNotInForce, SelfConfirmed
from quacan.centre.activities.rules import ValueRefused, read_values
from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.definitions import DefinitionNotInForce
from quacan.centre.base.documents import Rendition, issue_document
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong, WrongStage
from quacan.centre.ledger.actions import post
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.parties.models import Party

MEGABYTES = 20


@action("activities.record")
def record_activity(
    act: Act,
    organisation: Organisation,
    *,
    kind_code: str,
    title: str,
    occurred_on: date,
    values: Mapping[str, str],
    unit: Unit | None = None,
    ended_on: date | None = None,
    place: str = "",
    party: Party | None = None,
    note: str = "",
) -> Activity:
    """This will record an activity by its kind's version in force on its day; it counts once confirmed."""
    act.require(organisation, unit_id=unit.pk if unit else None)
    activity = Activity(organisation=organisation, recorded_by=act.actor.username)
    _fill(
        act,
        activity,
        kind_code=kind_code,
        title=title,
        occurred_on=occurred_on,
        ended_on=ended_on,
        values=values,
        unit=unit,
        place=place,
        party=party,
        note=note,
    )
    activity.save()
    act.created(activity)
    return activity


@action("activities.record")
def change_activity(act: Act, activity: Activity, /, *, version: int, **fields: Any) -> Activity:
    """This will change an activity that is not cancelled; a confirmed one must be confirmed again."""
    act.require(activity.organisation, unit_id=activity.unit_id)
    fresh = locked(activity, version=version)
    if fresh.state == Activity.State.CANCELLED:
        raise _wrong_stage(fresh, _("sửa"))
    before = image(fresh)
    current = {
        "kind_code": fresh.kind_code,
        "title": fresh.title,
        "occurred_on": fresh.occurred_on,
        "ended_on": fresh.ended_on,
        "values": fresh.values,
        "unit": fresh.unit,
        "place": fresh.place,
        "party": fresh.party,
        "note": fresh.note,
    }
    _fill(act, fresh, **{**current, **fields})
    fresh.state, fresh.confirmed_by, fresh.version = Activity.State.DRAFT, "", version + 1
    fresh.save()
    act.changed(fresh, before)
    post(act, [posting_of(fresh)])
    return fresh


def _fill(
    act: Act,
    activity: Activity,
    *,
    kind_code: str,
    title: str,
    occurred_on: date,
    ended_on: date | None,
    values: Mapping[str, str],
    unit: Unit | None,
    place: str,
    party: Party | None,
    note: str,
) -> None:
    kind = _kind(kind_code, occurred_on)
    if not title.strip():
        raise FieldMissing(field=_("Tên hoạt động"))
    if len(title) > 300:
        raise FieldWrong(field=_("Tên hoạt động"), why=_("dài quá 300 ký tự"))
    if occurred_on > act.on:
        raise FieldWrong(field=_("Ngày"), why=_("ở tương lai"))
    if ended_on is not None and ended_on < occurred_on:
        raise FieldWrong(field=_("Ngày kết thúc"), why=_("trước ngày bắt đầu"))
    if unit is not None and unit.organisation_id != activity.organisation_id:
        raise FieldWrong(field=_("Phòng/tổ"), why=_("thuộc cơ quan khác"))
    kept = {field.key: nfc(str(values.get(field.key, "")).strip()) for field in kind.fields}
    try:
        read_values(kind, kept)
    except ValueRefused as refused:
        english = get_language() == "en"
        raise FieldWrong(
            field=refused.field.label_en if english else refused.field.label_vi,
            why=refused.en if english else refused.vi,
        ) from refused
    activity.kind_code, activity.kind_version = kind.code, kind.version
    activity.title, activity.occurred_on, activity.ended_on = nfc(title.strip()), occurred_on, ended_on
    activity.values = {key: text for key, text in kept.items() if text}
    activity.unit, activity.place, activity.party = unit, nfc(place.strip())[:200], party
    activity.note = nfc(note.strip())
    activity.folded = fold(f"{title} {kind.name_vi} {place} {party or ''}")[:700]


def _kind(code: str, on: date) -> ActivityKind:
    try:
        return kind_in_force(code, on=on)
    except DefinitionNotInForce as error:
        raise KindNotInForce(kind=code, on=f"{on:%d/%m/%Y}") from error


@action("activities.confirm")
def confirm_activity(act: Act, activity: Activity) -> Activity:
    """This will confirm a recorded activity, by somebody else than who recorded it; now it counts."""
    act.require(activity.organisation, unit_id=activity.unit_id)
    fresh = locked(activity)
    if fresh.state != Activity.State.DRAFT:
        raise _wrong_stage(fresh, _("xác nhận"))
    if fresh.recorded_by == act.actor.username:
        raise SelfConfirmed(person=act.actor.username)
    before = image(fresh)
    fresh.state, fresh.confirmed_by = Activity.State.CONFIRMED, act.actor.username
    fresh.save(update_fields=["state", "confirmed_by"])
    act.changed(fresh, before)
    post(act, [posting_of(fresh)])
    return fresh


@action("activities.record")
def cancel_activity(act: Act, activity: Activity) -> Activity:
    """This will cancel an activity with a reason; what it counted is reversed, its record stays."""
    act.require(activity.organisation, unit_id=activity.unit_id)
    act.require_reason(_("hủy hoạt động"))
    fresh = locked(activity)
    if fresh.state == Activity.State.CANCELLED:
        raise _wrong_stage(fresh, _("hủy"))
    before = image(fresh)
    fresh.state = Activity.State.CANCELLED
    fresh.save(update_fields=["state"])
    act.changed(fresh, before)
    post(act, [posting_of(fresh)])
    return fresh


def _wrong_stage(activity: Activity, move: str) -> WrongStage:
    return WrongStage(
        record=activity.title, stage=activity.get_state_display(), move=move, allowed=_("không có")
    )


@action("activities.record")
def attach_evidence(act: Act, activity: Activity, *, name: str, content: bytes) -> Attachment:
    """This will keep a file as evidence of an activity."""
    act.require(activity.organisation, unit_id=activity.unit_id)
    if not content:
        raise FieldMissing(field=_("Tệp"))
    if len(content) > MEGABYTES * 1024 * 1024:
        raise FileTooLarge(name=name, limit=MEGABYTES)
    document = issue_document(
        act,
        book=activity.organisation.code,
        kind="attachment",
        number="",
        title=nfc(name),
        snapshot={"activity": activity.pk, "name": nfc(name)},
        renditions=(Rendition(name.rpartition(".")[2].lower()[:10], nfc(name)[:200], content),),
        on=act.on,
    )
    attachment = Attachment.objects.create(activity=activity, document=document)
    act.created(attachment)
    return attachment
