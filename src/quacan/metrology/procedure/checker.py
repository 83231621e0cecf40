"""Explains every problem of a procedure definition: form, names in formulas, references between steps,
limits.

`read_procedure` is the one door: it returns a checked, compiled `Procedure` or raises `DefinitionRefused`
with all problems at once, each with its key path and a sentence in Vietnamese and English.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from quacan.metrology.expressions import Expression
from quacan.metrology.limits import LimitTable
from quacan.metrology.procedure.definition import (
    FIXED_BLOCKS,
    DefinitionRefused,
    InlineLimit,
    Judgement,
    Problem,
    Procedure,
    Step,
    TableLimit,
    UncertaintyInput,
    UncertaintyModel,
)
from quacan.metrology.procedure.limiting import table_problems
from quacan.metrology.procedure.mapping import Table
from quacan.metrology.procedure.reading import procedure_from
from quacan.metrology.procedure.variants import with_variants

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*")
_CATALOGUE = re.compile(r"[A-Z]{3}-[0-9]{2}")
_ALLOWED: Mapping[str, frozenset[str]] = {
    "checklist": frozenset({"items"}),
    "readings": frozenset({"points", "columns", "formulas", "judge", "order", "multiple_of"}),
    "comparison": frozenset({"points", "columns", "formulas", "judge", "order", "multiple_of"}),
    "series": frozenset(
        {
            "points", "repeats", "columns", "formulas", "statistics", "summaries", "judge", "judge_summary",
            "order", "multiple_of",
        }
    ),
    "computed": frozenset({"points_of", "draws", "formulas", "judge"}),
    "note": frozenset(),
}  # fmt: skip
_PARTS = (
    "items", "points", "points_of", "columns", "draws", "formulas", "statistics", "summaries", "judge",
    "judge_summary", "order", "multiple_of",
)  # fmt: skip
MEASURING = ("readings", "series", "comparison")

_MOST_KEPT = 1024
_cache: dict[tuple[str, tuple[str, ...]], Procedure] = {}


def read_procedure(mapping: Mapping[str, object], *, known_limits: Mapping[str, LimitTable]) -> Procedure:
    """This will return a checked procedure, or raise `DefinitionRefused` with the complete list of problems.

    `mapping` is the parsed TOML; `known_limits` the tables that its limits may refer to, by their code.
    """
    table = Table(mapping, "", [])
    procedure = procedure_from(table)
    problems = tuple(table.problems) or tuple(problems_of(procedure, known_limits=known_limits))
    if problems:
        raise DefinitionRefused(problems)
    return with_variants(procedure)


def read_procedure_text(text: str, *, known_limits: Mapping[str, LimitTable]) -> Procedure:
    """This will do the same from TOML text, compiling each text (by its SHA-256) once."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = (digest, tuple(sorted(known_limits)))
    if key not in _cache:
        if len(_cache) >= _MOST_KEPT:
            _cache.clear()
        try:
            mapping = tomllib.loads(text)
        except tomllib.TOMLDecodeError as broken:
            sentence = f"không đọc được TOML: {broken}", f"the TOML cannot be read: {broken}"
            raise DefinitionRefused((Problem("", *sentence),)) from broken
        _cache[key] = read_procedure(mapping, known_limits=known_limits)
    return _cache[key]


def problems_of(procedure: Procedure, *, known_limits: Mapping[str, LimitTable]) -> Iterator[Problem]:
    """This will list everything that makes no sense in a definition whose form is right."""
    yield from _identity_problems(procedure)
    yield from _repeated("characteristics", [each.key for each in procedure.characteristics])
    yield from _repeated("conditions", [each.key for each in procedure.conditions])
    yield from _repeated("steps", [each.key for each in procedure.steps])
    yield from _standard_problems(procedure)
    yield from _unit_from_problems(procedure)
    yield from _event_problems(procedure)
    yield from _printed_problems(procedure)
    for position, step in enumerate(procedure.steps):
        yield from _step_problems(step, procedure, procedure.steps[:position], known_limits)
    for model in procedure.uncertainty:
        yield from _model_problems(model, procedure)


def numeric_names(procedure: Procedure) -> frozenset[str]:
    """This will give the names every formula of the procedure may use: characteristics and conditions."""
    numbers = {each.key for each in procedure.characteristics if not each.is_choice}
    return frozenset(numbers | {each.key for each in procedure.conditions})


def row_names(step: Step) -> list[str]:
    """This will give the names a row of the step defines, in the order in which they become known."""
    names = ["nominal"] if step.points and all(point.at is not None for point in step.points) else []
    names += [draw.key for draw in step.draws]
    names += [column.key for column in step.columns if column.required]
    return names + [formula.key for formula in step.formulas]


def summary_names(step: Step) -> list[str]:
    """This will give the names that the summary of a series knows."""
    names = ["nominal"] if "nominal" in row_names(step) else []
    return names + [each.key for each in step.statistics] + [each.key for each in step.summaries]


def _identity_problems(procedure: Procedure) -> Iterator[Problem]:
    if not _CODE.fullmatch(procedure.code):
        yield Problem(
            "code", "mã chỉ gồm chữ thường, số và gạch nối", "a code is lower-case words and hyphens"
        )
    if not _VERSION.fullmatch(procedure.version):
        yield Problem("version", "phiên bản dạng 1 hoặc 1.2", "a version looks like 1 or 1.2")
    if procedure.in_force_to is not None and procedure.in_force_to < procedure.in_force_from:
        yield Problem("in_force_to", "hết hiệu lực trước ngày có hiệu lực", "ends before it begins")
    for code in procedure.applies_to:
        if not _CATALOGUE.fullmatch(code):
            yield Problem(
                "applies_to",
                f"«{code}» không phải mã danh mục",
                f"'{code}' is not a catalogue code like MAS-06",
            )
    if procedure.service == "verification" and not procedure.applies_to:
        yield Problem(
            "applies_to",
            "quy trình kiểm định phải nêu loại phương tiện đo",
            "a verification procedure names the instrument kinds it applies to",
        )


def _standard_problems(procedure: Procedure) -> Iterator[Problem]:
    yield from _repeated("standards", [each.key for each in procedure.standards])
    steps = {step.key: step for step in procedure.steps}
    numbers = {each.key for each in procedure.characteristics if not each.is_choice}
    supported: set[str] = set()
    for need in procedure.standards:
        path = f"standards[{need.key}]"
        for key in need.steps:
            if key not in steps:
                yield _unknown(f"{path}.steps", key, steps)
        supported.update(need.steps)
        for side, expression in (("range_from", need.range_from), ("range_to", need.range_to)):
            yield from _unknown_names(f"{path}.{side}", expression, numbers)
        if need.ratio is not None and need.ratio <= 0:
            yield Problem(f"{path}.ratio", "phải lớn hơn 0", "must be above zero")
    for step in procedure.steps:
        if step.kind in MEASURING and step.key not in supported and not step.without_standard:
            yield Problem(
                f"steps[{step.key}]",
                "bước đo không có chuẩn nào hỗ trợ: nêu chuẩn, hoặc ghi without_standard = true",
                "no standard supports this step: name one, or write without_standard = true",
            )


def _unit_from_problems(procedure: Procedure) -> Iterator[Problem]:
    if not procedure.units:
        return
    own = [each.key for each in procedure.characteristics if each.unit == procedure.units[0]]
    if procedure.unit_from not in own:
        yield _unknown("unit_from", procedure.unit_from, own)


def _event_problems(procedure: Procedure) -> Iterator[Problem]:
    for event in procedure.events:
        judged = [step for step in procedure.steps if event in step.events and _decides(step)]
        if procedure.service == "verification" and not judged:
            yield Problem(
                "events",
                f"chế độ «{event}» không có bước nào để kết luận",
                f"event '{event}' has no step that decides anything",
            )


def _decides(step: Step) -> bool:
    return step.kind == "checklist" or step.judge is not None or step.judge_summary is not None


def _printed_problems(procedure: Procedure) -> Iterator[Problem]:
    steps = [step.key for step in procedure.steps]
    for block in procedure.printed:
        if block not in FIXED_BLOCKS and block not in steps:
            yield _unknown("printed", block, (*FIXED_BLOCKS, *steps))
    for key in steps:
        if key not in procedure.printed:
            yield Problem("printed", f"bước «{key}» không được in", f"step '{key}' is not printed anywhere")


def _step_problems(
    step: Step, procedure: Procedure, earlier: tuple[Step, ...], known_limits: Mapping[str, LimitTable]
) -> Iterator[Problem]:
    path = f"steps[{step.key}]"
    yield from _shape_problems(path, step)
    yield from _repeated(f"{path}.items", [each.key for each in step.items])
    yield from _repeated(f"{path}.points", [each.key for each in step.points])
    base = numeric_names(procedure)
    own = [*(draw.key for draw in step.draws), *(column.key for column in step.columns)]
    own += [*(each.key for each in step.formulas), *(each.key for each in step.statistics)]
    own += [each.key for each in step.summaries]
    yield from _repeated(path, [*own, *base, "nominal"])
    yield from _point_problems(path, step, set(base) - {each.key for each in procedure.conditions})
    yield from _draw_problems(path, step, earlier)
    yield from _formula_problems(path, step, base)
    for part, judgement, names in (
        ("judge", step.judge, row_names(step)),
        ("judge_summary", step.judge_summary, summary_names(step)),
    ):
        if judgement is not None:
            yield from _judgement_problems(f"{path}.{part}", judgement, step, procedure, names, known_limits)


def _shape_problems(path: str, step: Step) -> Iterator[Problem]:
    allowed = _ALLOWED.get(step.kind, frozenset())
    for part in _PARTS:
        if getattr(step, part) and part not in allowed:
            yield Problem(
                f"{path}.{part}",
                f"bước loại {step.kind} không có phần này",
                f"a {step.kind} step has no such part",
            )
    if step.kind in MEASURING and not step.points:
        yield Problem(f"{path}.points", "thiếu điểm đo", "the points are missing")
    if step.kind in MEASURING and not any(column.required for column in step.columns):
        yield Problem(
            f"{path}.columns", "cần ít nhất một cột bắt buộc", "at least one required column is needed"
        )
    if step.kind == "comparison" and not {"reference", "indication"} <= {
        column.key for column in step.columns
    }:
        yield Problem(
            f"{path}.columns",
            "bước so sánh cần hai cột reference và indication",
            "a comparison needs the columns reference and indication",
        )
    if step.kind == "computed" and not step.draws:
        yield Problem(
            f"{path}.draws", "bước tính cần lấy giá trị từ bước trước", "a computed step draws on others"
        )
    if step.kind in MEASURING and not step.unit:
        yield Problem(f"{path}.unit", "thiếu đơn vị của bước đo", "the unit of the step is missing")


def _point_problems(path: str, step: Step, numbers: set[str]) -> Iterator[Problem]:
    yield from _unknown_names(f"{path}.multiple_of", step.multiple_of, numbers)
    for point in step.points:
        yield from _unknown_names(f"{path}.points[{point.key}].at", point.at, numbers)
        yield from _unknown_names(f"{path}.points[{point.key}].skip_above", point.skip_above, numbers)
        yield from _unknown_names(f"{path}.points[{point.key}].skip_if", point.skip_if, numbers)
        if point.skip_above is not None and point.at is None:
            yield Problem(
                f"{path}.points[{point.key}].skip_above", "điểm không có giá trị", "has no value to skip by"
            )
        for event in point.events:
            if event not in step.events:
                yield _unknown(f"{path}.points[{point.key}].events", event, step.events)


def _draw_problems(path: str, step: Step, earlier: tuple[Step, ...]) -> Iterator[Problem]:
    known = {each.key: each for each in earlier}
    if step.points_of and step.points_of not in known:
        yield _unknown(f"{path}.points_of", step.points_of, known)
    for draw in step.draws:
        where = f"{path}.draws[{draw.key}]"
        source = known.get(draw.step)
        if source is None:
            yield _unknown(f"{where}.step", draw.step, known)
            continue
        names = [*row_names(source), *summary_names(source)]
        if draw.value not in names:
            yield _unknown(f"{where}.value", draw.value, names)
        if draw.take == "point" and draw.point not in {point.key for point in source.points}:
            yield _unknown(f"{where}.point", draw.point, [point.key for point in source.points])
        if draw.take == "same_point" and not step.points_of:
            yield Problem(f"{where}.take", "same_point cần points_of", "same_point needs points_of")
        missing = [event for event in step.events if event not in source.events]
        if missing:
            yield Problem(
                f"{where}.step",
                f"bước «{draw.step}» không làm ở chế độ {', '.join(missing)}",
                f"step '{draw.step}' is not done at {', '.join(missing)}",
            )


def _formula_problems(path: str, step: Step, base: frozenset[str]) -> Iterator[Problem]:
    optional = {column.key for column in step.columns if not column.required}
    names = set(base) | set(row_names(step)) - {each.key for each in step.formulas}
    for column in step.columns:
        yield from _unknown_names(f"{path}.columns[{column.key}].resolution", column.resolution, base)
    for formula in step.formulas:
        yield from _unknown_names(f"{path}.formulas[{formula.key}]", formula.formula, names, optional)
        names.add(formula.key)
    for statistic in step.statistics:
        if statistic.of not in row_names(step):
            yield _unknown(f"{path}.statistics[{statistic.key}].of", statistic.of, row_names(step))
    names = set(base) | set(summary_names(step)) - {each.key for each in step.summaries}
    for formula in step.summaries:
        yield from _unknown_names(f"{path}.summaries[{formula.key}]", formula.formula, names, optional)
        names.add(formula.key)


def _judgement_problems(
    path: str,
    judgement: Judgement,
    step: Step,
    procedure: Procedure,
    names: list[str],
    known_limits: Mapping[str, LimitTable],
) -> Iterator[Problem]:
    if judgement.value not in names or judgement.value == "nominal":
        yield _unknown(f"{path}.value", judgement.value, [name for name in names if name != "nominal"])
    if judgement.guard and judgement.guard not in names:
        yield _unknown(f"{path}.guard", judgement.guard, names)
    if (procedure.decision_rule == "guarded_acceptance") != bool(judgement.guard):
        yield Problem(
            f"{path}.guard",
            "quy tắc guarded_acceptance cần guard, simple_acceptance không có guard",
            "guarded_acceptance needs a guard, simple_acceptance has none",
        )
    everything = numeric_names(procedure) | set(names)
    limit = judgement.limit
    if isinstance(limit, InlineLimit):
        yield from _unknown_names(f"{path}.limit.inline.lower", limit.lower, everything)
        yield from _unknown_names(f"{path}.limit.inline.upper", limit.upper, everything)
    if isinstance(limit, TableLimit):
        yield from _unknown_names(f"{path}.limit.at", limit.at, everything)
        yield from _unknown_names(f"{path}.limit.percent_of", limit.percent_of, everything)
        for name, expression in limit.parameters.items():
            yield from _unknown_names(f"{path}.limit.parameters.{name}", expression, everything)
        yield from table_problems(f"{path}.limit", judgement, limit, procedure, step.events, known_limits)


def _model_problems(model: UncertaintyModel, procedure: Procedure) -> Iterator[Problem]:
    path = f"uncertainty[{model.measurand.en}]"
    steps = {step.key: step for step in procedure.steps}
    step = steps.get(model.step)
    if step is None:
        yield _unknown(f"{path}.step", model.step, steps)
        return
    base = numeric_names(procedure)
    inputs = {each.key for each in model.inputs}
    yield from _repeated(path, [*(each.key for each in model.inputs), *base])
    yield from _unknown_names(f"{path}.expression", model.expression, inputs | base)
    standards = {need.key for need in procedure.standards}
    for each in model.inputs:
        where = f"{path}.inputs[{each.key}]"
        names = {*row_names(step), *summary_names(step)}
        yield from _unknown_names(f"{where}.value", each.value, base | names)
        yield from _unknown_names(f"{where}.half_width", each.half_width, base | names)
        source = steps.get(each.from_step) if each.from_step else step
        if source is None:
            yield _unknown(f"{where}.from_step", each.from_step, steps)
            continue
        yield from _origin_problems(where, each, source, standards)


def _origin_problems(
    where: str, each: UncertaintyInput, source: Step, standards: set[str]
) -> Iterator[Problem]:
    repeated = each.origin in ("series", "repeatability")
    if repeated and source.kind != "series":
        yield Problem(f"{where}.origin", "bước này không có lần lặp", "this step has no repeats")
    known = standards if each.origin == "standard" else {*row_names(source), *summary_names(source)}
    if each.of and each.of not in known:
        yield _unknown(f"{where}.of", each.of, known)
    if each.from_step and not repeated:
        yield Problem(f"{where}.from_step", "chỉ dùng với lần lặp", "only repeats may come from another step")


def _repeated(path: str, keys: Iterable[str]) -> Iterator[Problem]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield Problem(path, f"mã «{key}» dùng {count} lần", f"the key '{key}' is used {count} times")


def _unknown(path: str, name: str, known: Iterable[str]) -> Problem:
    words = ", ".join(sorted(known)) or "—"
    return Problem(
        path, f"«{name}» không có; hiện có: {words}", f"'{name}' does not exist; there are: {words}"
    )


def _unknown_names(
    path: str, expression: Expression | None, known: Iterable[str], optional: Iterable[str] = ()
) -> Iterator[Problem]:
    names = expression.names if expression is not None else frozenset()
    for name in sorted(names - set(known)):
        if name in set(optional):
            yield Problem(
                path,
                f"cột «{name}» không bắt buộc nên không dùng trong công thức được",
                f"column '{name}' is optional and so cannot be used in a formula",
            )
        else:
            yield _unknown(path, name, known)
