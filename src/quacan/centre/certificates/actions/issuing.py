"""Sign a checked worksheet into a certificate or a failure notice; take one back."""

from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.documents import Rendition, issue_document, revoke_document
from quacan.centre.base.language.folding import fold
from quacan.centre.base.models import Document
from quacan.centre.base.refusals import WrongStage
from quacan.centre.base.registers import take_number
from quacan.centre.certificates import composing
from quacan.centre.certificates.facts import outcome_posting
from quacan.centre.certificates.models import Outcome, Stamp
from quacan.centre.certificates.papers import (
    render_calibration,
    render_certificate,
    render_failure_notice,
    render_record,
)
from quacan.centre.certificates.refusals import (
    ConclusionBroken,
    IntervalUnknown,
    NoStamp,
    NotASigner,
    NotThreePeople,
)
from quacan.centre.certificates.rules import PARTS, check_code, part_taken, reissued
from quacan.centre.certificates.scoping import refuse_out_of_scope
from quacan.centre.contracts.actions import finish_job
from quacan.centre.examinations.models import VerdictChoice
from quacan.centre.instruments.actions import note_event
from quacan.centre.instruments.catalogue import kind as catalogue_kind
from quacan.centre.instruments.models import InstrumentEvent
from quacan.centre.ledger.actions import post
from quacan.centre.people.models import Person
from quacan.centre.people.queries import require_card
from quacan.centre.verification.actions import refuse_unfit
from quacan.centre.verification.facts import posting_of
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import content_of, differences


@action("certificates.sign")
def issue_outcome(act: Act, worksheet: Worksheet) -> Outcome:
    """This will sign an approved worksheet: a certificate with stamp for a pass, a failure notice for a fail.

    A calibration leads to its certificate whatever it found. Verification outside every designation in force on the
    day of measuring is refused by name (NotDesignated). Number, documents, stamp, instrument history, contract
    progress and ledger entries are one transaction.
    """
    act.require(worksheet.organisation, unit_id=worksheet.unit_id)
    sheet = Worksheet.objects.select_for_update().get(pk=worksheet.pk)
    signer = _signer(act, sheet)
    if content_of(sheet) != sheet.content_sha256 or differences(sheet):
        raise ConclusionBroken(number=sheet.number)
    refuse_unfit(sheet)
    refuse_out_of_scope(sheet)
    old = _replaced(sheet)
    outcome = _write_outcome(act, sheet, signer, old)
    _close_worksheet(act, sheet, old)
    _tell_instrument(act, sheet, outcome)
    if old is None:
        finish_job(act, sheet.job)
    replaced = [posting_of(old.worksheet)] if old is not None else []
    post(act, [posting_of(sheet), outcome_posting(outcome), *replaced])
    return outcome


def _signer(act: Act, sheet: Worksheet) -> Person:
    if sheet.state != Worksheet.State.APPROVED:
        raise WrongStage(
            record=sheet.number,
            stage=sheet.get_state_display(),
            move=_("ký ban hành"),
            allowed=_("soát xét trước"),
        )
    signer = Person.objects.filter(username=act.actor.username).first()
    if signer is None:
        raise NotASigner(username=act.actor.username)
    part = part_taken(signer.pk, performer=sheet.performer_id, checker=sheet.checker_id)
    if part:
        raise NotThreePeople(person=signer.full_name, part=PARTS[part], number=sheet.number)
    return signer


def _replaced(sheet: Worksheet) -> Outcome | None:
    if sheet.supersedes_id is None:
        return None
    return Outcome.objects.select_related("worksheet__instrument", "document").get(
        worksheet_id=sheet.supersedes_id
    )


def _write_outcome(act: Act, sheet: Worksheet, signer: Person, old: Outcome | None) -> Outcome:
    """The record's number comes first: its register's locked row makes every signing of the house take its turn."""
    record_number = take_number(act, sheet.organisation, kind="record", subject=sheet, on=act.on).text
    kind = _kind(sheet)
    until = _until(sheet) if kind == Outcome.Kind.VERIFICATION else None
    stamp = _take_stamp(act, sheet) if kind == Outcome.Kind.VERIFICATION else None
    assert sheet.checker is not None
    signing = composing.Signing(
        number=_number(act, sheet, kind, old),
        performer=sheet.performer,
        checker=sheet.checker,
        signer=signer,
        at=act.at,
        on=act.on,
        check_code=check_code(),
        record_number=record_number,
        card_number=_card_number(sheet),
        stamp=stamp.number if stamp else "",
        valid_until=until,
        replaces=old.number if old else "",
    )
    values = composing.common(sheet, signing)
    record = _issue_record(act, sheet, signing, values)
    outcome = Outcome.objects.create(
        organisation=sheet.organisation,
        unit=sheet.unit,
        kind=kind,
        number=signing.number,
        worksheet=sheet,
        instrument=sheet.instrument,
        document=_issue_paper(act, sheet, signing, values, old),
        record=record,
        issued_on=act.on,
        valid_until=until,
        performer=sheet.performer,
        checker=sheet.checker,
        signer=signer,
        stamp=stamp,
        check_code=signing.check_code,
        folded=_folded(sheet, signing),
    )
    act.created(outcome)
    return outcome


def _card_number(sheet: Worksheet) -> str:
    """The verifier's card in force on the day of measuring, printed under the name (TT 24/2013 art. 41)."""
    if sheet.service != "verification":
        return ""
    field = catalogue_kind(sheet.instrument.kind_code).field
    return require_card(sheet.performer, sheet.organisation, field=field, on=sheet.performed_on).number


def _folded(sheet: Worksheet, signing: composing.Signing) -> str:
    """What a certificate is found by: its numbers, stamp, contract, instrument and owner."""
    contract = sheet.job.order.contract.number
    words = (signing.number, sheet.number, signing.record_number, signing.stamp, contract)
    return fold(f"{' '.join(words)} {sheet.instrument} {sheet.instrument.owner}")[:600]


def _kind(sheet: Worksheet) -> str:
    """A calibration states what it found, conforming or not (ISO/IEC 17025, 7.8.4); only verification fails."""
    if sheet.service == "calibration":
        return Outcome.Kind.CALIBRATION
    return Outcome.Kind.VERIFICATION if sheet.verdict == VerdictChoice.PASS else Outcome.Kind.FAILURE


_REGISTERS = {
    Outcome.Kind.VERIFICATION: "verification_certificate",
    Outcome.Kind.CALIBRATION: "calibration_certificate",
    Outcome.Kind.FAILURE: "failure_notice",
}


def _number(act: Act, sheet: Worksheet, kind: str, old: Outcome | None) -> str:
    """A reissue of the same kind keeps its number with a suffix; anything else takes the next of the register."""
    if old is not None and old.kind == kind:
        return reissued(old.number)
    register = _REGISTERS[Outcome.Kind(kind)]
    return take_number(act, sheet.organisation, kind=register, subject=sheet, on=act.on).text


def _until(sheet: Worksheet) -> date | None:
    """The last day of the month in which the interval of the day ends."""
    try:
        return catalogue_kind(sheet.instrument.kind_code).valid_until(sheet.performed_on)
    except LookupError as error:
        raise IntervalUnknown(kind=sheet.instrument.kind_code, on=f"{sheet.performed_on:%d/%m/%Y}") from error


def _take_stamp(act: Act, sheet: Worksheet) -> Stamp:
    """The holder's next stamp, locked; one that somebody wrote off meanwhile is passed over for the next."""
    stamps = Stamp.objects.filter(
        organisation=sheet.organisation, state=Stamp.State.ISSUED, holder=sheet.performer
    ).order_by("number")
    stamp = stamps.select_for_update().first()
    while stamp is None:
        if not stamps.exists():
            raise NoStamp(person=sheet.performer.full_name)
        stamp = stamps.select_for_update().first()
    before = image(stamp)
    stamp.state = Stamp.State.USED
    stamp.save(update_fields=["state"])
    act.changed(stamp, before)
    return stamp


def _issue_record(
    act: Act, sheet: Worksheet, signing: composing.Signing, values: composing.Common
) -> Document:
    paper = composing.sealed(composing.record_paper(sheet, signing, values))
    return issue_document(
        act,
        book=sheet.organisation.code,
        kind="record",
        number=paper.number,
        title=f"{_('Biên bản')} {sheet.number}",
        snapshot=composing.snapshot_of(paper),
        renditions=(Rendition("pdf", _file_name(paper.number), render_record(paper)),),
        on=act.on,
    )


def _issue_paper(
    act: Act, sheet: Worksheet, signing: composing.Signing, values: composing.Common, old: Outcome | None
) -> Document:
    """A replaced document leaves force with it; one that was revoked before stays revoked."""
    standing = old is not None and old.document.state == Document.State.ISSUED
    kind, paper, content = _printed(sheet, signing, values)
    return issue_document(
        act,
        book=sheet.organisation.code,
        kind=kind,
        number=signing.number,
        title=str(sheet.instrument),
        snapshot=composing.snapshot_of(paper),
        renditions=(Rendition("pdf", _file_name(signing.number), content),),
        on=act.on,
        supersedes=old.document if old is not None and standing else None,
    )


def _printed(
    sheet: Worksheet, signing: composing.Signing, values: composing.Common
) -> tuple[str, composing.Printable, bytes]:
    if sheet.service == "calibration":
        calibration = composing.sealed(composing.calibration_paper(sheet, signing, values))
        return "certificate", calibration, render_calibration(calibration)
    if sheet.verdict == VerdictChoice.PASS:
        certificate = composing.sealed(composing.certificate_paper(signing, values))
        return "certificate", certificate, render_certificate(certificate)
    notice = composing.sealed(composing.failure_paper(sheet, signing, values))
    return "failure_notice", notice, render_failure_notice(notice)


def _file_name(number: str) -> str:
    return f"{number.replace('/', '-')}.pdf"


def _close_worksheet(act: Act, sheet: Worksheet, old: Outcome | None) -> None:
    before = image(sheet)
    sheet.state = Worksheet.State.ISSUED
    sheet.save(update_fields=["state"])
    act.changed(sheet, before)
    if old is not None:
        before = image(old.worksheet)
        old.worksheet.state = Worksheet.State.SUPERSEDED
        old.worksheet.save(update_fields=["state"])
        act.changed(old.worksheet, before)


EVENTS = {
    Outcome.Kind.VERIFICATION: InstrumentEvent.Kind.VERIFIED,
    Outcome.Kind.CALIBRATION: InstrumentEvent.Kind.CALIBRATED,
    Outcome.Kind.FAILURE: InstrumentEvent.Kind.FAILED,
}


def _tell_instrument(act: Act, sheet: Worksheet, outcome: Outcome) -> None:
    """A calibration is written into the instrument's life; how long a verification is valid it does not touch."""
    note_event(
        act,
        sheet.instrument,
        kind=EVENTS[Outcome.Kind(outcome.kind)],
        on=sheet.performed_on,
        note=outcome.number,
        source=f"certificates.Outcome:{outcome.pk}",
        valid_until=outcome.valid_until,
    )


@action("certificates.revoke")
def revoke_outcome(act: Act, outcome: Outcome) -> Outcome:
    """This will take a certificate or notice out of force with a reason; the number and file stay."""
    act.require(outcome.organisation, unit_id=outcome.unit_id)
    act.require_reason(_("thu hồi"))
    locked = Outcome.objects.select_for_update().select_related("document").get(pk=outcome.pk)
    revoke_document(act, locked.document, reason=act.reason)
    before = image(locked)
    locked.revoked_on = act.on
    locked.save(update_fields=["revoked_on"])
    act.changed(locked, before)
    if locked.kind != Outcome.Kind.FAILURE:
        verified = locked.kind == Outcome.Kind.VERIFICATION
        note_event(
            act,
            locked.instrument,
            kind=InstrumentEvent.Kind.SUPERSEDED if verified else InstrumentEvent.Kind.CALIBRATED,
            on=act.on,
            note=f"{_('Thu hồi')} {locked.number}",
            source=f"certificates.Outcome:{locked.pk}",
        )
    post(act, [outcome_posting(locked)])
    return locked
