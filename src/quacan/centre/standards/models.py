"""Measurement standards an organisation measures with, and the certificates that carry their values."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.models import Document
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person


class Standard(models.Model):
    """A measurement standard (chuẩn đo lường)."""

    class State(models.TextChoices):
        IN_USE = "in_use", _("Đang dùng")
        UNDER_CALIBRATION = "under_calibration", _("Đang gửi hiệu chuẩn")
        WITHDRAWN = "withdrawn", _("Ngừng dùng")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)  # the quantity a procedure asks for: mass, volume, pressure …
    serial = models.CharField(max_length=80, blank=True, default="")
    maker = models.CharField(max_length=120, blank=True, default="")
    accuracy = models.CharField(max_length=60, blank=True, default="")
    range_text = models.CharField(max_length=120, blank=True, default="")
    range_from = models.CharField(max_length=40, blank=True, default="")  # declared range, as typed
    range_to = models.CharField(max_length=40, blank=True, default="")
    range_unit = models.CharField(max_length=20, blank=True, default="")
    permitted_error = models.CharField(
        max_length=40, blank=True, default=""
    )  # as typed, for the next interval
    permitted_unit = models.CharField(
        max_length=20, blank=True, default=""
    )  # a unit, or % of the nominal value
    location = models.CharField(max_length=120, blank=True, default="")
    state = models.CharField(max_length=20, choices=State.choices, default=State.IN_USE)
    folded = models.CharField(max_length=600, db_index=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="standard_code")]
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class StandardMove(models.Model):
    """The state a standard took on a day: append-only, so that any past day can be judged by its own state."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="moves")
    state = models.CharField(max_length=20, choices=Standard.State.choices)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["standard", "on"], name="standard_move")]
        ordering = ["-on", "-id"]


class StandardCertificate(models.Model):
    """One version of a standard's values: immutable; a reading binds to the version in force that day."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=60)
    issuer = models.CharField(max_length=200)
    issued_on = models.DateField()
    valid_until = models.DateField()
    values = models.JSONField(default=list)  # [{"nominal","value","U","k","unit"}], numbers as typed text
    traceable_to = models.CharField(max_length=200, blank=True, default="")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="standard_certificate_once"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("issued_on")), name="standard_certificate_dates"
            ),
        ]
        ordering = ["-issued_on"]

    def __str__(self) -> str:
        return self.number


class CheckPlan(models.Model):
    """How a standard is checked between calibrations (ISO/IEC 17025, 6.4.10); the newest version in force counts."""

    class Basis(models.TextChoices):
        TOLERANCE = "tolerance", _("Giá trị quy chiếu ± dung sai")
        INDIVIDUALS = "individuals", _("Giới hạn 3σ từ các lần lập nền (giá trị đơn)")
        AVERAGES = "averages", _("Giới hạn 3σ từ các lần lập nền (trung bình nhóm)")

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="check_plans")
    quantity = models.CharField(max_length=80)  # what is looked at: a mass against a check weight, a zero …
    nominal = models.CharField(max_length=40, blank=True, default="")  # numbers as typed
    unit = models.CharField(max_length=20)
    interval_days = models.PositiveIntegerField()
    basis = models.CharField(max_length=12, choices=Basis.choices)
    reference = models.CharField(max_length=40, blank=True, default="")
    tolerance = models.CharField(max_length=40, blank=True, default="")
    baseline = models.PositiveIntegerField(default=0)  # how many first checks set the limits
    from_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # no longer asked for from this day
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(interval_days__gte=1), name="check_plan_interval"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_on")), name="check_plan_days"
            ),
        ]
        ordering = ["-from_on", "-id"]

    def __str__(self) -> str:
        return f"{self.quantity} {self.nominal} {self.unit}" if self.nominal else self.quantity


class IntermediateCheck(models.Model):
    """One check between calibrations: the readings as typed; a mistaken one is withdrawn, never changed."""

    plan = models.ForeignKey(CheckPlan, on_delete=models.PROTECT, related_name="checks")
    on = models.DateField()
    values = models.JSONField(default=list)  # readings as typed, in the unit of the plan
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    note = models.CharField(max_length=300, blank=True, default="")
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["plan", "on"], name="intermediate_check")]
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return gettext("Lần kiểm tra ngày {day:%d/%m/%Y}").format(day=self.on)


class Loan(models.Model):
    """A standard in the hands of a unit, a person or another organisation, from a day until it is returned."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="loans")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outside = models.CharField(max_length=200, blank=True, default="")  # another organisation, by name
    from_on = models.DateField()
    due_on = models.DateField()
    returned_on = models.DateField(null=True, blank=True)
    condition = models.CharField(max_length=300, blank=True, default="")  # found on return
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("from_on")), name="loan_due_after_start"),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("from_on")),
                name="loan_returned_after_start",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, person__isnull=True, outside="")
                | Q(unit__isnull=True, person__isnull=False, outside="")
                | (Q(unit__isnull=True, person__isnull=True) & ~Q(outside="")),
                name="loan_one_borrower",
            ),
            models.UniqueConstraint(
                fields=["standard"], condition=Q(returned_on__isnull=True), name="loan_once_at_a_time"
            ),
        ]
        ordering = ["-from_on", "-id"]

    def __str__(self) -> str:
        return gettext("Lượt mượn của {borrower}").format(borrower=self.borrower)

    @property
    def borrower(self) -> str:
        """Who has it, as a person reads it."""
        return str(self.unit.title if self.unit else self.person.full_name if self.person else self.outside)


class LocationMove(models.Model):
    """Where a standard was put on a day: append-only."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="places")
    place = models.CharField(max_length=120)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-on", "-id"]


class Maintenance(models.Model):
    """What was done to a standard: cleaned, adjusted, repaired; append-only."""

    class Kind(models.TextChoices):
        CLEANING = "cleaning", _("Vệ sinh, bảo quản")
        INSPECTION = "inspection", _("Kiểm tra tình trạng")
        PART = "part", _("Thay pin, phụ kiện")
        ADJUSTMENT = "adjustment", _("Hiệu chỉnh")
        REPAIR = "repair", _("Sửa chữa")
        OTHER = "other", _("Việc khác")

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="maintenance")
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    done_by = models.CharField(max_length=200)  # a person of the house or a workshop
    result = models.CharField(max_length=300)
    changes_values = models.BooleanField(default=False)  # values may have moved: older certificates end here
    next_due_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_due_on__isnull=True) | Q(next_due_on__gt=F("on")),
                name="maintenance_next_after",
            )
        ]
        ordering = ["-on", "-id"]
