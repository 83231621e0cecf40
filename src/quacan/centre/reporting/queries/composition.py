"""Outline + figures + words → the report as it will be printed. The paper is Vietnamese whoever reads the screen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal, cast

from django.utils.translation import gettext_lazy

from quacan.centre.base.actors import HERE
from quacan.centre.base.language.numbers import NO_BREAK_SPACE, format_number, format_percent, two_digit
from quacan.centre.base.refusals import Words
from quacan.centre.reporting.definitions import FIGURE, Outline, OutlineSection
from quacan.centre.reporting.papers import AnnexRow, Figure, Inline, Paragraph, ReportPaper, Section
from quacan.centre.reporting.queries.figures import UNSTATED, IndicatorFigure, Scope

LIMITATIONS: Final = "limitations"
CAUSES: Final = "causes"
NEXT_TASKS: Final = "next_tasks"
ASSESSMENT: Final = "assessment"
PROPOSALS: Final = "proposals"
OPENING: Final = "opening"
ASSESSMENT_HEADING: Final = "Đánh giá chung"
REQUIRED: Final = (LIMITATIONS, CAUSES, NEXT_TASKS)
PARTS: Final[Mapping[str, Words]] = {
    OPENING: gettext_lazy("mở đầu"),
    ASSESSMENT: gettext_lazy("đánh giá chung"),
    LIMITATIONS: gettext_lazy("hạn chế, khó khăn"),
    CAUSES: gettext_lazy("nguyên nhân"),
    NEXT_TASKS: gettext_lazy("nhiệm vụ kỳ tới"),
    PROPOSALS: gettext_lazy("kiến nghị, đề xuất"),
}
NOTE: Final = "note:"
SECTION: Final = "section:"
NO_FIGURE: Final = "chưa có số liệu"
SIGNER_TITLE: Final = "Giám đốc"

Figures = Mapping[str, IndicatorFigure]
Filled = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Signing:
    """What issue adds to a report: its number as the register wrote it, its day, who signs."""

    number: str
    symbol: str
    dated_on: date
    signer_title: str
    signer_name: str


def report_paper(
    scope: Scope,
    outline: Outline,
    computed: Iterable[IndicatorFigure],
    *,
    words: Filled,
    stamped_at: datetime,
    signing: Signing | None = None,
) -> ReportPaper:
    """This will compose the report: figures where the outline asks for them, words where the author typed them.

    Without *signing* it is a draft. *stamped_at*, to the second, is the only instant that enters the files.
    """
    known = {one.indicator.code: one for one in computed}
    organisation = scope.organisation
    return ReportPaper(
        parent=organisation.parent.name if organisation.parent else "",
        organisation=organisation.name,
        symbol=signing.symbol if signing else f"{outline.symbol_kind}-{organisation.symbol}",
        place=organisation.place,
        subject=subject_of(outline, scope),
        sections=(*_sections(outline, known, words), *_assessment(known, words)),
        limitations=limitations_of(known, words),
        next_tasks=paragraphs(words.get(NEXT_TASKS, ""), known),
        proposals=paragraphs(words.get(PROPOSALS, ""), known),
        signer_title=signing.signer_title if signing else SIGNER_TITLE,
        signer_name=signing.signer_name if signing else "",
        stamped_at=stamped_at.replace(microsecond=0),
        number=signing.number if signing else None,
        dated_on=signing.dated_on if signing else None,
        opening=paragraphs(words.get(OPENING, ""), known),
        annex=annex(outline, known, words),
        period_text=period_text(scope),
        recipients=outline.recipients,
    )


def subject_of(outline: Outline, scope: Scope) -> str:
    """This will give the subject line: “Kết quả công tác 6 tháng đầu năm 2022 …”."""
    return outline.title_vi.format(period=scope.period.title.vi)


def period_text(scope: Scope) -> str:
    """This will say which period the figures are of and when they were fixed."""
    title = scope.period.title.vi[:1].upper() + scope.period.title.vi[1:]
    if scope.cutoff is None:
        return f"({title}; số liệu chưa chốt)"
    return f"({title}; số liệu chốt lúc {scope.cutoff.astimezone(HERE):%H giờ %M ngày %d/%m/%Y})"


def _sections(outline: Outline, known: Figures, words: Filled) -> Iterator[Section]:
    for section in outline.sections:
        body = (
            *(woven(text, known) for text in section.paragraphs),
            *paragraphs(words.get(f"{SECTION}{section.key}", ""), known),
        )
        yield Section(section.heading, body, _level(section))


def _level(section: OutlineSection) -> Literal[1, 2, 3]:
    return cast(Literal[1, 2, 3], section.level)


def _assessment(known: Figures, words: Filled) -> Iterator[Section]:
    body = paragraphs(words.get(ASSESSMENT, ""), known)
    if body:
        yield Section(ASSESSMENT_HEADING, body)


def limitations_of(known: Figures, words: Filled) -> tuple[Paragraph, ...]:
    """This will give the limitations, then their causes introduced by the word."""
    causes = paragraphs(words.get(CAUSES, ""), known)
    if causes:
        first: Paragraph = ("Nguyên nhân: ", *causes[0])
        causes = (first, *causes[1:])
    return (*paragraphs(words.get(LIMITATIONS, ""), known), *causes)


def paragraphs(text: str, known: Figures) -> tuple[Paragraph, ...]:
    """This will split typed words into paragraphs, one per line, with the figures they name woven in."""
    return tuple(woven(line.strip(), known) for line in text.splitlines() if line.strip())


def woven(text: str, known: Figures) -> Paragraph:
    """This will put figures where ``{indicator}`` stands; a code that is no indicator stays visible as typed."""
    parts: list[Inline] = []
    at = 0
    for found in FIGURE.finditer(text):
        one = known.get(found[1])
        if one is None:
            continue
        parts += [text[at : found.start()], Figure(found[1], figure_text(one), _plain(one.value))]
        at = found.end()
    parts.append(text[at:])
    return tuple(part for part in parts if part != "")


def unknown_codes(text: str, known: Iterable[str]) -> list[str]:
    """This will list the ``{codes}`` in typed words that no indicator has."""
    return sorted(set(FIGURE.findall(text)) - set(known))


def figure_text(one: IndicatorFigure) -> str:
    """This will print a figure in a sentence: 02, 515, 96,7 %, 1.934.000, >500, “không nêu số”."""
    return _qualified(one, _number_text(one, two_digits=True))


def annex_text(one: IndicatorFigure) -> str:
    """This will print a figure in a table cell: 2, 515, 96,7, >500, “không nêu số”."""
    return _qualified(one, _number_text(one, two_digits=False))


def _qualified(one: IndicatorFigure, text: str) -> str:
    if one.value is None:
        return UNSTATED if one.qualifier == UNSTATED else NO_FIGURE
    if one.qualifier == UNSTATED:
        return f"{text} (có phần {UNSTATED})"
    if one.qualifier.isalpha():
        return f"{one.qualifier}{NO_BREAK_SPACE}{text}"
    return f"{one.qualifier}{text}"


def _number_text(one: IndicatorFigure, *, two_digits: bool) -> str:
    value, unit = one.value, one.indicator.unit.vi
    if value is None:
        return ""
    whole = value == value.to_integral_value()
    if unit == "%" and two_digits:
        return format_percent(value, 0 if whole else one.indicator.decimals)
    if not whole:
        return format_number(value, one.indicator.decimals or None)
    if two_digits and unit not in {"đồng", "%"} and 0 < value < 10:
        return two_digit(int(value))
    return format_number(int(value))


def value_text(value: Decimal | None) -> str:
    """This will print a plan, a percentage or last year's value in a table cell, every digit kept."""
    return "" if value is None else format_number(int(value) if value == value.to_integral_value() else value)


def annex(outline: Outline, known: Figures, words: Filled) -> tuple[AnnexRow, ...]:
    """This will set plan, result, percentage, last year and note side by side, under the headings of the groups."""
    rows: list[AnnexRow] = []
    group = ""
    for code in outline.annex:
        one = known.get(code)
        if one is None:
            continue
        if one.indicator.group.vi != group:
            group = one.indicator.group.vi
            rows.append(AnnexRow(group, heading=True))
        rows.append(_annex_row(one, words.get(f"{NOTE}{code}", "").strip()))
    return tuple(rows)


def _annex_row(one: IndicatorFigure, note: str) -> AnnexRow:
    percent, basis = one.percent_of_plan, one.indicator.basis_vi
    return AnnexRow(
        name=f"{one.indicator.name.vi} ({basis})" if basis else one.indicator.name.vi,
        unit=one.indicator.unit.vi,
        plan=_cell(one, one.plan, value_text(one.plan)),
        actual=Figure(one.indicator.code, annex_text(one), _plain(one.value)),
        percent=_cell(one, percent, "" if percent is None else format_number(percent, 1)),
        last_year=_cell(one, one.last_year, value_text(one.last_year)),
        note=note,
    )


def _cell(one: IndicatorFigure, value: Decimal | None, text: str) -> Figure | None:
    return None if value is None else Figure(one.indicator.code, text, _plain(value))


def _plain(value: Decimal | None) -> Decimal | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value
