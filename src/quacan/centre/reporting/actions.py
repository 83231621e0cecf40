"""What is done with reports: close the figures, prepare, write, submit, return, issue."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.chain import digest
from quacan.centre.base.documents import Rendition, issue_document
from quacan.centre.base.language.folding import nfc
from quacan.centre.base.paper.composition import plain_data
from quacan.centre.base.periods import Period, PeriodRefused, period
from quacan.centre.base.refusals import FieldWrong, WrongStage
from quacan.centre.base.registers import take_number
from quacan.centre.ledger.actions import close_period
from quacan.centre.ledger.models import ClosedPeriod
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.reporting.composing import (
    NOTE,
    PARTS,
    REQUIRED,
    SECTION,
    SIGNER_TITLE,
    Signing,
    report_paper,
    subject_of,
    unknown_codes,
)
from quacan.centre.reporting.definitions import Outline, indicators_in_force
from quacan.centre.reporting.figures import Scope, figures, scope_of
from quacan.centre.reporting.labels import indicator_name
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.papers import (
    ReportPaper,
    render_report_docx,
    render_report_pdf,
    render_report_xlsx,
)
from quacan.centre.reporting.queries import FIGURES, computed_json, figures_json, outline_of
from quacan.centre.reporting.refusals import (
    NotASigner,
    NumberWithoutSymbol,
    OwnReport,
    PeriodStillOpen,
    ReportIncomplete,
    ReportNotDraft,
)

LONGEST_WORDS = 20_000


@action("ledger.close_period")
def close_figures(
    act: Act, organisation: Organisation, *, period_code: str, early: bool = False
) -> ClosedPeriod:
    """This will close a period and keep its figures as they were at that instant, for good."""
    act.require(organisation)
    wanted = _period(period_code)
    closed = close_period(
        act, organisation, code=wanted.code, start=wanted.start, end=wanted.end, early=early
    )
    scope = scope_of(organisation, wanted)
    content = computed_json(scope)
    document = issue_document(
        act,
        book=organisation.code,
        kind=FIGURES,
        number=wanted.code,
        title=f"Số liệu chốt {wanted.title_vi}",
        snapshot={"figures_sha256": digest(content), "seq": closed.seq, "head": closed.hash},
        renditions=(Rendition("json", f"{wanted.code}.json", content),),
        on=act.on,
    )
    act.created(document)
    return closed


def _period(code: str) -> Period:
    try:
        return period(code)
    except PeriodRefused as refused:
        raise FieldWrong(field=_("Kỳ"), why=str(refused)) from refused


@action("reports.prepare")
def prepare_report(act: Act, organisation: Organisation, *, period_code: str) -> Report:
    """This will begin the report of a period; one that was begun already is given back as it is."""
    act.require(organisation)
    wanted = _period(period_code)
    outline = outline_of(organisation, wanted)
    known = Report.objects.filter(organisation=organisation, period=wanted.code, outline=outline.code).first()
    if known is not None:
        act.nothing_changed()
        return known
    report = Report.objects.create(
        organisation=organisation,
        period=wanted.code,
        outline=outline.code,
        title=subject_of(outline, scope_of(organisation, wanted))[:250],
        prepared_by=act.actor.username,
    )
    act.created(report)
    return report


@action("reports.prepare")
def write_words(act: Act, report: Report, *, version: int, words: Mapping[str, str]) -> Report:
    """This will keep typed words of a draft, part by part; StaleRecord when somebody wrote meanwhile."""
    act.require(report.organisation)
    fresh = locked(report, version=version)
    if fresh.state != Report.State.DRAFT:
        raise ReportNotDraft(report=fresh.title, stage=fresh.get_state_display())
    wanted = period(fresh.period)
    outline = outline_of(fresh.organisation, wanted)
    kept = dict(fresh.words)
    for key, text in words.items():
        kept[key] = _checked_words(key, text, outline, wanted)
    kept = {key: text for key, text in kept.items() if text}
    if kept == fresh.words:
        act.nothing_changed()
        return fresh
    before = image(fresh)
    fresh.words, fresh.version = kept, version + 1
    fresh.save(update_fields=["words", "version"])
    act.changed(fresh, before)
    return fresh


def _checked_words(key: str, text: str, outline: Outline, wanted: Period) -> str:
    known = indicators_in_force(wanted.end)
    may_note = key.startswith(NOTE) and key.removeprefix(NOTE) in outline.annex
    may_add = key.startswith(SECTION) and key.removeprefix(SECTION) in {one.key for one in outline.sections}
    if key not in PARTS and not may_note and not may_add:
        raise FieldWrong(field=key, why=_("đề cương không có phần này"))
    clean = nfc(text.replace("\r\n", "\n").strip())
    if len(clean) > LONGEST_WORDS:
        raise FieldWrong(field=PARTS.get(key, key), why=_("dài quá {n} ký tự").format(n=LONGEST_WORDS))
    if unknown := unknown_codes(clean, known):
        raise FieldWrong(
            field=PARTS.get(key, key),
            why=_("không có chỉ tiêu {codes}").format(codes=", ".join(f"“{code}”" for code in unknown)),
        )
    return clean


def missing_words(report: Report, scope: Scope) -> list[str]:
    """This will list what a report still lacks to be submitted: required parts, a cause for all that is behind plan."""
    outline = outline_of(report.organisation, scope.period)
    missing = [str(PARTS[key]) for key in REQUIRED if not report.words.get(key, "").strip()]
    for one in figures(scope, codes=outline.annex):
        if one.is_behind and not report.words.get(f"{NOTE}{one.indicator.code}", "").strip():
            missing.append(_("nguyên nhân chưa đạt “{name}”").format(name=indicator_name(one.indicator)))
    return missing


@action("reports.prepare")
def submit_report(act: Act, report: Report) -> Report:
    """This will hand a report to who approves it; what is missing is listed completely."""
    act.require(report.organisation)
    fresh = locked(report)
    _require_state(fresh, Report.State.DRAFT, _("trình"), _("trả lại trước"))
    missing = missing_words(fresh, scope_of(fresh.organisation, period(fresh.period)))
    if missing:
        raise ReportIncomplete(missing=missing)
    before = image(fresh)
    fresh.state, fresh.submitted_by = Report.State.SUBMITTED, act.actor.username
    fresh.save(update_fields=["state", "submitted_by"])
    act.changed(fresh, before)
    return fresh


@action("reports.approve")
def return_report(act: Act, report: Report) -> Report:
    """This will give a submitted report back to its author, with a reason."""
    act.require(report.organisation)
    act.require_reason(_("trả lại báo cáo"))
    fresh = locked(report)
    _require_state(fresh, Report.State.SUBMITTED, _("trả lại"), _("soạn và trình"))
    before = image(fresh)
    fresh.state, fresh.submitted_by = Report.State.DRAFT, ""
    fresh.save(update_fields=["state", "submitted_by"])
    act.changed(fresh, before)
    return fresh


@action("reports.approve")
def issue_report(act: Act, report: Report) -> Report:
    """This will sign a submitted report of a closed period: number, PDF, Word, Excel and figures, for good.

    The signer is neither who prepared nor who submitted it.
    """
    act.require(report.organisation)
    fresh = locked(report)
    _require_state(fresh, Report.State.SUBMITTED, _("ban hành"), _("soạn, trình rồi mới ban hành"))
    signer = _signer(act, fresh)
    scope = scope_of(fresh.organisation, period(fresh.period))
    if scope.closed is None:
        raise PeriodStillOpen(period=fresh.period)
    missing = missing_words(fresh, scope)
    if missing:
        raise ReportIncomplete(missing=missing)
    before = image(fresh)
    number = take_number(act, fresh.organisation, kind="report", subject=fresh, on=act.on).text
    fresh.document = _document(act, fresh, scope, _signing(act, number, signer))
    fresh.state, fresh.approved_by = Report.State.ISSUED, act.actor.username
    fresh.save(update_fields=["document", "state", "approved_by"])
    act.changed(fresh, before)
    return fresh


def _require_state(report: Report, state: str, move: str, allowed: str) -> None:
    if report.state != state:
        raise WrongStage(record=report.title, stage=report.get_state_display(), move=move, allowed=allowed)


def _signer(act: Act, report: Report) -> Person:
    signer = Person.objects.filter(username=act.actor.username).first()
    if signer is None:
        raise NotASigner(username=act.actor.username)
    if signer.username in {report.prepared_by, report.submitted_by}:
        raise OwnReport(person=signer.full_name)
    return signer


def _signing(act: Act, number: str, signer: Person) -> Signing:
    before, _slash, symbol = number.partition("/")
    if not symbol:
        raise NumberWithoutSymbol(number=number)
    return Signing(
        number=before,
        symbol=symbol,
        dated_on=act.on,
        signer_title=signer.job_title or SIGNER_TITLE,
        signer_name=signer.full_name,
    )


def _document(act: Act, report: Report, scope: Scope, signing: Signing) -> Any:
    outline = outline_of(report.organisation, scope.period)
    paper = report_paper(
        scope, outline, figures(scope), words=report.words, stamped_at=act.at, signing=signing
    )
    content = figures_json(scope)
    document = issue_document(
        act,
        book=report.organisation.code,
        kind="report",
        number=paper.full_number,
        title=f"{paper.kind} {paper.subject}",
        snapshot={
            "paper": plain_data(paper),
            "figures_sha256": digest(content),
            "outline": {"code": outline.code, "version": outline.version},
            "period": report.period,
        },
        renditions=renditions(paper, content),
        on=act.on,
    )
    act.created(document)
    return document


def renditions(paper: ReportPaper, content: bytes) -> tuple[Rendition, ...]:
    """This will print a report in every format, named by its number."""
    name = paper.full_number.replace("/", "-")
    return (
        Rendition("json", f"{name}.json", content),
        Rendition("pdf", f"{name}.pdf", render_report_pdf(paper)),
        Rendition("docx", f"{name}.docx", render_report_docx(paper)),
        Rendition("xlsx", f"{name}.xlsx", render_report_xlsx(paper)),
    )
