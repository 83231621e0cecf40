"""What is done with a result, a certificate and a stamp, by whom, and what hinders it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves, Offer, offer
from quacan.centre.base.refusals import Refusal
from quacan.centre.certificates.models import Outcome, Stamp
from quacan.centre.certificates.queries.signing import Grounds, grounds_of, kind_name, valid_until
from quacan.centre.certificates.refusals import (
    IntervalUnknown,
    NoStamp,
    NotASigner,
    NotDesignated,
    NotThreePeople,
)
from quacan.centre.certificates.rules import PARTS, leads_to, part_taken
from quacan.centre.people.models import Person
from quacan.centre.verification.models import Worksheet

RESULT = Moves("verification.Worksheet", ends=frozenset({"issued"}))


def _why_not_issued(sheet: Worksheet, actor: Actor, on: date) -> Iterator[Refusal]:
    return issue_hindrances(sheet, actor, grounds_of([sheet])[sheet.pk])


def issue_hindrances(sheet: Worksheet, actor: Actor, grounds: Grounds) -> Iterator[Refusal]:
    """Everything that keeps a checked worksheet from being signed by a person: the one decision about it.

    Verification is the business of designated organisations alone (Law on Measurement; NĐ 105/2016); calibration
    outside an accreditation is issued without its mark. That nothing was altered after the check is proved at the
    signature itself (ConclusionBroken).
    """
    if not isinstance(actor, Person):
        yield NotASigner(person=actor.full_name)
        return
    part = part_taken(actor.pk, performer=sheet.performer_id, checker=sheet.checker_id)
    if part:
        yield NotThreePeople(person=actor.full_name, part=PARTS[part], number=sheet.number)
    if sheet.service == "verification" and grounds.scope.designation is None:
        yield _not_designated(sheet)
    if grounds.unfit is not None:
        yield grounds.unfit
    if leads_to(sheet.service, sheet.verdict) == Outcome.Kind.VERIFICATION:
        yield from _no_certificate(sheet, grounds)


def _not_designated(sheet: Worksheet) -> NotDesignated:
    return NotDesignated(
        organisation=sheet.organisation.short_name,
        kind=kind_name(sheet),
        procedure=sheet.procedure_code,
        on=f"{sheet.performed_on:%d/%m/%Y}",
    )


def _no_certificate(sheet: Worksheet, grounds: Grounds) -> Iterator[Refusal]:
    """A pass needs a term and a stamp in its performer's hands."""
    try:
        valid_until(sheet)
    except IntervalUnknown as refusal:
        yield refusal
    if not grounds.stamps_left:
        yield NoStamp(person=sheet.performer.full_name)


def issue_offers(sheets: Sequence[Worksheet], person: Person, *, on: date) -> dict[int, Offer]:
    """What a person may sign of many worksheets, by worksheet: what decides is gathered once for all of them."""
    grounds = grounds_of(sheets)

    def known(sheet: Worksheet, actor: Actor, on: date) -> Iterator[Refusal]:
        return issue_hindrances(sheet, actor, grounds[sheet.pk])

    move = replace(ISSUE, hindrances=known)
    return {sheet.pk: offer(move, sheet, person, on=on) for sheet in sheets}


ISSUE = RESULT.move(
    "issue", _("Ký ban hành"), "certificates.sign", source="approved", target="issued",
    hindrances=_why_not_issued, icon="pen-line", tone="go",
)  # fmt: skip


def _state(outcome: Outcome) -> str:
    return str(outcome.document.state)


def _stage(outcome: Outcome) -> str:
    return str(outcome.document.get_state_display())


OUTCOME = Moves(
    "certificates.Outcome",
    ends=frozenset({"issued", "superseded", "revoked"}),
    follows=(("issued", "superseded"),),
    state=_state,
    stage=_stage,
    tones={"issued": "pass", "superseded": "info", "revoked": "fail"},
)
REVOKE = OUTCOME.move(
    "revoke", _("Thu hồi"), "certificates.revoke", source="issued", target="revoked", reason=_("Lý do thu hồi"),
    icon="undo-2", tone="danger",
)  # fmt: skip

STAMP = Moves(
    "certificates.Stamp",
    ends=frozenset({Stamp.State.USED, Stamp.State.DAMAGED}),
    tones={"issued": "info", "used": "pass", "damaged": "fail"},
)
HAND_OUT = STAMP.move("hand_out", _("Giao tem"), source=Stamp.State.IN_STOCK, target=Stamp.State.ISSUED)
USE = STAMP.move("use", _("Dán tem"), source=Stamp.State.ISSUED, target=Stamp.State.USED)
DAMAGE = STAMP.move(
    "damage", _("Ghi hỏng"), "stamps.manage", source=(Stamp.State.IN_STOCK, Stamp.State.ISSUED),
    target=Stamp.State.DAMAGED, reason=_("Lý do hỏng"), tone="danger",
)  # fmt: skip
