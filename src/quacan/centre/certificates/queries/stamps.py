"""Stamps as a stock: who holds how many, roll by roll, and whether it adds up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.refusals import NotFound
from quacan.centre.certificates.models import Stamp, StampBatch
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with, visible


@dataclass(frozen=True, slots=True)
class StampsInHand:
    """How many stamps a person holds, has used and has spoilt."""

    person: str
    issued: int
    used: int
    damaged: int
    next_number: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A roll: received must equal in stock + handed out + used + damaged."""

    organisation: str
    series: str
    first: int
    last: int
    received_on: date
    note: str
    in_stock: int
    issued: int
    used: int
    damaged: int

    @property
    def received(self) -> int:
        """This will give how many stamps the roll came with."""
        return self.last - self.first + 1

    @property
    def accounted(self) -> int:
        """This will give how many stamps the book can say something of."""
        return self.in_stock + self.issued + self.used + self.damaged

    @property
    def adds_up(self) -> bool:
        """This will say whether no stamp is missing and none too many."""
        return self.received == self.accounted


def stamps(person: Person, *, on: date) -> QuerySet[Stamp]:
    """This will list the stamps of the houses whose stamps a person may see."""
    rows = Stamp.objects.select_related("holder", "batch", "outcome", "organisation")
    return visible(rows, person, "stamps.see", on=on, unit=None)


def stamp(person: Person, number: str, *, on: date) -> Stamp:
    """The stamp of a printed number, among those a person may see; any other is refused as unknown."""
    number = number.strip().upper()
    found = stamps(person, on=on).filter(number=number).first()
    if found is None:
        raise NotFound(record=_("tem {number}").format(number=number))
    return found


def may_manage(person: Person, organisation: Organisation, *, on: date) -> bool:
    """Whether a person may receive, hand out and write off stamps of a house."""
    return person.may("stamps.manage", organisation_id=organisation.pk, unit_id=None, on=on)


def batches(person: Person, *, on: date) -> QuerySet[StampBatch]:
    """This will list the rolls a person may see."""
    return visible(StampBatch.objects.all(), person, "stamps.see", on=on, unit=None)


def _in(state: str) -> Count:
    return Count("pk", filter=Q(state=state))


def stamp_reconciliation(rows: QuerySet[Stamp]) -> list[Reconciliation]:
    """This will reconcile every roll the stamps come from, the newest first; one query."""
    states = Stamp.State
    counted = (
        rows.order_by()
        .values_list(
            "batch__organisation__short_name",
            "batch__series",
            "batch__first",
            "batch__last",
            "batch__received_on",
            "batch__note",
        )
        .annotate(
            in_stock=_in(states.IN_STOCK),
            issued=_in(states.ISSUED),
            used=_in(states.USED),
            damaged=_in(states.DAMAGED),
        )
        .order_by("-batch__received_on", "-batch_id")
    )
    return [Reconciliation(*row) for row in counted]


def stamps_in_hand(rows: QuerySet[Stamp]) -> list[StampsInHand]:
    """This will tell what each holder has, by given name; *next_number* is the one the next signature takes."""
    held = rows.filter(holder__isnull=False).order_by()
    counted = (
        held.values_list("holder_id", "holder__full_name")
        .annotate(
            issued=_in(Stamp.State.ISSUED), used=_in(Stamp.State.USED), damaged=_in(Stamp.State.DAMAGED)
        )
        .order_by("holder__name_key")
    )
    found = []
    for holder, name, issued, used, damaged in counted:
        in_hand = rows.filter(holder=holder, state=Stamp.State.ISSUED).order_by("number")
        first = in_hand.values_list("number", flat=True).first()
        found.append(StampsInHand(name, issued, used, damaged, first or ""))
    return found


def possible_holders(organisation: Organisation, *, on: date) -> list[Person]:
    """This will list who may be handed stamps of a house: those who measure there."""
    return people_with("worksheets.record", organisation, on=on)
