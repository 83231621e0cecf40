"""The way of a report from draft to issue: where it stands, which steps are open, and why the others are not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.refusals import Words
from quacan.centre.base.shapes import Stage, stages_of
from quacan.centre.ledger.actions import PeriodNotOver
from quacan.centre.people.models import Person
from quacan.centre.reporting.figures import Scope
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.refusals import OwnReport, PeriodStillOpen
from quacan.centre.reporting.review import Remark

MOVES: Final[tuple[tuple[str, Words], ...]] = (
    ("none", gettext_lazy("Chưa soạn")),
    (Report.State.DRAFT, gettext_lazy("Đang soạn")),
    (Report.State.SUBMITTED, gettext_lazy("Chờ duyệt")),
    (Report.State.ISSUED, gettext_lazy("Đã ban hành")),
)
NoRight = Callable[..., list[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """A deed on a report: its door, what it is called, what keeps this person from it now."""

    door: str
    label: Words
    obstacles: tuple[str, ...]
    sign: str = ""
    kind: str = ""
    reason: Words = ""
    early: bool = False


def stages_of_report(report: Report | None) -> tuple[Stage, ...]:
    """This will give the strip of a report's stages."""
    return stages_of(MOVES[1:] if report else MOVES, now=report.state if report else "none")


def steps_of(
    report: Report | None,
    scope: Scope,
    person: Person,
    marks: Sequence[Remark],
    *,
    on: date,
    no_right: NoRight,
) -> list[Step]:
    """This will list the deeds that come next, each with every obstacle for this person today."""
    if report is not None and report.state == Report.State.ISSUED:
        return []
    organisation = scope.organisation
    steps = (
        []
        if scope.closed
        else [_closing(scope, no_right(person, "ledger.close_period", organisation, on=on), on)]
    )
    if report is None:
        obstacles = no_right(person, "reports.prepare", organisation, on=on)
        return [Step("prepare", gettext_lazy("Soạn báo cáo"), tuple(obstacles), "file-pen", "go"), *steps]
    if report.state == Report.State.DRAFT:
        return [*steps, _submitting(no_right(person, "reports.prepare", organisation, on=on), marks)]
    approval = no_right(person, "reports.approve", organisation, on=on)
    return [
        *steps,
        _issuing(report, scope, person, approval),
        Step(
            "give_back",
            gettext_lazy("Trả lại"),
            tuple(approval),
            "undo-2",
            reason=gettext_lazy("Lý do trả lại"),
        ),
    ]


def _closing(scope: Scope, right: list[str], on: date) -> Step:
    early = on < scope.period.end
    label = gettext_lazy("Chốt sớm số liệu") if early else gettext_lazy("Chốt số liệu")
    if early and on < scope.period.start:
        right = [*right, PeriodNotOver(period=scope.period.code, end=f"{scope.period.end:%d/%m/%Y}").sentence]
    return Step("close", label, tuple(right), "lock", early=early)


def _submitting(right: list[str], marks: Sequence[Remark]) -> Step:
    missing = sum(1 for mark in marks if mark.blocks)
    why = [_("Còn {n} chỗ thiếu, nêu ở khung “Cần xem”.").format(n=missing)] if missing else []
    return Step("submit", gettext_lazy("Trình duyệt"), (*right, *why), "send", "go")


def _issuing(report: Report, scope: Scope, person: Person, right: list[str]) -> Step:
    obstacles = list(right)
    if person.username in {report.prepared_by, report.submitted_by}:
        obstacles.append(OwnReport(person=person.full_name).sentence)
    if scope.closed is None:
        obstacles.append(PeriodStillOpen(period=scope.period.code).sentence)
    return Step("issue", gettext_lazy("Ký, ban hành"), tuple(obstacles), "award", "go")
