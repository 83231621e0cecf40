"""What standards bring to the house."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.act import reference
from quacan.centre.base.departments import Department, Door, Ending, Lane, Record, Rows, SearchSource, Task
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import asked_for
from quacan.centre.standards.models import Standard
from quacan.centre.standards.moves import CHECK, LOAN, PLAN, STANDARD
from quacan.centre.standards.queries import Care, Readiness, due_standards, standards_seen_by
from quacan.centre.standards.queries.tasks import standards_at_hand, standards_to_care_for, standards_to_renew

RENEWED_WITHIN = 30


def _rows(person: Person, on: date) -> QuerySet[Standard]:
    return standards_seen_by(person, on=on)


def _hit(row: Standard) -> tuple[str, str]:
    return str(row), " · ".join(part for part in (row.serial, row.accuracy, row.range_text) if part)


def _to_renew(person: Person, on: date) -> Rows:
    return standards_to_renew(person, on=on)


def _to_care_for(person: Person, on: date) -> Rows:
    return standards_to_care_for(person, on=on)


def _at_hand(person: Person, on: date) -> Rows:
    return standards_at_hand(person, on=on)


def _renewal(ready: Readiness, on: date) -> Task:
    number = ready.certificate.number if ready.certificate else ""
    text = say("Giấy chứng nhận {number}").format(number=number)
    until = ready.certificate.valid_until if ready.certificate else None
    href = reverse("standards:standard", args=[ready.standard.pk])
    return Task(str(ready.standard), ready.obstacle.sentence if ready.obstacle else text, href, until)


def _care(care: Care, on: date) -> Task:
    return Task(str(care.standard), f"{care.label}: {care.text}", care.href, care.due_on)


def _endings(organisation: Organisation, on: date) -> Iterator[Ending]:
    """Certificates of standards to be renewed, asked of whoever keeps standards."""
    keeper = asked_for("standards.record", organisation, on=on)
    if keeper is None:
        return
    rows = Standard.objects.filter(organisation=organisation)
    for ready in due_standards(rows, on=on, within=RENEWED_WITHIN):
        if ready.certificate is not None:
            title = say("Hiệu chuẩn lại chuẩn {standard}, giấy {number} hết {day:%d/%m/%Y}").format(
                standard=ready.standard, number=ready.certificate.number, day=ready.certificate.valid_until
            )
            yield Ending(reference(ready.certificate), title, ready.certificate.valid_until, keeper)


DEPARTMENT = Department(
    name=_("Chuẩn đo lường"),
    permissions={
        "standards.see": _("xem chuẩn đo lường"),
        "standards.record": _("ghi và giữ chuẩn đo lường"),
    },
    doors=(
        Door(
            "standards", "ability", _("Chuẩn đo lường"), "standards:standards", "weight", "standards.see", 210
        ),
    ),
    lanes=(
        Lane(
            "standards",
            "standards",
            _("Chuẩn sắp hết hạn hiệu chuẩn"),
            _("Mở"),
            "standards.record",
            _to_renew,
            _renewal,
            150,
            url="standards:standards",
            outlook=True,
        ),
        Lane(
            "standards_care",
            "standards",
            _("Chuẩn đến hạn kiểm tra, bảo dưỡng, trả về"),
            _("Mở"),
            "standards.record",
            _to_care_for,
            _care,
            160,
            url="standards:due",
        ),
        Lane(
            "standards_at_hand",
            "",
            _("Chuẩn hết hạn hoặc sắp hết hạn"),
            _("Mở"),
            "worksheets.record",
            _at_hand,
            _renewal,
            165,
            url="standards:standards",
            outlook=True,
        ),
    ),
    search=(SearchSource(_("Chuẩn đo lường"), "weight", _rows, _hit, 60),),
    moves=(STANDARD, PLAN, CHECK, LOAN),
    records=(
        Record("standards.Standard", _("Chuẩn đo lường"), "standards:standard", rows=_rows),
        Record("standards.StandardCertificate", _("Chứng nhận của chuẩn")),
        Record("standards.CheckPlan", _("Kế hoạch kiểm tra giữa kỳ")),
        Record("standards.IntermediateCheck", _("Lần kiểm tra giữa kỳ")),
        Record("standards.Loan", _("Lần cho mượn chuẩn")),
        Record("standards.LocationMove", _("Lần chuyển nơi để")),
        Record("standards.Maintenance", _("Lần bảo dưỡng")),
        Record("standards.StandardMove", _("Lần đổi trạng thái")),
    ),
    deeds={
        "standards.enter_standard": _("ghi chuẩn"),
        "standards.change_standard": _("sửa chuẩn"),
        "standards.change_state": _("đổi trạng thái chuẩn"),
        "standards.add_certificate": _("ghi chứng nhận của chuẩn"),
        "standards.plan_checks": _("lập kế hoạch kiểm tra giữa kỳ"),
        "standards.end_plan": _("thôi kế hoạch kiểm tra giữa kỳ"),
        "standards.record_check": _("ghi kiểm tra giữa kỳ"),
        "standards.withdraw_check": _("rút lần kiểm tra giữa kỳ"),
        "standards.lend_standard": _("cho mượn chuẩn"),
        "standards.return_standard": _("nhận lại chuẩn"),
        "standards.move_standard": _("chuyển nơi để chuẩn"),
        "standards.maintain_standard": _("ghi bảo dưỡng chuẩn"),
    },
    fields={
        "standards.kind": _("loại chuẩn"),
        "standards.range_text": _("phạm vi"),
        "standards.permitted_error": _("sai số cho phép"),
        "standards.permitted_unit": _("đơn vị của sai số"),
        "standards.traceable_to": _("liên kết chuẩn"),
        "standards.plan_id": _("kế hoạch kiểm tra"),
        "standards.interval_days": _("chu kỳ (ngày)"),
        "standards.basis": _("cách xét"),
        "standards.reference": _("giá trị quy chiếu"),
        "standards.tolerance": _("dung sai"),
        "standards.baseline": _("số lần lập nền"),
        "standards.outside": _("nơi mượn"),
        "standards.next_due_on": _("lần sau"),
        "standards.changes_values": _("làm đổi giá trị"),
    },
    endings=_endings,
)
