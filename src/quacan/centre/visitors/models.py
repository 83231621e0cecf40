"""Visits to an organisation: expected, inside, gone."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Person


class Visit(models.Model):
    """One visitor, from the word that they come to the moment they have left (ISO/IEC 17025:2017, 4.2 and 6.3.4)."""

    class State(models.TextChoices):
        EXPECTED = "expected", _("Sắp đến")
        INSIDE = "inside", _("Đang trong cơ quan")
        LEFT = "left", _("Đã ra về")
        CANCELLED = "cancelled", _("Không đến")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    visitor = models.CharField(max_length=150)
    comes_from = models.CharField(max_length=200, blank=True, default="")
    purpose = models.CharField(max_length=250)
    host = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    expected_on = models.DateField()
    rooms = models.CharField(max_length=200, blank=True, default="")  # laboratory rooms entered; '' for none
    undertaking = models.CharField(
        max_length=120, blank=True, default=""
    )  # the signed confidentiality undertaking
    badge = models.CharField(max_length=20, blank=True, default="")
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.EXPECTED)
    stated_reason = models.CharField(max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    folded = models.CharField(max_length=700, db_index=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["inside", "left"]) | Q(arrived_at__isnull=False), name="visit_arrived"
            ),
            models.CheckConstraint(
                condition=~Q(state="left") | Q(left_at__gte=F("arrived_at")), name="visit_left_after_arrival"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["inside", "left"]) | Q(rooms="") | ~Q(undertaking=""),
                name="visit_rooms_need_undertaking",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "expected_on"], name="visit_state")]
        ordering = ["-expected_on", "-id"]

    def __str__(self) -> str:
        return self.visitor
