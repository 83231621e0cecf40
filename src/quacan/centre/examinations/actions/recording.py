"""Write down readings, conditions and standards, append-only, inside an action of the kind of examination."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, image
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.examinations.models import Condition, Examination, Reading, Run, StandardUse
from quacan.centre.examinations.queries import (
    current_readings,
    digest_of,
    newest_revisions,
    refuse_unsuitable,
    sheet_layout,
    unsuitability,
)
from quacan.centre.examinations.refusals import UnknownCell
from quacan.centre.examinations.rules import step_of
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.standards.queries import standards_for
from quacan.metrology.procedure import SheetLayout

MOMENTS = ("start", "end")


def write_readings(act: Act, sheet: Examination, *, cells: Mapping[str, str]) -> Examination:
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


def append_readings(act: Act, sheet: Examination, cells: Mapping[str, str]) -> None:
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


def _supporting(sheet: Examination) -> dict[str, int]:
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


def write_conditions(
    act: Act,
    sheet: Examination,
    *,
    values: Mapping[tuple[str, str], str],
    origins: Mapping[tuple[str, str], str] | None = None,
) -> Examination:
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


def new_run(act: Act, sheet: Examination, *, kind: str, reason: str) -> Run:
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


def choose_standard(
    act: Act, sheet: Examination, *, need: str, certificate: StandardCertificate
) -> Examination:
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


def _bind_again(act: Act, sheet: Examination, steps: Iterable[str]) -> None:
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


def propose_missing(sheet: Examination, shape: SheetLayout) -> None:
    """This will choose for every need that has no standard the first one that nothing stands against."""
    chosen = set(sheet.standard_uses.values_list("need", flat=True))
    for need in (one for one in shape.standards if one.key not in chosen):
        for ready in standards_for(sheet.organisation, need.quantity, sheet.performed_on):
            if ready.certificate is not None and not unsuitability(
                sheet, ready.certificate, need, ready=ready
            ):
                StandardUse.objects.create(examination=sheet, certificate=ready.certificate, need=need.key)
                break
