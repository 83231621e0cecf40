"""Decisions about worksheets on plain values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quacan.centre.base.chain import canonical, digest
from quacan.metrology.procedure import Reason, RowResult, SheetResult, StepResult, Text, Verdict
from quacan.metrology.procedure.reasons import number_text

MOST_NAMED: Final = 2
"""So many missing readings of a step are named one by one; more are counted."""


def step_of(cell: str) -> str:
    """This will give the step a cell belongs to (the first part of its key)."""
    return cell.partition(".")[0]


def reading_digest(values: Mapping[str, Any]) -> str:
    """This will give the digest that one typed reading must carry."""
    return digest(canonical(dict(values)))


def content_digest(
    header: Mapping[str, Any], readings: Iterable[Sequence[Any]], rest: Mapping[str, Any]
) -> str:
    """This will give the digest of everything typed on a worksheet, in an order that does not depend on entry."""
    return digest(canonical({"header": dict(header), "readings": sorted(map(list, readings)), **rest}))


def said(text: Text | Reason, *, english: bool) -> str:
    """This will give a pair of sentences in the reader's language."""
    return text.en if english else text.vi


def missing_by_step(result: SheetResult) -> dict[str, int]:
    """This will count the required readings that are still missing, by step."""
    counted: dict[str, int] = {}
    for cell in result.missing_cells:
        counted[step_of(cell)] = counted.get(step_of(cell), 0) + 1
    return counted


def missing_sentence(number: int) -> str:
    """This will say how many readings are missing: còn thiếu 2 số đọc."""
    return ngettext("còn thiếu {number} số đọc", "còn thiếu {number} số đọc", number).format(number=number)


def obstacles_to_verdict(result: SheetResult, *, english: bool) -> list[str]:
    """This will say why nothing is decided yet, missing readings counted by step where there are many."""
    counted = missing_by_step(result)
    sentences = []
    for reason in result.reasons:
        if reason.code == "missing_reading" and counted.get(step_of(reason.where), 0) > MOST_NAMED:
            continue
        if reason.code != "outside_limit":
            sentences.append(said(reason, english=english))
    for step in result.steps:
        if (number := counted.get(step.key, 0)) > MOST_NAMED:
            sentences.append(f"{said(step.title, english=english)}: {missing_sentence(number)}.")
    return list(dict.fromkeys(sentences))


WITHOUT_REQUIREMENT: Final = frozenset({"limit_refused", "missing_characteristic"})


def lacks_only_requirements(result: SheetResult) -> bool:
    """This will say whether everything was read and only limits to judge by are not stated.

    A calibration is then complete: values and uncertainties are reported, nothing is concluded (17025, 7.8.4.1).
    """
    codes = {reason.code for reason in result.reasons}
    return not result.missing_cells and "limit_refused" in codes and codes <= WITHOUT_REQUIREMENT


def conclusion(result: SheetResult, *, english: bool) -> list[str]:
    """This will say in sentences what a worksheet comes to and why."""
    if result.verdict is Verdict.FAIL:
        return _why_failed(result, english=english)
    if result.verdict is Verdict.PASS:
        return [_why_passed(result, english=english)]
    blocked = _why_failed(result, english=english)[: len(result.failing_rows)] if result.failing_rows else []
    return [*blocked, *obstacles_to_verdict(result, english=english)]


def _why_failed(result: SheetResult, *, english: bool) -> list[str]:
    rows = result.rows
    sentences = [said(r, english=english) for key in result.failing_rows for r in rows[key].reasons[:1]]
    if result.decided_early:
        left = len(result.missing_cells)
        sentences.append(
            ngettext(
                "Phiếu không đạt dù các phép đo còn lại ra sao: có thể kết thúc tại đây, hoặc đo nốt {number} số đọc.",
                "Phiếu không đạt dù các phép đo còn lại ra sao: có thể kết thúc tại đây, hoặc đo nốt {number} số đọc.",
                left,
            ).format(number=left)
        )
    return sentences


def _why_passed(result: SheetResult, *, english: bool) -> str:
    decided = [row for row in result.rows.values() if row.verdict is not None]
    tight = tightest(result.steps)
    if tight is None:
        return _("Cả {number} mục có yêu cầu đều đạt.").format(number=len(decided))
    row, step = tight
    assert row.margin is not None
    assert row.limit is not None
    return _("Cả {number} mục có yêu cầu đều đạt. Sát giới hạn nhất: {step}, {row}, còn {margin}.").format(
        number=len(decided),
        step=said(step.title, english=english),
        row=said(row.label, english=english),
        margin=said(number_text(row.margin, row.limit.unit), english=english),
    )


def tightest(steps: Iterable[StepResult]) -> tuple[RowResult, StepResult] | None:
    """This will give the row that is nearest to its limit for the width of that limit, with its step."""
    found: list[tuple[Any, RowResult, StepResult]] = []
    for step in steps:
        for row in step.rows:
            limit = row.limit
            if row.margin is None or limit is None:
                continue
            ends = [abs(end) for end in (limit.lower, limit.upper) if end is not None]
            if ends and max(ends) > 0:
                found.append((row.margin / max(ends), row, step))
    if not found:
        return None
    _share, row, step = min(found, key=lambda one: one[0])
    return row, step


def digits(result: Any) -> Any:
    """This will keep of a frozen result what must come out the same for ever: every value, error, limit and verdict.

    Wordings (labels, sentences of reasons) may be bettered by a later version; digits and verdicts may not.
    """
    if not isinstance(result, dict) or not {"verdict", "steps"} <= result.keys():
        return None
    return {
        "verdict": result["verdict"],
        "rows": {
            row["key"]: {
                "cells": {cell["key"]: [cell["text"], cell["value"]] for cell in row["cells"]},
                "values": row["values"],
                "error": row["error"],
                "limit": row["limit"]
                and [row["limit"]["lower"], row["limit"]["upper"], row["limit"]["unit"]],
                "margin": row["margin"],
                "verdict": row["verdict"],
            }
            for step in result["steps"]
            for row in step["rows"]
        },
    }
