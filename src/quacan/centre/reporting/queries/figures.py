"""Computing figures: an indicator over the books of an organisation in a period, now or as closed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from quacan.centre.base.periods import Period
from quacan.centre.ledger.models import ClosedPeriod, Entry
from quacan.centre.ledger.queries import (
    Cell,
    Cut,
    as_it_stood,
    closed_period,
    cut_of,
    entries,
    flow,
    matching,
)
from quacan.centre.organisation.models import Organisation
from quacan.centre.organisation.queries import lineage, subtree
from quacan.centre.planning.queries import Goal, goals_of
from quacan.centre.reporting.definitions import HUNDRED, Indicator, Term, indicators_in_force
from quacan.metrology.rounding import round_to

UNSTATED = "không nêu số"
BEGINNING = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose books, which period, as they stood when: everything a figure depends on besides its definition."""

    organisation: Organisation
    organisation_ids: tuple[int, ...]
    period: Period
    closed: ClosedPeriod | None
    cut: Cut | None

    @property
    def cutoff(self) -> datetime | None:
        return self.closed.closed_at if self.closed else None


@dataclass(frozen=True, slots=True)
class IndicatorFigure:
    """An indicator's value with what a report says beside it; value None means nobody stated a number."""

    indicator: Indicator
    value: Decimal | None
    qualifier: str
    plan: Decimal | None
    percent_of_plan: Decimal | None
    last_year: Decimal | None
    breakdown: Mapping[str, Mapping[str, Decimal]]
    entries: int
    due: Decimal | None = None

    @property
    def is_behind(self) -> bool:
        """This will say whether the period brought less than the part of the plan that was due in it."""
        return self.due is not None and (self.value is None or self.value < self.due)


def scope_of(organisation: Organisation, period: Period, *, live: bool = False) -> Scope:
    """This will settle whose books a report reads: the organisation with its predecessors; a department also all below.

    A closed period is read as it stood at closing, unless *live* asks for today's books.
    """
    ids = set(lineage(organisation))
    if organisation.kind == Organisation.Kind.DEPARTMENT:
        ids |= set(subtree(organisation).values_list("pk", flat=True))
    closed = None if live else closed_period(organisation, period.code)
    chosen = tuple(sorted(ids))
    return Scope(organisation, chosen, period, closed, cut_of(closed, chosen) if closed else None)


def figures(scope: Scope, *, codes: Iterable[str] | None = None) -> list[IndicatorFigure]:
    """This will compute indicators (all in force at the period's end, or the given codes in their order)."""
    known = indicators_in_force(scope.period.end)
    chosen = list(known) if codes is None else [code for code in codes if code in known]
    goals = goals_of(scope.organisation, scope.period, at=scope.cutoff)
    sums = Sums(scope)
    return [_against(sums, known[code], goals.get(code)) for code in chosen]


def planned_figures(scope: Scope, codes: Iterable[str]) -> list[IndicatorFigure]:
    """This will compute those of the given indicators that have a target, and so may be behind it."""
    goals = goals_of(scope.organisation, scope.period, at=scope.cutoff)
    return figures(scope, codes=[code for code in codes if code in goals])


def _against(sums: "Sums", indicator: Indicator, goal: Goal | None) -> IndicatorFigure:
    scope = sums.scope
    if goal is None:
        return figure(scope, indicator, sums=sums)
    adds_up = indicator.kind in {"flow", "distinct"}
    due = goal.due_in(scope.period) if adds_up else goal.value
    return replace(figure(scope, indicator, plan=goal.value, sums=sums), due=due)


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of a measure in a scope, each asked of the book once however many indicators need it."""

    scope: Scope
    known: dict[tuple[str, date, date], list[Cell]] = field(default_factory=dict)

    def of(self, measure: str, *, start: date, end: date) -> list[Cell]:
        """This will give the sums of a measure between two days, by its dimensions."""
        key = (measure, start, end)
        if key not in self.known:
            ids, cut = self.scope.organisation_ids, self.scope.cut
            self.known[key] = flow(ids, measure, start=start, end=end, cut=cut)
        return self.known[key]


def figure(
    scope: Scope, indicator: Indicator, *, plan: Decimal | None = None, sums: Sums | None = None
) -> IndicatorFigure:
    """This will compute one indicator with its plan, last year's value and breakdown."""
    sums = sums or Sums(scope)
    cells = _cells(sums, indicator.terms, indicator.kind, scope.period)
    value = _value(sums, indicator, scope.period)
    qualifiers = _qualifiers(scope, indicator, cells)
    unstated = UNSTATED in qualifiers
    before = scope.period.same_period_last_year()
    has_before = any(c.entries for _t, c in _cells(sums, indicator.terms, indicator.kind, before))
    if unstated and not value:
        value = None
    return IndicatorFigure(
        indicator=indicator,
        value=value,
        qualifier=next(iter(sorted(qualifiers - {UNSTATED})), UNSTATED if unstated else ""),
        plan=plan,
        percent_of_plan=_percent(value, plan),
        last_year=_value(sums, indicator, before) if has_before else None,
        breakdown=_breakdown(indicator, cells),
        entries=sum(c.entries for _t, c in cells),
    )


def _qualifiers(scope: Scope, indicator: Indicator, cells: list[tuple[Term, Cell]]) -> set[str]:
    """The qualifiers of the entries that still stand; one that was reversed no longer qualifies anything."""
    if not any("qualifier" in cell.dimensions for _term, cell in cells):
        return set()
    rows = list(
        entries_behind(scope, indicator)
        .filter(dimensions__contains='"qualifier"')
        .values_list("pk", "reverses_id", "dimensions")
    )
    undone = {reverses for _key, reverses, _dimensions in rows}
    standing = [d for key, reverses, d in rows if not reverses and key not in undone]
    return {json.loads(dimensions)["qualifier"] for dimensions in standing}


def _percent(value: Decimal | None, plan: Decimal | None) -> Decimal | None:
    return None if value is None or not plan else round_to(value * HUNDRED / plan, -1)


def _value(sums: Sums, indicator: Indicator, period: Period) -> Decimal | None:
    cells = _cells(sums, indicator.terms, indicator.kind, period)
    if indicator.kind == "distinct":
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for term, cell in cells:
            totals[cell.dimensions.get(indicator.distinct_by, "")] += _taken(term, cell)
        return Decimal(sum(1 for key, one in totals.items() if key and one))
    total = sum((_taken(term, cell) for term, cell in cells), Decimal(0))
    if indicator.kind != "ratio":
        return total
    below = sum((_taken(t, c) for t, c in _cells(sums, indicator.denominator, "flow", period)), Decimal(0))
    return round_to(total * HUNDRED / below, -indicator.decimals) if below else None


def _cells(sums: Sums, terms: Iterable[Term], kind: str, period: Period) -> list[tuple[Term, Cell]]:
    start = BEGINNING if kind == "stock" else period.start
    return [
        (term, cell)
        for term in terms
        for cell in matching(sums.of(term.measure, start=start, end=period.end), term.where)
    ]


def _taken(term: Term, cell: Cell) -> Decimal:
    amounts = {
        "quantity": cell.quantity,
        "amount": Decimal(cell.amount),
        "entries": Decimal(cell.entries),
    }
    return term.sign * amounts[term.take]


def _breakdown(indicator: Indicator, cells: list[tuple[Term, Cell]]) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for name in indicator.breakdown:
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for term, cell in cells:
            if name in cell.dimensions:
                sums[cell.dimensions[name]] += _taken(term, cell)
        found[name] = {key: sums[key] for key in sorted(sums) if sums[key]}
    return found


def entries_behind(scope: Scope, indicator: Indicator) -> QuerySet[Entry]:
    """This will list the ledger entries behind an indicator, in the order of the book, with reversals."""
    chosen = Q(pk__in=[])
    for term in (*indicator.terms, *indicator.denominator):
        start = BEGINNING if indicator.kind == "stock" else scope.period.start
        part = Q(measure=term.measure, occurred_on__gte=start)
        if term.where:
            rows = entries(scope.organisation_ids, term.measure, start=start, end=scope.period.end)
            seen = rows.order_by().values_list("dimensions", flat=True).distinct()
            part &= Q(dimensions__in=[one for one in seen if _fits(one, term)])
        chosen |= part
    books = Entry.objects.filter(
        organisation_id__in=scope.organisation_ids, occurred_on__lte=scope.period.end
    )
    return as_it_stood(books, scope.cut).filter(chosen).order_by("organisation_id", "seq")


def _fits(dimensions: str, term: Term) -> bool:
    values = json.loads(dimensions)
    return all(values.get(key) in allowed for key, allowed in term.where.items())


def number(value: Decimal | None) -> int | float | None:
    """This will give a figure as a JSON number: whole numbers stay whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def period_json(scope: Scope) -> dict[str, str | None]:
    """This will give the period of a scope as data; the cut-off is null while the period is open."""
    return {
        "code": scope.period.code,
        "from": scope.period.start.isoformat(),
        "to": scope.period.end.isoformat(),
        "cutoff": scope.cutoff.isoformat() if scope.cutoff else None,
    }


def as_json(scope: Scope, computed: Iterable[IndicatorFigure]) -> dict[str, Any]:
    """This will give the report as data; of a closed period it is the same bytes for ever."""
    return {
        "organisation": scope.organisation.code,
        "period": period_json(scope),
        "indicators": [
            {
                "code": one.indicator.code,
                "name": one.indicator.name.vi,
                "unit": one.indicator.unit.vi,
                "value": number(one.value),
                "qualifier": one.qualifier or None,
                "plan": number(one.plan),
                "percent_of_plan": number(one.percent_of_plan),
                "same_period_last_year": number(one.last_year),
                "breakdown": {
                    name: {key: number(value) for key, value in parts.items()}
                    for name, parts in one.breakdown.items()
                },
                "entries": one.entries,
            }
            for one in computed
        ],
    }
