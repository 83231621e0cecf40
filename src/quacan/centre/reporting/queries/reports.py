"""Reads of reports: whose there are, what one stands on, the paper it will be, how far an organisation is."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.actors import HERE
from quacan.centre.base.models import DocumentFile
from quacan.centre.base.periods import Period, period
from quacan.centre.base.refusals import NotFound
from quacan.centre.ledger.models import ClosedPeriod, Entry, MonthSum
from quacan.centre.ledger.queries import closed_period
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.reporting.definitions import Outline, outline_in_force
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.papers import ReportPaper
from quacan.centre.reporting.papers.thaw import issued_paper
from quacan.centre.reporting.queries.composition import report_paper
from quacan.centre.reporting.queries.figures import IndicatorFigure, Scope, figures, scope_of
from quacan.centre.reporting.refusals import OutlineMissing


@dataclass(frozen=True, slots=True)
class Findings:
    """What a report stands on: whose books and period, its outline, what was written, every figure, computed once."""

    scope: Scope
    outline: Outline
    report: Report
    figures: tuple[IndicatorFigure, ...]

    @property
    def known(self) -> dict[str, IndicatorFigure]:
        """This will give the figures by the code of their indicator."""
        return {one.indicator.code: one for one in self.figures}

    @property
    def annex(self) -> list[IndicatorFigure]:
        """This will give the figures of the annex, in its order."""
        known = self.known
        return [known[code] for code in self.outline.annex if code in known]


def findings_of(organisation: Organisation, wanted: Period) -> Findings:
    """This will gather what the report of an organisation on a period stands on."""
    scope = scope_of(organisation, wanted)
    outline = outline_of(organisation, wanted)
    return Findings(scope, outline, report_of(organisation, wanted), tuple(figures(scope)))


def reports(person: Person, *, on: date) -> QuerySet[Report]:
    """This will list the reports a person may see."""
    rows = Report.objects.select_related("organisation", "document")
    return visible(rows, person, "reports.see", on=on, unit=None)


def reports_at(person: Person, state: str, permission: str, *, on: date) -> QuerySet[Report]:
    """This will list the reports at a stage where a person holds a permission, the newest period first."""
    rows = Report.objects.filter(state=state).select_related("organisation").order_by("-period", "id")
    return visible(rows, person, permission, on=on, unit=None)


def report_of(organisation: Organisation, wanted: Period) -> Report:
    """This will give the report of an organisation on a period; one nobody began is in the state NONE."""
    rows = Report.objects.select_related("organisation", "document")
    known = rows.filter(organisation=organisation, period=wanted.code).first()
    title = _("Báo cáo {period}").format(period=wanted.title)
    none = Report.State.NONE
    return known or Report(organisation=organisation, period=wanted.code, title=title, state=none)


def outline_of(organisation: Organisation, wanted: Period) -> Outline:
    """This will give the outline for an organisation's report, refusing where none is in force."""
    found = outline_in_force(kind=organisation.kind, on=wanted.end)
    if found is None:
        raise OutlineMissing(organisation=organisation.name, on=f"{wanted.end:%d/%m/%Y}")
    return found


def document_file(report: Report, format: str) -> DocumentFile:
    """This will find one file of an issued report."""
    found = report.document.files.filter(format=format).first() if report.document else None
    if found is None:
        raise NotFound(record=_("tệp {format} của báo cáo").format(format=format))
    return found


def paper_of(findings: Findings) -> ReportPaper:
    """This will give an issued report as it was signed, any other composed as it stands now.

    A draft's files carry the instant of closing, or while the period is open the instant of its newest entry, so the
    same book prints the same bytes.
    """
    report = findings.report
    if report.document is not None:
        return issued_paper(json.loads(report.document.snapshot)["paper"])
    return report_paper(
        findings.scope,
        findings.outline,
        findings.figures,
        words=report.words,
        stamped_at=_newest(findings.scope),
    )


def _newest(scope: Scope) -> datetime:
    if scope.cutoff is not None:
        return scope.cutoff
    rows = Entry.objects.filter(organisation_id__in=scope.organisation_ids)
    newest: datetime | None = rows.aggregate(Max("recorded_at"))["recorded_at__max"]
    return newest or datetime.combine(scope.period.end, time(), tzinfo=HERE)


@dataclass(frozen=True, slots=True)
class KnownPeriod:
    """A period in which something was recorded, and the instant it was closed."""

    period: Period
    closed_at: datetime | None


def periods_of(organisation: Organisation) -> list[KnownPeriod]:
    """This will list the years, halves, quarters, nine months and months that hold entries or were closed."""
    closed = dict(ClosedPeriod.objects.filter(organisation=organisation).values_list("code", "closed_at"))
    months = set(MonthSum.objects.filter(organisation=organisation).values_list("ym", flat=True).distinct())
    years = sorted({month // 100 for month in months} | {int(code[:4]) for code in closed})
    shapes = ("", "-H1", "-H2", "-9M", "-Q1", "-Q2", "-Q3", "-Q4", *(f"-M{n:02}" for n in range(1, 13)))
    every = [period(f"{year:04}{shape}") for year in years for shape in shapes]
    return [
        KnownPeriod(one, closed.get(one.code))
        for one in every
        if one.code in closed or months.intersection(one.months)
    ]


@dataclass(frozen=True, slots=True)
class Closing:
    """How far an organisation is with a period: its report, whether the figures are closed, what came in late."""

    organisation: Organisation
    period: Period
    report: Report
    closed: ClosedPeriod | None
    entries: int
    late: int


def closing_of(organisation: Organisation, wanted: Period) -> Closing:
    """This will say how far an organisation is with a period."""
    closed = closed_period(organisation, wanted.code)
    rows = Entry.objects.filter(organisation=organisation, occurred_on__range=(wanted.start, wanted.end))
    return Closing(
        organisation=organisation,
        period=wanted,
        report=report_of(organisation, wanted),
        closed=closed,
        entries=rows.count(),
        late=rows.filter(seq__gt=closed.seq).count() if closed else 0,
    )
