"""The life of a stamp: received, handed out, used (by issuing), damaged."""

from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.certificates.facts import batch_posting, stamp_posting
from quacan.centre.certificates.models import Stamp, StampBatch
from quacan.centre.certificates.moves import DAMAGE, HAND_OUT
from quacan.centre.certificates.refusals import (
    HolderDoesNotMeasure,
    NotEnoughStamps,
    StampsOverlap,
)
from quacan.centre.certificates.rules import stamp_number
from quacan.centre.ledger.actions import post
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person

MEASURES = "worksheets.record"


@action("stamps.manage")
def receive_stamps(
    act: Act,
    organisation: Organisation,
    *,
    series: str,
    first: int,
    last: int,
    received_on: date,
    note: str = "",
) -> StampBatch:
    """This will enter a range of stamps from the printer, one record per stamp."""
    act.require(organisation)
    _take_turn(organisation)
    series = series.strip().upper()
    if not series.isalnum() or len(series) > 10:
        raise FieldWrong(field=_("Ký hiệu tem"), why=_("chỉ gồm chữ và số, không quá 10 ký tự"))
    if first < 1 or last < first or last - first >= 20_000:
        raise FieldWrong(
            field=_("Dải số tem"), why=_("số đầu từ 1, số cuối không nhỏ hơn, mỗi lần tối đa 20.000")
        )
    if received_on > act.on:
        raise FieldWrong(field=_("Ngày nhận"), why=_("sau hôm nay"))
    clash = StampBatch.objects.filter(
        organisation=organisation, series=series, first__lte=last, last__gte=first
    ).exists()
    if clash:
        raise StampsOverlap(series=series, first=first, last=last)
    batch = StampBatch.objects.create(
        organisation=organisation, series=series, first=first, last=last, received_on=received_on, note=note
    )
    Stamp.objects.bulk_create(
        (
            Stamp(organisation=organisation, batch=batch, number=stamp_number(series=series, sequence=n))
            for n in range(first, last + 1)
        ),
        batch_size=500,
    )
    act.created(batch)
    post(act, [batch_posting(batch)])
    return batch


@action("stamps.manage")
def hand_out_stamps(act: Act, organisation: Organisation, *, to: Person, count: int) -> Person:
    """This will hand the next *count* stamps in stock to a person."""
    act.require(organisation)
    _take_turn(organisation)
    if count < 1:
        raise FieldWrong(field=_("Số lượng tem"), why=_("phải từ 1"))
    if not to.may(MEASURES, organisation_id=organisation.pk, unit_id=None, on=act.on):
        raise HolderDoesNotMeasure(person=to.full_name, organisation=organisation.short_name)
    stock = Stamp.objects.select_for_update().filter(organisation=organisation, state__in=HAND_OUT.source)
    if (left := stock.count()) < count:
        raise NotEnoughStamps(left=left, wanted=count)
    chosen = list(stock.order_by("number")[:count])
    Stamp.objects.filter(pk__in=[s.pk for s in chosen]).update(state=HAND_OUT.target[0], holder=to)
    act.noted(
        f"people.Person:{to.pk}",
        before=None,
        after={"first": chosen[0].number, "last": chosen[-1].number, "count": count},
    )
    return to


def _take_turn(organisation: Organisation) -> None:
    """Who receives or hands out stamps of a house takes its turn, so that no two take the same ones."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


@action(DAMAGE)
def damage_stamp(act: Act, stamp: Stamp) -> Stamp:
    """A stamp that was never bound to a certificate, written off with the reason."""
    act.moved(stamp, note=act.reason.strip()[:200], damaged_on=act.on)
    post(act, [stamp_posting(stamp)])
    return stamp
