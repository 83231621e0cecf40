"""Ask for leave to go on in spite of an obstacle, and grant it: signed by another than the performer."""

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, reference
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.examinations.models import Deviation
from quacan.centre.examinations.queries import OVERRIDABLE, Overridable, overridable, subject_of
from quacan.centre.examinations.refusals import NeverOverridden, NothingToOverride
from quacan.centre.followups.actions import open_follow_up
from quacan.centre.people.models import Person
from quacan.centre.people.queries import prove_signature
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import ASK_DEVIATION, GRANT_DEVIATION, who_grants
from quacan.centre.verification.moves.worksheets import DEVIATION


@action(ASK_DEVIATION)
def request_deviation(act: Act, sheet: Worksheet) -> Worksheet:
    """This will ask who may grant deviations for leave to go on, with the performer's reason and what stands there."""
    waiting, granting = overridable(sheet), who_grants(sheet, on=act.on)
    title = _("Xin sai lệch, phiếu {number}: {reason} – {obstacle}").format(
        number=sheet.number, reason=act.reason.strip(), obstacle=waiting[0].sentence
    )
    open_follow_up(
        act,
        sheet.organisation,
        kind=DEVIATION,
        title=title[:300],
        owner=granting[0].username,
        due_on=act.on,
        subject=reference(sheet),
    )
    act.noted(sheet, before={}, after={"asked": title})
    return sheet


@action(GRANT_DEVIATION)
def grant_deviation(
    act: Act, sheet: Worksheet, *, obstacle: str, key: str, certificate: int | None, password: str
) -> Deviation:
    """This will sign a deviation from one obstacle of a worksheet that is being measured, with its reason.

    *key* is that of the condition or the need, *certificate* the standard's certificate in question. Who signs proves
    it by their password and is not the performer. Called from quality, which opens the nonconformity with it.
    """
    signer = Person.objects.filter(username=act.actor.username).first()
    if signer is None:
        raise FieldWrong(field=_("Người ký"), why=_("sai lệch do một người đăng nhập ký"))
    prove_signature(signer, password)
    found = _standing(sheet, obstacle=obstacle, key=key, certificate=certificate)
    deviation = Deviation.objects.create(
        examination=sheet,
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
