"""What the public door brings to the house: whoever holds a certificate may ask whether it is genuine."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department

DEPARTMENT = Department(name=_("Tra cứu công khai"))
