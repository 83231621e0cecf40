"""What is done with a report: begun, written, submitted, given back or signed by somebody else than its author."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves
from quacan.centre.base.periods import period
from quacan.centre.base.refusals import Refusal
from quacan.centre.ledger.queries import closed_period
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.queries import missing_words, outline_of
from quacan.centre.reporting.refusals import (
    AlreadyAuthor,
    NotASigner,
    OutlineMissing,
    OwnReport,
    PeriodStillOpen,
    ReportIncomplete,
)

SIGNING = "reports.approve"
State = Report.State


def _has_an_outline(report: Report, actor: Actor, on: date) -> Iterator[Refusal]:
    try:
        outline_of(report.organisation, period(report.period))
    except OutlineMissing as refusal:
        yield refusal


def _is_whole(report: Report, actor: Actor, on: date) -> Iterator[Refusal]:
    if missing := missing_words(report):
        yield ReportIncomplete(missing=missing)


def _by_another(report: Report, actor: Actor, on: date) -> Iterator[Refusal]:
    if report.prepared_by == actor.username:
        yield AlreadyAuthor(person=actor.full_name)


def _may_be_signed(report: Report, actor: Actor, on: date) -> Iterator[Refusal]:
    if not isinstance(actor, Person):
        yield NotASigner(person=actor.full_name)
    authors = {report.prepared_by, report.submitted_by}
    if actor.username in authors:
        signers = people_with(SIGNING, report.organisation, on=on)
        others = ", ".join(one.full_name for one in signers if one.username not in authors)
        yield OwnReport(person=actor.full_name, others=others or _now("chưa có ai"))
    if closed_period(report.organisation, report.period) is None:
        yield PeriodStillOpen(period=report.period)
    yield from _is_whole(report, actor, on)


REPORT = Moves(
    "reporting.Report",
    ends=frozenset({State.ISSUED}),
    tones={"draft": "info", "submitted": "open", "issued": "pass"},
)
PREPARE = REPORT.move(
    "prepare", _("Soạn báo cáo"), "reports.prepare", source=State.NONE, target=State.DRAFT,
    hindrances=_has_an_outline, icon="file-pen", tone="go",
)  # fmt: skip
WRITE = REPORT.move("write", _("Sửa lời văn"), "reports.prepare", source=State.DRAFT, icon="pen-line")
SUBMIT = REPORT.move(
    "submit", _("Trình duyệt"), "reports.prepare", source=State.DRAFT, target=State.SUBMITTED,
    hindrances=_is_whole, icon="send", tone="go",
)  # fmt: skip
TAKE_OVER = REPORT.move(
    "take_over", _("Nhận soạn"), "reports.prepare", source=State.DRAFT, hindrances=_by_another,
    icon="user-check",
)  # fmt: skip
ISSUE = REPORT.move(
    "issue", _("Ký, ban hành"), SIGNING, source=State.SUBMITTED, target=State.ISSUED,
    hindrances=_may_be_signed, icon="award", tone="go",
)  # fmt: skip
GIVE_BACK = REPORT.move(
    "give_back", _("Trả lại"), SIGNING, source=State.SUBMITTED, target=State.DRAFT,
    reason=_("Lý do trả lại"), icon="undo-2",
)  # fmt: skip
