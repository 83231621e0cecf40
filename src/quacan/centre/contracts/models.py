"""Contracts, their lines and review; orders and the jobs people are given."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.models import Document
from quacan.centre.instruments.models import Instrument
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.parties.models import Party
from quacan.centre.people.models import Person


class Service(models.TextChoices):
    VERIFICATION = "verification", _("Kiểm định")
    CALIBRATION = "calibration", _("Hiệu chuẩn")
    TESTING = "testing", _("Thử nghiệm")
    CONSULTING = "consulting", _("Tư vấn")


class EventKind(models.TextChoices):
    INITIAL = "initial", _("Ban đầu")
    PERIODIC = "periodic", _("Định kỳ")
    AFTER_REPAIR = "after_repair", _("Sau sửa chữa")
    INSPECTION = "inspection", _("Kiểm tra")


class Contract(models.Model):
    """An agreement with a customer; numbered when it is signed."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        REVIEWED = "reviewed", _("Đã xem xét")
        SIGNED = "signed", _("Đã ký")
        RUNNING = "running", _("Đang thực hiện")
        DONE = "done", _("Đã thực hiện xong")
        ACCEPTED = "accepted", _("Đã nghiệm thu")
        CANCELLED = "cancelled", _("Đã hủy")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=60, blank=True, default="")
    title = models.CharField(max_length=250)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    received_on = models.DateField()
    signed_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    stated_reason = models.TextField(blank=True, default="")  # of a cancellation or of accepting less
    decision_rule = models.CharField(max_length=30, default="simple_acceptance")
    vat_percent = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    note = models.TextField(blank=True, default="")
    folded = models.CharField(max_length=600, db_index=True)
    version = models.IntegerField(default=1)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], condition=~Q(number=""), name="contract_number"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "received_on", "id"], name="contract_received"),
            models.Index(fields=["state", "due_on"], name="contract_due"),
        ]
        ordering = ["-received_on", "-id"]

    def __str__(self) -> str:
        return self.number or self.title


class ContractLine(models.Model):
    """What is to be done: a service on a number of instruments of a kind, at a price in đồng (before VAT)."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="lines")
    ordinal = models.IntegerField()
    service = models.CharField(max_length=12, choices=Service.choices)
    kind_code = models.CharField(max_length=12, blank=True, default="")
    description = models.CharField(max_length=250)
    quantity = models.IntegerField()
    unit_price = models.BigIntegerField()
    reported_quantity = models.IntegerField(default=0)  # done so far, where no job measures it
    accepted_quantity = models.IntegerField(null=True, blank=True)
    event = models.CharField(max_length=14, choices=EventKind.choices, default=EventKind.PERIODIC)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "ordinal"], name="contract_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & Q(unit_price__gte=0), name="contract_line_positive"
            ),
            models.CheckConstraint(
                condition=Q(reported_quantity__gte=0) & Q(reported_quantity__lte=F("quantity")),
                name="contract_line_reported",
            ),
            models.CheckConstraint(
                condition=Q(accepted_quantity__isnull=True)
                | Q(accepted_quantity__gte=0) & Q(accepted_quantity__lte=F("quantity")),
                name="contract_line_accepted",
            ),
        ]
        ordering = ["ordinal"]


class ContractReview(models.Model):
    """The review of a request before it is agreed (ISO/IEC 17025, 7.1)."""

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="review")
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    on = models.DateField()
    able = models.BooleanField()
    note = models.TextField(blank=True, default="")


class Order(models.Model):
    """Who goes where on which day to do which lines of a contract."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(max_length=60)
    planned_on = models.DateField()
    place = models.CharField(max_length=250, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    folded = models.CharField(max_length=600, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="order_number")]
        ordering = ["-planned_on", "-id"]

    def __str__(self) -> str:
        return self.number


class Job(models.Model):
    """One instrument to be verified or calibrated by one person."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ làm")
        MEASURING = "measuring", _("Đang đo")
        DONE = "done", _("Đã có kết quả")
        CANCELLED = "cancelled", _("Đã hủy")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="jobs")
    line = models.ForeignKey(ContractLine, on_delete=models.PROTECT, related_name="jobs")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="jobs")
    event = models.CharField(max_length=14, choices=EventKind.choices)
    performer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "instrument"], condition=~Q(state="cancelled"), name="job_once"
            )
        ]
        indexes = [
            models.Index(fields=["performer", "state"], name="job_performer"),
            models.Index(fields=["line", "state"], name="job_line"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.instrument)
