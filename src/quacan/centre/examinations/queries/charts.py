"""Which steps of a worksheet can be drawn, and the limits between their points."""

from collections.abc import Hashable, Sequence
from typing import Final

from quacan.centre.examinations.rules import said
from quacan.centre.examinations.rules.charts import Chart, Plotted, Sample, chart_of
from quacan.metrology.procedure import Prepared, RowResult, SheetResult, StepResult
from quacan.metrology.procedure.definition import InlineLimit, Judgement, Limit, TableLimit
from quacan.metrology.procedure.limiting import LimitUnknown

SAMPLES: Final = 96
MOST_KEPT: Final = 512

_kept: dict[Hashable, list[Sample]] = {}


def charts_of(prepared: Prepared, result: SheetResult, *, frozen_as: str, english: bool) -> tuple[Chart, ...]:
    """This will draw every step whose rows are judged one by one against limits that are known.

    *frozen_as* names the definitions the worksheet was frozen with; the limits between the points are kept by it.
    """
    drawn = (_chart(prepared, step, frozen_as=frozen_as, english=english) for step in result.steps)
    return tuple(chart for chart in drawn if chart is not None)


def _chart(prepared: Prepared, step: StepResult, *, frozen_as: str, english: bool) -> Chart | None:
    rule = prepared.procedure.step(step.key).judge
    rows = [row for row in step.rows if row.limit is not None and row.kind != "summary"]
    if rule is None or not rows:
        return None
    return chart_of(
        key=step.key,
        title=said(step.title, english=english),
        unit=rows[0].limit.unit if rows[0].limit else "",
        axis_unit=rows[0].unit,
        rows=[_plotted(row, english=english) for row in rows],
        samples=_kept_samples(prepared, rule, rows, name=f"{frozen_as} {step.key}"),
        english=english,
    )


def _plotted(row: RowResult, *, english: bool) -> Plotted:
    limit = row.limit
    return Plotted(
        label=said(row.label, english=english),
        at=row.nominal,
        value=row.error,
        lower=limit.lower if limit else None,
        upper=limit.upper if limit else None,
        fails=row.verdict == "fail",
    )


def _kept_samples(
    prepared: Prepared, rule: Judgement, rows: Sequence[RowResult], *, name: str
) -> list[Sample]:
    """The same limits for the same instrument, day and conditions, worked out once."""
    known = prepared.known
    key = (
        *(name, prepared.event, prepared.on, tuple(row.nominal for row in rows)),
        *(tuple(sorted(prepared.base.items())), tuple(sorted(known.choices.items()))),
    )
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = _samples(prepared, rule, rows)
    return _kept[key]


def _samples(prepared: Prepared, rule: Judgement, rows: Sequence[RowResult]) -> list[Sample]:
    """The limits along the axis, where they depend on the nominal value and the instrument alone."""
    places = sorted(row.nominal for row in rows if row.nominal is not None)
    known = set(prepared.base) | {"nominal"}
    if rule.guard or len(places) < len(rows) or places[0] == places[-1] or not _names(rule.limit) <= known:
        return []
    gap = (places[-1] - places[0]) / SAMPLES
    along = sorted({*places, *(places[0] + gap * i for i in range(SAMPLES + 1))})
    samples = []
    for at in along:
        try:
            interval = prepared.intervals.of(rule, {**prepared.base, "nominal": at})
        except LimitUnknown:
            return []
        samples.append(Sample(at, interval.lower, interval.upper))
    return samples


def _names(limit: Limit) -> set[str]:
    if isinstance(limit, TableLimit):
        parts = [limit.at, *limit.parameters.values(), limit.percent_of]
    elif isinstance(limit, InlineLimit):
        parts = [limit.lower, limit.upper]
    else:
        return {""}
    return {name for part in parts if part is not None for name in part.names}
