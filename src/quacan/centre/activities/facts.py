"""What a confirmed activity stands for in the book, as its kind declares."""

from decimal import Decimal

from quacan.centre.activities.kinds import ActivityKind, Count, kind_version
from quacan.centre.activities.models import Activity
from quacan.centre.activities.rules import Value, read_values
from quacan.centre.ledger.rules import Fact, Posting


def facts_of(activity: Activity, kind: ActivityKind) -> tuple[Fact, ...]:
    """This will give one fact per count of the kind; a field left empty counts for nothing."""
    if activity.state != Activity.State.CONFIRMED:
        return ()
    values = read_values(kind, activity.values)
    facts = (_fact(activity, kind, count, values) for count in kind.counts)
    return tuple(fact for fact in facts if fact is not None)


def _fact(activity: Activity, kind: ActivityKind, count: Count, values: dict[str, Value]) -> Fact | None:
    quantity, qualifier = Decimal(1), ""
    if count.quantity:
        stated = values[count.quantity]
        if not stated.text:
            return None
        quantity, qualifier = stated.number or Decimal(0), stated.qualifier
    amount = values[count.amount].number if count.amount else None
    dimensions = {"kind": kind.code, **count.fixed}
    dimensions |= {name: values[name].text for name in count.dimensions if values[name].text}
    if qualifier:
        dimensions["qualifier"] = qualifier
    return Fact(
        measure=count.measure,
        occurred_on=activity.occurred_on,
        quantity=quantity,
        amount=int(amount or 0),
        dimensions=dimensions,
        unit_id=activity.unit_id,
    )


def posting_of(activity: Activity) -> Posting:
    """This will give what the book must say of an activity."""
    kind = kind_version(activity.kind_code, activity.kind_version)
    return Posting(activity.organisation_id, f"activities.Activity:{activity.pk}", facts_of(activity, kind))
