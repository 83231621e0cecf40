"""Reports as they are written, submitted and issued."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.language.texts import Text
from quacan.centre.base.models import Document
from quacan.centre.base.periods import period
from quacan.centre.organisation.models import Organisation


class Report(models.Model):
    """A periodic report: its words are typed, its figures always come from the book.

    One nobody began yet is not stored and in the state NONE.
    """

    class State(models.TextChoices):
        NONE = "none", _("Chưa soạn")
        DRAFT = "draft", _("Đang soạn")
        SUBMITTED = "submitted", _("Chờ duyệt")
        ISSUED = "issued", _("Đã ban hành")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    period = models.CharField(max_length=20)
    outline = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    words = models.JSONField(default=dict)  # section key -> text (limitations, causes, next tasks …)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    prepared_by = models.CharField(max_length=150)
    submitted_by = models.CharField(max_length=150, blank=True, default="")
    approved_by = models.CharField(max_length=150, blank=True, default="")
    document = models.OneToOneField(Document, null=True, blank=True, on_delete=models.PROTECT)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "period", "outline"], name="report_once")
        ]
        ordering = ["-period"]

    def __str__(self) -> str:
        return self.title

    @property
    def period_title(self) -> Text:
        """This will name the period it reports on."""
        return period(self.period).title
