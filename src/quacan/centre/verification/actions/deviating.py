"""Ask for leave to go on in spite of an obstacle, and grant it: signed by another than the performer."""

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, reference
from quacan.centre.base.models import FollowUp
from quacan.centre.base.refusals import FieldWrong, WrongStage
from quacan.centre.followups.actions import open_follow_up
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with, prove_signature
from quacan.centre.verification.actions.recording import open_for_entry
from quacan.centre.verification.models import Deviation, Worksheet
from quacan.centre.verification.queries import OVERRIDABLE, Overridable, overridable, subject_of
from quacan.centre.verification.refusals import (
    DeviationAsked,
    DeviationOfOneself,
    NeverOverridden,
    NobodyGrants,
    NothingToOverride,
)

KIND = "deviation"


@action("worksheets.record")
def request_deviation(act: Act, worksheet: Worksheet) -> Worksheet:
    """This will ask who may grant deviations for leave to go on, with the performer's reason and what stands there."""
    sheet = open_for_entry(act, worksheet)
    act.require_reason(_("xin sai lệch"))
    waiting = overridable(sheet)
    if not waiting:
        raise NothingToOverride(number=sheet.number)
    granting = [
        one
        for one in people_with("deviations.grant", sheet.organisation, on=act.on)
        if one.pk != sheet.performer_id
    ]
    if not granting:
        raise NobodyGrants(organisation=sheet.organisation.short_name)
    asked = FollowUp.objects.filter(kind=KIND, subject=reference(sheet), state=FollowUp.State.OPEN)
    if asked.exists():
        raise DeviationAsked(number=sheet.number, person=granting[0].full_name)
    title = _("Xin sai lệch, phiếu {number}: {reason} – {obstacle}").format(
        number=sheet.number, reason=act.reason.strip(), obstacle=waiting[0].sentence
    )
    open_follow_up(
        act,
        sheet.organisation,
        kind=KIND,
        title=title[:300],
        owner=granting[0].username,
        due_on=act.on,
        subject=reference(sheet),
    )
    act.noted(sheet, before={}, after={"asked": title})
    return sheet


@action("deviations.grant")
def grant_deviation(
    act: Act, worksheet: Worksheet, *, obstacle: str, key: str, certificate: int | None, password: str
) -> Deviation:
    """This will sign a deviation from one obstacle of a worksheet that is being measured, with its reason.

    *key* is that of the condition or the need, *certificate* the standard's certificate in question. Who signs proves
    it by their password and is not the performer. Called from quality, which opens the nonconformity with it.
    """
    act.require(worksheet.organisation, unit_id=worksheet.unit_id)
    act.require_reason(_("cho phép sai lệch"))
    sheet = Worksheet.objects.select_for_update().get(pk=worksheet.pk)
    if sheet.state != Worksheet.State.DRAFT:
        raise WrongStage(
            record=sheet.number,
            stage=sheet.get_state_display(),
            move=_("cho phép sai lệch"),
            allowed=_("người soát xét trả phiếu về"),
        )
    if sheet.performer.username == act.actor.username:
        raise DeviationOfOneself(person=sheet.performer.full_name, number=sheet.number)
    signer = Person.objects.filter(username=act.actor.username).first()
    if signer is None:
        raise FieldWrong(field=_("Người ký"), why=_("sai lệch do một người đăng nhập ký"))
    prove_signature(signer, password)
    found = _standing(sheet, obstacle=obstacle, key=key, certificate=certificate)
    deviation = Deviation.objects.create(
        worksheet=sheet,
        obstacle=obstacle,
        subject=subject_of(sheet, obstacle, key, certificate=certificate),
        sentence=found.sentence,
        reason=act.reason.strip(),
        performer=sheet.performer,
        granted_by=signer,
        granted_at=act.at,
    )
    act.created(deviation)
    return deviation


def _standing(sheet: Worksheet, *, obstacle: str, key: str, certificate: int | None) -> Overridable:
    if obstacle not in OVERRIDABLE:
        raise NeverOverridden(obstacle=obstacle)
    for one in overridable(sheet):
        if (one.obstacle, one.key, one.certificate) == (obstacle, key, certificate):
            return one
    raise NothingToOverride(number=sheet.number)
