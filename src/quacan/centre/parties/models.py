"""One register of organisations, persons and establishments, shared by every department."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Party(models.Model):
    """An enterprise, a state body, a household business or a person the institution deals with."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Doanh nghiệp")
        STATE_BODY = "state_body", _("Cơ quan, đơn vị sự nghiệp")
        HOUSEHOLD = "household", _("Hộ kinh doanh")
        PERSON = "person", _("Cá nhân")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=250)
    folded = models.CharField(max_length=600, db_index=True)
    name_key = models.CharField(max_length=300, db_index=True)
    tax_code = models.CharField(max_length=14, null=True, blank=True, unique=True)
    address = models.CharField(max_length=250, blank=True, default="")
    province = models.CharField(max_length=60, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    phone_key = models.CharField(max_length=20, blank=True, default="", db_index=True)
    email = models.EmailField(blank=True, default="")
    representative = models.CharField(max_length=150, blank=True, default="")
    representative_title = models.CharField(max_length=100, blank=True, default="")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(pk=F("merged_into")), name="party_not_into_itself")
        ]
        ordering = ["folded", "id"]

    def __str__(self) -> str:
        return self.name


class Establishment(models.Model):
    """A place where a party does business: a petrol station, a shop, a ward of a hospital."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="establishments")
    name = models.CharField(max_length=250)
    folded = models.CharField(max_length=600, db_index=True)
    address = models.CharField(max_length=250)
    commune = models.CharField(max_length=80, blank=True, default="")
    province = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "name"], name="establishment_once")]

    def __str__(self) -> str:
        return self.name
