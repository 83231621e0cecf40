"""What a worksheet shows besides its readings: photos, seals, and what was found before an adjustment."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from quacan.centre.base.language.folding import fold
from quacan.centre.examinations.models import Examination, Photo, Seal
from quacan.centre.examinations.queries.content import adjustments, found_readings, prepared_sheet
from quacan.centre.examinations.queries.stated_uncertainty import judged
from quacan.metrology.procedure import SheetResult

MOST_PROPOSED: Final = 20


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo: what it shows, who added it when, the camera's own instant where the file tells, its digest."""

    pk: int
    subject: str
    subject_label: str
    caption: str
    by: str
    at: datetime
    taken_at: datetime | None
    width: int
    height: int
    sha256: str
    withdrawn_reason: str

    @property
    def title(self) -> str:
        return f"{self.subject_label}: {self.caption}" if self.caption else self.subject_label


@dataclass(frozen=True, slots=True)
class SealView:
    """A seal at its place, with the number of the photo that shows it and the worksheets that carry its mark too."""

    pk: int
    moment: str
    position: str
    mark: str
    condition: str
    condition_label: str
    photo: int | None
    by: str
    at: datetime
    withdrawn_reason: str
    elsewhere: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return self.condition == Seal.Condition.INTACT


@dataclass(frozen=True, slots=True)
class Evidence:
    """Photos and seals that stand, what was taken back, the result as found and why the instrument was adjusted."""

    photos: tuple[PhotoView, ...]
    seals_found: tuple[SealView, ...]
    seals_applied: tuple[SealView, ...]
    as_found: SheetResult | None
    adjusted: str
    withdrawn_photos: tuple[PhotoView, ...]
    withdrawn_seals: tuple[SealView, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no photo and no seal, standing or taken back."""
        seals = (*self.seals_found, *self.seals_applied, *self.withdrawn_seals)
        return not (self.photos or self.withdrawn_photos or seals)


@dataclass(frozen=True, slots=True)
class SealRow:
    """One place of the instrument: what was found there and what was put there."""

    position: str
    found: SealView | None
    applied: SealView | None

    @property
    def both(self) -> tuple[SealView | None, SealView | None]:
        return self.found, self.applied


def seal_rows(shown: Evidence) -> tuple[SealRow, ...]:
    """This will set found and applied seals of the same place side by side, in the order they were written."""
    found = {fold(one.position): one for one in shown.seals_found}
    applied = {fold(one.position): one for one in shown.seals_applied}
    first = {**applied, **found}
    places = sorted(first, key=lambda place: first[place].pk)
    return tuple(SealRow(first[one].position, found.get(one), applied.get(one)) for one in places)


def evidence_of(sheet: Examination) -> Evidence:
    """This will gather everything a worksheet shows besides its readings.

    `as_found` is the evaluation of what stood before the first adjustment, None without one; `adjusted` gives the
    reasons of the adjustments.
    """
    photos = [photo_view(one) for one in sheet.photos.select_related("document")]
    seals = list(_seals(sheet))
    standing = [one for one in seals if not one.withdrawn_reason]
    adjusted = adjustments(sheet)
    return Evidence(
        photos=tuple(one for one in photos if not one.withdrawn_reason),
        seals_found=tuple(one for one in standing if one.moment == Seal.Moment.FOUND),
        seals_applied=tuple(one for one in standing if one.moment == Seal.Moment.APPLIED),
        as_found=found_evaluation(sheet) if adjusted else None,
        adjusted="; ".join(run.reason for run in adjusted),
        withdrawn_photos=tuple(one for one in photos if one.withdrawn_reason),
        withdrawn_seals=tuple(one for one in seals if one.withdrawn_reason),
    )


def found_evaluation(sheet: Examination) -> SheetResult:
    """This will evaluate what stood before the first adjustment, by the definitions frozen with the worksheet."""
    cells = {cell: row.text for cell, row in found_readings(sheet).items() if row.text}
    return judged(sheet, prepared_sheet(sheet), cells)


def photo_view(one: Photo) -> PhotoView:
    """This will give a photo as screens and papers show it."""
    known = json.loads(one.document.snapshot)
    taken = known.get("taken_at")
    return PhotoView(
        pk=one.pk,
        subject=one.subject,
        subject_label=one.get_subject_display(),
        caption=one.caption,
        by=one.added_by,
        at=one.added_at,
        taken_at=datetime.fromisoformat(taken) if taken else None,
        width=int(known["width"]),
        height=int(known["height"]),
        sha256=str(known["sha256"]),
        withdrawn_reason=one.withdrawn_reason,
    )


def _seals(sheet: Examination) -> Iterable[SealView]:
    rows = list(sheet.seals.select_related("photo"))
    others = marks_elsewhere(sheet, [row.mark for row in rows if _is_own_mark(row)])
    for row in rows:
        yield SealView(
            pk=row.pk,
            moment=row.moment,
            position=row.position,
            mark=row.mark,
            condition=row.condition,
            condition_label=row.get_condition_display(),
            photo=row.photo_id if row.photo and not row.photo.withdrawn_reason else None,
            by=row.entered_by,
            at=row.entered_at,
            withdrawn_reason=row.withdrawn_reason,
            elsewhere=others.get(row.mark, ()) if _is_own_mark(row) else (),
        )


def _is_own_mark(row: Seal) -> bool:
    """A mark with a digit is a number, and a number is put on once; a mark without one is a stamp's image."""
    return row.moment == Seal.Moment.APPLIED and any(letter.isdigit() for letter in row.mark)


def marks_elsewhere(sheet: Examination, marks: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """This will name, for each mark, the other worksheets of the organisation on which it was applied."""
    rows = Seal.objects.filter(
        examination__organisation=sheet.organisation_id,
        moment=Seal.Moment.APPLIED,
        mark__in=set(marks),
        withdrawn_reason="",
    ).exclude(examination__in=(sheet.pk, sheet.terms.replaces or 0))
    rows = rows.exclude(examination__state=Examination.State.VOID).order_by("examination__number")
    found: dict[str, tuple[str, ...]] = {}
    for mark, sheet_number in rows.values_list("mark", "examination__number"):
        found[mark] = (*found.get(mark, ()), sheet_number)
    return found
