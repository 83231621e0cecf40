"""Doors of figures: indicator → ledger entries → record → readings, in the drawer or as pages of their own."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quacan.centre.base.chain import canonical
from quacan.centre.base.departments import TracedSource
from quacan.centre.base.doors import today
from quacan.centre.base.models import Document
from quacan.centre.base.refusals import NotFound
from quacan.centre.base.wording import openable
from quacan.centre.ledger.models import Entry, entry_hash
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of
from quacan.centre.reporting.definitions import Indicator, Term, indicators_in_force
from quacan.centre.reporting.queries import IndicatorFigure, Scope, entries_behind, figures, scope_of
from quacan.centre.reporting.queries.composition import figure_text
from quacan.centre.reporting.queries.labels import dimension_name, dimension_value, measure_name, source_kind
from quacan.centre.reporting.queries.tracing import source_of
from quacan.centre.reporting.views.sight import organisation_seen, period_or_unknown

SHOWN = 20
SHOWN_WITH = ("organisation", "reverses", "reversed_by")


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A ledger entry as lists show it."""

    seq: int
    href: str
    occurred_on: date
    recorded_at: datetime
    measure: str
    quantity: Decimal
    amount: int | None
    words: tuple[str, ...]
    detail: str
    source: TracedSource
    source_kind: str
    reverses: int | None
    reverses_href: str
    reversed_by: int | None
    reversed_by_href: str
    is_whole: bool
    organisation: str
    hash: str


@dataclass(frozen=True, slots=True)
class Share:
    """One value of a breakdown: in words, its sum, where it opens alone (or everything again), whether it is alone."""

    words: str
    value: Decimal
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A breakdown of a figure by one dimension."""

    name: str
    shares: tuple[Share, ...]


def may_see_amount(person: Person, entry: Entry, *, on: date) -> bool:
    """This will say whether somebody may see the money of an entry: prices of contracts ask their own permission."""
    if not entry.source.startswith("contracts."):
        return True
    return person.may("contracts.see_price", organisation_id=entry.organisation_id, unit_id=None, on=on)


def entry_row(entry: Entry, person: Person, *, on: date, readings: bool = False) -> EntryRow:
    """This will shape an entry for the screen, its own hash proven."""
    undoing = getattr(entry, "reversed_by", None)
    undone = undoing.seq if undoing else None
    code, source = entry.organisation.code, source_of(entry.source, readings=readings)
    old = entry.reverses.seq if entry.reverses else None
    return EntryRow(
        seq=entry.seq,
        href=entry_place(code, entry.seq),
        occurred_on=entry.occurred_on,
        recorded_at=entry.recorded_at,
        measure=measure_name(entry.measure),
        quantity=entry.quantity,
        amount=entry.amount if may_see_amount(person, entry, on=on) else None,
        words=dimension_words(entry),
        detail=source.summary.replace(f" · {entry.occurred_on:%d/%m/%Y}", ""),
        source=source,
        source_kind=source_kind(entry.source),
        reverses=old,
        reverses_href=entry_place(code, old) if old else "",
        reversed_by=undone,
        reversed_by_href=entry_place(code, undone) if undone else "",
        is_whole=entry_hash(entry) == entry.hash,
        organisation=code,
        hash=entry.hash,
    )


def entry_place(organisation: str, seq: int) -> str:
    """This will give the address of an entry."""
    return reverse("reporting:entry", args=[organisation, seq])


def dimension_words(entry: Entry) -> tuple[str, ...]:
    """This will word the dimensions of an entry; the kind of an activity is told by its source already."""
    found: dict[str, str] = json.loads(entry.dimensions)
    told = {"kind"} if entry.source.startswith("activities.") else set()
    return tuple(dimension_value(name, value) for name, value in found.items() if name not in told)


@dataclass(frozen=True, slots=True)
class Question:
    """What of a figure is asked for: its page, one value of a dimension, today's books instead of the closed ones."""

    path: str
    dimension: str
    value: str
    live: bool

    def href(self, **asked: str) -> str:
        """This will give the address of the figure for other questions, of the same books."""
        kept = {name: text for name, text in asked.items() if text} | ({"live": "1"} if self.live else {})
        return f"{self.path}?{urlencode(kept)}" if kept else self.path


@require_safe
def indicator_page(request: HttpRequest, organisation: str, code: str, indicator: str) -> HttpResponse:
    """This will open a figure: how it is defined, what it is made of, the entries behind it."""
    on, person = today(), person_of(request)
    found = organisation_seen(person, organisation, "reports.see", on=on)
    asked = Question(
        request.path, request.GET.get("dim", ""), request.GET.get("val", ""), request.GET.get("live") == "1"
    )
    scope = scope_of(found, period_or_unknown(code), live=asked.live)
    known = indicators_in_force(scope.period.end).get(indicator)
    if known is None:
        raise NotFound(record=_("chỉ tiêu “{code}”").format(code=indicator))
    after = request.GET.get("after", "")
    context = _opened(scope, known, asked) | {
        "more_only": bool(after),
        "partial": _in_drawer(request),
        "live": asked.live,
    }
    behind = entries_behind(scope, known).select_related(*SHOWN_WITH)
    chosen = behind.filter(_having(asked.dimension, asked.value)) if asked.dimension else behind
    rows, further = _page(chosen, after)
    context |= {
        "rows": [entry_row(entry, person, on=on) for entry in rows],
        "further": asked.href(after=further, dim=asked.dimension, val=asked.value) if further else "",
        "reversals": behind.filter(reverses__isnull=False).count(),
    }
    template = "reporting/indicator.html" if _in_drawer(request) else "reporting/indicator_page.html"
    return render(request, template, context)


def _opened(scope: Scope, indicator: Indicator, asked: Question) -> dict[str, object]:
    """The figure itself: its value, how it is made, how a report names it, what it is made of."""
    (computed,) = figures(scope, codes=[indicator.code])
    return {
        "scope": scope,
        "indicator": indicator,
        "figure": computed,
        "text": figure_text(computed),
        "rule": _rule(indicator),
        "written": f"{{{indicator.code}}}",
        "groups": _groups(computed, asked),
        "chosen_words": dimension_value(asked.dimension, asked.value) if asked.dimension else "",
    }


def _in_drawer(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]


def _having(name: str, value: str) -> Q:
    pair = canonical({name: value})[1:-1]
    return Q(dimensions__contains=pair)


def _page(rows: QuerySet[Entry], after: str) -> tuple[list[Entry], str]:
    """The next rows after the place asked for (organisation.seq), and the place of the page that follows."""
    if after:
        try:
            organisation_id, seq = (int(part) for part in after.split("."))
        except ValueError as error:
            raise NotFound(record=_("trang này của danh sách")) from error
        beyond = Q(organisation_id=organisation_id, seq__gt=seq) | Q(organisation_id__gt=organisation_id)
        rows = rows.filter(beyond)
    found = list(rows[: SHOWN + 1])
    more = len(found) > SHOWN
    found = found[:SHOWN]
    return found, f"{found[-1].organisation_id}.{found[-1].seq}" if more else ""


def _groups(computed: IndicatorFigure, asked: Question) -> list[Group]:
    return [
        Group(
            dimension_name(dimension),
            tuple(
                _share(dimension, value, total, asked)
                for value, total in sorted(parts.items(), key=lambda item: -item[1])
            ),
        )
        for dimension, parts in computed.breakdown.items()
        if parts
    ]


def _share(dimension: str, value: str, total: Decimal, asked: Question) -> Share:
    is_chosen = (dimension, value) == (asked.dimension, asked.value)
    href = asked.href() if is_chosen else asked.href(dim=dimension, val=value)
    return Share(dimension_value(dimension, value), total, href, is_chosen)


def _rule(indicator: Indicator) -> str:
    """How the figure is made, in words a planner reads."""
    made = {
        "flow": _("tổng trong kỳ"),
        "stock": _("số tồn đến hết kỳ"),
        "ratio": _("tỷ lệ trong kỳ"),
        "distinct": _("đếm không trùng trong kỳ"),
    }[indicator.kind]
    terms = " ".join(_term(term, first=i == 0) for i, term in enumerate(indicator.terms))
    below = " ".join(_term(term, first=i == 0) for i, term in enumerate(indicator.denominator))
    return f"{made}: {terms} ÷ {below}" if below else f"{made}: {terms}"


def _term(term: Term, *, first: bool) -> str:
    sign = "−" if term.sign < 0 else ("" if first else "+")
    where = ", ".join(
        f"{dimension_name(name)} = {' / '.join(dimension_value(name, one) for one in values)}"
        for name, values in term.where.items()
    )
    return f"{sign}{' ' if sign else ''}{measure_name(term.measure)}{f' ({where})' if where else ''}"


@require_safe
def entry_page(request: HttpRequest, organisation: str, seq: int) -> HttpResponse:
    """This will open one ledger entry: its record, its document, the readings that were typed."""
    on, person = today(), person_of(request)
    found = organisation_seen(person, organisation, "ledger.see", on=on)
    entry = Entry.objects.select_related(*SHOWN_WITH, "unit").filter(organisation=found, seq=seq).first()
    if entry is None:
        raise NotFound(record=_("bút toán #{seq}").format(seq=seq))
    dimensions: dict[str, str] = json.loads(entry.dimensions)
    row = entry_row(entry, person, on=on, readings=True)
    if not openable([entry.source], person, on=on):
        row = replace(row, source=replace(row.source, url=""))
    state = row.source.document_state
    context = {
        "entry": row,
        "unit": entry.unit,
        "facts": [(dimension_name(name), dimension_value(name, value)) for name, value in dimensions.items()],
        "document_word": Document.State(state).label if state else "",
        "document_tone": "pass" if state == Document.State.ISSUED else "open",
    }
    template = "reporting/entry.html" if _in_drawer(request) else "reporting/entry_page.html"
    return render(request, template, context)
