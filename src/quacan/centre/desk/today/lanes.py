"""What waits for a person, lane by lane: one lane per thing a role does.

A lane lists at most ``MOST`` rows; a person sees only lanes whose permission they hold on the day, and in them only
rows of the organisations and units where they hold it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.activities.models import Activity
from quacan.centre.activities.queries import activities_to_confirm
from quacan.centre.base.actors import HERE
from quacan.centre.base.models import FollowUp
from quacan.centre.base.refusals import Words
from quacan.centre.contracts.models import Contract, Job
from quacan.centre.contracts.queries import jobs_of, overdue
from quacan.centre.desk.addresses import address_of, address_of_report, exists
from quacan.centre.facilities.models import Alarm
from quacan.centre.facilities.queries import alarms_seen_by, words_of
from quacan.centre.followups.queries import full_name_of, open_follow_ups
from quacan.centre.instruments.models import Instrument
from quacan.centre.instruments.queries import due, instruments_seen_by
from quacan.centre.people.models import Person
from quacan.centre.people.queries import CardStanding, Expiry, card_standings, expiries, home, visible
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.queries import reports_at
from quacan.centre.standards.models import Standard
from quacan.centre.standards.queries import Care, Readiness, care_due, due_standards
from quacan.centre.verification.models import Batch, Worksheet
from quacan.centre.verification.moves import sheets_to_check

MOST: Final = 100
SOON: Final = 7
INSTRUMENTS_WITHIN: Final = 30
STANDARDS_WITHIN: Final = 60
STANDARDS_NEAR: Final = 30
CARE_WITHIN: Final = 14
CARDS_WITHIN: Final = 90


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: what, why, by which day, where it opens."""

    title: str
    text: str
    href: str
    due_on: date | None = None
    verdict: str = ""

    def is_late(self, on: date) -> bool:
        """This will say whether the day by which it should be done is over."""
        return self.due_on is not None and self.due_on < on


Rows = QuerySet[Any] | Sequence[Any]


@dataclass(frozen=True, slots=True)
class Lane:
    """A kind of task: who has it (permission, '' for everybody), which rows it reads, how a row reads.

    *door* is the key of the rail's door behind which it waits; *own* lanes are a person's own tasks, the others are
    shared by everybody with the permission.
    """

    key: str
    door: str
    title: Words
    deed: Words
    permission: str
    rows: Callable[[Person, date], Rows]
    task: Callable[[Any, date], Task]
    href: str = ""


def _jobs(person: Person, on: date) -> Rows:
    elsewhere = Q(state__in=(Worksheet.State.SUBMITTED, Worksheet.State.APPROVED))
    returned = Q(state=Worksheet.State.DRAFT) & ~Q(returned_reason="")
    on_bench = Q(state=Worksheet.State.DRAFT, batch__isnull=False)
    listed = Worksheet.objects.filter(elsewhere | returned | on_bench, job=OuterRef("pk"))
    return jobs_of(person).filter(~Exists(listed)).prefetch_related("worksheets")


def _job_task(job: Job, on: date) -> Task:
    sheet = next((s for s in job.worksheets.all() if s.state == Worksheet.State.DRAFT), None)
    party = job.order.contract.party.name
    return Task(
        title=str(job.instrument),
        text=f"{party} · {job.get_event_display()} · {_('phiếu việc')} {job.order.number}",
        href=address_of(sheet) if sheet else address_of(job.order),
        due_on=job.order.planned_on,
    )


def _batches(state: str) -> Callable[[Person, date], Rows]:
    """Batches with worksheets at a stage: measured by the person, or to be checked by one who did not measure."""

    def rows(person: Person, on: date) -> Rows:
        left = Count("worksheets", filter=Q(worksheets__state=state))
        found = Batch.objects.annotate(left=left).filter(left__gt=0)
        found = found.select_related("order__contract__party", "performer").order_by("performed_on", "id")
        if state == Worksheet.State.DRAFT:
            return found.filter(performer=person)
        return visible(found.exclude(performer=person), person, "worksheets.check", on=on)

    return rows


def _batch_task(batch: Any, on: date) -> Task:
    text = f"{batch.order.contract.party.name} · {batch.performer.full_name} · {batch.left}/{batch.count} {_('phiếu')}"
    return Task(f"{_('Lô')} {batch.number}", text, reverse("verification:batch", args=[batch.pk]))


def _returned(person: Person, on: date) -> Rows:
    rows = Worksheet.objects.filter(performer=person, state=Worksheet.State.DRAFT).exclude(returned_reason="")
    return rows.select_related("instrument").order_by("performed_on", "id")


def _returned_task(sheet: Worksheet, on: date) -> Task:
    return Task(str(sheet.instrument), f"{sheet.number} · {sheet.returned_reason}", address_of(sheet))


def _to_check(person: Person, on: date) -> Rows:
    return sheets_to_check(person, on=on)


def _sheet_task(sheet: Worksheet, on: date) -> Task:
    who = sheet.performer.full_name
    sent = sheet.submitted_at.astimezone(HERE).strftime("%H:%M %d/%m") if sheet.submitted_at else ""
    text = f"{sheet.number} · {who}" + (f" · {_('gửi')} {sent}" if sent else "")
    return Task(str(sheet.instrument), text, address_of(sheet), verdict=sheet.verdict)


def _to_sign(person: Person, on: date) -> Rows:
    rows = Worksheet.objects.filter(state=Worksheet.State.APPROVED)
    rows = rows.exclude(Q(performer=person) | Q(checker=person))
    rows = rows.select_related("instrument", "performer").order_by("approved_at", "id")
    return visible(rows, person, "certificates.sign", on=on)


def _contracts(state: str, permission: str) -> Callable[[Person, date], Rows]:
    def rows(person: Person, on: date) -> Rows:
        found = Contract.objects.filter(state=state).select_related("party").order_by("received_on", "id")
        return visible(found, person, permission, on=on)

    return rows


def _contract_task(contract: Contract, on: date) -> Task:
    return Task(contract.party.name, str(contract), address_of(contract), contract.due_on)


def _contract_new(contract: Contract, on: date) -> Task:
    received = _("nhận {day}").format(day=f"{contract.received_on:%d/%m/%Y}")
    return Task(contract.party.name, f"{contract} · {received}", address_of(contract))


def _contracts_due(person: Person, on: date) -> Rows:
    rows = visible(Contract.objects.select_related("party"), person, "contracts.sign", on=on)
    return overdue(rows, on=on + timedelta(days=SOON + 1))


def _instruments_due(person: Person, on: date) -> Rows:
    rows = instruments_seen_by(person, on=on)
    return due(rows.filter(valid_until__gte=on - timedelta(days=90)), on=on, within=INSTRUMENTS_WITHIN)


def _instrument_task(instrument: Instrument, on: date) -> Task:
    return Task(str(instrument), instrument.owner.name, address_of(instrument), instrument.valid_until)


def _activities(person: Person, on: date) -> Rows:
    return activities_to_confirm(person, on=on)


def _activity_task(activity: Activity, on: date) -> Task:
    text = f"{activity.occurred_on:%d/%m/%Y} · {_('ghi bởi')} {full_name_of(activity.recorded_by)}"
    return Task(activity.title, text, address_of(activity))


def _reports(state: str, permission: str) -> Callable[[Person, date], Rows]:
    return lambda person, on: reports_at(person, state, permission, on=on)


def _report_task(report: Report, on: date) -> Task:
    href = address_of_report(report.organisation.code, report.period)
    return Task(report.title, report.get_state_display(), href)


def _standards(person: Person, on: date) -> Rows:
    rows = visible(Standard.objects.all(), person, "standards.record", on=on)
    return due_standards(rows, on=on, within=STANDARDS_WITHIN)


def _standards_care(person: Person, on: date) -> Rows:
    rows = visible(Standard.objects.all(), person, "standards.record", on=on)
    return [one for one in care_due(rows, on=on, within=CARE_WITHIN) if one.kind != "calibration"]


def _care_task(care: Care, on: date) -> Task:
    return Task(str(care.standard), f"{care.label}: {care.text}", care.href, care.due_on)


def _standards_at_hand(person: Person, on: date) -> Rows:
    """For those who measure but do not keep standards: what they cannot rely on, now or soon."""
    if person.may("standards.record", organisation_id=None, unit_id=None, on=on):
        return []
    rows = visible(Standard.objects.all(), person, "standards.see", on=on)
    return due_standards(rows, on=on, within=STANDARDS_NEAR)


def _cards(person: Person, on: date) -> Rows:
    """What of competence ended or ends soon: all of one's workplace for who gives out work, else one's own.

    A missing card first, then cards, authorisations and courses that end within 90 days.
    """
    where = home(person, on=on)
    if where is None:
        return []
    standings: list[CardStanding | Expiry] = [
        one for one in card_standings(where, on=on) if one.days_left is None
    ]
    standings += expiries(where, on=on, within=CARDS_WITHIN)
    if person.may("orders.assign", organisation_id=where.pk, unit_id=None, on=on):
        return standings
    return [one for one in standings if one.person.pk == person.pk]


def _card_task(standing: CardStanding | Expiry, on: date) -> Task:
    place = f"/kiem-dinh-vien/{standing.person.pk}/"
    href = place if exists(place) else ""
    if isinstance(standing, CardStanding):
        return Task(standing.person.full_name, _("chưa có thẻ kiểm định viên"), href)
    return Task(standing.person.full_name, standing.name, href, standing.ends_on)


def _standard_task(ready: Readiness, on: date) -> Task:
    why = (
        ready.obstacle.sentence
        if ready.obstacle
        else _("Giấy chứng nhận {number}").format(
            number=ready.certificate.number if ready.certificate else ""
        )
    )
    until = ready.certificate.valid_until if ready.certificate else None
    return Task(str(ready.standard), why, address_of(ready.standard), until)


def _alarms(person: Person, on: date) -> Rows:
    rows = alarms_seen_by(person, on=on, permission="facilities.manage")
    return rows.filter(acknowledged_at__isnull=True)


def _alarm_task(alarm: Alarm, on: date) -> Task:
    day = alarm.began_at.astimezone(HERE).date()
    title = f"{alarm.point} · {alarm.get_quantity_display()}"
    place = address_of(alarm.point)
    return Task(title, words_of(alarm), f"{place}?xem=ngay&ngay={day.isoformat()}" if place else "")


def _follow_ups(person: Person, on: date) -> Rows:
    return open_follow_ups(person)


def _to_confirm(person: Person, on: date) -> Rows:
    rows = FollowUp.objects.filter(asked_by=person.username, state=FollowUp.State.DONE)
    return rows.order_by("done_at", "id")


def _follow_up_task(follow_up: FollowUp, on: date) -> Task:
    text = _("giao bởi {who}").format(who=full_name_of(follow_up.asked_by))
    return Task(follow_up.title, text, address_of(follow_up), follow_up.due_on)


def _confirm_task(follow_up: FollowUp, on: date) -> Task:
    return Task(follow_up.title, f"{follow_up.owner}: {follow_up.evidence}", address_of(follow_up))


LANES: Final[tuple[Lane, ...]] = (
    Lane(
        "returned",
        "worksheets",
        gettext_lazy("Phiếu bị trả lại"),
        gettext_lazy("Sửa"),
        "worksheets.record",
        _returned,
        _returned_task,
        "/kiem-dinh/",
    ),
    Lane(
        "sign",
        "certificates",
        gettext_lazy("Chờ ký kết quả"),
        gettext_lazy("Xem và ký"),
        "certificates.sign",
        _to_sign,
        _sheet_task,
        "/kiem-dinh/?state=approved",
    ),
    Lane(
        "check",
        "worksheets",
        gettext_lazy("Phiếu chờ soát xét"),
        gettext_lazy("Soát xét"),
        "worksheets.check",
        _to_check,
        _sheet_task,
        "/kiem-dinh/?state=submitted",
    ),
    Lane(
        "batches_check",
        "worksheets",
        gettext_lazy("Lô chờ soát xét"),
        gettext_lazy("Soát xét"),
        "worksheets.check",
        _batches(Worksheet.State.SUBMITTED),
        _batch_task,
        "/kiem-dinh/lo/",
    ),
    Lane(
        "batches",
        "worksheets",
        gettext_lazy("Lô đang đo"),
        gettext_lazy("Mở"),
        "worksheets.record",
        _batches(Worksheet.State.DRAFT),
        _batch_task,
        "/kiem-dinh/lo/",
    ),
    Lane(
        "jobs",
        "worksheets",
        gettext_lazy("Việc được giao"),
        gettext_lazy("Mở"),
        "worksheets.record",
        _jobs,
        _job_task,
        "/phieu-viec/",
    ),
    Lane(
        "reports_approve",
        "reports",
        gettext_lazy("Báo cáo chờ duyệt"),
        gettext_lazy("Xem và duyệt"),
        "reports.approve",
        _reports(Report.State.SUBMITTED, "reports.approve"),
        _report_task,
        "/bao-cao/",
    ),
    Lane(
        "contracts_due",
        "contracts",
        gettext_lazy("Hợp đồng đến hạn, quá hạn"),
        gettext_lazy("Mở"),
        "contracts.sign",
        _contracts_due,
        _contract_task,
        "/hop-dong/",
    ),
    Lane(
        "contracts_sign",
        "contracts",
        gettext_lazy("Hợp đồng chờ ký"),
        gettext_lazy("Mở"),
        "contracts.sign",
        _contracts(Contract.State.REVIEWED, "contracts.sign"),
        _contract_new,
        "/hop-dong/?state=reviewed",
    ),
    Lane(
        "contracts_review",
        "contracts",
        gettext_lazy("Yêu cầu chờ xem xét"),
        gettext_lazy("Xem xét"),
        "contracts.review",
        _contracts(Contract.State.DRAFT, "contracts.review"),
        _contract_new,
        "/hop-dong/?state=draft",
    ),
    Lane(
        "contracts_accept",
        "contracts",
        gettext_lazy("Hợp đồng chờ nghiệm thu"),
        gettext_lazy("Mở"),
        "contracts.record",
        _contracts(Contract.State.DONE, "contracts.record"),
        _contract_new,
        "/hop-dong/?state=done",
    ),
    Lane(
        "activities",
        "activities",
        gettext_lazy("Hoạt động chờ xác nhận"),
        gettext_lazy("Xác nhận"),
        "activities.confirm",
        _activities,
        _activity_task,
        "/hoat-dong/?state=draft",
    ),
    Lane(
        "reports_write",
        "reports",
        gettext_lazy("Báo cáo đang soạn"),
        gettext_lazy("Soạn tiếp"),
        "reports.prepare",
        _reports(Report.State.DRAFT, "reports.prepare"),
        _report_task,
        "/bao-cao/",
    ),
    Lane(
        "alarms",
        "facilities",
        gettext_lazy("Cảnh báo môi trường chưa xem xét"),
        gettext_lazy("Xem xét"),
        "facilities.manage",
        _alarms,
        _alarm_task,
        "/moi-truong/",
    ),
    Lane(
        "standards",
        "standards",
        gettext_lazy("Chuẩn sắp hết hạn hiệu chuẩn"),
        gettext_lazy("Mở"),
        "standards.record",
        _standards,
        _standard_task,
        "/chuan/",
    ),
    Lane(
        "standards_care",
        "standards",
        gettext_lazy("Chuẩn đến hạn kiểm tra, bảo dưỡng, trả về"),
        gettext_lazy("Mở"),
        "standards.record",
        _standards_care,
        _care_task,
        "/chuan/den-han/",
    ),
    Lane(
        "standards_at_hand",
        "",
        gettext_lazy("Chuẩn hết hạn hoặc sắp hết hạn"),
        gettext_lazy("Mở"),
        "worksheets.record",
        _standards_at_hand,
        _standard_task,
        "/chuan/",
    ),
    Lane(
        "cards",
        "",
        gettext_lazy("Thẻ, ủy quyền, khóa học hết hạn hoặc sắp hết hạn"),
        gettext_lazy("Mở"),
        "worksheets.see",
        _cards,
        _card_task,
        "/kiem-dinh-vien/",
    ),
    Lane(
        "instruments",
        "instruments",
        gettext_lazy("Phương tiện đo sắp hết hạn, cần gọi khách"),
        gettext_lazy("Mở"),
        "contracts.record",
        _instruments_due,
        _instrument_task,
        "/phuong-tien-do/",
    ),
    Lane(
        "confirm",
        "",
        gettext_lazy("Việc đã giao, chờ xác nhận xong"),
        gettext_lazy("Xem"),
        "",
        _to_confirm,
        _confirm_task,
    ),
    Lane(
        "follow_ups", "", gettext_lazy("Việc phải làm"), gettext_lazy("Xem"), "", _follow_ups, _follow_up_task
    ),
)
