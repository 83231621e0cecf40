"""People who act, and the roles they hold in an organisation or one of its units for a time."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

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
