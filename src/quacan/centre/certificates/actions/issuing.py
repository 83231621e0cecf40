"""Sign a checked worksheet into a certificate or a failure notice; take one back."""

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, carried, image
from quacan.centre.base.documents import Rendition, issue_document, revoke_document
from quacan.centre.base.language.folding import fold
from quacan.centre.base.models import Document
from quacan.centre.base.registers import take_number
from quacan.centre.certificates.facts import outcome_posting
from quacan.centre.certificates.models import Outcome, Stamp
from quacan.centre.certificates.moves import ISSUE, REVOKE, USE
from quacan.centre.certificates.papers import (
    RecordPaper,
    render_calibration,
    render_certificate,
    render_failure_notice,
    render_record,
)
from quacan.centre.certificates.papers.compose import (
    Common,
    Printable,
    calibration_paper,
    certificate_paper,
    common,
    failure_paper,
    record_paper,
    sealed,
    snapshot_of,
)
from quacan.centre.certificates.papers.source import PaperSource, Signing
from quacan.centre.certificates.queries.signing import valid_until
from quacan.centre.certificates.queries.sources import paper_source
from quacan.centre.certificates.refusals import ConclusionBroken, NoStamp
from quacan.centre.certificates.rules import check_code, leads_to, reissued
from quacan.centre.contracts.actions import finish_job
from quacan.centre.examinations.queries import content_of, differences
from quacan.centre.instruments.actions import note_event
from quacan.centre.instruments.catalogue import kind as catalogue_kind
from quacan.centre.instruments.models import InstrumentEvent
from quacan.centre.ledger.actions import post
from quacan.centre.people.models import Person
from quacan.centre.people.queries import require_card
from quacan.centre.verification.facts import posting_of
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import SUPERSEDE


@action(ISSUE)
def issue_outcome(act: Act, worksheet: Worksheet) -> Outcome:
    """The certificate with stamp of a checked worksheet that passed, the failure notice of one that failed.

    A calibration leads to its certificate whatever it found. Refuses a worksheet whose readings or results are no
    longer those that were checked (ConclusionBroken). Number, documents, stamp, instrument history, contract progress
    and ledger entries are one transaction.
    """
    if content_of(worksheet) != worksheet.content_sha256 or differences(worksheet):
        raise ConclusionBroken(number=worksheet.number)
    old = _replaced(worksheet)
    outcome = _write_outcome(act, worksheet, old)
    act.moved(worksheet)
    postings = [posting_of(worksheet), outcome_posting(outcome)]
    if old is not None:
        postings.append(posting_of(carried(act, SUPERSEDE, old.worksheet)))
    _tell_instrument(act, worksheet, outcome)
    if old is None:
        finish_job(act, worksheet.job)
    post(act, postings)
    return outcome


def _replaced(sheet: Worksheet) -> Outcome | None:
    if sheet.supersedes_id is None:
        return None
    return Outcome.objects.select_related("worksheet__instrument", "document").get(
        worksheet_id=sheet.supersedes_id
    )


def _write_outcome(act: Act, sheet: Worksheet, old: Outcome | None) -> Outcome:
    """The record's number comes first: its register's locked row makes every signing of the house take its turn."""
    record_number = take_number(act, sheet.organisation, kind="record", subject=sheet, on=act.on).text
    kind = leads_to(sheet.service, sheet.verdict)
    certified = kind == Outcome.Kind.VERIFICATION
    until = valid_until(sheet) if certified else None
    stamp = _take_stamp(act, sheet) if certified else None
    signer = Person.objects.get(username=act.actor.username)
    assert sheet.checker is not None
    signing = Signing(
        number=_number(act, sheet, kind, old),
        performer=sheet.performer.full_name,
        checker=sheet.checker.full_name,
        checker_title=sheet.checker.job_title,
        signer=signer.full_name,
        signer_title=signer.job_title,
        at=act.at,
        on=act.on,
        check_code=check_code(),
        record_number=record_number,
        card_number=_card_number(sheet),
        stamp=stamp.number if stamp else "",
        valid_until=until,
        replaces=old.number if old else "",
    )
    source = paper_source(sheet)
    values = common(source, signing)
    record = _issue_record(act, sheet, record_paper(source, signing, values))
    outcome = Outcome.objects.create(
        organisation=sheet.organisation,
        unit=sheet.unit,
        kind=kind,
        number=signing.number,
        worksheet=sheet,
        instrument=sheet.instrument,
        document=_issue_paper(act, sheet, old, _printed(source, signing, values)),
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


def _folded(sheet: Worksheet, signing: Signing) -> str:
    """What a certificate is found by: its numbers, stamp, contract, instrument and owner."""
    contract = sheet.job.order.contract.number
    words = (signing.number, sheet.number, signing.record_number, signing.stamp, contract)
    return fold(f"{' '.join(words)} {sheet.instrument} {sheet.instrument.owner}")[:600]


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
    return carried(act, USE, stamp)


def _issue_record(act: Act, sheet: Worksheet, composed: RecordPaper) -> Document:
    paper = sealed(composed)
    return issue_document(
        act,
        book=sheet.organisation.code,
        kind="record",
        number=paper.number,
        title=f"{_('Biên bản')} {sheet.number}",
        snapshot=snapshot_of(paper),
        renditions=(Rendition("pdf", _file_name(paper.number), render_record(paper)),),
        on=act.on,
    )


def _issue_paper(
    act: Act, sheet: Worksheet, old: Outcome | None, printed: tuple[str, Printable, bytes]
) -> Document:
    """A replaced document leaves force with it; one that was revoked before stays revoked."""
    standing = old is not None and old.document.state == Document.State.ISSUED
    kind, paper, content = printed
    return issue_document(
        act,
        book=sheet.organisation.code,
        kind=kind,
        number=paper.number,
        title=str(sheet.instrument),
        snapshot=snapshot_of(paper),
        renditions=(Rendition("pdf", _file_name(paper.number), content),),
        on=act.on,
        supersedes=old.document if old is not None and standing else None,
    )


def _printed(source: PaperSource, signing: Signing, values: Common) -> tuple[str, Printable, bytes]:
    """The kind of the document, its paper, its file."""
    leads = leads_to(source.service, source.verdict)
    if leads == "calibration":
        calibration = sealed(calibration_paper(source, signing, values))
        return "certificate", calibration, render_calibration(calibration)
    if leads == "verification":
        certificate = sealed(certificate_paper(signing, values))
        return "certificate", certificate, render_certificate(certificate)
    notice = sealed(failure_paper(source, signing, values))
    return "failure_notice", notice, render_failure_notice(notice)


def _file_name(number: str) -> str:
    return f"{number.replace('/', '-')}.pdf"


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


@action(REVOKE)
def revoke_outcome(act: Act, outcome: Outcome) -> Outcome:
    """A certificate or notice taken out of force, with its reason; the number and file stay."""
    before = image(outcome)
    revoke_document(act, outcome.document, reason=act.reason)
    outcome.revoked_on = act.on
    outcome.save(update_fields=["revoked_on"])
    act.changed(outcome, before)
    if outcome.kind != Outcome.Kind.FAILURE:
        verified = outcome.kind == Outcome.Kind.VERIFICATION
        note_event(
            act,
            outcome.instrument,
            kind=InstrumentEvent.Kind.SUPERSEDED if verified else InstrumentEvent.Kind.CALIBRATED,
            on=act.on,
            note=f"{_('Thu hồi')} {outcome.number}",
            source=f"certificates.Outcome:{outcome.pk}",
        )
    post(act, [outcome_posting(outcome)])
    return outcome
