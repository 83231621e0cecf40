"""What a standard is due for: calibration, a check, maintenance, its return."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.standards.models import Loan, Maintenance, Standard
from quacan.centre.standards.queries.checking import plans_on
from quacan.centre.standards.queries.readiness import readiness

KINDS = (
    ("calibration", gettext_lazy("Hiệu chuẩn")),
    ("check", gettext_lazy("Kiểm tra giữa kỳ")),
    ("maintenance", gettext_lazy("Bảo dưỡng")),
    ("loan", gettext_lazy("Trả về")),
)


@dataclass(frozen=True, slots=True)
class Care:
    """One thing to be done to a standard by a day (None: at once), and where."""

    standard: Standard
    kind: str
    text: str
    due_on: date | None
    is_late: bool

    @property
    def label(self) -> str:
        """This will name the kind."""
        return str(dict(KINDS)[self.kind])

    @property
    def href(self) -> str:
        """This will give the page it is done on."""
        pages = {"check": "checks", "maintenance": "keeping", "loan": "keeping"}
        return reverse(f"standards:{pages.get(self.kind, 'standard')}", args=[self.standard.pk])


def care_due(rows: Iterable[Standard], *, on: date, within: int) -> list[Care]:
    """This will list what standards not withdrawn are due for in so many days, the most urgent first."""
    states = [one for one in readiness(rows, on=on) if one.state != Standard.State.WITHDRAWN]
    known = {one.standard.pk: one.standard for one in states}
    until = on + timedelta(days=within)
    found = []
    for one in states:
        certificate = one.certificate
        if certificate is None:
            found.append(Care(one.standard, "calibration", _("chưa có giấy chứng nhận"), None, True))
        elif certificate.valid_until <= until:
            text = _("giấy chứng nhận {number}").format(number=certificate.number)
            due_on = certificate.valid_until
            found.append(Care(one.standard, "calibration", text, due_on, due_on < on))
    found += _checks(known, on, until)
    found += _maintenance(known, on, until)
    for loan in Loan.objects.filter(standard__in=known, returned_on=None, due_on__lte=until):
        text = _("{borrower} đang mượn").format(borrower=loan.borrower)
        found.append(Care(known[loan.standard_id], "loan", text, loan.due_on, loan.due_on < on))
    return sorted(
        found, key=lambda one: (one.due_on is not None, one.due_on or on, one.standard.code, one.kind)
    )


def _checks(known: dict[int, Standard], on: date, until: date) -> list[Care]:
    found = []
    for key, states in plans_on(known.values(), on=on).items():
        for state in states:
            if state.control.is_out and state.obstacle:
                last = state.checks[-1].on
                found.append(
                    Care(known[key], "check", _("{plan}: vượt kiểm soát").format(plan=state.plan), last, True)
                )
            elif state.due_on <= until:
                found.append(Care(known[key], "check", str(state.plan), state.due_on, state.due_on < on))
    return found


def _maintenance(known: dict[int, Standard], on: date, until: date) -> list[Care]:
    """The newest event of each kind says when the next is due."""
    newest: dict[tuple[int, str], Maintenance] = {}
    for event in Maintenance.objects.filter(standard__in=known, on__lte=on).order_by("on", "id"):
        newest[event.standard_id, event.kind] = event
    return [
        Care(known[key], "maintenance", event.get_kind_display(), event.next_due_on, event.next_due_on < on)
        for (key, _kind), event in newest.items()
        if event.next_due_on is not None and event.next_due_on <= until
    ]
