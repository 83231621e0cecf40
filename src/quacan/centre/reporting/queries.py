"""Reads of reports: the figures of a closed period as they were published, what came in late, the proof of both."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.actors import HERE
from quacan.centre.base.chain import digest
from quacan.centre.base.models import DocumentFile
from quacan.centre.base.periods import Period, period
from quacan.centre.base.problems import Flaw
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import NotFound
from quacan.centre.ledger.models import ClosedPeriod, Entry, MonthSum
from quacan.centre.ledger.queries import after
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.reporting import definitions
from quacan.centre.reporting.composing import report_paper
from quacan.centre.reporting.definitions import Indicator, Outline, outline_in_force
from quacan.centre.reporting.figures import (
    IndicatorFigure,
    Scope,
    as_json,
    entries_behind,
    figures,
    scope_of,
)
from quacan.centre.reporting.frozen import issued_paper
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.papers import ReportPaper
from quacan.centre.reporting.refusals import OutlineMissing, PeriodNeverClosed

FIGURES = "figures"
"""The kind of document that keeps the figures of a closed period."""


def reports(person: Person, *, on: date) -> QuerySet[Report]:
    """This will list the reports a person may see."""
    rows = Report.objects.select_related("organisation", "document")
    return visible(rows, person, "reports.see", on=on, unit=None)


def report_of(organisation: Organisation, wanted: Period) -> Report | None:
    """This will give the report of an organisation on a period, if one was begun."""
    rows = Report.objects.select_related("organisation", "document")
    return rows.filter(organisation=organisation, period=wanted.code).first()


def outline_of(organisation: Organisation, wanted: Period) -> Outline:
    """This will give the outline for an organisation's report, refusing where none is in force."""
    found = outline_in_force(kind=organisation.kind, on=wanted.end)
    if found is None:
        raise OutlineMissing(organisation=organisation.name, on=f"{wanted.end:%d/%m/%Y}")
    return found


def json_bytes(data: Any) -> bytes:
    """This will write data as JSON the same way on every machine: UTF-8, one space of indent, a last line feed."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def computed_json(scope: Scope) -> bytes:
    """This will compute the figures of a period from the book and write them as JSON."""
    return json_bytes(as_json(scope, figures(scope)))


def figures_json(scope: Scope) -> bytes:
    """This will give the figures as JSON: of a closed period the bytes kept at closing, else as the book says now."""
    kept = kept_figures(scope.closed) if scope.closed else None
    return file_bytes(kept) if kept else computed_json(scope)


def kept_figures(closed: ClosedPeriod) -> DocumentFile | None:
    """This will find the figures kept when a period was closed."""
    rows = DocumentFile.objects.select_related("document").filter(format="json")
    return rows.filter(
        document__book=closed.organisation.code, document__kind=FIGURES, document__number=closed.code
    ).first()


@dataclass(frozen=True, slots=True)
class Restated:
    """An indicator that late entries changed: as published, as it is now, and those entries."""

    indicator: Indicator
    published: IndicatorFigure
    now: IndicatorFigure
    entries: tuple[Entry, ...]

    @property
    def difference(self) -> Decimal | None:
        """This will give now minus published; None where one of them has no number."""
        if self.published.value is None or self.now.value is None:
            return None
        return self.now.value - self.published.value


def restatement(closed: ClosedPeriod) -> list[Restated]:
    """This will list the indicators with entries dated in a closed period but recorded after it was closed."""
    wanted = period(closed.code)
    published = scope_of(closed.organisation, wanted)
    now = scope_of(closed.organisation, wanted, live=True)
    late_measures = _late_measures(published)
    if not late_measures:
        return []
    before = {one.indicator.code: one for one in figures(published)}
    found = []
    for one in figures(now):
        terms = (*one.indicator.terms, *one.indicator.denominator)
        if not late_measures.intersection(term.measure for term in terms):
            continue
        late = tuple(late_entries(published, one.indicator))
        if late:
            found.append(Restated(one.indicator, before[one.indicator.code], one, late))
    return found


def _late_measures(published: Scope) -> set[str]:
    rows = Entry.objects.filter(
        organisation_id__in=published.organisation_ids, occurred_on__lte=published.period.end
    )
    late = after(rows, published.cut) if published.cut is not None else rows.none()
    return set(late.order_by().values_list("measure", flat=True).distinct())


def late_entries(published: Scope, indicator: Indicator) -> QuerySet[Entry]:
    """This will list the entries behind an indicator that came into the books after the period was closed."""
    live = scope_of(published.organisation, published.period, live=True)
    rows = entries_behind(live, indicator).select_related("reverses", "organisation")
    return rows.none() if published.cut is None else after(rows, published.cut)


def closed_or_refused(organisation: Organisation, wanted: Period) -> ClosedPeriod:
    """This will give the closing of a period, refusing one that was never closed."""
    found = ClosedPeriod.objects.filter(organisation=organisation, code=wanted.code).first()
    if found is None:
        raise PeriodNeverClosed(period=wanted.code, organisation=organisation.code)
    return found


def document_file(report: Report, format: str) -> DocumentFile:
    """This will find one file of an issued report."""
    found = report.document.files.filter(format=format).first() if report.document else None
    if found is None:
        raise NotFound(record=_("tệp {format} của báo cáo").format(format=format))
    return found


def flaws() -> Iterator[Flaw]:
    """This will prove the outlines, and that the figures kept at every closing can still be computed from the book."""
    yield from definitions.flaws()
    for closed in ClosedPeriod.objects.select_related("organisation").order_by("organisation_id", "code"):
        kept = kept_figures(closed)
        scope = scope_of(closed.organisation, period(closed.code))
        if kept is not None and digest(computed_json(scope)) != kept.sha256:
            yield Flaw(
                f"ledger.ClosedPeriod:{closed.pk} ({closed.organisation.code} {closed.code})",
                _("Số liệu đã chốt của kỳ không còn tính lại được từ sổ nghiệp vụ."),
                _("Xem bút toán, kế hoạch hoặc định nghĩa chỉ tiêu nào đã bị sửa sau khi chốt."),
            )


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


def paper_of(
    scope: Scope, report: Report | None, computed: Sequence[IndicatorFigure] | None = None
) -> ReportPaper:
    """This will give an issued report as it was signed, any other composed as it stands now (without one begun,
    the figures alone).

    A draft's files carry the instant of closing, or while the period is open the instant of its newest entry, so the
    same book prints the same bytes.
    """
    if report is not None and report.document is not None:
        return issued_paper(json.loads(report.document.snapshot)["paper"])
    return report_paper(
        scope,
        outline_of(scope.organisation, scope.period),
        figures(scope) if computed is None else computed,
        words=report.words if report else {},
        stamped_at=_newest(scope),
    )


def _newest(scope: Scope) -> datetime:
    if scope.cutoff is not None:
        return scope.cutoff
    rows = Entry.objects.filter(organisation_id__in=scope.organisation_ids)
    newest: datetime | None = rows.aggregate(Max("recorded_at"))["recorded_at__max"]
    return newest or datetime.combine(scope.period.end, time(), tzinfo=HERE)


@dataclass(frozen=True, slots=True)
class Closing:
    """How far an organisation is with a period: its report, whether the figures are closed, what came in late."""

    organisation: Organisation
    period: Period
    report: Report | None
    closed: ClosedPeriod | None
    entries: int
    late: int


def closing_of(organisation: Organisation, wanted: Period) -> Closing:
    """This will say how far an organisation is with a period."""
    closed = ClosedPeriod.objects.filter(organisation=organisation, code=wanted.code).first()
    rows = Entry.objects.filter(organisation=organisation, occurred_on__range=(wanted.start, wanted.end))
    return Closing(
        organisation=organisation,
        period=wanted,
        report=report_of(organisation, wanted),
        closed=closed,
        entries=rows.count(),
        late=rows.filter(seq__gt=closed.seq).count() if closed else 0,
    )


def reports_at(person: Person, state: str, permission: str, *, on: date) -> QuerySet[Report]:
    """The reports at a stage where a person holds the permission of what comes next, the newest period first."""
    rows = Report.objects.filter(state=state).select_related("organisation").order_by("-period", "id")
    return visible(rows, person, permission, on=on, unit=None)
