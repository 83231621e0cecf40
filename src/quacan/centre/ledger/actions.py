"""The only place that writes the book: post differences, close a period, rebuild the monthly sums."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from quacan.centre.base.act import Act, action
from quacan.centre.base.chain import GENESIS
from quacan.centre.ledger.models import (
    ClosedPeriod,
    Entry,
    Head,
    MonthSum,
    SumKey,
    entry_hash,
    stored_line,
    sums_of,
)
from quacan.centre.ledger.moves import CLOSE, CLOSE_EARLY
from quacan.centre.ledger.rules import Line, Posting, difference, ym
from quacan.centre.organisation.models import Organisation


def post(act: Act, postings: Iterable[Posting]) -> int:
    """This will append, per source record, the difference between its facts and the book; returns entries written.

    Called inside another department's action (it needs the open transaction); posting twice changes nothing.
    One lock and one chain segment per organisation, however many records.
    """
    by_organisation: dict[int, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_organisation[posting.organisation_id].append(posting)
    written = 0
    for organisation_id in sorted(by_organisation):
        written += _post_one_book(act, organisation_id, by_organisation[organisation_id])
    return written


def _post_one_book(act: Act, organisation_id: int, postings: Sequence[Posting]) -> int:
    head = _locked_head(organisation_id)
    living = _living_entries(organisation_id, [p.source for p in postings])
    fresh: list[Entry] = []
    for posting in postings:
        known = living.get(posting.source, {})
        change = difference([(key, stored_line(entry)) for key, entry in known.items()], posting.facts)
        for key in change.reverse:
            old = stored_line(known[key])
            undone = old._replace(quantity_e6=-old.quantity_e6, amount=-old.amount)
            fresh.append(_entry(act, organisation_id, posting.source, undone, reverses=known[key]))
        fresh.extend(_entry(act, organisation_id, posting.source, line) for line in change.append)
    if fresh:
        _append(head, fresh)
    return len(fresh)


def _locked_head(organisation_id: int) -> Head:
    head = Head.objects.select_for_update().filter(organisation_id=organisation_id).first()
    if head is None:
        Head.objects.bulk_create(
            [Head(organisation_id=organisation_id, seq=0, hash=GENESIS)], ignore_conflicts=True
        )
        head = Head.objects.select_for_update().get(organisation_id=organisation_id)
    return head


def _living_entries(organisation_id: int, sources: Sequence[str]) -> dict[str, dict[int, Entry]]:
    found: dict[str, dict[int, Entry]] = defaultdict(dict)
    for start in range(0, len(sources), 500):
        rows = Entry.objects.filter(
            organisation_id=organisation_id,
            source__in=sources[start : start + 500],
            reverses__isnull=True,
            reversed_by__isnull=True,
        )
        for entry in rows:
            found[entry.source][entry.pk] = entry
    return found


def _entry(
    act: Act, organisation_id: int, source: str, line: Line, *, reverses: Entry | None = None
) -> Entry:
    return Entry(
        organisation_id=organisation_id,
        unit_id=line.unit_id,
        occurred_on=line.occurred_on,
        ym=ym(line.occurred_on),
        recorded_at=act.at,
        measure=line.measure,
        quantity_e6=line.quantity_e6,
        amount=line.amount,
        dimensions=line.dimensions,
        source=source,
        reverses=reverses,
    )


def _append(head: Head, fresh: Sequence[Entry]) -> None:
    for entry in fresh:
        entry.seq, entry.previous = head.seq + 1, head.hash
        entry.hash = entry_hash(entry)
        head.seq, head.hash = entry.seq, entry.hash
    Entry.objects.bulk_create(fresh, batch_size=500)
    head.save(update_fields=["seq", "hash"])
    _add_to_sums(head.organisation_id, fresh)


def _add_to_sums(organisation_id: int, entries: Sequence[Entry]) -> None:
    sums = sums_of(entries)
    months = {key[1] for key in sums}
    measures = {key[0] for key in sums}
    stored = {
        (row.measure, row.ym, row.unit_key, row.dimensions): row
        for row in MonthSum.objects.filter(
            organisation_id=organisation_id, ym__in=months, measure__in=measures
        )
    }
    fresh, grown = [], []
    for key, (quantity, amount, count) in sums.items():
        row = stored.get(key)
        if row is None:
            fresh.append(_month_sum(organisation_id, key, quantity, amount, count))
            continue
        row.quantity_e6 += quantity
        row.amount += amount
        row.entries += count
        grown.append(row)
    MonthSum.objects.bulk_create(fresh, batch_size=500)
    MonthSum.objects.bulk_update(grown, ["quantity_e6", "amount", "entries"], batch_size=500)


def _month_sum(organisation_id: int, key: SumKey, quantity: int, amount: int, count: int) -> MonthSum:
    measure, month, unit_key, dimensions = key
    return MonthSum(
        organisation_id=organisation_id,
        measure=measure,
        ym=month,
        unit_key=unit_key,
        dimensions=dimensions,
        quantity_e6=quantity,
        amount=amount,
        entries=count,
    )


@action(CLOSE)
def close_period(act: Act, period: ClosedPeriod) -> ClosedPeriod:
    """This will fix a period's figures at the head of the book now; later entries are restatements."""
    return _close(act, period)


@action(CLOSE_EARLY)
def close_period_early(act: Act, period: ClosedPeriod) -> ClosedPeriod:
    """This will fix the figures before the period ends, for a conference held before; the instant is the cut-off."""
    return _close(act, period)


def _close(act: Act, period: ClosedPeriod) -> ClosedPeriod:
    head = _locked_head(period.organisation_id)
    period.closed_at, period.closed_by = act.at, act.actor.username
    period.seq, period.hash = head.seq, head.hash
    period.save()
    act.created(period)
    return period


@action("ledger.rebuild")
def rebuild_sums(act: Act, organisation: Organisation) -> Head:
    """This will throw away an organisation's monthly sums and add its entries up anew."""
    act.require(organisation)
    with transaction.atomic():
        head = _locked_head(organisation.pk)
        MonthSum.objects.filter(organisation=organisation).delete()
        entries = Entry.objects.filter(organisation=organisation).iterator(chunk_size=5000)
        MonthSum.objects.bulk_create(
            (_month_sum(organisation.pk, key, *total) for key, total in sums_of(entries).items()),
            batch_size=500,
        )
    act.noted(organisation, before=None, after={"rebuilt_to_seq": head.seq})
    return head
