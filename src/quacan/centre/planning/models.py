"""Plans and the targets they set. A target is never edited: a new version is recorded beside the old one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quacan.centre.organisation.models import Organisation, Unit


class Plan(models.Model):
    """A year's plan of an organisation, approved by a numbered decision."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        APPROVED = "approved", _("Đã duyệt")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    year = models.IntegerField()
    title = models.CharField(max_length=250)
    decision = models.CharField(max_length=80, blank=True, default="")
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.CharField(max_length=150, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="plan_once")]
        ordering = ["-year"]

    def __str__(self) -> str:
        return self.title


class Target(models.Model):
    """What an indicator should come to in a period; the highest ``version`` counts."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    indicator = models.CharField(max_length=80)
    period = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    unit_key = models.BigIntegerField(default=0)  # the unit's id, 0 for the whole organisation
    value = models.CharField(max_length=40)  # decimal as text
    carried_over = models.CharField(max_length=40, blank=True, default="")
    version = models.IntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indicator", "period", "unit_key", "version"], name="target_once"
            )
        ]
        indexes = [models.Index(fields=["plan", "indicator", "period"], name="target_indicator")]
