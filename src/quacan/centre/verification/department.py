"""What verification brings to the house."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department
from quacan.centre.verification.moves import BATCH, BATCH_FILE, PHOTO, SEAL, WORKSHEET

DEPARTMENT = Department(
    name=_("Kiểm định"),
    moves=(WORKSHEET, BATCH, BATCH_FILE, PHOTO, SEAL),
)
