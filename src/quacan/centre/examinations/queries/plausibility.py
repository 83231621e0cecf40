"""What a checker is shown beside a worksheet: the evidence gathered for the signs of plausibility."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from django.db.models import Max, Min

from quacan.centre.base.language.texts import is_english
from quacan.centre.examinations.models import Examination, Reading
from quacan.centre.examinations.queries.conditions import compared
from quacan.centre.examinations.queries.content import current_readings, sheet_layout
from quacan.centre.examinations.queries.evidence import evidence_of
from quacan.centre.examinations.rules import said
from quacan.centre.examinations.rules.plausibility import (
    Hint,
    Sitting,
    Typed,
    against_logger,
    hints,
    marks_used_twice,
    photos_of_another_day,
    seals_not_whole,
)

EARLIER: Final = 20
NEAR: Final = timedelta(hours=12)


def plausibility_hints(sheet: Examination) -> list[Hint]:
    """This will gather the signs of one worksheet against the performer's other work."""
    readings = list(_typed(sheet))
    shown = evidence_of(sheet)
    return [
        *seals_not_whole(
            (one.position, str(one.condition_label).lower()) for one in shown.seals_found if not one.is_whole
        ),
        *hints(readings, earlier=_earlier(sheet), sitting=_sitting(sheet), others=list(_others(sheet))),
        *against_logger(*compared(sheet, english=is_english())),
        *marks_used_twice((one.mark, one.elsewhere) for one in shown.seals_applied),
        *photos_of_another_day(((one.title, one.taken_at) for one in shown.photos), on=sheet.performed_on),
    ]


def _typed(sheet: Examination) -> Iterator[Typed]:
    now = current_readings(sheet)
    for step in sheet_layout(sheet).steps:
        if step.kind in {"checklist", "note"}:
            continue
        labels = {column.key: said(column.label, english=is_english()) for column in step.columns}
        title = said(step.title, english=is_english())
        for row in step.rows:
            for cell in row.cells:
                reading = now.get(cell.key)
                if reading is not None and reading.text:
                    point = f"{title}, {said(row.label, english=is_english())}" if row.repeat else ""
                    yield Typed(
                        cell.key, f"{title}, {labels[cell.column]}", point, reading.text, reading.entered_at
                    )


def _earlier(sheet: Examination) -> Mapping[str, Mapping[str, str]]:
    before = Examination.objects.filter(
        performer=sheet.performer_id, procedure_code=sheet.procedure_code, pk__lt=sheet.pk
    ).exclude(pk=sheet.terms.replaces or 0)
    chosen = before.order_by("-pk").prefetch_related("readings", "runs")[:EARLIER]
    return {row.number: {cell: one.text for cell, one in current_readings(row).items()} for row in chosen}


def _sitting(sheet: Examination) -> Sitting | None:
    ends = sheet.readings.aggregate(began=Min("entered_at"), ended=Max("entered_at"))
    if ends["began"] is None:
        return None
    return Sitting(sheet.number, sheet.place, ends["began"], ends["ended"])


def _others(sheet: Examination) -> Iterator[Sitting]:
    own = _sitting(sheet)
    if own is None:
        return
    near = Reading.objects.filter(
        examination__performer=sheet.performer_id,
        entered_at__gte=own.began - NEAR,
        entered_at__lte=own.ended + NEAR,
    ).exclude(examination=sheet.pk)
    rows = near.values("examination__number", "examination__place").order_by("examination__number")
    for row in rows.annotate(began=Min("entered_at"), ended=Max("entered_at")):
        yield Sitting(row["examination__number"], row["examination__place"], row["began"], row["ended"])
