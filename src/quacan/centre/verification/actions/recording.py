"""Write down readings, conditions and standards: append-only, by the performer alone."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.examinations.models import Condition, Reading, Run, StandardUse
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import BEGIN_RUN, ENTER, ENTER_CONDITIONS, USE_STANDARD
from quacan.centre.verification.queries import (
    current_readings,
    digest_of,
    newest_revisions,
    refuse_unsuitable,
    sheet_layout,
)
from quacan.centre.verification.refusals import UnknownCell
from quacan.centre.verification.rules import step_of

MOMENTS = ("start", "end")


@action(ENTER)
def enter_readings(act: Act, sheet: Worksheet, *, cells: Mapping[str, str]) -> Worksheet:
    """This will write cells as typed (empty text withdraws); unchanged cells are left alone, unknown ones refused."""
    shape = sheet_layout(sheet)
    known = {cell.key for step in shape.steps for row in step.rows for cell in row.cells}
    unknown = sorted(set(cells) - known)
    if unknown:
        raise UnknownCell(number=sheet.number, cells=", ".join(unknown))
    too_long = [cell for cell, text in cells.items() if len(text) > 200]
    if too_long:
        raise FieldWrong(field=", ".join(too_long), why=_("dài quá 200 ký tự"))
    now = current_readings(sheet, cells=cells)
    changed = {
        cell: text.strip()
        for cell, text in cells.items()
        if text.strip() != (now[cell].text if cell in now else "")
    }
    if not changed:
        act.nothing_changed()
        return sheet
    append_readings(act, sheet, changed)
    act.noted(
        sheet,
        before={cell: now[cell].text for cell in changed if cell in now},
        after=changed,
    )
    return sheet


def append_readings(act: Act, sheet: Worksheet, cells: Mapping[str, str]) -> None:
    """This will write cells as new revisions in the current run, bound to the chosen standards (inside an action)."""
    now = newest_revisions(sheet, cells=cells)
    supporting = _supporting(sheet)
    current = sheet.runs.order_by("-ordinal")[0]
    rows = []
    for cell, text in cells.items():
        row = Reading(
            examination=sheet,
            run=current,
            cell=cell,
            revision=now[cell].revision + 1 if cell in now else 1,
            text=text,
            standard_certificate_id=supporting.get(step_of(cell)),
            entered_by=act.actor.username,
            entered_at=act.at,
        )
        row.digest = digest_of(row)
        rows.append(row)
    Reading.objects.bulk_create(rows)


def _supporting(sheet: Worksheet) -> dict[str, int]:
    """For each step, the certificate its readings are bound to: that of the first need which supports it.

    A step several standards support (a thermometer and the chamber around it) keeps the others in StandardUse.
    """
    uses = {use.need: use.certificate_id for use in sheet.standard_uses.all()}
    return {
        step: uses[need.key]
        for need in reversed(sheet_layout(sheet).standards)
        if need.key in uses
        for step in need.steps
    }


@action(ENTER_CONDITIONS)
def enter_conditions(
    act: Act,
    sheet: Worksheet,
    *,
    values: Mapping[tuple[str, str], str],
    origins: Mapping[tuple[str, str], str] | None = None,
) -> Worksheet:
    """This will write conditions by (key, moment start|end); an empty text takes one back.

    *origins* says of some which record of which point they are; one typed anew loses its origin.
    """
    known = {rule.key for rule in sheet_layout(sheet).conditions}
    wrong = [f"{key}/{moment}" for key, moment in values if key not in known or moment not in MOMENTS]
    if wrong:
        raise UnknownCell(number=sheet.number, cells=", ".join(wrong))
    too_long = [f"{key}/{moment}" for (key, moment), text in values.items() if len(text.strip()) > 40]
    if too_long:
        raise FieldWrong(field=", ".join(too_long), why=_("dài quá 40 ký tự"))
    kept = {(row.key, row.moment): (row.text, row.origin) for row in sheet.conditions.all()}
    wanted = {
        place: _with_origin(text.strip(), kept.get(place, ("", "")), (origins or {}).get(place, ""))
        for place, text in values.items()
    }
    changed = {place: pair for place, pair in wanted.items() if kept.get(place, ("", "")) != pair}
    if not changed:
        act.nothing_changed()
        return sheet
    for (key, moment), (text, origin) in changed.items():
        if text:
            Condition.objects.update_or_create(
                examination=sheet, key=key, moment=moment, defaults={"text": text, "origin": origin}
            )
        else:
            Condition.objects.filter(examination=sheet, key=key, moment=moment).delete()
    before = {"/".join(place): _told(*kept.get(place, ("", ""))) for place in changed}
    after = {"/".join(place): _told(*pair) for place, pair in changed.items()}
    act.noted(sheet, before=before, after=after)
    return sheet


def _with_origin(text: str, kept: tuple[str, str], origin: str) -> tuple[str, str]:
    """What is written, and where it comes from: as given; else as before while the text is the same."""
    if not text:
        return "", ""
    return text, origin or (kept[1] if kept[0] == text else "")


def _told(text: str, origin: str) -> str:
    return f"{text} ({origin})" if origin else text


@action(BEGIN_RUN)
def begin_run(act: Act, sheet: Worksheet, *, kind: str) -> Run:
    """This will begin a new series of readings: a repeat, a correction or a withdrawal, with its reason."""
    if kind not in {Run.Kind.REPEAT, Run.Kind.CORRECT, Run.Kind.WITHDRAW}:
        raise FieldWrong(field=_("Loại lượt đo"), why=kind)
    return new_run(act, sheet, kind=kind, reason=act.reason)


def new_run(act: Act, sheet: Worksheet, *, kind: str, reason: str) -> Run:
    """This will add a run to a worksheet (inside an action)."""
    last = sheet.runs.order_by("-ordinal")[0]
    run = Run.objects.create(
        examination=sheet,
        ordinal=last.ordinal + 1,
        kind=kind,
        reason=reason.strip()[:300],
        opened_at=act.at,
        opened_by=act.actor.username,
    )
    act.created(run)
    return run


@action(USE_STANDARD)
def use_standard(act: Act, sheet: Worksheet, *, need: str, certificate: StandardCertificate) -> Worksheet:
    """This will choose the standard for a need; readings typed on its steps are bound to it by a new revision."""
    needs = {row.key: row for row in sheet_layout(sheet).standards}
    if need not in needs:
        raise UnknownCell(number=sheet.number, cells=need)
    refuse_unsuitable(sheet, certificate, needs[need])
    use = StandardUse.objects.filter(examination=sheet, need=need).first()
    if use is not None and use.certificate_id == certificate.pk:
        act.nothing_changed()
        return sheet
    before = image(use) if use is not None else None
    use = use or StandardUse(examination=sheet, need=need)
    use.certificate = certificate
    use.save()
    act.noted(use, before=before, after=image(use))
    _bind_again(act, sheet, needs[need].steps)
    return sheet


def _bind_again(act: Act, sheet: Worksheet, steps: Iterable[str]) -> None:
    now, bound = current_readings(sheet), _supporting(sheet)
    typed = {
        cell: row.text
        for cell, row in now.items()
        if row.text
        and step_of(cell) in set(steps)
        and row.standard_certificate_id != bound.get(step_of(cell))
    }
    if typed:
        append_readings(act, sheet, typed)
