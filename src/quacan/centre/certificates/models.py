"""Certificates, failure notices, and the stamps bound to them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.models import Document
from quacan.centre.instruments.models import Instrument
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person
from quacan.centre.verification.models import Worksheet


class StampBatch(models.Model):
    """Numbered stamps received from the printer: series and a range of numbers."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    series = models.CharField(max_length=10)
    first = models.IntegerField()
    last = models.IntegerField()
    received_on = models.DateField()
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="stamp_batch_range")]


class Stamp(models.Model):
    """One verification stamp (tem kiểm định)."""

    class State(models.TextChoices):
        IN_STOCK = "in_stock", _("Trong kho")
        ISSUED = "issued", _("Đã giao")
        USED = "used", _("Đã dán")
        DAMAGED = "damaged", _("Hỏng")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    batch = models.ForeignKey(StampBatch, on_delete=models.PROTECT, related_name="stamps")
    number = models.CharField(max_length=20)  # as printed: 22C.00001
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_STOCK)
    holder = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="stamps")
    damaged_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="stamp_number"),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "used"]) | Q(holder__isnull=False), name="stamp_has_holder"
            ),
            models.CheckConstraint(
                condition=Q(state="damaged", damaged_on__isnull=False)
                | (~Q(state="damaged") & Q(damaged_on__isnull=True)),
                name="stamp_damaged_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "holder", "number"], name="stamp_in_hand")]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class Outcome(models.Model):
    """What a worksheet led to, on paper: a certificate for a pass, a failure notice for a fail."""

    class Kind(models.TextChoices):
        VERIFICATION = "verification", _("Giấy chứng nhận kiểm định")
        CALIBRATION = "calibration", _("Giấy chứng nhận hiệu chuẩn")
        FAILURE = "failure", _("Thông báo không đạt")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.CharField(max_length=60)
    worksheet = models.OneToOneField(Worksheet, on_delete=models.PROTECT, related_name="outcome")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="outcomes")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="outcome")
    record = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="recorded_outcome")
    issued_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    performer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    checker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stamp = models.OneToOneField(
        Stamp, null=True, blank=True, on_delete=models.PROTECT, related_name="outcome"
    )
    check_code = models.CharField(max_length=24, unique=True)
    folded = models.CharField(max_length=600, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="outcome_number"),
            models.CheckConstraint(
                condition=~Q(performer=F("checker")) & ~Q(performer=F("signer")) & ~Q(checker=F("signer")),
                name="three_different_people",
            ),
            models.CheckConstraint(
                condition=~Q(kind="verification") | Q(stamp__isnull=False), name="verification_has_stamp"
            ),
            models.CheckConstraint(
                condition=~Q(kind="failure") | Q(stamp__isnull=True, valid_until__isnull=True),
                name="failure_has_no_stamp",
            ),
        ]
        indexes = [
            models.Index(fields=["issued_on", "id"], name="outcome_issued"),
            models.Index(fields=["organisation", "issued_on"], name="outcome_of_house"),
        ]
        ordering = ["-issued_on", "-id"]

    def __str__(self) -> str:
        return self.number
