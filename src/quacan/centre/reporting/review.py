"""What a careful reader would mark on a report before it is submitted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from quacan.centre.activities.models import Activity
from quacan.centre.base.language.folding import fold
from quacan.centre.base.language.numbers import Language, format_percent
from quacan.centre.base.periods import period
from quacan.centre.base.refusals import Words
from quacan.centre.reporting.composing import NOTE, PARTS, REQUIRED
from quacan.centre.reporting.definitions import FIGURE, Outline
from quacan.centre.reporting.figures import IndicatorFigure, Scope
from quacan.centre.reporting.labels import indicator_name
from quacan.centre.reporting.models import Report

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
    def blocks(self) -> bool:
        """This will say whether the report cannot be submitted with it."""
        return self.kind == "missing"


def remarks(
    report: Report | None, scope: Scope, outline: Outline, computed: Iterable[IndicatorFigure]
) -> list[Remark]:
    """This will read a report as its approver would and list everything to look at."""
    known = {one.indicator.code: one for one in computed}
    words = report.words if report else {}
    found = []
    if report is not None:
        found += [*_missing_parts(words), *_missing_causes(words, outline, known)]
        found += _repeated(report, scope)
    return [*found, *_waiting(scope), *_empty(outline, known)]


def _missing_parts(words: Mapping[str, str]) -> Iterator[Remark]:
    for key in REQUIRED:
        if not words.get(key, "").strip():
            yield Remark("missing", _("Chưa viết phần {part}.").format(part=PARTS[key]), f"#w-{key}")


def _missing_causes(
    words: Mapping[str, str], outline: Outline, known: Mapping[str, IndicatorFigure]
) -> Iterator[Remark]:
    for code in outline.annex:
        one = known.get(code)
        if one is None or not one.is_behind or words.get(f"{NOTE}{code}", "").strip():
            continue
        lang: Language = "en" if (get_language() or "vi").startswith("en") else "vi"
        percent = "—" if one.percent_of_plan is None else format_percent(one.percent_of_plan, lang=lang)
        sentence = _("{name} {percent} kế hoạch: chưa có nguyên nhân.")
        yield Remark(
            "missing", sentence.format(name=indicator_name(one.indicator), percent=percent), f"#w-note-{code}"
        )


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
            yield Remark("repeated", sentence.format(part=name, period=period(source.period).title_vi), place)


def _waiting(scope: Scope) -> Iterator[Remark]:
    drafts = Activity.objects.filter(
        organisation_id__in=scope.organisation_ids,
        state=Activity.State.DRAFT,
        occurred_on__range=(scope.period.start, scope.period.end),
    ).count()
    if drafts and scope.closed is None:
        sentence = _("{n} hoạt động ghi nháp trong kỳ chưa được xác nhận nên chưa vào con số.")
        yield Remark("waiting", sentence.format(n=drafts), "/hoat-dong/?state=draft")


def _empty(outline: Outline, known: Mapping[str, IndicatorFigure]) -> Iterator[Remark]:
    named = {
        code for section in outline.sections for text in section.paragraphs for code in FIGURE.findall(text)
    }
    bare = [one for code, one in known.items() if code in named | set(outline.annex) and not one.entries]
    if not bare:
        return
    names = ", ".join(indicator_name(one.indicator) for one in bare[:MOST_NAMED])
    rest = len(bare) - MOST_NAMED
    more = _(" và {n} chỉ tiêu khác").format(n=rest) if rest > 0 else ""
    yield Remark("empty", _("Chưa có bút toán nào trong kỳ: {names}{more}.").format(names=names, more=more))
