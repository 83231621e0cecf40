"""The figures of a closed period as they were published, what came in late, the proof of both."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.chain import digest
from quacan.centre.base.models import DocumentFile
from quacan.centre.base.periods import Period, period
from quacan.centre.base.problems import Flaw
from quacan.centre.base.queries import file_bytes
from quacan.centre.ledger.models import ClosedPeriod, Entry
from quacan.centre.ledger.queries import after
from quacan.centre.organisation.models import Organisation
from quacan.centre.reporting import definitions
from quacan.centre.reporting.definitions import Indicator
from quacan.centre.reporting.queries.figures import (
    IndicatorFigure,
    Scope,
    as_json,
    entries_behind,
    figures,
    scope_of,
)
from quacan.centre.reporting.refusals import PeriodNeverClosed

FIGURES = "figures"
"""The kind of document that keeps the figures of a closed period."""


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
