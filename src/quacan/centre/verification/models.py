"""Worksheets of instruments on order, and the benches that measure many of them at once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.models import Document
from quacan.centre.contracts.models import EventKind, Job, Order, Service
from quacan.centre.examinations.models import Examination, VerdictChoice
from quacan.centre.examinations.rules.subjects import Subject, Terms
from quacan.centre.instruments.catalogue import kind as catalogue_kind
from quacan.centre.instruments.models import Instrument
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person


class Bench(models.Model):
    """A test bench that measures many instruments at once; how its files are read is kept by procedure."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="benches")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    positions = models.IntegerField()
    mappings = models.JSONField(default=dict, blank=True)  # procedure code → the last mapping used
    folded = models.CharField(max_length=250, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="bench_code"),
            models.CheckConstraint(condition=Q(positions__gte=1), name="bench_has_positions"),
        ]
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class Batch(models.Model):
    """Instruments of one order measured together on a bench on one day (lô); each keeps its own worksheet."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    bench = models.ForeignKey(Bench, on_delete=models.PROTECT, related_name="batches")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="batches")
    number = models.CharField(max_length=60)
    performed_on = models.DateField()
    performer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=60)
    count = models.IntegerField()
    folded = models.CharField(max_length=600, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="batch_number")]
        ordering = ["-performed_on", "-id"]

    def __str__(self) -> str:
        return self.number


class Worksheet(Examination):
    """The examination of an instrument for one job: one instrument, one event (phiếu kiểm định)."""

    examination = models.OneToOneField(
        Examination,
        on_delete=models.PROTECT,
        parent_link=True,
        primary_key=True,
        db_column="id",
        related_name="worksheet",
    )
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="worksheets")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="worksheets")
    service = models.CharField(max_length=12, choices=Service.choices)
    event = models.CharField(max_length=14, choices=EventKind.choices)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    batch = models.ForeignKey(
        Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="worksheets"
    )
    position = models.IntegerField(null=True, blank=True)  # on the bench, counted through the whole batch

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="batch_position")]
        ordering = ["-performed_on", "-id"]

    @property
    def terms(self) -> Terms:
        """The event and the service of its job."""
        identity = {"instrument": self.instrument_id, "event": self.event, "service": self.service}
        return Terms(self.event, self.service, identity, replaces=self.supersedes_id)

    @property
    def subject(self) -> Subject:
        """The instrument, as the register has it now; verification asks for a card of its field."""
        asked = self.service == Service.VERIFICATION
        return Subject(
            kind="instrument",
            name=str(self.instrument),
            characteristics=self.instrument.characteristics,
            card=catalogue_kind(self.instrument.kind_code).field if asked else "",
        )


class BatchFile(models.Model):
    """What a bench wrote about a batch: the file as it came, how its columns were read, what it comes to."""

    class State(models.TextChoices):
        MAPPING = "mapping", _("Chờ chọn cột")
        WEIGHING = "weighing", _("Đang tính")
        WEIGHED = "weighed", _("Đã tính, chưa ghi")
        RECORDING = "recording", _("Đang ghi")
        RECORDED = "recorded", _("Đã ghi vào phiếu")

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="files")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAPPING)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)  # rows dealt with in the step now going on
    summary = models.TextField(default="{}")  # canonical JSON of the batch statistics
    reason = models.CharField(max_length=300, blank=True, default="")
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "sha256"], name="batch_file_once")]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class BatchRow(models.Model):
    """One row of a bench's file, or a unit the file lacks: what was read, what it comes to, what is wrong with it."""

    file = models.ForeignKey(BatchFile, on_delete=models.CASCADE, related_name="rows")
    ordinal = models.IntegerField()
    row = models.IntegerField()  # as a person counts in the file; 0 where the file lacks the unit
    worksheet = models.ForeignKey(
        Worksheet, null=True, blank=True, on_delete=models.PROTECT, related_name="batch_rows"
    )
    unit_text = models.CharField(max_length=120)
    cells = models.JSONField(default=dict)
    verdict = models.CharField(
        max_length=12, choices=VerdictChoice.choices, default=VerdictChoice.UNDETERMINED
    )
    errors = models.JSONField(default=dict)  # row of the worksheet → [error, lower, upper] in full digits
    worst = models.FloatField(
        default=-1
    )  # share of the limit used at the worst point; -1 where none is judged
    worst_at = models.CharField(max_length=80, blank=True, default="")
    problems = models.JSONField(default=list)
    changes = models.IntegerField(default=0)  # cells that recording would write
    overrides = models.IntegerField(default=0)  # of these, cells that were read already
    folded = models.CharField(max_length=250, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "ordinal"], name="batch_row_once")]
        indexes = [models.Index(fields=["file", "worst"], name="batch_row_worst")]
        ordering = ["ordinal"]
