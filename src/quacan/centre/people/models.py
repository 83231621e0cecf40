"""People who act, and the roles they hold in an organisation or one of its units for a time."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.models import Document
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.permissions import may


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)


class Person(AbstractBaseUser):
    """Somebody with a name and a way to sign in; the username never changes."""

    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=150)
    name_key = models.CharField(max_length=200, db_index=True)
    folded = models.CharField(max_length=400, db_index=True)
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    job_title = models.CharField(max_length=150, blank=True, default="")
    is_active = models.BooleanField(default=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["name_key"]

    def __str__(self) -> str:
        return self.full_name

    may = may


class Assignment(models.Model):
    """A role held by a person in an organisation (or only one unit of it) between two days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="assignment_dates"
            )
        ]
        indexes = [models.Index(fields=["person", "valid_from"], name="assignment_person")]


class VerifierCard(models.Model):
    """The card that lets a person verify by law, in some fields, until a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cards")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cards")
    number = models.CharField(max_length=40)
    decision = models.CharField(max_length=80, blank=True, default="")
    issuer = models.CharField(max_length=200, blank=True, default="")
    issued_on = models.DateField()
    expires_on = models.DateField()
    fields = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="card_number"),
            models.CheckConstraint(condition=Q(expires_on__gt=F("issued_on")), name="card_dates"),
        ]
        ordering = ["person", "-expires_on"]

    def __str__(self) -> str:
        return self.number


class Authorisation(models.Model):
    """Leave to work by a procedure, given by the organisation for a time; maybe only in a range or under supervision.

    The range limits one numeric characteristic of the instrument (``limit_on``), the classes one coded one
    (``class_on``), both by their keys in the procedure.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorisations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="authorisations")
    procedure = models.CharField(max_length=60)
    supervisor = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    limit_on = models.CharField(max_length=60, blank=True, default="")
    range_from = models.DecimalField(max_digits=30, decimal_places=12, null=True, blank=True)
    range_to = models.DecimalField(max_digits=30, decimal_places=12, null=True, blank=True)
    range_unit = models.CharField(max_length=20, blank=True, default="")
    class_on = models.CharField(max_length=60, blank=True, default="")
    classes = models.JSONField(default=list, blank=True)
    basis = models.TextField(blank=True, default="")  # work observed, courses, comparisons it rests on
    granted_by = models.CharField(max_length=150, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_on="", range_from__isnull=True, range_to__isnull=True, range_unit="")
                | ~Q(limit_on="") & (Q(range_from__isnull=False) | Q(range_to__isnull=False)),
                name="authorisation_range_whole",
            ),
            models.CheckConstraint(
                condition=Q(range_from__isnull=True)
                | Q(range_to__isnull=True)
                | Q(range_to__gte=F("range_from")),
                name="authorisation_range_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="authorisation_dates",
            ),
            models.CheckConstraint(
                condition=Q(supervisor__isnull=True) | ~Q(supervisor=F("person")),
                name="supervisor_is_another",
            ),
        ]
        indexes = [models.Index(fields=["person", "procedure"], name="authorisation_person")]


class Course(models.Model):
    """A training held by somebody for some days, that people of an organisation took."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="courses")
    name = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField()
    hours = models.IntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "provider", "from_on", "to_on"], name="course_once"
            ),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="course_dates"),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gt=0), name="course_hours"),
        ]
        ordering = ["-to_on", "name"]

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """A person at a course: what came of it, the certificate, until when it counts."""

    class Result(models.TextChoices):
        PASSED = "passed", _("Đạt")
        ATTENDED = "attended", _("Đã dự")
        FAILED = "failed", _("Không đạt")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    result = models.CharField(max_length=10, choices=Result.choices)
    certificate_number = models.CharField(max_length=60, blank=True, default="")
    valid_to = models.DateField(null=True, blank=True)
    document = models.OneToOneField(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "person"], name="attendance_once")]
        ordering = ["-course__to_on", "-id"]
