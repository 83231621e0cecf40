"""Measurement standards an organisation measures with, and the certificates that carry their values."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.models import Document
from quacan.centre.organisation.models import Organisation, Unit


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
