"""Examinations and everything typed on them. Readings are append-only: a correction is a new revision."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.models import Document, FrozenText
from quacan.centre.examinations.rules.subjects import Subject, Terms
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person
from quacan.centre.standards.models import StandardCertificate


class VerdictChoice(models.TextChoices):
    PASS = "pass", _("Đạt")
    FAIL = "fail", _("Không đạt")
    UNDETERMINED = "undetermined", _("Chưa đủ căn cứ")


class Examination(models.Model):
    """One subject measured or tested once by one frozen procedure; the app above says what its subject is.

    What an examination is of (an instrument on order, one of the house's standards, a place) stands on its child.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang đo")
        SUBMITTED = "submitted", _("Chờ soát xét")
        APPROVED = "approved", _("Đã soát xét")
        ISSUED = "issued", _("Đã ban hành kết quả")
        SUPERSEDED = "superseded", _("Đã thay thế")
        VOID = "void", _("Đã bỏ")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    number = models.CharField(max_length=60)
    procedure_code = models.CharField(max_length=60)
    procedure_version = models.CharField(max_length=20)
    procedure_text = models.ForeignKey(FrozenText, on_delete=models.PROTECT, related_name="+")
    limits_text = models.ForeignKey(FrozenText, on_delete=models.PROTECT, related_name="+")
    characteristics = models.JSONField(default=dict)
    place = models.CharField(max_length=250, blank=True, default="")
    performed_on = models.DateField()
    performer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    checker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    verdict = models.CharField(
        max_length=12, choices=VerdictChoice.choices, default=VerdictChoice.UNDETERMINED
    )
    result = models.TextField(default="{}")  # the frozen SheetResult as canonical JSON, written at submission
    decision_rule = models.CharField(
        max_length=30, blank=True, default=""
    )  # the customer's, where the law leaves the choice; '' is the procedure's own
    budgets = models.TextField(default="[]")  # the frozen budgets as canonical JSON, written at submission
    content_sha256 = models.CharField(
        max_length=64, blank=True, default=""
    )  # of everything typed, at submission
    returned_reason = models.TextField(blank=True, default="")
    folded = models.CharField(max_length=600, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="examination_number"),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("performer")),
                name="checker_is_not_performer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "issued"]) | Q(checker__isnull=False),
                name="approved_has_checker",
            ),
        ]
        indexes = [models.Index(fields=["state", "performed_on"], name="examination_state")]
        ordering = ["-performed_on", "-id"]

    def __str__(self) -> str:
        return self.number

    def of_its_kind(self) -> "Examination":
        """The record that knows the subject: a worksheet, a test; one read through it is itself."""
        if type(self) is not Examination:
            return self
        links = (one for one in self._meta.related_objects if one.one_to_one and one.parent_link)
        kinds = (getattr(self, str(one.get_accessor_name()), None) for one in links)
        found: Examination = next(one for one in kinds if one is not None)
        return found

    @property
    def terms(self) -> Terms:
        """By what it is laid out and judged, as its kind says."""
        return self.of_its_kind().terms

    @property
    def subject(self) -> Subject:
        """What is measured, as its kind says."""
        return self.of_its_kind().subject

    @property
    def is_returned(self) -> bool:
        """Whether it was sent back and is being measured again."""
        return self.state == self.State.DRAFT and bool(self.returned_reason)


class Run(models.Model):
    """A series of readings: the first, or a repeat, a correction, a withdrawal, an adjustment (each with its reason).

    An adjustment closes what was found and begins what is left: readings typed after it are as-left.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("Lần đầu")
        REPEAT = "repeat", _("Đo lại")
        CORRECT = "correct", _("Sửa số ghi nhầm")
        WITHDRAW = "withdraw", _("Rút số đọc")
        ADJUST = "adjust", _("Hiệu chỉnh, đo lại")

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="runs")
    ordinal = models.IntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=300, blank=True, default="")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["examination", "ordinal"], name="run_once"),
            models.CheckConstraint(condition=Q(kind="first") | ~Q(reason=""), name="run_has_reason"),
        ]


class Reading(models.Model):
    """One cell as typed. The newest revision of a cell counts; older ones stay."""

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="readings")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="readings")
    cell = models.CharField(max_length=80)
    revision = models.IntegerField()
    text = models.CharField(max_length=200)  # '' means withdrawn
    standard_certificate = models.ForeignKey(
        StandardCertificate, null=True, blank=True, on_delete=models.PROTECT, related_name="readings"
    )
    entered_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["examination", "cell", "revision"], name="reading_once")
        ]


class Condition(models.Model):
    """Temperature, humidity, pressure at the start and the end, as typed."""

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="conditions")
    key = models.CharField(max_length=40)
    moment = models.CharField(max_length=5, choices=[("start", _("Bắt đầu")), ("end", _("Kết thúc"))])
    text = models.CharField(max_length=40)
    origin = models.CharField(
        max_length=120, blank=True, default=""
    )  # '' when typed; else which point and record of its logger

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["examination", "key", "moment"], name="condition_once")
        ]


class StandardUse(models.Model):
    """Which certificate of which standard supported which steps of an examination."""

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="standard_uses")
    certificate = models.ForeignKey(StandardCertificate, on_delete=models.PROTECT, related_name="uses")
    need = models.CharField(max_length=40)  # the key of the procedure's need it serves

    class Meta:
        constraints = [models.UniqueConstraint(fields=["examination", "need"], name="standard_use_once")]


class Photo(models.Model):
    """A picture taken at the instrument; its bytes lie in the store, a mistaken one is withdrawn, never deleted."""

    class Subject(models.TextChoices):
        WHOLE = "whole", _("Toàn cảnh phương tiện")
        PLATE = "plate", _("Nhãn mác, số máy")
        INDICATION = "indication", _("Chỉ thị khi đo")
        SEAL = "seal", _("Niêm phong, tem")
        DAMAGE = "damage", _("Hư hỏng")
        OTHER = "other", _("Khác")

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="photos")
    subject = models.CharField(max_length=12, choices=Subject.choices)
    caption = models.CharField(max_length=200, blank=True, default="")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.caption}" if self.caption else self.get_subject_display()


class Seal(models.Model):
    """A seal at a place of the instrument: as it was found before measuring, or as it was put on afterwards."""

    class Moment(models.TextChoices):
        FOUND = "found", _("Khi đến")
        APPLIED = "applied", _("Khi xong")

    class Condition(models.TextChoices):
        INTACT = "intact", _("Nguyên vẹn")
        BROKEN = "broken", _("Đứt, rách")
        MISSING = "missing", _("Không có")

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="seals")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    position = models.CharField(max_length=120)
    mark = models.CharField(max_length=80, blank=True, default="")
    condition = models.CharField(max_length=8, choices=Condition.choices)
    photo = models.ForeignKey(Photo, null=True, blank=True, on_delete=models.PROTECT, related_name="seals")
    entered_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(moment="applied") | (Q(condition="intact") & ~Q(mark="")),
                name="seal_applied_is_whole_and_marked",
            )
        ]
        ordering = ["moment", "position", "id"]

    def __str__(self) -> str:
        return self.position


class Deviation(models.Model):
    """Leave, signed by another than the performer, to go on in spite of a named obstacle (ISO/IEC 17025, 7.10)."""

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="deviations")
    obstacle = models.CharField(max_length=40)  # the kind: condition, range, ratio, intermediate_check …
    subject = models.CharField(max_length=80)  # which one: the key of the condition or of the need
    sentence = models.TextField()  # what the house said when it refused
    reason = models.TextField()
    performer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["examination", "obstacle", "subject"], name="deviation_once"),
            models.CheckConstraint(
                condition=~Q(granted_by=F("performer")), name="deviation_granted_by_another"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="deviation_has_reason"),
        ]
        ordering = ["id"]
