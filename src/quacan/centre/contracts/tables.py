"""The lists of contracts and of orders."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import ChoiceFilter, Column, DayFilter, FlagFilter, Listing
from quacan.centre.contracts.models import Contract, Job
from quacan.centre.contracts.queries import done_of, gross_of, net_of, sees_prices
from quacan.centre.parties.queries import current
from quacan.centre.people.models import Person


def contracts_listing(person: Person, on: date) -> Listing:
    """This will give the list of contracts as one person may read it: money only for who may see prices."""
    late = Q(state__in=(Contract.State.SIGNED, Contract.State.RUNNING), due_on__lt=on)
    return Listing(
        name="hop-dong",
        columns=(
            Column("number", _("Số"), lambda c: c.number, order="number"),
            Column("title", _("Nội dung"), lambda c: c.title),
            Column("party", _("Khách hàng"), lambda c: current(c.party).name, order="party__folded"),
            Column("state", _("Trạng thái"), lambda c: c.get_state_display()),
            Column("received", _("Ngày nhận"), lambda c: c.received_on, order="received_on", kind="day"),
            Column("signed", _("Ngày ký"), lambda c: c.signed_on, order="signed_on", kind="day"),
            Column("due", _("Hạn hoàn thành"), lambda c: c.due_on, order="due_on", kind="day"),
            Column("quantity", _("Khối lượng"), lambda c: int(c.quantity), kind="number"),
            Column("done", _("Đã xong"), done_of, kind="number"),
            *_money(person, on),
        ),
        sort="-received",
        filters=(
            ChoiceFilter("state", _("Trạng thái"), "state", Contract.State.choices),
            DayFilter("from", _("Nhận từ ngày"), "received_on__gte"),
            DayFilter("to", _("Nhận đến ngày"), "received_on__lte"),
            FlagFilter("late", _("Quá hạn"), late),
        ),
    )


def _money(person: Person, on: date) -> tuple[Column, ...]:
    if not person.may("contracts.see_price", organisation_id=None, unit_id=None, on=on):
        return ()
    return (
        Column(
            "net",
            _("Giá trị chưa VAT"),
            lambda c: net_of(c) if sees_prices(person, c, on=on) else None,
            kind="money",
        ),
        Column("gross", _("Giá trị có VAT"), lambda c: gross_of(c, person, on=on), kind="money"),
    )


def orders_listing(person: Person, on: date) -> Listing:
    """This will give the list of orders."""
    mine = Job.objects.filter(performer=person).exclude(state=Job.State.CANCELLED).values("order")
    unfinished = Job.objects.filter(state__in=(Job.State.WAITING, Job.State.MEASURING)).values("order")
    return Listing(
        name="phieu-viec",
        columns=(
            Column("number", _("Số"), lambda o: o.number, order="number"),
            Column("planned", _("Ngày thực hiện"), lambda o: o.planned_on, order="planned_on", kind="day"),
            Column("contract", _("Hợp đồng"), lambda o: str(o.contract)),
            Column(
                "party",
                _("Khách hàng"),
                lambda o: current(o.contract.party).name,
                order="contract__party__folded",
            ),
            Column("place", _("Nơi thực hiện"), lambda o: o.place),
            Column("jobs", _("Phương tiện"), lambda o: int(o.job_count), kind="number"),
            Column("done", _("Đã có kết quả"), lambda o: int(o.done_count), kind="number"),
        ),
        sort="-planned",
        filters=(
            DayFilter("from", _("Từ ngày"), "planned_on__gte"),
            DayFilter("to", _("Đến ngày"), "planned_on__lte"),
            FlagFilter("mine", _("Việc của tôi"), Q(pk__in=mine)),
            FlagFilter("open", _("Chưa xong"), Q(pk__in=unfinished)),
        ),
    )
