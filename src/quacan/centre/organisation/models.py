"""Organisations with dates of validity, many-to-many predecessors, units and sites."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.language.texts import Text


class Organisation(models.Model):
    """A department, a sub-department that oversees, or a centre that measures."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("Sở")
        SUB_DEPARTMENT = "sub_department", _("Chi cục")
        CENTRE = "centre", _("Trung tâm")

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True, default="")
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=400, unique=True)
    province = models.CharField(max_length=60)
    place = models.CharField(max_length=60)
    address = models.CharField(max_length=250, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    tax_code = models.CharField(max_length=14, blank=True, default="")
    symbol = models.CharField(max_length=20)
    registration_number = models.CharField(max_length=60, blank=True, default="")
    designation_number = models.CharField(max_length=60, blank=True, default="")
    numbering = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organisation_dates",
            )
        ]
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> Text:
        """Its name in both languages, read in the reader's."""
        return Text(self.name, self.name_en)


class Succession(models.Model):
    """One organisation took over from another on a day: merge, split, rename or move."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("Sáp nhập")
        SPLIT = "split", _("Chia tách")
        RENAME = "rename", _("Đổi tên")
        MOVE = "move", _("Chuyển cơ quan chủ quản")

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    basis = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_two"),
        ]


class Unit(models.Model):
    """A room, team or division of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150, blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="unit_code")]
        ordering = ["organisation", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> Text:
        """Its name in both languages, read in the reader's."""
        return Text(self.name, self.name_en)


class Site(models.Model):
    """A place an organisation works from; after a merger it keeps its own number suffix and registers."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=150)
    number_suffix = models.CharField(max_length=10, blank=True, default="")
    address = models.CharField(max_length=250, blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="site_code")]

    def __str__(self) -> str:
        return self.name


class Scope(models.Model):
    """What an organisation is designated for by law, or accredited for: one decision with its days."""

    class Kind(models.TextChoices):
        DESIGNATION = "designation", _("Chỉ định")
        ACCREDITATION = "accreditation", _("Công nhận")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="scopes")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    number = models.CharField(max_length=60, blank=True, default="")  # as printed: N383, VILAS 000
    decision = models.CharField(max_length=120, blank=True, default="")
    authority = models.CharField(max_length=200, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    carried_over = models.BooleanField(default=False)  # stands in until the house has entered its own
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="scope_dates"
            ),
            models.CheckConstraint(
                condition=Q(carried_over=True)
                | (~Q(number="") & ~Q(authority="") & Q(decided_on__isnull=False)),
                name="scope_is_documented",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "number", "valid_from"], name="scope_once"
            ),
        ]
        ordering = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


class ScopeLine(models.Model):
    """One line of a scope: kinds or procedures, quantity, range, class, and for calibration the CMC (U at k = 2)."""

    class Service(models.TextChoices):
        VERIFICATION = "verification", _("Kiểm định")
        CALIBRATION = "calibration", _("Hiệu chuẩn")
        TESTING = "testing", _("Thử nghiệm")

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="lines")
    service = models.CharField(max_length=12, choices=Service.choices)
    kind_codes = models.JSONField(default=list, blank=True)
    procedures = models.JSONField(default=list, blank=True)
    quantity = models.CharField(max_length=120, blank=True, default="")
    range_from = models.CharField(max_length=40, blank=True, default="")  # numbers as typed; '' is open
    range_to = models.CharField(max_length=40, blank=True, default="")
    unit = models.CharField(max_length=20, blank=True, default="")
    class_text = models.CharField(max_length=120, blank=True, default="")
    cmc_absolute = models.CharField(max_length=40, blank=True, default="")  # 0,02 mm
    cmc_relative = models.CharField(max_length=40, blank=True, default="")  # 0,05 %, 15 µm/m, 2e-5
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="scope_line_dates",
            )
        ]
        ordering = ["scope", "id"]

    def __str__(self) -> str:
        return ", ".join((*self.kind_codes, *self.procedures)) or self.quantity
