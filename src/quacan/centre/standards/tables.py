"""The list of standards."""

from datetime import date, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.lists import ChoiceFilter, Column, DayFilter, FlagFilter, Listing
from quacan.centre.standards.models import Standard, StandardCertificate
from quacan.centre.standards.rules import word_of_quantity


def with_due_day(rows: QuerySet[Standard], on: date) -> QuerySet[Standard]:
    """This will add to each standard the last day of its newest certificate known on the day."""
    newest = StandardCertificate.objects.filter(standard=OuterRef("pk"), issued_on__lte=on)
    newest = newest.order_by("-issued_on", "-valid_until", "-id")
    return rows.annotate(
        due_on=Subquery(newest.values("valid_until")[:1]),
        certificate_number=Subquery(newest.values("number")[:1]),
    )


def standards_listing(on: date) -> Listing:
    """This will give the list as of a day."""
    not_gone = ~Q(state=Standard.State.WITHDRAWN)
    return Listing(
        name="chuan-do-luong",
        columns=(
            Column("code", _("Mã"), lambda s: s.code, order="code"),
            Column("name", _("Chuẩn"), lambda s: s.name, order="folded"),
            Column("kind", _("Đại lượng"), lambda s: word_of_quantity(s.kind), order="kind"),
            Column("serial", _("Số hiệu"), lambda s: s.serial),
            Column("accuracy", _("Cấp chính xác"), lambda s: s.accuracy),
            Column("range", _("Phạm vi đo"), lambda s: s.range_text),
            Column("location", _("Nơi để"), lambda s: s.location),
            Column("state", _("Trạng thái"), lambda s: s.get_state_display()),
            Column("certificate", _("Giấy chứng nhận"), lambda s: s.certificate_number),
            Column("due", _("Hiệu lực đến"), lambda s: s.due_on, kind="day"),
        ),
        sort="code",
        filters=(
            ChoiceFilter("state", _("Trạng thái"), "state", Standard.State.choices),
            DayFilter("until", _("Hiệu lực đến ngày"), "due_on__lte"),
            FlagFilter("late", _("Quá hạn"), not_gone & Q(due_on__lt=on)),
            FlagFilter(
                "soon", _("Đến hạn trong 60 ngày"), not_gone & Q(due_on__range=(on, on + timedelta(days=60)))
            ),
            FlagFilter("bare", _("Chưa có giấy chứng nhận"), Q(due_on__isnull=True)),
        ),
    )


CARE_COLUMNS = (
    Column("due", _("Đến hạn"), lambda one: one.due_on, kind="day"),
    Column("code", _("Mã"), lambda one: one.standard.code),
    Column("name", _("Chuẩn"), lambda one: one.standard.name),
    Column("kind", _("Việc"), lambda one: one.label),
    Column("text", _("Chi tiết"), lambda one: one.text),
    Column("location", _("Nơi để"), lambda one: one.standard.location),
)
"""What is due, as a file."""
