"""Simulations of a wrong standard, nonconforming work and the notices that follow from it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.models import Document, FollowUp
from quacan.centre.certificates.models import Outcome
from quacan.centre.examinations.models import Deviation, VerdictChoice
from quacan.centre.organisation.models import Organisation
from quacan.centre.parties.models import Party
from quacan.centre.quality import rules
from quacan.centre.standards.models import Standard
from quacan.centre.verification.models import Worksheet


class EffectChoice(models.TextChoices):
    BECOMES_FAIL = rules.Effect.BECOMES_FAIL.value, _("Thành không đạt")
    UNDETERMINED = rules.Effect.UNDETERMINED.value, _("Chưa đủ căn cứ")
    BECOMES_PASS = rules.Effect.BECOMES_PASS.value, _("Thành đạt")
    STILL_FAIL = rules.Effect.STILL_FAIL.value, _("Vẫn không đạt")
    STILL_PASS = rules.Effect.STILL_PASS.value, _("Vẫn đạt")


class WhyChoice(models.TextChoices):
    """Why a worksheet could not be recomputed, as the screen says it."""

    NOT_SUBMITTED = rules.Why.NOT_SUBMITTED.value, _("phiếu còn đang đo: phải đo lại bằng chuẩn khác")
    STORED_UNDETERMINED = rules.Why.STORED_UNDETERMINED.value, _("phiếu vốn chưa đủ căn cứ để kết luận")
    STORED_DIFFERS = rules.Why.STORED_DIFFERS.value, _("tính lại từ số đọc không ra kết luận đã lưu")
    NOT_DECLARED = rules.Why.NOT_DECLARED.value, _("chưa khai chuẩn vào phép tính của bước này thế nào")
    NOT_RECOMPUTABLE = rules.Why.NOT_RECOMPUTABLE.value, _("sai lệch của chuẩn này không suy ra được kết quả")
    UNIT = rules.Why.UNIT.value, _("đơn vị của sai lệch không đổi được sang đơn vị của ô")
    PERCENT = rules.Why.PERCENT.value, _("sai lệch theo % không có nghĩa với đại lượng này")
    UNREADABLE = rules.Why.UNREADABLE.value, _("có số đọc không đọc được thành số")
    NO_NOMINAL = rules.Why.NO_NOMINAL.value, _("điểm đo không có giá trị danh định")
    NOT_EQUAL = rules.Why.NOT_EQUAL.value, _("công thức của bước không quy đổi được về số chỉ")
    OTHER_CERTIFICATE = rules.Why.OTHER_CERTIFICATE.value, _("số đọc gắn với chuẩn mà phiếu không còn dùng")
    RESULT = rules.Why.RESULT.value, _("tính lại không đủ căn cứ để kết luận")


class Simulation(models.Model):
    """What would follow if a standard had been off by so much since a day: worked out in chunks, then kept."""

    class State(models.TextChoices):
        RUNNING = "running", _("Đang tính")
        COMPLETE = "complete", _("Đã tính xong")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="simulations")
    deviation = models.CharField(max_length=64)  # as typed: true value less stated value
    unit = models.CharField(max_length=20)  # of the deviation; % means a share of the value
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    explanation = models.TextField()
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    cursor = models.BigIntegerField(default=0)  # the last worksheet worked out
    engine = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="simulation_days"
            )
        ]
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.standard}: {self.deviation} {self.unit}"


class SimulationRow(models.Model):
    """One worksheet under a simulation."""

    simulation = models.ForeignKey(Simulation, on_delete=models.CASCADE, related_name="rows")
    worksheet = models.ForeignKey(Worksheet, on_delete=models.PROTECT, related_name="+")
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    effect = models.CharField(max_length=14, choices=EffectChoice.choices)
    before = models.CharField(max_length=12, choices=VerdictChoice.choices)
    after = models.CharField(max_length=12, choices=VerdictChoice.choices)
    why = models.CharField(max_length=24, choices=WhyChoice.choices, blank=True, default="")
    where = models.CharField(max_length=80, blank=True, default="")  # the step that could not be recomputed
    readings = models.IntegerField()
    changed = models.BooleanField(default=False)  # whether a reported error changes
    tightest = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["simulation", "worksheet"], name="simulation_row_once")
        ]
        indexes = [models.Index(fields=["simulation", "effect", "worksheet"], name="simulation_effect")]


class Nonconformity(models.Model):
    """Nonconforming work (ISO/IEC 17025, 7.10) opened on a simulation of a wrong standard, or on a signed deviation."""

    class State(models.TextChoices):
        OPEN = "open", _("Đang xử lý")
        CLOSED = "closed", _("Đã đóng")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    number = models.CharField(max_length=60)
    standard = models.ForeignKey(
        Standard, null=True, blank=True, on_delete=models.PROTECT, related_name="nonconformities"
    )
    simulation = models.OneToOneField(
        Simulation, null=True, blank=True, on_delete=models.PROTECT, related_name="nonconformity"
    )
    deviation = models.OneToOneField(
        Deviation, null=True, blank=True, on_delete=models.PROTECT, related_name="nonconformity"
    )
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="nonconformity")
    summary = models.TextField()
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=150)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    cause = models.TextField(blank=True, default="")
    corrective_action = models.TextField(blank=True, default="")
    effectiveness_on = models.DateField(null=True, blank=True)  # when the effect is to be looked at
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=150, blank=True, default="")
    folded = models.CharField(max_length=600, db_index=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="nonconformity_number"),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | Q(state="closed", closed_on__isnull=False, effectiveness_on__isnull=False)
                & ~Q(cause="")
                & ~Q(corrective_action="")
                & ~Q(closed_by=""),
                name="nonconformity_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(simulation__isnull=False, standard__isnull=False, deviation__isnull=True)
                | Q(simulation__isnull=True, standard__isnull=True, deviation__isnull=False),
                name="nonconformity_of_one_thing",
            ),
        ]
        ordering = ["-opened_on", "-id"]

    def __str__(self) -> str:
        return self.number

    @property
    def matter(self) -> str:
        """This will say what it is about: the standard that was wrong, or the worksheet that deviates."""
        return str(self.deviation.examination if self.deviation else self.standard)


class Notice(models.Model):
    """The draft of what a customer is to be told, and the follow-up that asks for it."""

    nonconformity = models.ForeignKey(Nonconformity, on_delete=models.PROTECT, related_name="notices")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    follow_up = models.OneToOneField(FollowUp, on_delete=models.PROTECT, related_name="notice")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nonconformity", "party"], name="notice_once")]
        ordering = ["party__folded", "id"]
