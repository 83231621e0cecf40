"""Reads of the book: flows in a period, stocks on a day, now or as the book stood at a cut-off; and its proof."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from quacan.centre.base.chain import GENESIS
from quacan.centre.base.problems import Flaw
from quacan.centre.ledger.models import (
    MILLIONTH,
    ClosedPeriod,
    Entry,
    Head,
    MonthSum,
    entry_hash,
    stored_line,
    sums_of,
)
from quacan.centre.ledger.rules import Posting, difference, ym
from quacan.centre.organisation.models import Organisation

Where = Mapping[str, Sequence[str]]
Cut = Mapping[int, int]
"""The book as it stood: for each organisation, the last entry that counts."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A sum: one combination of dimensions of a measure, with the number of entries in it."""

    dimensions: Mapping[str, str]
    quantity: Decimal
    amount: int
    entries: int


def flow(
    organisation_ids: Iterable[int], measure: str, *, start: date, end: date, cut: Cut | None = None
) -> list[Cell]:
    """This will sum a measure between two days (inclusive) by its dimensions.

    ``cut`` sums the books as they stood then. Whole months without ``cut`` come from the monthly sums.
    """
    ids = sorted(organisation_ids)
    if cut is None and _whole_months(start, end):
        rows = MonthSum.objects.filter(
            organisation_id__in=ids, measure=measure, ym__gte=ym(start), ym__lte=ym(end)
        )
        return _cells(
            rows.values_list("dimensions").annotate(Sum("quantity_e6"), Sum("amount"), Sum("entries"))
        )
    return _cells(
        entries(ids, measure, start=start, end=end, cut=cut)
        .order_by()
        .values_list("dimensions")
        .annotate(Sum("quantity_e6"), Sum("amount"), Count("id"))
    )


def stock(organisation_ids: Iterable[int], measure: str, *, on: date, cut: Cut | None = None) -> list[Cell]:
    """This will sum a measure from the beginning up to and including a day: opening + movement = closing."""
    return flow(organisation_ids, measure, start=date(1900, 1, 1), end=on, cut=cut)


def entries(
    organisation_ids: Iterable[int], measure: str, *, start: date, end: date, cut: Cut | None = None
) -> QuerySet[Entry]:
    """This will list the entries behind a sum, in the order of the book."""
    rows = Entry.objects.filter(
        organisation_id__in=list(organisation_ids),
        measure=measure,
        occurred_on__gte=start,
        occurred_on__lte=end,
    )
    return as_it_stood(rows, cut)


def as_it_stood(rows: QuerySet[Entry], cut: Cut | None) -> QuerySet[Entry]:
    """This will keep the entries that were in the books at a cut; without one, all of them."""
    return rows if cut is None else rows.filter(_within(cut))


def after(rows: QuerySet[Entry], cut: Cut) -> QuerySet[Entry]:
    """This will keep the entries that came into the books after a cut."""
    return rows.exclude(_within(cut))


def _within(cut: Cut) -> Q:
    within = Q(pk__in=[])
    for organisation_id, seq in cut.items():
        within |= Q(organisation_id=organisation_id, seq__lte=seq)
    return within


def matching(cells: Iterable[Cell], where: Where) -> list[Cell]:
    """This will keep the cells whose dimensions have one of the given values, for every given dimension."""
    return [c for c in cells if all(c.dimensions.get(key) in values for key, values in where.items())]


def closed_period(organisation: Organisation, code: str) -> ClosedPeriod | None:
    """This will give the fixing of a period's figures, if it happened."""
    return ClosedPeriod.objects.filter(organisation=organisation, code=code).first()


def period_in_book(organisation: Organisation, *, code: str, start: date, end: date) -> ClosedPeriod:
    """This will give a period as the book has it: closed, or not stored while it is open."""
    known = closed_period(organisation, code)
    return known or ClosedPeriod(organisation=organisation, code=code, start=start, end=end)


def cut_of(closed: ClosedPeriod, organisation_ids: Iterable[int]) -> dict[int, int]:
    """This will give the last entry that counted in each book when a period was closed."""
    others = Entry.objects.filter(
        organisation_id__in=list(organisation_ids), recorded_at__lte=closed.closed_at
    )
    heads = dict(others.order_by().values_list("organisation_id").annotate(Max("seq")))
    return {**heads, closed.organisation_id: closed.seq}


def restatements(closed: ClosedPeriod) -> QuerySet[Entry]:
    """This will list what was recorded after a period was closed but is dated in it."""
    return Entry.objects.filter(
        organisation_id=closed.organisation_id,
        occurred_on__gte=closed.start,
        occurred_on__lte=closed.end,
        seq__gt=closed.seq,
    )


def _whole_months(start: date, end: date) -> bool:
    return start.day == 1 and date.fromordinal(end.toordinal() + 1).day == 1


def _cells(rows: Iterable[tuple[str, int, int, int]]) -> list[Cell]:
    return [
        Cell(json.loads(dimensions), (quantity * MILLIONTH).normalize() + 0, int(amount), int(count))
        for dimensions, quantity, amount, count in rows
    ]


def flaws(postings: Iterable[Posting]) -> Iterator[Flaw]:
    """This will prove the chain, that monthly sums equal entries, and that the book says what the records say."""
    yield from chain_flaws()
    yield from sum_flaws()
    yield from record_flaws(postings)


def chain_flaws() -> Iterator[Flaw]:
    """This will recompute the hash chain of every organisation's book."""
    remedy = _("So với bản sao lưu gần nhất; bút toán không bao giờ được sửa tay.")
    last: dict[int, tuple[int, str]] = {}
    for entry in Entry.objects.order_by("organisation_id", "seq").iterator(chunk_size=2000):
        seq, previous = last.get(entry.organisation_id, (0, GENESIS))
        record = f"ledger.Entry:{entry.pk} (#{entry.seq}, {entry.measure}, {entry.source})"
        if entry.seq != seq + 1:
            yield Flaw(record, _("Thiếu bút toán trước bút toán này."), remedy)
        if entry.previous != previous or entry.hash != entry_hash(entry):
            yield Flaw(record, _("Bút toán không khớp mã băm: nội dung đã bị sửa."), remedy)
        last[entry.organisation_id] = (entry.seq, entry.hash)
    for head in Head.objects.all():
        if last.get(head.pk, (0, GENESIS)) != (head.seq, head.hash):
            yield Flaw(
                f"ledger.Head:{head.pk}", _("Đầu chuỗi sổ nghiệp vụ không khớp bút toán cuối."), remedy
            )


def sum_flaws() -> Iterator[Flaw]:
    """This will prove that the monthly sums equal what the entries add up to."""
    remedy = _("Chạy “quacan ledger rebuild” để cộng lại từ bút toán.")
    for head in Head.objects.all():
        computed = sums_of(Entry.objects.filter(organisation_id=head.pk).iterator(chunk_size=5000))
        stored = {
            (row.measure, row.ym, row.unit_key, row.dimensions): [row.quantity_e6, row.amount, row.entries]
            for row in MonthSum.objects.filter(organisation_id=head.pk)
        }
        for key in sorted(set(computed) | set(stored)):
            if computed.get(key) != stored.get(key):
                name = f"ledger.MonthSum (organisation {head.pk}, {key[0]}, {key[1]})"
                yield Flaw(name, _("Tổng tháng không bằng tổng các bút toán."), remedy)


def record_flaws(postings: Iterable[Posting]) -> Iterator[Flaw]:
    """This will prove that every source's living entries equal its facts, and that no entry lacks a source."""
    remedy = _("Ghi sổ lại bản ghi nguồn, hoặc xem bản ghi nào đã bị sửa ngoài hệ thống.")
    living: dict[tuple[int, str], list[Entry]] = {}
    for entry in Entry.objects.filter(reverses__isnull=True, reversed_by__isnull=True):
        living.setdefault((entry.organisation_id, entry.source), []).append(entry)
    for posting in postings:
        known = living.pop((posting.organisation_id, posting.source), [])
        change = difference([(e.pk, stored_line(e)) for e in known], posting.facts)
        if change.reverse or change.append:
            yield Flaw(posting.source, _("Sổ nghiệp vụ không khớp bản ghi này."), remedy)
    for (_organisation, source), known in living.items():
        yield Flaw(source, _("{n} bút toán không còn bản ghi nguồn.").format(n=len(known)), remedy)
