"""The procedures of the house as screens show them: what each asks for, where its numbers come from, its cases run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.chain import digest
from quacan.centre.base.language.folding import fold
from quacan.centre.base.language.texts import Text, is_english
from quacan.centre.base.refusals import NotFound
from quacan.centre.base.refusals import Words as Words
from quacan.centre.contracts.models import EventKind, Service
from quacan.centre.examinations.models import Reading
from quacan.centre.examinations.queries.charts import charts_of
from quacan.centre.examinations.queries.sheet_view import StepView, steps_of
from quacan.centre.examinations.queries.words import confidence_word
from quacan.centre.examinations.rules import conclusion, said
from quacan.centre.examinations.rules.charts import Chart
from quacan.centre.instruments.catalogue import kinds
from quacan.centre.verification.library import Shelf, cases_of, every_limit, limits_of, shelves, tables_used
from quacan.metrology.procedure import (
    Case,
    DefinitionRefused,
    Procedure,
    evaluate,
    prepare,
    read_procedure_text,
    run_case,
)
from quacan.metrology.procedure.cases import case_cells
from quacan.metrology.procedure.definition import EmptyLimit, Limit, Point, Problem, Step, TableLimit
from quacan.metrology.procedure.definition import Text as Said


class Labelled(Protocol):
    """A part of a procedure with the key formulas call it by and its name in two languages."""

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> Said: ...


NAME: Final = re.compile(r"[A-Za-z]\w*")
STEP_KINDS: Final[Mapping[str, Words]] = {
    "checklist": gettext_lazy("danh mục kiểm tra"),
    "readings": gettext_lazy("số đọc"),
    "series": gettext_lazy("đo lặp"),
    "comparison": gettext_lazy("so sánh với chuẩn"),
    "computed": gettext_lazy("tính từ bước trước"),
    "note": gettext_lazy("ghi chú"),
}
DISCIPLINES: Final[Mapping[str, Words]] = {
    "chemistry": gettext_lazy("Hóa lý"),
    "electricity": gettext_lazy("Điện, điện từ"),
    "flow": gettext_lazy("Lưu lượng"),
    "length": gettext_lazy("Độ dài"),
    "mass": gettext_lazy("Khối lượng"),
    "medical": gettext_lazy("Y tế"),
    "pressure": gettext_lazy("Áp suất"),
    "temperature": gettext_lazy("Nhiệt độ"),
    "volume": gettext_lazy("Dung tích"),
}


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """One version of a procedure in the library."""

    code: str
    version: str
    title: str
    method: str
    discipline: Words
    service: str
    kinds: str
    in_force: bool
    period: str
    trust: str
    confidence: str
    cases: int
    empty_limits: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a part of a procedure comes from and how far it is trusted."""

    path: str
    reference: str
    trust: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A worked case run now: the verdict it must come to, the one it came to, every difference."""

    name: str
    about: str
    event: str
    expected: str
    verdict: str
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as the procedure declares it."""

    title: str
    kind: Words
    points: str
    columns: str
    formulas: str
    limit: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """One version of a procedure, everything it declares and its cases run."""

    row: ProcedureRow
    other_versions: tuple[str, ...]
    events: tuple[str, ...]
    characteristics: tuple[str, ...]
    standards: tuple[tuple[str, str], ...]
    steps: tuple[StepRow, ...]
    models: tuple[tuple[str, str, str], ...]
    sources: tuple[SourceRow, ...]
    tables: tuple[str, ...]
    cases: tuple[CaseRow, ...]
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A worked case laid out as the worksheet it would be."""

    row: CaseRow
    characteristics: tuple[tuple[str, str], ...]
    steps: tuple[StepView, ...]
    charts: tuple[Chart, ...]
    verdict: str
    sentences: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checker says of a definition: every problem, or the procedure it stands for."""

    problems: tuple[tuple[str, str], ...]
    title: str
    steps: tuple[StepRow, ...]


def procedure_rows(*, asked: str, discipline: str, service: str, on: date) -> list[ProcedureRow]:
    """This will list the versions in the library that match, by title; *asked* is folded text."""
    wanted = fold(asked).split()
    rows = [
        _row(shelf, on)
        for shelf in shelves()
        if discipline in ("", shelf.procedure.discipline) and service in ("", shelf.procedure.service)
    ]
    found = [
        row
        for row in rows
        if all(word in fold(f"{row.title} {row.code} {row.method} {row.kinds}") for word in wanted)
    ]
    return sorted(found, key=lambda row: (fold(row.title), row.version))


def shelf_of(code: str, version: str, *, on: date) -> Shelf:
    """This will find a version of a procedure: the one named, else the one in force, else the newest."""
    named = [shelf for shelf in shelves() if shelf.procedure.code == code]
    if version:
        named = [shelf for shelf in named if shelf.procedure.version == version]
    if not named:
        raise NotFound(record=_("quy trình {code} {version}").format(code=code, version=version).strip())
    governing = [shelf for shelf in named if shelf.procedure.is_in_force(on=on)]
    return (governing or named)[-1]


def procedure_page(shelf: Shelf, *, on: date) -> ProcedurePage:
    """This will open one version of a procedure and run its cases."""
    procedure = shelf.procedure
    versions = [one.procedure.version for one in shelves() if one.procedure.code == procedure.code]
    return ProcedurePage(
        row=_row(shelf, on),
        other_versions=tuple(one for one in versions if one != procedure.version),
        events=tuple(str(EventKind(event).label) for event in procedure.events),
        characteristics=tuple(
            f"{said(one.label, english=is_english())}{f' ({one.unit})' if one.unit not in ('', '1') else ''}"
            for one in procedure.characteristics
        ),
        standards=tuple(
            (
                said(need.label, english=is_english()),
                f"{need.source.reference} ({confidence_word(need.source.confidence)})",
            )
            for need in procedure.standards
        ),
        steps=_step_rows(procedure),
        models=tuple(
            (
                said(model.measurand, english=is_english()),
                _named(model.expression.text, _labels(model.inputs)),
                "; ".join(said(one.label, english=is_english()) for one in model.inputs),
            )
            for model in procedure.uncertainty
        ),
        sources=tuple(
            SourceRow(path, source.reference, confidence_word(source.confidence), source.note)
            for path, source in procedure.sources().items()
        ),
        tables=tuple(sorted(tables_used(procedure))),
        cases=tuple(_run(shelf, name, case) for name, case in cases_of(procedure).items()),
        text=shelf.text,
        sha256=digest(shelf.text),
    )


def case_page(shelf: Shelf, name: str) -> CasePage:
    """This will lay a worked case out as a worksheet, judged by the procedure and its limits."""
    case = cases_of(shelf.procedure).get(name)
    if case is None:
        raise NotFound(record=_("tình huống {name}").format(name=name))
    cells = case_cells(shelf.procedure, case)
    prepared = prepare(
        shelf.procedure,
        characteristics=case.characteristics,
        event=case.event,
        on=case.on,
        conditions=case.conditions,
        limits=limits_of(shelf),
    )
    result = evaluate(prepared, cells=cells)
    typed = {cell: Reading(cell=cell, text=text, revision=1) for cell, text in cells.items()}
    return CasePage(
        row=_run(shelf, name, case),
        characteristics=tuple(
            (said(one.label, english=is_english()), case.characteristics.get(one.key, "—"))
            for one in shelf.procedure.characteristics
        ),
        steps=steps_of(prepared, result, typed, uses={}),
        charts=charts_of(
            prepared,
            result,
            frozen_as=f"{digest(shelf.text)} {digest(shelf.limits_text)}",
            english=is_english(),
        ),
        verdict=str(result.verdict),
        sentences=tuple(conclusion(result, english=is_english())),
        day=case.on,
    )


def checked(text: str) -> Checked:
    """This will explain every problem of a definition's text, or say what it declares when there is none."""
    try:
        procedure = read_procedure_text(text, known_limits=every_limit())
    except DefinitionRefused as refused:
        return Checked(tuple(map(_problem, refused.problems)), "", ())
    return Checked((), said(procedure.title, english=is_english()), _step_rows(procedure))


def _problem(problem: Problem) -> tuple[str, str]:
    return problem.path, problem.en if is_english() else problem.vi


def _row(shelf: Shelf, on: date) -> ProcedureRow:
    procedure = shelf.procedure
    names = {kind.code: str(kind.name) for kind in kinds()}
    ends = f"{procedure.in_force_to:%d/%m/%Y}" if procedure.in_force_to else ""
    return ProcedureRow(
        code=procedure.code,
        version=procedure.version,
        title=said(procedure.title, english=is_english()),
        method=procedure.method,
        discipline=DISCIPLINES[procedure.discipline],
        service=str(Service(procedure.service).label),
        kinds="; ".join(f"{code} {names.get(code, '')}".strip() for code in procedure.applies_to),
        in_force=procedure.is_in_force(on=on),
        period=f"{procedure.in_force_from:%d/%m/%Y} – {ends}".rstrip(),
        trust=confidence_word(procedure.source.confidence),
        confidence=procedure.source.confidence,
        cases=len(cases_of(procedure)),
        empty_limits=sum(_is_empty(step) for step in procedure.steps),
    )


def _is_empty(step: Step) -> bool:
    return any(isinstance(one.limit, EmptyLimit) for one in (step.judge, step.judge_summary) if one)


def _step_rows(procedure: Procedure) -> tuple[StepRow, ...]:
    known = {**_labels(procedure.characteristics), **_labels(procedure.conditions)}
    return tuple(_step_row(step, known) for step in procedure.steps)


def _step_row(step: Step, known: Mapping[str, str]) -> StepRow:
    judged = [one for one in (step.judge, step.judge_summary) if one is not None]
    computed = [*step.formulas, *step.summaries]
    names = {**known, **_labels(step.columns), **_labels(step.draws), **_labels(computed)}
    names |= _labels(step.statistics)
    return StepRow(
        title=said(step.title, english=is_english()),
        kind=STEP_KINDS[step.kind],
        points="; ".join(_point(point, names) for point in step.points),
        columns="; ".join(said(one.label, english=is_english()) for one in step.columns),
        formulas="; ".join(f"{names[one.key]} = {_named(one.formula.text, names)}" for one in computed),
        limit="; ".join(f"{names.get(one.value, one.value)}: {_limit(one.limit, names)}" for one in judged),
        is_empty=_is_empty(step),
    )


def _limit(limit: Limit, names: Mapping[str, str]) -> str:
    if isinstance(limit, EmptyLimit):
        return f"{said(limit.note, english=is_english())} ({_('chưa có trong cơ sở dữ liệu')})"
    if isinstance(limit, TableLimit):
        table = every_limit()[limit.table]
        return str(Text(table.title_vi, table.title))
    ends = [_named(end.text, names) if end is not None else "−∞" for end in (limit.lower, limit.upper)]
    return " … ".join(ends) + f", {limit.source.reference}"


def _labels(named: Iterable[Labelled]) -> dict[str, str]:
    return {one.key: said(one.label, english=is_english()) for one in named}


def _named(expression: str, names: Mapping[str, str]) -> str:
    """An expression with what its letters stand for in place of their keys."""
    return NAME.sub(lambda key: f"“{names[key[0]]}”" if key[0] in names else key[0], expression)


def _point(point: Point, names: Mapping[str, str]) -> str:
    if point.label is not None:
        return said(point.label, english=is_english())
    return _named(point.at.text, names) if point.at is not None else point.key


def _run(shelf: Shelf, name: str, case: Case) -> CaseRow:
    report = run_case(shelf.procedure, case, limits=limits_of(shelf))
    return CaseRow(
        name=name,
        about=case.about,
        event=str(EventKind(case.event).label),
        expected=case.verdict,
        verdict=str(report.result.verdict),
        differences=report.differences,
    )
