"""What a careful reader would mark on a report before it is submitted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.activities.models import Activity
from quacan.centre.base.language.folding import fold
from quacan.centre.base.language.numbers import Language, format_percent
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.periods import period
from quacan.centre.base.refusals import Words
from quacan.centre.base.shapes import Tone
from quacan.centre.reporting.definitions import FIGURE, Outline
from quacan.centre.reporting.models import Report
from quacan.centre.reporting.queries.composition import NOTE, PARTS, REQUIRED
from quacan.centre.reporting.queries.figures import IndicatorFigure, Scope, planned_figures, scope_of
from quacan.centre.reporting.queries.reports import Findings, outline_of

SHORTEST_REPEAT = 30
MOST_NAMED = 4

Kind = Literal["missing", "repeated", "waiting", "empty", "open"]
WORDS: Mapping[Kind, Words] = {
    "missing": gettext_lazy("thiếu"),
    "repeated": gettext_lazy("trùng"),
    "waiting": gettext_lazy("chờ"),
    "empty": gettext_lazy("trống"),
    "open": gettext_lazy("chưa chốt"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: its kind, a sentence, where on the page or elsewhere it is put right."""

    kind: Kind
    sentence: str
    href: str = ""

    @property
    def word(self) -> Words:
        """This will give the word of the kind."""
        return WORDS[self.kind]

    @property
    def tone(self) -> Tone:
        """This will give the tone it is shown in: open for what the author must see to."""
        return "open" if self.kind in {"missing", "repeated"} else ""


def remarks(findings: Findings) -> list[Remark]:
    """This will read a report as its approver would and list everything to look at; of an issued one nothing."""
    report, scope, outline = findings.report, findings.scope, findings.outline
    if report.state == Report.State.ISSUED:
        return []
    begun = [] if report.state == Report.State.NONE else [*_missing(findings), *_repeated(report, scope)]
    return [*begun, *_waiting(scope), *_empty(outline, findings.known)]


def missing_words(report: Report) -> list[str]:
    """This will list what a report lacks to be submitted: required parts, a cause for all that is behind plan."""
    scope = scope_of(report.organisation, period(report.period))
    annex = outline_of(report.organisation, scope.period).annex
    causes = without_cause(report.words, planned_figures(scope, annex))
    return [
        *(str(PARTS[key]) for key in unwritten(report.words)),
        *(_("nguyên nhân chưa đạt “{name}”").format(name=one.indicator.name) for one in causes),
    ]


def unwritten(words: Mapping[str, str]) -> list[str]:
    """This will list the required parts nobody wrote."""
    return [key for key in REQUIRED if not words.get(key, "").strip()]


def without_cause(words: Mapping[str, str], annex: Iterable[IndicatorFigure]) -> list[IndicatorFigure]:
    """This will list the figures behind their plan for which nobody wrote why."""
    return [one for one in annex if one.is_behind and not words.get(NOTE + one.indicator.code, "").strip()]


def _missing(findings: Findings) -> Iterator[Remark]:
    for key in unwritten(findings.report.words):
        yield Remark("missing", _("Chưa viết phần {part}.").format(part=PARTS[key]), f"#w-{key}")
    yield from _missing_causes(findings)


def _missing_causes(findings: Findings) -> Iterator[Remark]:
    lang: Language = "en" if is_english() else "vi"
    for one in without_cause(findings.report.words, findings.annex):
        percent = "—" if one.percent_of_plan is None else format_percent(one.percent_of_plan, lang=lang)
        sentence = _("{name} {percent} kế hoạch: chưa có nguyên nhân.")
        said = sentence.format(name=one.indicator.name, percent=percent)
        yield Remark("missing", said, f"#w-note-{one.indicator.code}")


def _repeated(report: Report, scope: Scope) -> Iterator[Remark]:
    """Words of some length that stand letter for letter in an earlier report of the same organisation."""
    earlier = (
        Report.objects.filter(organisation=report.organisation).exclude(pk=report.pk).order_by("-period")
    )
    before = [one for one in earlier[:8] if period(one.period).end < scope.period.end]
    for key, text in report.words.items():
        mine = fold(text)
        source = next((one for one in before if fold(one.words.get(key, "")) == mine), None)
        if source is not None and len(mine) >= SHORTEST_REPEAT:
            name = PARTS.get(key, _("ghi chú phụ lục") if key.startswith(NOTE) else _("lời thêm"))
            sentence = _("Đoạn “{part}” giống hệt báo cáo {period}.")
            place = f"#w-{key.replace(':', '-')}"
            yield Remark("repeated", sentence.format(part=name, period=period(source.period).title), place)


def _waiting(scope: Scope) -> Iterator[Remark]:
    drafts = Activity.objects.filter(
        organisation_id__in=scope.organisation_ids,
        state=Activity.State.DRAFT,
        occurred_on__range=(scope.period.start, scope.period.end),
    ).count()
    if drafts and scope.closed is None:
        sentence = _("{n} hoạt động ghi nháp trong kỳ chưa được xác nhận nên chưa vào con số.")
        yield Remark("waiting", sentence.format(n=drafts), f"{reverse('activities:activities')}?state=draft")


def _empty(outline: Outline, known: Mapping[str, IndicatorFigure]) -> Iterator[Remark]:
    named = {
        code for section in outline.sections for text in section.paragraphs for code in FIGURE.findall(text)
    }
    bare = [one for code, one in known.items() if code in named | set(outline.annex) and not one.entries]
    if not bare:
        return
    names = ", ".join(str(one.indicator.name) for one in bare[:MOST_NAMED])
    rest = len(bare) - MOST_NAMED
    more = _(" và {n} chỉ tiêu khác").format(n=rest) if rest > 0 else ""
    yield Remark("empty", _("Chưa có bút toán nào trong kỳ: {names}{more}.").format(names=names, more=more))
