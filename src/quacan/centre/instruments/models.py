"""Measuring instruments and everything that happened to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quacan.centre.parties.models import Establishment, Party


class Instrument(models.Model):
    """One measuring instrument with its serial number; its kind is a row of the dated legal catalogue."""

    class State(models.TextChoices):
        IN_USE = "in_use", _("Đang sử dụng")
        REPAIR = "repair", _("Đang sửa chữa")
        STOPPED = "stopped", _("Ngừng sử dụng")

    kind_code = models.CharField(max_length=12)
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="instruments")
    establishment = models.ForeignKey(
        Establishment, null=True, blank=True, on_delete=models.PROTECT, related_name="instruments"
    )
    name = models.CharField(max_length=200)
    serial = models.CharField(max_length=80)
    serial_key = models.CharField(
        max_length=160
    )  # the serial folded: finds a duplicate in another letter case
    type = models.CharField(max_length=80, blank=True, default="")
    maker = models.CharField(max_length=120, blank=True, default="")
    made_in = models.CharField(max_length=60, blank=True, default="")
    year = models.IntegerField(null=True, blank=True)
    characteristics = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_USE)
    folded = models.CharField(max_length=600, db_index=True)
    valid_until = models.DateField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind_code", "maker", "type", "serial"], name="instrument_once")
        ]
        indexes = [
            models.Index(fields=["valid_until"], name="instrument_due"),
            models.Index(fields=["kind_code", "serial_key"], name="instrument_serial"),
        ]
        ordering = ["folded", "id"]

    def __str__(self) -> str:
        return f"{self.name} · {self.serial}"


class InstrumentEvent(models.Model):
    """A line of an instrument's life history."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("Đưa vào sổ")
        CHANGED = "changed", _("Sửa thông tin")
        VERIFIED = "verified", _("Kiểm định đạt")
        FAILED = "failed", _("Kiểm định không đạt")
        CALIBRATED = "calibrated", _("Hiệu chuẩn")
        SUPERSEDED = "superseded", _("Chứng nhận thay thế")
        REPAIRED = "repaired", _("Sửa chữa")
        MOVED = "moved", _("Đổi nơi đặt hoặc chủ")
        STOPPED = "stopped", _("Ngừng sử dụng")
        RETURNED = "returned", _("Dùng lại")

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    note = models.CharField(max_length=300, blank=True, default="")
    source = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["instrument", "on"], name="instrument_event")]
