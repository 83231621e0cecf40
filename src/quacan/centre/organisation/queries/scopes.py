"""What an organisation is designated and accredited for on a day, and its CMC at a point."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.refusals import NotFound
from quacan.centre.organisation.models import Organisation, Scope, ScopeLine
from quacan.centre.organisation.rules import Capability, Range, absolute_part, bound, relative_part

DESIGNATION = Scope.Kind.DESIGNATION
ACCREDITATION = Scope.Kind.ACCREDITATION


@dataclass(frozen=True, slots=True)
class ScopeStanding:
    """The lines that cover a piece of work on its day, and a sentence that says how it stands."""

    designation: ScopeLine | None
    accreditation: ScopeLine | None
    sentence: str


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of a scope as it is shown."""

    pk: int
    service: str
    subject: str
    quantity: str
    range_text: str
    class_text: str
    cmc: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ScopeView:
    """One scope as it is shown; `state` is coming, in_force or ended on the day asked."""

    pk: int
    kind: str
    kind_name: str
    number: str
    decision: str
    authority: str
    decided_on: date | None
    valid_from: date
    valid_to: date | None
    state: str
    carried_over: bool
    note: str
    lines: tuple[LineView, ...]


def cmc_at(
    organisation: Organisation, *, procedure: str, at: Decimal | None, unit: str, on: date
) -> Decimal | None:
    """This will give the CMC (expanded U, k = 2, in *unit*) at a value in *unit*, on a day.

    Where several lines cover the point the largest holds. Without a point the largest of the range holds. None when
    no accredited line covers procedure, point and kind of quantity: the result lies outside the accreditation.
    """
    found = [
        value
        for line in _lines(organisation, kind=ACCREDITATION, service="calibration", on=on)
        if procedure in line.procedures and (value := _capability_at(line, at=at, unit=unit)) is not None
    ]
    return max(found, default=None)


def is_accredited_at(
    organisation: Organisation, *, procedure: str, at: Decimal | None, unit: str, on: date
) -> bool:
    """This will say whether a result at a point lies inside the accreditation of the day."""
    return cmc_at(organisation, procedure=procedure, at=at, unit=unit, on=on) is not None


def _capability_at(line: ScopeLine, *, at: Decimal | None, unit: str) -> Decimal | None:
    span = Range(bound(line.range_from), bound(line.range_to), line.unit)
    absolute, absolute_unit = absolute_part(line.cmc_absolute)
    capability = Capability(absolute, absolute_unit, relative_part(line.cmc_relative))
    if at is None:
        return capability.expanded(at=span.largest(unit=unit), unit=unit)
    return capability.expanded(at=at, unit=unit) if span.holds(at, unit=unit) else None


def scope_standing(
    organisation: Organisation, *, service: str, kind_code: str, procedure: str, on: date
) -> ScopeStanding:
    """This will say which lines of designation and of accreditation cover a piece of work on its day.

    Verification by law needs a designation for the kind (Law on Measurement; NĐ 105/2016); an accreditation is never
    required, but its number may stand only on results inside it (ISO/IEC 17011, ILAC-P8).
    """

    def covering(kind: str) -> ScopeLine | None:
        lines = _lines(organisation, kind=kind, service=service, on=on)
        return next((line for line in lines if _covers(line, kind_code, procedure)), None)

    designation, accreditation = covering(DESIGNATION), covering(ACCREDITATION)
    return ScopeStanding(
        designation, accreditation, " ".join(_sentences(service, designation, accreditation, on=on))
    )


def _covers(line: ScopeLine, kind_code: str, procedure: str) -> bool:
    """A line that names kinds covers those, by the procedures it names if it names any."""
    if not line.kind_codes and not line.procedures:
        return line.scope.carried_over
    return (not line.kind_codes or kind_code in line.kind_codes) and (
        not line.procedures or procedure in line.procedures
    )


def _sentences(
    service: str, designation: ScopeLine | None, accreditation: ScopeLine | None, *, on: date
) -> Iterator[str]:
    day = f"{on:%d/%m/%Y}"
    if designation is not None and designation.scope.carried_over:
        until = designation.scope.valid_to
        yield _(
            "Tạm dùng chỉ định chuyển từ bản cũ đến {day}: nhập quyết định chỉ định và phạm vi trước ngày đó."
        ).format(day=f"{until:%d/%m/%Y}" if until else "…")
    elif designation is not None:
        yield _("Trong phạm vi chỉ định {number}.").format(number=designation.scope.number)
    elif service == "verification":
        yield _("Ngoài phạm vi chỉ định ngày {day}.").format(day=day)
    if accreditation is not None:
        yield _("Trong phạm vi công nhận {number}.").format(number=accreditation.scope.number)
    elif service == "calibration":
        yield _("Ngoài phạm vi công nhận ngày {day}.").format(day=day)


def _lines(organisation: Organisation, *, kind: str, service: str, on: date) -> QuerySet[ScopeLine]:
    """Lines in force on a day, the newest decision first, one carried over last."""
    return (
        ScopeLine.objects.filter(
            _in_force(on),
            _in_force(on, "scope__"),
            scope__organisation=organisation,
            scope__kind=kind,
            service=service,
        )
        .select_related("scope")
        .order_by("scope__carried_over", "-scope__valid_from", "id")
    )


def _in_force(on: date, prefix: str = "") -> Q:
    until = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    return Q(**{f"{prefix}valid_from__lte": on}) & until


def scopes_of(organisation: Organisation, *, on: date) -> tuple[ScopeView, ...]:
    """This will list the scopes of an organisation with their lines, those in force first, the newest first."""
    rows = Scope.objects.filter(organisation=organisation).prefetch_related("lines")
    order = ("in_force", "coming", "ended")
    return tuple(sorted((_view(row, on=on) for row in rows), key=lambda one: order.index(one.state)))


def scope_of(organisation: Organisation, pk: int) -> Scope:
    """This will find a scope of an organisation, refusing one that is not its own."""
    found = Scope.objects.filter(organisation=organisation, pk=pk).first()
    if found is None:
        raise NotFound(record=_("phạm vi"))
    return found


def _view(scope: Scope, *, on: date) -> ScopeView:
    ended = scope.valid_to is not None and scope.valid_to < on
    return ScopeView(
        pk=scope.pk,
        kind=scope.kind,
        kind_name=scope.get_kind_display(),
        number=scope.number,
        decision=scope.decision,
        authority=scope.authority,
        decided_on=scope.decided_on,
        valid_from=scope.valid_from,
        valid_to=scope.valid_to,
        state="ended" if ended else "coming" if scope.valid_from > on else "in_force",
        carried_over=scope.carried_over,
        note=scope.note,
        lines=tuple(_line_view(line) for line in scope.lines.all()),
    )


def _line_view(line: ScopeLine) -> LineView:
    ends = (line.range_from or "…", line.range_to or "…")
    span = f"{ends[0]} ÷ {ends[1]} {line.unit}".strip() if line.range_from or line.range_to else ""
    return LineView(
        pk=line.pk,
        service=line.get_service_display(),
        subject=str(line),
        quantity=line.quantity,
        range_text=span,
        class_text=line.class_text,
        cmc=" + ".join(part for part in (line.cmc_absolute, line.cmc_relative) if part),
        valid_from=line.valid_from,
        valid_to=line.valid_to,
    )
