"""From an evaluated worksheet to the tables that are printed: operations, uncertainties, what was found."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from quacan.centre.base.paper import Bilingual
from quacan.centre.certificates.papers.source import PaperSource
from quacan.centre.certificates.papers.values import Operation, ResultColumn, ResultRow, ResultTable, Verdict
from quacan.metrology.procedure import RowResult, SheetResult, StepResult
from quacan.metrology.procedure.layout import LayoutColumn, LayoutStep
from quacan.metrology.quantities import NumberRefused, parse_number
from quacan.metrology.rounding import round_to, vietnamese_text

OUTSIDE_MARKED: Final = "* Điểm đo ngoài phạm vi công nhận / outside the scope of accreditation."


def operations(source: PaperSource, result: SheetResult) -> Iterable[Operation]:
    """This will give the printed operations of a result, with their tables.

    Where a calibration was asked for without a requirement nothing is concluded: what was read is recorded.
    """
    shapes = {step.key: step for step in source.steps}
    concludes = not source.states_nothing
    for step in result.steps:
        if step.kind == "note":
            continue
        shape = shapes[step.key]
        table = None if step.kind == "checklist" else _table(shape, step, concludes=concludes)
        yield Operation(
            name=Bilingual(step.title.vi, step.title.en),
            verdict=_verdict(step.verdict, concludes=concludes),
            table=table,
            detail="; ".join(_item(row) for row in step.rows) if step.kind == "checklist" else "",
        )


def _verdict(found: str | None, *, concludes: bool) -> Verdict | None:
    if found is None or (not concludes and found == Verdict.UNDETERMINED):
        return None
    return Verdict(found)


def uncertainties(source: PaperSource) -> Iterable[Operation]:
    """This will give, for each declared model, the value with U, k and ν at every point (ISO/IEC 17025, 7.8.4.1 a).

    Only columns that were typed stand beside the value. Points whose CMC is not known lie outside the accreditation
    and are marked where others lie inside.
    """
    result = source.result
    steps = {step.key: step for step in source.steps}
    for model in dict.fromkeys(shape["model"] for shape in source.budgets):
        rows = [shape for shape in source.budgets if shape["model"] == model]
        first = result.rows[rows[0]["row"]]
        yield Operation(
            name=_measurand(rows[0]),
            verdict=None,
            table=_uncertainty_table(rows, result, steps[first.step], concludes=not source.states_nothing),
        )


def _measurand(shape: Mapping[str, Any]) -> Bilingual:
    vi, en = shape["measurand"]["vi"], shape["measurand"]["en"]
    return Bilingual(f"{vi[:1].upper()}{vi[1:]}", f"{en[:1].upper()}{en[1:]}")


def stated_steps(source: PaperSource) -> frozenset[str]:
    """The steps whose points a table of uncertainties already lists in full."""
    return frozenset(source.result.rows[shape["row"]].step for shape in source.budgets)


def _uncertainty_table(
    rows: Sequence[Mapping[str, Any]], result: SheetResult, shape: LayoutStep, *, concludes: bool
) -> ResultTable:
    typed = [column for column in shape.columns if column.typed]
    typed = [c for c in typed if any(_typed(result.rows[row["row"]], c.key) for row in rows)]
    unit = "" if rows[0]["unit"] == "1" else rows[0]["unit"]
    name = _measurand(rows[0])
    columns = [ResultColumn(Bilingual("Điểm đo", "Point"), align="left")]
    columns += [ResultColumn(Bilingual(c.label.vi, c.label.en), unit=c.unit) for c in typed]
    columns += [
        ResultColumn(name, unit=unit),
        ResultColumn(Bilingual("U", "Expanded uncertainty"), unit=unit),
        ResultColumn(Bilingual("k", "Coverage factor")),
        ResultColumn(Bilingual("ν", "Degrees of freedom")),
    ]
    limited = any(result.rows[row["row"]].limit for row in rows)
    if limited:
        columns.append(ResultColumn(Bilingual("Giới hạn", "Limit")))
    partly = len({row["U_cmc"] is None for row in rows}) > 1
    lines = tuple(
        ResultRow(
            (*_uncertain(row, result, typed, marked=partly), *(_limit(result, row) if limited else ())),
            _verdict(result.rows[row["row"]].verdict, concludes=concludes),
        )
        for row in rows
    )
    return ResultTable(tuple(columns), lines, note=OUTSIDE_MARKED if partly else "")


def _limit(result: SheetResult, row: Mapping[str, Any]) -> tuple[str | None]:
    limit = result.rows[row["row"]].limit
    if limit is None:
        return (None,)
    stated, *narrowed = limit.text.vi.split(" trừ ")
    return (" trừ\u00a0".join(part.replace(" ", "\u00a0") for part in (stated, *narrowed)),)


def _uncertain(
    row: Mapping[str, Any], result: SheetResult, typed: Sequence[LayoutColumn], *, marked: bool
) -> Iterable[str | Decimal | None]:
    """The figures as they are stated: where the CMC is larger than U it is stated, and it is given at k = 2."""
    found = result.rows[row["row"]]
    outside = " *" if marked and row["U_cmc"] is None else ""
    yield (_place(found) + outside).replace(" ", "\u00a0")
    yield from (as_number(_typed(found, column.key)) for column in typed)
    if row["refused"] is not None:
        yield from (None, None, None, None)
        return
    by_capability = row["U_cmc"] is not None and Decimal(row["U_cmc"]) > Decimal(row["U"])
    yield Decimal(row["y_stated"])
    yield Decimal(row["U_stated"])
    yield Decimal("2.00") if by_capability else round_to(Decimal(row["k"]), -2)
    yield _freedom(row["nu"]) if not by_capability else None


def _freedom(nu: str | None) -> str:
    return "∞" if nu is None else str(int(Decimal(nu)))


def _typed(row: RowResult, column: str) -> str:
    return next((cell.text for cell in row.cells if cell.column == column), "")


def _item(row: RowResult) -> str:
    """A point of a checklist, told apart where it did not pass or was not looked at."""
    said = {"pass": "", "fail": " (không đạt)", "undetermined": " (chưa kiểm tra)"}
    return row.label.vi + (said[row.verdict] if row.verdict else " (không áp dụng)")


def _table(shape: LayoutStep, step: StepResult, *, concludes: bool) -> ResultTable:
    columns = [ResultColumn(Bilingual("Điểm đo", "Point"), align="left")]
    columns += [ResultColumn(Bilingual(c.label.vi, c.label.en), unit=c.unit) for c in shape.columns]
    limited = any(row.limit for row in step.rows)
    if limited:
        columns.append(ResultColumn(Bilingual("Giới hạn", "Limit")))
    rows = tuple(_row(shape.columns, row, limited=limited, concludes=concludes) for row in step.rows)
    return ResultTable(tuple(columns), rows, note=shape.remark.vi if shape.remark else "")


def _row(columns: tuple[LayoutColumn, ...], row: RowResult, *, limited: bool, concludes: bool) -> ResultRow:
    typed = {cell.column: cell.text for cell in row.cells}
    cells: list[str | Decimal | None] = [_place(row)]
    cells += [as_number(typed.get(c.key)) or _computed(row.values.get(c.key), c.decimals) for c in columns]
    if limited:
        cells.append(row.limit.text.vi if row.limit else None)
    return ResultRow(tuple(cells), _verdict(row.verdict, concludes=concludes))


def as_number(text: str | None) -> Decimal | str | None:
    """This will give a typed number with the digits it was typed with, to be printed with a decimal comma."""
    try:
        return parse_number(text) if text else None
    except NumberRefused:
        return text


def with_unit(text: str, unit: str) -> str:
    """A characteristic with its unit, unless the text carries one already (15 kg)."""
    try:
        number = parse_number(text)
    except NumberRefused:
        return text
    return f"{vietnamese_text(number)} {unit}".strip()


def _place(row: RowResult) -> str:
    """What a row stands for: its point, which repeat, or what the repeats come to."""
    if row.kind == "repeat":
        return f"{row.label.vi}, lần {row.repeat}"
    return f"{row.label.vi}, tổng hợp" if row.kind == "summary" else row.label.vi


def _computed(value: Decimal | None, decimals: int | None) -> Decimal | None:
    return value if value is None or decimals is None else round_to(value, -decimals)
