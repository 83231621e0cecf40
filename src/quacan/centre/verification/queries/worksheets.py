"""Reads of worksheets: which ones a person may see."""

from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.language.folding import fold
from quacan.centre.base.models import DocumentFile
from quacan.centre.base.refusals import NotFound
from quacan.centre.contracts.models import Job
from quacan.centre.contracts.queries import jobs_of
from quacan.centre.examinations.models import Seal
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.verification.models import Worksheet

MOST_PROPOSED: Final = 20


def worksheets(person: Person, *, on: date) -> QuerySet[Worksheet]:
    """This will list the worksheets a person may see."""
    rows = Worksheet.objects.select_related("instrument__owner", "performer", "checker", "organisation")
    return visible(rows, person, "worksheets.see", on=on)


def worksheet(person: Person, key: int, *, on: date) -> Worksheet:
    """This will find a worksheet a person may see, refusing any other as unknown."""
    rows = worksheets(person, on=on)
    rows = rows.select_related("job__order__contract", "job__line", "procedure_text", "limits_text")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound(record=_("phiếu kiểm định"))
    return found


def waiting_jobs(person: Person) -> QuerySet[Job]:
    """This will list the jobs a person was given and has not begun, the earliest day first."""
    return jobs_of(person).filter(state=Job.State.WAITING)


def seal_positions(sheet: Worksheet) -> tuple[str, ...]:
    """This will propose the places where this instrument was sealed before, the latest worksheet's first."""
    rows = Seal.objects.filter(examination__worksheet__instrument=sheet.instrument_id, withdrawn_reason="")
    rows = rows.order_by("-examination_id", "id")[: MOST_PROPOSED * 5]
    found: dict[str, str] = {}
    for position in rows.values_list("position", flat=True):
        found.setdefault(fold(position), position)
    return tuple(found.values())[:MOST_PROPOSED]


def photo_file(person: Person, key: int, photo: int, *, on: date) -> DocumentFile:
    """This will find the file of a photo on a worksheet a person may see, refusing any other as unknown."""
    sheet = worksheet(person, key, on=on)
    found = DocumentFile.objects.filter(document__in=sheet.photos.filter(pk=photo).values("document"))
    file = found.select_related("document").first()
    if file is None:
        raise NotFound(record=_("ảnh"))
    return file
