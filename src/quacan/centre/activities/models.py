"""Anything else that is counted. The kind says what is asked and which measures it stands for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.models import Document
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.parties.models import Party


class Activity(models.Model):
    """One activity of a declared kind; its values are judged by the kind's version in force on its day."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Ghi nháp")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        CANCELLED = "cancelled", _("Đã hủy")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    kind_code = models.CharField(max_length=60)
    kind_version = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    occurred_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True, default="")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT)
    values = models.JSONField(default=dict)  # field key -> text as typed
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    recorded_by = models.CharField(max_length=150)
    changed_by = models.CharField(max_length=150, blank=True, default="")  # who typed what it says now
    confirmed_by = models.CharField(max_length=150, blank=True, default="")
    note = models.TextField(blank=True, default="")
    folded = models.CharField(max_length=700, db_index=True)
    version = models.IntegerField(default=1)

    class Meta:
        ordering = ["-occurred_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Attachment(models.Model):
    """Evidence of an activity: a file in the store."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
