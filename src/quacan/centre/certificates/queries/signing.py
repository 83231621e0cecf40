"""What waits for a signature, and why some of it cannot be signed by this person now."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.certificates.models import Stamp
from quacan.centre.certificates.refusals import NoStamp, NotDesignated, NotThreePeople
from quacan.centre.certificates.rules import PARTS, part_taken
from quacan.centre.certificates.scoping import refuse_out_of_scope, standing_in_scope
from quacan.centre.examinations.models import VerdictChoice
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.verification.models import Worksheet

MOST = 200
"""So many worksheets are shown at once; the rest follows when these are signed."""


@dataclass(frozen=True, slots=True)
class SheetToSign:
    """A checked worksheet as the one who signs sees it."""

    pk: int
    number: str
    instrument: str
    owner: str
    performed_on: date
    performer: str
    checker: str
    verdict: str
    leads_to: str
    replaces: str
    scope: str
    warnings: tuple[str, ...]
    obstacles: tuple[str, ...]


def to_sign(person: Person, *, on: date) -> QuerySet[Worksheet]:
    """This will list the checked worksheets of the houses where a person may sign, the longest waiting first."""
    rows = Worksheet.objects.filter(state=Worksheet.State.APPROVED).select_related(
        "instrument__owner", "performer", "checker", "organisation", "supersedes__outcome"
    )
    return visible(rows, person, "certificates.sign", on=on).order_by("approved_at", "pk")


def sheets_to_sign(rows: QuerySet[Worksheet], person: Person, *, english: bool) -> list[SheetToSign]:
    """This will give the worksheets with their warnings, and say of each why the person could not sign it."""
    sheets = list(rows[:MOST])
    left = _stamps_left(sheets)
    return [_shown(sheet, person, left, english=english) for sheet in sheets]


def _stamps_left(sheets: Iterable[Worksheet]) -> Counter[tuple[int, int]]:
    performers = {sheet.performer_id for sheet in sheets}
    rows = Stamp.objects.filter(state=Stamp.State.ISSUED, holder__in=performers)
    return Counter(rows.values_list("organisation_id", "holder_id"))


def _shown(sheet: Worksheet, person: Person, left: Counter[tuple[int, int]], *, english: bool) -> SheetToSign:
    return SheetToSign(
        pk=sheet.pk,
        number=sheet.number,
        instrument=str(sheet.instrument),
        owner=sheet.instrument.owner.name,
        performed_on=sheet.performed_on,
        performer=sheet.performer.full_name,
        checker=sheet.checker.full_name if sheet.checker else "",
        verdict=sheet.verdict,
        leads_to=_leads_to(sheet),
        replaces=sheet.supersedes.outcome.number if sheet.supersedes else "",
        scope=standing_in_scope(sheet).sentence,
        warnings=tuple(_warnings(sheet, english=english)),
        obstacles=tuple(_obstacles(sheet, person, left)),
    )


def _leads_to(sheet: Worksheet) -> str:
    if sheet.service == "calibration":
        return _("Giấy chứng nhận hiệu chuẩn")
    passed = sheet.verdict == VerdictChoice.PASS
    return _("Giấy chứng nhận kiểm định") if passed else _("Thông báo không đạt")


def _warnings(sheet: Worksheet, *, english: bool) -> Iterable[str]:
    rows: Sequence[dict[str, str]] = json.loads(sheet.result).get("warnings", [])
    return dict.fromkeys(row["en" if english else "vi"] for row in rows)


def _obstacles(sheet: Worksheet, person: Person, left: Counter[tuple[int, int]]) -> Iterable[str]:
    part = part_taken(person.pk, performer=sheet.performer_id, checker=sheet.checker_id)
    if part:
        yield NotThreePeople(person=person.full_name, part=PARTS[part], number=sheet.number).sentence
    try:
        refuse_out_of_scope(sheet)
    except NotDesignated as refusal:
        yield refusal.sentence
    needs_stamp = sheet.verdict == VerdictChoice.PASS and sheet.service == "verification"
    if needs_stamp and not left[sheet.organisation_id, sheet.performer_id]:
        yield NoStamp(person=sheet.performer.full_name).sentence
