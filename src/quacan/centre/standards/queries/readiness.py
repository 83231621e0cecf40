"""Reads of standards: which certificate may be used on a day, why not, what is due."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.standards.models import Loan, Maintenance, Standard, StandardCertificate, StandardMove
from quacan.centre.standards.queries.checking import plans_on
from quacan.centre.standards.refusals import (
    StandardAltered,
    StandardExpired,
    StandardUnderCalibration,
    StandardWithdrawn,
    StandardWithoutCertificate,
)
from quacan.centre.standards.rules import StandardValue, days_left, read_value


@dataclass(frozen=True, slots=True)
class Readiness:
    """A standard on a day: the certificate in force or last in force, days left in it, and the obstacle if any.

    *check* is the obstacle of its checks between calibrations, *loan* who has it that day (others may not use it).
    """

    standard: Standard
    state: str
    state_label: str
    certificate: StandardCertificate | None
    days_left: int | None
    obstacle: Refusal | None
    check: Refusal | None = None
    loan: Loan | None = None

    @property
    def word(self) -> str:
        """This will say in a word whether it may be used that day."""
        if self.obstacle is None:
            return (
                _("Kiểm tra giữa kỳ") if self.check else _("Đang cho mượn") if self.loan else _("Dùng được")
            )
        if self.state != Standard.State.IN_USE:
            return self.state_label
        if self.certificate is None:
            return _("Chưa có giấy")
        return _("Hết hạn") if self.days_left is not None and self.days_left < 0 else _("Phải hiệu chuẩn lại")

    @property
    def tone(self) -> str:
        """This will give the tone of that word; a standard withdrawn is nobody's trouble."""
        if self.obstacle is None:
            return "fail" if self.check else "open" if self.loan else "pass"
        return "fail" if self.is_needed else ""

    @property
    def is_needed(self) -> bool:
        """This will say whether somebody counts on it: it is not withdrawn."""
        return self.state != Standard.State.WITHDRAWN


def standards_seen_by(person: Person, *, on: date) -> QuerySet[Standard]:
    """This will list the standards a person may see."""
    return visible(Standard.objects.select_related("organisation", "unit"), person, "standards.see", on=on)


def standard_seen_by(person: Person, pk: int, *, on: date) -> Standard:
    """This will find one standard, refusing the unknown and what the person may not see."""
    found = standards_seen_by(person, on=on).filter(pk=pk).first()
    if found is None:
        raise NotFound(record=_("chuẩn số {pk}").format(pk=pk))
    return found


def usable_certificate(standard: Standard, on: date) -> StandardCertificate:
    """This will give the certificate that supports readings of a day, or refuse by name.

    StandardUnderCalibration, StandardWithdrawn, StandardWithoutCertificate or StandardExpired; the state is the
    one the standard had on that day.
    """
    ready = readiness([standard], on=on)[0]
    if ready.obstacle is not None:
        raise ready.obstacle
    if ready.certificate is None:
        raise StandardWithoutCertificate(standard=str(standard), on=on)
    return ready.certificate


def standards_for(organisation: Organisation, kind: str | None, on: date) -> list[Readiness]:
    """This will list an organisation's standards of a kind (None: all), the usable first."""
    rows = Standard.objects.filter(organisation=organisation)
    found = readiness(rows if kind is None else rows.filter(kind=kind), on=on)
    return sorted(found, key=lambda one: (one.obstacle is not None, one.standard.code))


def due_standards(rows: Iterable[Standard], *, on: date, within: int = 60) -> list[Readiness]:
    """This will list the standards not withdrawn whose certificate has ended or ends soon, most urgent first."""
    found = [r for r in readiness(rows, on=on) if r.state != Standard.State.WITHDRAWN]
    urgent = [r for r in found if r.days_left is None or r.days_left <= within]
    return sorted(urgent, key=lambda one: (one.days_left is not None, one.days_left or 0, one.standard.code))


def values_of(certificate: StandardCertificate) -> tuple[StandardValue, ...]:
    """This will read the values of a certificate as exact numbers."""
    return tuple(read_value(row, number) for number, row in enumerate(certificate.values, start=1))


def readiness(standards: Iterable[Standard] | QuerySet[Standard], *, on: date) -> list[Readiness]:
    """This will judge standards on a day, in six further queries however many they are."""
    known = list(standards)
    certificates: dict[int, StandardCertificate] = {}
    of_these = StandardCertificate.objects.filter(standard__in=known, issued_on__lte=on)
    for certificate in of_these.order_by("issued_on", "valid_until", "id"):
        certificates[certificate.standard_id] = certificate
    moves: dict[int, StandardMove] = {}
    for move in StandardMove.objects.filter(standard__in=known, on__lte=on).order_by("on", "id"):
        moves[move.standard_id] = move
    altered: dict[int, Maintenance] = {}
    events = Maintenance.objects.filter(standard__in=known, on__lte=on, changes_values=True)
    for event in events.order_by("on", "id"):
        altered[event.standard_id] = event
    away = Loan.objects.filter(standard__in=known, from_on__lte=on).select_related("unit", "person")
    loans = {loan.standard_id: loan for loan in away.filter(Q(returned_on=None) | Q(returned_on__gt=on))}
    plans = plans_on(known, on=on)
    found = []
    for one in known:
        judged = _judged(one, certificates.get(one.pk), moves.get(one.pk), altered.get(one.pk), on)
        states = plans.get(one.pk, [])
        check = next((state.obstacle for state in states if state.obstacle), None)
        found.append(replace(judged, check=check, loan=loans.get(one.pk)))
    return found


def _judged(
    standard: Standard,
    certificate: StandardCertificate | None,
    move: StandardMove | None,
    altered: Maintenance | None,
    on: date,
) -> Readiness:
    state = move.state if move else Standard.State.IN_USE
    left = days_left(certificate.valid_until, on) if certificate else None
    return Readiness(
        standard=standard,
        state=state,
        state_label=str(Standard.State(state).label),
        certificate=certificate,
        days_left=left,
        obstacle=_obstacle(standard, certificate, move, on) or _altered(standard, certificate, altered),
    )


def _altered(
    standard: Standard, certificate: StandardCertificate | None, event: Maintenance | None
) -> Refusal | None:
    if event is None or certificate is None or event.on <= certificate.issued_on:
        return None
    return StandardAltered(
        standard=str(standard),
        kind=event.get_kind_display().lower(),
        on=event.on,
        certificate=certificate.number,
    )


def _obstacle(
    standard: Standard, certificate: StandardCertificate | None, move: StandardMove | None, on: date
) -> Refusal | None:
    name = str(standard)
    if move is not None and move.state == Standard.State.UNDER_CALIBRATION:
        return StandardUnderCalibration(standard=name, since=move.on)
    if move is not None and move.state == Standard.State.WITHDRAWN:
        return StandardWithdrawn(standard=name, since=move.on)
    if certificate is None:
        return StandardWithoutCertificate(standard=name, on=on)
    if certificate.valid_until < on:
        return StandardExpired(
            standard=name, certificate=certificate.number, valid_until=certificate.valid_until
        )
    return None


def certificates_of(standard: Standard) -> QuerySet[StandardCertificate]:
    """This will list a standard's certificates, the newest first, with the files kept of them."""
    return standard.certificates.select_related("document").prefetch_related(Prefetch("document__files"))
