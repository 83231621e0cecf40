"""What is done with reports: close the figures, prepare, write, submit, return, issue."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.chain import digest
from quacan.centre.base.documents import Rendition, issue_document
from quacan.centre.base.language.folding import nfc
from quacan.centre.base.models import Document
from quacan.centre.base.paper.composition import plain_data
from quacan.centre.base.periods import Period, PeriodRefused, period
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.base.registers import take_number
from quacan.centre.ledger.actions import close_period, close_period_early
from quacan.centre.ledger.models import ClosedPeriod
from quacan.centre.ledger.queries import period_in_book
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.reporting.definitions import Indicator, Outline, indicators_in_force
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.moves import GIVE_BACK, ISSUE, PREPARE, SUBMIT, TAKE_OVER, WRITE
from quacan.centre.reporting.papers import (
    ReportPaper,
    render_report_docx,
    render_report_pdf,
    render_report_xlsx,
)
from quacan.centre.reporting.queries import (
    FIGURES,
    Findings,
    computed_json,
    figures_json,
    findings_of,
    outline_of,
    report_of,
    scope_of,
)
from quacan.centre.reporting.queries.composition import (
    NOTE,
    PARTS,
    SECTION,
    SIGNER_TITLE,
    Signing,
    report_paper,
    subject_of,
    unknown_codes,
)
from quacan.centre.reporting.refusals import NumberWithoutSymbol

LONGEST_WORDS = 20_000


@action("ledger.close_period")
def close_figures(
    act: Act, organisation: Organisation, *, period_code: str, early: bool = False
) -> ClosedPeriod:
    """This will close a period and keep its figures as they were at that instant, for good."""
    act.require(organisation)
    wanted = _period(period_code)
    open_period = period_in_book(organisation, code=wanted.code, start=wanted.start, end=wanted.end)
    closed = close_period_early(act, open_period) if early else close_period(act, open_period)
    content = computed_json(scope_of(organisation, wanted))
    document = issue_document(
        act,
        book=organisation.code,
        kind=FIGURES,
        number=wanted.code,
        title=f"Số liệu chốt {wanted.title.vi}",
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
    report = report_of(organisation, _period(period_code))
    act.nothing_changed()  # beginning has its own line
    return begin_report(act, report) if PREPARE.starts_from(report) else report


@action(PREPARE)
def begin_report(act: Act, report: Report) -> Report:
    """This will begin a report nobody began."""
    wanted = period(report.period)
    outline = outline_of(report.organisation, wanted)
    report.outline, report.state = outline.code, Report.State.DRAFT
    report.title = subject_of(outline, scope_of(report.organisation, wanted))[:250]
    report.prepared_by = act.actor.username
    report.save()
    act.created(report)
    return report


@action(WRITE)
def write_words(act: Act, report: Report, *, version: int, words: Mapping[str, str]) -> Report:
    """This will keep typed words of a draft, part by part; StaleRecord when somebody wrote meanwhile."""
    wanted = period(report.period)
    outline = outline_of(report.organisation, wanted)
    checked = {key: _checked_words(key, text, outline, wanted) for key, text in words.items()}
    kept = {key: text for key, text in {**report.words, **checked}.items() if text}
    if kept == report.words:
        act.nothing_changed()
        return report
    act.moved(report, words=kept)
    return report


def _checked_words(key: str, text: str, outline: Outline, wanted: Period) -> str:
    known = indicators_in_force(wanted.end)
    may_note = key.startswith(NOTE) and key.removeprefix(NOTE) in outline.annex
    may_add = key.startswith(SECTION) and key.removeprefix(SECTION) in {one.key for one in outline.sections}
    if key not in PARTS and not may_note and not may_add:
        raise FieldWrong(field=key, why=_("đề cương không có phần này"))
    clean = nfc(text.replace("\r\n", "\n").strip())
    if len(clean) > LONGEST_WORDS:
        raise FieldWrong(
            field=_part_name(key, outline, known), why=_("dài quá {n} ký tự").format(n=LONGEST_WORDS)
        )
    if unknown := unknown_codes(clean, known):
        raise FieldWrong(
            field=_part_name(key, outline, known),
            why=_("không có chỉ tiêu {codes}").format(codes=", ".join(f"“{code}”" for code in unknown)),
        )
    return clean


def _part_name(key: str, outline: Outline, known: Mapping[str, Indicator]) -> str:
    """What a part of a report is called: an indicator's note by its name, a section by its heading."""
    if key.startswith(NOTE):
        return _("Ghi chú của “{indicator}”").format(indicator=known[key.removeprefix(NOTE)].name)
    if key.startswith(SECTION):
        return next(one.heading for one in outline.sections if one.key == key.removeprefix(SECTION))
    return str(PARTS[key])


@action(SUBMIT)
def submit_report(act: Act, report: Report) -> Report:
    """This will hand a report to who approves it."""
    act.moved(report, submitted_by=act.actor.username)
    return report


@action(TAKE_OVER)
def take_over_report(act: Act, report: Report) -> Report:
    """This will make somebody the author of a draft, so that who wrote it before may sign it."""
    act.moved(report, prepared_by=act.actor.username)
    return report


@action(GIVE_BACK)
def return_report(act: Act, report: Report) -> Report:
    """This will give a submitted report back to its author, with a reason."""
    act.moved(report, submitted_by="")
    return report


@action(ISSUE)
def issue_report(act: Act, report: Report) -> Report:
    """This will sign a submitted report of a closed period: number, PDF, Word, Excel and figures, for good."""
    number = take_number(act, report.organisation, kind="report", subject=report, on=act.on).text
    findings = findings_of(report.organisation, period(report.period))
    document = _document(act, findings, _signing(act, number))
    act.moved(report, document=document, approved_by=act.actor.username)
    return report


def _signing(act: Act, number: str) -> Signing:
    signer = Person.objects.get(username=act.actor.username)
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


def _document(act: Act, findings: Findings, signing: Signing) -> Document:
    report, scope, outline = findings.report, findings.scope, findings.outline
    paper = report_paper(
        scope, outline, findings.figures, words=report.words, stamped_at=act.at, signing=signing
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
