"""What reports and figures bring to the house."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Door, Lane, Record, Rows, Task
from quacan.centre.people.models import Person
from quacan.centre.reporting.definitions import indicators, outlines
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.moves import REPORT
from quacan.centre.reporting.queries import flaws, reports, reports_at


def _at(state: str, permission: str) -> Callable[[Person, date], Rows]:
    return lambda person, on: reports_at(person, state, permission, on=on)


def _page(report: Report) -> str:
    return reverse("reporting:report", args=[report.organisation.code, report.period])


def _task(report: Report, on: date) -> Task:
    return Task(report.title, report.get_state_display(), _page(report))


def _address(key: int) -> str:
    report = Report.objects.select_related("organisation").filter(pk=key).first()
    return _page(report) if report else ""


DEPARTMENT = Department(
    name=_("Báo cáo"),
    permissions={
        "reports.see": _("xem báo cáo"),
        "reports.prepare": _("soạn và trình báo cáo"),
        "reports.approve": _("duyệt và ban hành báo cáo"),
    },
    doors=(
        Door("reports", "steering", _("Báo cáo"), "reporting:reports", "chart-column", "reports.see", 320),
        Door("ledger", "steering", _("Sổ nghiệp vụ"), "reporting:book", "book-open", "ledger.see", 330),
    ),
    lanes=(
        Lane(
            "reports_approve",
            "reports",
            _("Báo cáo chờ duyệt"),
            _("Xem và duyệt"),
            "reports.approve",
            _at(Report.State.SUBMITTED, "reports.approve"),
            _task,
            70,
            url="reporting:reports",
        ),
        Lane(
            "reports_write",
            "reports",
            _("Báo cáo đang soạn"),
            _("Soạn tiếp"),
            "reports.prepare",
            _at(Report.State.DRAFT, "reports.prepare"),
            _task,
            130,
            url="reporting:reports",
        ),
    ),
    moves=(REPORT,),
    records=(
        Record(
            "reporting.Report", _("Báo cáo"), address=_address, rows=lambda person, on: reports(person, on=on)
        ),
    ),
    apart=(("reports.prepare", "reports.approve"),),
    deeds={
        "reporting.prepare_report": _("mở báo cáo"),
        "reporting.write_words": _("soạn báo cáo"),
        "reporting.submit_report": _("trình báo cáo"),
        "reporting.return_report": _("trả lại báo cáo"),
        "reporting.issue_report": _("ban hành báo cáo"),
        "reporting.close_figures": _("chốt số liệu kỳ"),
    },
    fields={
        "reporting.words": _("lời văn"),
        "reporting.prepared_by": _("người soạn"),
        "reporting.submitted_by": _("người trình"),
        "reporting.approved_by": _("người duyệt"),
    },
    flaws=flaws,
    flaws_order=70,
    definitions=(indicators, outlines),
)
