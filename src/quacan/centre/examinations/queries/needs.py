"""The standards a worksheet asks for: which is chosen for each, which others there are, what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quacan.centre.base.language.texts import is_english
from quacan.centre.examinations.models import Examination, StandardUse
from quacan.centre.examinations.queries.content import sheet_layout, uses_of
from quacan.centre.examinations.queries.standard_fitness import Asked, asked_of, unsuitability
from quacan.centre.examinations.queries.words import confidence_word, number
from quacan.centre.examinations.rules import said
from quacan.centre.instruments.library import frozen
from quacan.centre.standards.queries import Readiness, standards_for
from quacan.metrology.procedure.layout import LayoutStandard


@dataclass(frozen=True, slots=True)
class StandardChoice:
    """One standard that might serve: its certificate, the days left on the day measured, what stands in the way."""

    certificate_id: int | None
    label: str
    days_left: int | None
    obstacle: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class NeedView:
    """A standard the procedure asks for, and the ones the house has."""

    key: str
    label: str
    asked: str
    source: str
    choices: tuple[StandardChoice, ...]
    chosen: str
    standard_id: int | None
    days_left: int | None
    obstacle: str


def needs(sheet: Examination) -> tuple[NeedView, ...]:
    """This will list the standards asked for with every standard of that quantity, the unusable with the reason."""
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    sources = {need.key: need.source for need in procedure.standards}
    uses = uses_of(sheet)
    found = []
    for need in sheet_layout(sheet).standards:
        use = uses.get(need.key)
        chosen_id = use.certificate_id if use else None
        ready = standards_for(sheet.organisation, need.quantity, sheet.performed_on)
        asked = asked_of(sheet, need)
        source = sources[need.key]
        found.append(
            NeedView(
                key=need.key,
                label=said(need.label, english=is_english()),
                asked=_asked(need),
                source=f"{source.reference} ({confidence_word(source.confidence)})",
                choices=tuple(_choice(sheet, need, one, chosen_id, asked) for one in ready),
                chosen=f"{use.certificate.standard} · {use.certificate.number}" if use else "",
                standard_id=use.certificate.standard_id if use else None,
                days_left=(use.certificate.valid_until - sheet.performed_on).days if use else None,
                obstacle=_hindrance(sheet, need, use, ready, asked) if use else _("chưa chọn chuẩn"),
            )
        )
    return tuple(found)


def _hindrance(
    sheet: Examination,
    need: LayoutStandard,
    use: StandardUse,
    known: Iterable[Readiness],
    asked: tuple[Asked, ...],
) -> str:
    """Why the chosen certificate cannot serve; how its standard stands is known where it is one of the choices."""
    ready = next((one for one in known if one.standard.pk == use.certificate.standard_id), None)
    found = unsuitability(sheet, use.certificate, need, ready=ready, asked=asked)
    return found.sentence if found else ""


def _choice(
    sheet: Examination,
    need: LayoutStandard,
    ready: Readiness,
    chosen_id: int | None,
    asked: tuple[Asked, ...],
) -> StandardChoice:
    certificate = ready.certificate
    why = ready.obstacle.sentence if ready.obstacle else ""
    if certificate is not None and not why:
        found = unsuitability(sheet, certificate, need, ready=ready, asked=asked)
        why = found.sentence if found else ""
    return StandardChoice(
        certificate_id=certificate.pk if certificate else None,
        label=f"{ready.standard}" + (f" · {certificate.number}" if certificate else ""),
        days_left=ready.days_left,
        obstacle=why,
        chosen=certificate is not None and certificate.pk == chosen_id,
    )


def _asked(need: LayoutStandard) -> str:
    parts = []
    ends = [number(end, None) for end in (need.range_from, need.range_to) if end is not None]
    if ends:
        parts.append(f"{' ÷ '.join(dict.fromkeys(ends))} {need.unit}")
    if need.ratio is not None:
        parts.append(
            _("sai số không quá 1/{ratio} giới hạn của phép đo").format(ratio=number(need.ratio, None))
        )
    if need.classes:
        parts.append(_("cấp {classes}").format(classes=", ".join(need.classes)))
    return " · ".join(parts)
