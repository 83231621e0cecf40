"""Points where surroundings are watched, their limits, logger files, records and alarms."""

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from quacan.centre.base.models import Document, FollowUp
from quacan.centre.facilities.rules import QUANTITIES
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person


class Point(models.Model):
    """A place whose surroundings are recorded (điểm theo dõi môi trường)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    place = models.CharField(max_length=150, blank=True, default="")
    logger = models.CharField(max_length=150, blank=True, default="")
    keeper = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tolerance_minutes = models.IntegerField(default=30)
    gap_minutes = models.IntegerField(default=60)
    opens_at = models.TimeField(default=time(7, 30))
    closes_at = models.TimeField(default=time(17, 0))
    is_active = models.BooleanField(default=True)
    mapping = models.JSONField(
        default=dict, blank=True
    )  # how the columns of its logger's files were last read
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="point_code"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="point_hours"),
        ]
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class PointLimit(models.Model):
    """What the centre allows at a point from a day on, and by which paper."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="limits")
    quantity = models.CharField(max_length=20, choices=QUANTITIES)
    lower = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    upper = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=10)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=250)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "quantity", "valid_from"], name="point_limit_once"),
            models.CheckConstraint(
                condition=Q(lower__isnull=False) | Q(upper__isnull=False), name="point_limit_limits"
            ),
            models.CheckConstraint(
                condition=Q(lower__isnull=True) | Q(upper__isnull=True) | Q(lower__lte=F("upper")),
                name="point_limit_order",
            ),
        ]
        ordering = ["quantity", "valid_from"]


class LoggerImport(models.Model):
    """A logger's file that was read in: kept whole, with what became of its rows."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="imports")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    mapping = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    rows_read = models.IntegerField()
    rows_rejected = models.IntegerField()
    records_added = models.IntegerField()
    records_known = models.IntegerField()
    problems = models.JSONField(default=list)  # the first rejected rows, each in a sentence

    class Meta:
        ordering = ["-at", "-id"]


class Record(models.Model):
    """One reading of a logger, or one typed by hand; never changed, never deleted."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="records")
    quantity = models.CharField(max_length=20, choices=QUANTITIES)
    at = models.DateTimeField()
    quarter = models.BigIntegerField()  # the quarter of an hour, by which long stretches are summed up
    value = models.DecimalField(max_digits=14, decimal_places=6)
    text = models.CharField(max_length=40)
    file = models.ForeignKey(
        LoggerImport, null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    entered_by = models.CharField(max_length=150, blank=True, default="")  # who typed it; '' from a file

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "quantity", "at"], name="record_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(entered_by=""), name="record_has_origin"
            ),
        ]


class Alarm(models.Model):
    """Records outside the limits in force, from the first to the last; somebody says what it means."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="alarms")
    quantity = models.CharField(max_length=20, choices=QUANTITIES)
    limit = models.ForeignKey(PointLimit, on_delete=models.PROTECT, related_name="alarms")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    extreme = models.DecimalField(max_digits=14, decimal_places=6)
    follow_up = models.ForeignKey(FollowUp, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "quantity", "began_at"], name="alarm_once"),
            models.CheckConstraint(
                condition=Q(acknowledged_by__isnull=True) | ~Q(note=""), name="alarm_answer_has_note"
            ),
        ]
        ordering = ["-began_at", "-id"]

    def __str__(self) -> str:
        return gettext("Cảnh báo {quantity} ở {point}").format(
            quantity=self.get_quantity_display().lower(), point=self.point.code
        )
