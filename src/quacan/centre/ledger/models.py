"""The book: entries, the head of each organisation's chain, monthly sums, closed periods.

Quantities are whole millionths (``quantity_e6``), so that sums in SQL are exact on both databases; money is đồng.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _

from quacan.centre.base.chain import link
from quacan.centre.base.language.texts import Text
from quacan.centre.base.periods import period
from quacan.centre.ledger.rules import Line
from quacan.centre.organisation.models import Organisation, Unit

MILLIONTH = Decimal("0.000001")
SumKey = tuple[str, int, int, str]


class Head(models.Model):
    """The last link of an organisation's book; locking this row orders its writers."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)


class Entry(models.Model):
    """One fact, or the reversal of one: never changed, never deleted."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    seq = models.BigIntegerField()
    occurred_on = models.DateField()
    ym = models.IntegerField()
    recorded_at = models.DateTimeField()
    measure = models.CharField(max_length=80)
    quantity_e6 = models.BigIntegerField()
    amount = models.BigIntegerField(default=0)
    dimensions = models.TextField(default="{}")
    source = models.CharField(max_length=100)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "seq"], name="entry_seq")]
        indexes = [
            models.Index(fields=["organisation", "measure", "occurred_on"], name="entry_measure"),
            models.Index(fields=["source"], name="entry_source"),
        ]
        ordering = ["organisation", "seq"]

    @property
    def quantity(self) -> Decimal:
        return (self.quantity_e6 * MILLIONTH).normalize() + 0


class MonthSum(models.Model):
    """What a measure came to in a month, by unit and dimensions: kept in the transaction that posts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit_key = models.BigIntegerField(default=0)
    ym = models.IntegerField()
    measure = models.CharField(max_length=80)
    dimensions = models.TextField(default="{}")
    quantity_e6 = models.BigIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "measure", "ym", "unit_key", "dimensions"], name="month_sum_once"
            )
        ]


class ClosedPeriod(models.Model):
    """A period whose figures were fixed: everything up to ``seq`` counts, later entries are restatements."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    code = models.CharField(max_length=20)
    start = models.DateField()
    end = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=150)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="closed_period_once")]

    @property
    def title(self) -> Text:
        """This will name the period: “6 tháng đầu năm 2022”."""
        return period(self.code).title

    def __str__(self) -> str:
        said = _("Số liệu {period} của {organisation}")
        return said.format(period=self.title, organisation=self.organisation.short_name)


def stored_line(entry: Entry) -> Line:
    """This will give the comparable part of an entry."""
    return Line(
        entry.unit_id, entry.occurred_on, entry.measure, entry.quantity_e6, entry.amount, entry.dimensions
    )


def entry_hash(entry: Entry) -> str:
    """This will compute the hash an entry must carry from its other columns."""
    return link(
        entry.previous,
        {
            "organisation": entry.organisation_id,
            "unit": entry.unit_id,
            "seq": entry.seq,
            "occurred_on": entry.occurred_on,
            "ym": entry.ym,
            "recorded_at": entry.recorded_at.astimezone(ZoneInfo("UTC")).isoformat(),
            "measure": entry.measure,
            "quantity_e6": entry.quantity_e6,
            "amount": entry.amount,
            "dimensions": entry.dimensions,
            "source": entry.source,
            "reverses": entry.reverses_id,
        },
    )


def sums_of(entries: Iterable[Entry]) -> dict[SumKey, list[int]]:
    """This will add entries up by (measure, month, unit, dimensions) into [quantity_e6, amount, entries]."""
    sums: dict[SumKey, list[int]] = defaultdict(lambda: [0, 0, 0])
    for entry in entries:
        total = sums[(entry.measure, entry.ym, entry.unit_id or 0, entry.dimensions)]
        total[0] += entry.quantity_e6
        total[1] += entry.amount
        total[2] += 1
    return sums
