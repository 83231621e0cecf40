"""Grant a deviation on a worksheet: sign it and open the nonconforming work that follows, in one deed."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, reference
from quacan.centre.base.chain import canonical
from quacan.centre.base.documents import Rendition, issue_document
from quacan.centre.base.language.folding import fold
from quacan.centre.base.models import Document
from quacan.centre.base.registers import take_number
from quacan.centre.examinations.models import Deviation
from quacan.centre.followups.actions import open_follow_up
from quacan.centre.people.models import Person
from quacan.centre.quality.actions.nonconforming import KIND, due_after
from quacan.centre.quality.models import Nonconformity
from quacan.centre.quality.refusals import NoQualityRight
from quacan.centre.verification.actions import grant_deviation as sign_deviation
from quacan.centre.verification.models import Worksheet


@dataclass(frozen=True, slots=True)
class DeviationDraft:
    """What is let pass (kind of obstacle, key of the condition or need, certificate), and who looks into it by when.

    *owner* must be allowed to record quality matters; *password* proves who signs and is kept nowhere.
    """

    obstacle: str
    key: str
    certificate: int | None
    owner: Person
    working_days: int
    password: str = field(repr=False)


@action("deviations.grant")
def grant_deviation(act: Act, worksheet: Worksheet, draft: DeviationDraft) -> Nonconformity:
    """The nonconforming work (ISO/IEC 17025, 7.10) opened by signing a deviation on a worksheet.

    What was signed is frozen as a document; the owner is asked to look into it within so many working days.
    """
    organisation, owner = worksheet.organisation, draft.owner
    act.require(organisation, unit_id=worksheet.unit_id)
    if not owner.may("quality.record", organisation_id=organisation.pk, unit_id=None, on=act.on):
        raise NoQualityRight(person=owner.full_name, organisation=organisation.short_name)
    due_on = due_after(act.on, draft.working_days)
    deviation = sign_deviation(
        act,
        worksheet,
        obstacle=draft.obstacle,
        key=draft.key,
        certificate=draft.certificate,
        password=draft.password,
    )
    number = take_number(act, organisation, kind=KIND, subject=reference(deviation), on=act.on).text
    summary = _("Cho phép sai lệch trên phiếu {number}: {sentence} Lý do: {reason}").format(
        number=worksheet.number, sentence=deviation.sentence, reason=deviation.reason
    )
    made = Nonconformity.objects.create(
        organisation=organisation,
        number=number,
        deviation=deviation,
        document=_frozen(act, deviation, number, summary),
        summary=summary,
        opened_on=act.on,
        opened_by=act.actor.username,
        folded=fold(f"{number} {worksheet.number} {worksheet.instrument} {summary}")[:600],
    )
    act.created(made)
    open_follow_up(
        act,
        organisation,
        kind=KIND,
        title=_("{number}: xem xét sai lệch trên phiếu {sheet}, khắc phục nguyên nhân").format(
            number=number, sheet=worksheet.number
        ),
        owner=owner.username,
        due_on=due_on,
        subject=reference(made),
    )
    return made


def _frozen(act: Act, deviation: Deviation, number: str, summary: str) -> Document:
    snapshot = _snapshot(deviation, number, summary)
    sheet = deviation.examination
    return issue_document(
        act,
        book=sheet.organisation.code,
        kind=KIND,
        number=number,
        title=_("Điểm không phù hợp {number}: sai lệch trên phiếu {sheet}").format(
            number=number, sheet=sheet.number
        ),
        snapshot=snapshot,
        renditions=(Rendition("json", "sai-lech.json", canonical(snapshot).encode()),),
        on=act.on,
    )


def _snapshot(deviation: Deviation, number: str, summary: str) -> dict[str, Any]:
    return {
        "number": number,
        "summary": summary,
        "worksheet": deviation.examination.number,
        "obstacle": deviation.obstacle,
        "subject": deviation.subject,
        "sentence": deviation.sentence,
        "reason": deviation.reason,
        "performer": deviation.performer.full_name,
        "granted_by": deviation.granted_by.full_name,
        "granted_at": deviation.granted_at,
    }
