"""How the buttons of reports are pressed; reports of every state are made for it."""

import copy

from quacan.centre.base.periods import period
from quacan.centre.ledger.models import ClosedPeriod
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.moves import GIVE_BACK, ISSUE, PREPARE, REPORT, SUBMIT, TAKE_OVER, WRITE
from quacan.centre.reporting.queries import outline_of, report_of
from quacan.centre.reporting.queries.composition import NOTE, REQUIRED


def every_word(report, act):
    """Something in every part that must be written, and a cause for every line of the annex."""
    annex = outline_of(report.organisation, period(report.period)).annex
    words = dict.fromkeys([*REQUIRED, *(NOTE + code for code in annex)], "Chưa có kinh phí.")
    return {"version": report.version, "words": words}


def reports():
    """A report nobody began on a closed period, and the same one in every state it can come to."""
    for closed in ClosedPeriod.objects.select_related("organisation").order_by("-pk")[:1]:
        report = report_of(closed.organisation, period(closed.code))
        yield copy.copy(report)
        report.outline = outline_of(report.organisation, period(report.period)).code
        for number, state in enumerate((Report.State.DRAFT, Report.State.SUBMITTED)):
            report.pk, report.state, report.outline = None, state, f"{report.outline}-{number}"
            report.words, report.prepared_by = every_word(report, None)["words"], "trung"
            report.save()
            yield copy.copy(report)
    yield from Report.objects.filter(state=Report.State.ISSUED)[:1]


PRESSES = {
    PREPARE: lambda report, act: {},
    WRITE: every_word,
    SUBMIT: lambda report, act: {},
    TAKE_OVER: lambda report, act: {},
    ISSUE: lambda report, act: {},
    GIVE_BACK: lambda report, act: {},
}
SAMPLES = {REPORT: reports}
