"""Tests of places: what is measured there is the examination's, what is kept here is the place and the report."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.models import Document
from quacan.centre.examinations.models import Examination
from quacan.centre.examinations.rules.subjects import TESTING, Subject, Terms
from quacan.centre.parties.models import Establishment


class PlaceTest(Examination):
    """One test of a place by one procedure (phép thử), from its opening to its report."""

    examination = models.OneToOneField(
        Examination,
        on_delete=models.PROTECT,
        parent_link=True,
        primary_key=True,
        db_column="id",
        related_name="place_test",
    )
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="tests")
    event = models.CharField(max_length=14)  # the procedure's, by which it is laid out
    report = models.OneToOneField(
        Document,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="place_test",
        verbose_name=_("phiếu kết quả"),
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(event=""), name="test_has_event")]
        ordering = ["-performed_on", "-id"]

    @property
    def terms(self) -> Terms:
        """The procedure's event; a test concludes nothing by law."""
        return Terms(self.event, TESTING, {"establishment": self.establishment_id, "event": self.event})

    @property
    def subject(self) -> Subject:
        """The place; what was asked of it is frozen with the test, no register says it otherwise."""
        return Subject(kind="place", name=str(self.establishment), characteristics=self.characteristics)
