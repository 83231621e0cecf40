"""A definition that makes no sense is refused with every problem at once, each with its place and a sentence."""

import copy
import tomllib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from quacan.metrology.procedure import (
    DefinitionRefused,
    definition,
    read_case,
    read_procedure,
    read_procedure_text,
)
from quacan.metrology.procedure.definition import EVENTS
from quacan.metrology.procedure.reading import ORIGINS
from tests.metrology.procedure_library import DEFINITIONS, PROCEDURES, limit_tables

Change = Callable[[dict[str, Any]], object]


def text_of(code: str) -> str:
    return next(path for path in PROCEDURES if path.parent.name == code).read_text(encoding="utf-8")


def refused(code: str, change: Change) -> dict[str, tuple[str, str]]:
    """Reads a shipped procedure with one thing changed and gives its problems by path."""
    mapping = tomllib.loads(text_of(code))
    change(mapping)
    with pytest.raises(DefinitionRefused) as caught:
        read_procedure(mapping, known_limits=limit_tables())
    return {problem.path: (problem.vi, problem.en) for problem in caught.value.problems}


def step(mapping: dict[str, Any], key: str) -> dict[str, Any]:
    return next(each for each in mapping["steps"] if each["key"] == key)


SCALE = "counter-scale"
WRONG: list[tuple[str, str, Change, str, str]] = [
    (SCALE, "missing title", lambda m: m.pop("title"), "title", "missing"),
    (
        SCALE,
        "unit from nowhere",
        lambda m: m.update(unit_from="accuracy_class"),
        "unit_from",
        "accuracy_class",
    ),
    (SCALE, "unlike units", lambda m: m.update(units=["g", "bar"]), "units", "convert"),
    (SCALE, "misspelt key", lambda m: m.update(titel="x"), "titel", "not a key"),
    (SCALE, "unknown event", lambda m: m.update(events=["yearly"]), "events", "yearly"),
    (SCALE, "no such confidence", lambda m: m.update(confidence="sure"), "confidence", "sure"),
    (
        SCALE,
        "ends before it begins",
        lambda m: m.update(in_force_to=m["in_force_from"].replace(year=2000)),
        "in_force_to",
        "before",
    ),
    (SCALE, "bad catalogue code", lambda m: m.update(applies_to=["scale"]), "applies_to", "scale"),
    (SCALE, "bad code", lambda m: m.update(code="Cân bàn"), "code", "lower-case"),
    (SCALE, "step not printed", lambda m: m["printed"].remove("visual"), "printed", "visual"),
    (SCALE, "printed twice unknown", lambda m: m["printed"].append("appendix"), "printed", "appendix"),
    (
        SCALE,
        "unit unknown",
        lambda m: m["characteristics"][0].update(unit="stone"),
        "characteristics[max_load].unit",
        "stone",
    ),
    (
        SCALE,
        "name of a function",
        lambda m: m["characteristics"][0].update(key="max"),
        "characteristics[max].key",
        "function",
    ),
    (
        SCALE,
        "characteristic twice",
        lambda m: m["characteristics"].append(m["characteristics"][0]),
        "characteristics",
        "2 times",
    ),
    (
        SCALE,
        "float limit",
        lambda m: m["conditions"][0].update(lower=0.5),
        "conditions[temperature].lower",
        "exact decimal",
    ),
    (
        SCALE,
        "limits crossed",
        lambda m: m["conditions"][0].update(lower="9", upper="1"),
        "conditions[temperature].upper",
        "below",
    ),
    (
        SCALE,
        "standard without source",
        lambda m: m["standards"][0].pop("source"),
        "standards[weights].source",
        "missing",
    ),
    (
        SCALE,
        "standard of no step",
        lambda m: m["standards"][0].update(steps=["weighing"]),
        "standards[weights].steps",
        "weighing",
    ),
    (
        SCALE,
        "step without standard",
        lambda m: m["standards"][0]["steps"].remove("eccentricity"),
        "steps[eccentricity]",
        "no standard",
    ),
    (
        SCALE,
        "unreadable formula",
        lambda m: step(m, "accuracy_up")["formulas"][0].update(expression="indication +"),
        "steps[accuracy_up].formulas[P].expression",
        "cannot read",
    ),
    (
        SCALE,
        "unknown name in formula",
        lambda m: step(m, "accuracy_up")["formulas"][0].update(expression="indicator - e"),
        "steps[accuracy_up].formulas[P]",
        "indicator",
    ),
    (
        SCALE,
        "formula before its input",
        lambda m: step(m, "accuracy_up")["formulas"].reverse(),
        "steps[accuracy_up].formulas[E]",
        "'P' does not exist",
    ),
    (
        SCALE,
        "optional column in formula",
        lambda m: step(m, "accuracy_up")["columns"][1].update(optional=True),
        "steps[accuracy_up].formulas[P]",
        "optional",
    ),
    (
        SCALE,
        "judged value unknown",
        lambda m: step(m, "accuracy_up")["judge"].update(value="X"),
        "steps[accuracy_up].judge.value",
        "'X'",
    ),
    (
        SCALE,
        "no such table",
        lambda m: step(m, "accuracy_up")["judge"]["limit"].update(table="r77"),
        "steps[accuracy_up].judge.limit.table",
        "r77",
    ),
    (
        SCALE,
        "class not in the table",
        lambda m: m["characteristics"][4].update(choices=["III", "V"]),
        "steps[accuracy_up].judge.limit.class",
        "'V'",
    ),
    (
        SCALE,
        "table's parameter left out",
        lambda m: step(m, "accuracy_up")["judge"]["limit"].pop("parameters"),
        "steps[accuracy_up].judge.limit.parameters",
        "parameter e",
    ),
    (
        SCALE,
        "table's parameter unknown",
        lambda m: step(m, "accuracy_up")["judge"]["limit"]["parameters"].update(f="e"),
        "steps[accuracy_up].judge.limit.parameters",
        "parameter f",
    ),
    (
        SCALE,
        "two forms of limit",
        lambda m: step(m, "accuracy_up")["judge"]["limit"].update(empty={"vi": "a", "en": "b"}),
        "steps[accuracy_up].judge.limit.table",
        "exactly one",
    ),
    (
        SCALE,
        "limit without source",
        lambda m: step(m, "accuracy_up")["judge"]["limit"].pop("source"),
        "steps[accuracy_up].judge.limit.source",
        "missing",
    ),
    (
        SCALE,
        "guard without its rule",
        lambda m: step(m, "accuracy_up")["judge"].update(guard="P", guard_ratio="3"),
        "steps[accuracy_up].judge.guard",
        "guarded_acceptance",
    ),
    (
        SCALE,
        "statistic of nothing",
        lambda m: step(m, "repeatability")["statistics"][0].update(of="Q"),
        "steps[repeatability].statistics[spread].of",
        "'Q'",
    ),
    (
        SCALE,
        "unknown statistic",
        lambda m: step(m, "repeatability")["statistics"][0].update(take="median"),
        "steps[repeatability].statistics[spread].take",
        "median",
    ),
    (
        SCALE,
        "series without repeats",
        lambda m: step(m, "repeatability").pop("repeats"),
        "steps[repeatability].repeats",
        "missing",
    ),
    (
        SCALE,
        "one repeat",
        lambda m: step(m, "repeatability").update(repeats=1),
        "steps[repeatability].repeats",
        "2 to",
    ),
    (
        SCALE,
        "point without value",
        lambda m: step(m, "repeatability").update(points=[{}]),
        "steps[repeatability].points[1].at",
        "value or a label",
    ),
    (
        SCALE,
        "points missing",
        lambda m: step(m, "repeatability").pop("points"),
        "steps[repeatability].points",
        "missing",
    ),
    (
        SCALE,
        "checklist with columns",
        lambda m: step(m, "visual").update(columns=step(m, "accuracy_up")["columns"]),
        "steps[visual].columns",
        "no such part",
    ),
    (
        SCALE,
        "event that decides nothing",
        lambda m: m.update(steps=[each | {"events": ["initial"]} for each in m["steps"]]),
        "events",
        "decides",
    ),
    (
        SCALE,
        "model with unknown standard",
        lambda m: m["uncertainty"][0]["inputs"][2].update(of="stones"),
        "uncertainty[error of weighing].inputs[load].of",
        "stones",
    ),
    (
        SCALE,
        "model with unknown input",
        lambda m: m["uncertainty"][0].update(expression="indication + drift"),
        "uncertainty[error of weighing].expression",
        "drift",
    ),
    (
        "sphygmomanometer",
        "event the table does not know",
        lambda m: m.update(events=list(EVENTS)),
        "steps[rising].judge.limit.table",
        "inspection",
    ),
    (
        "sphygmomanometer",
        "unit that does not convert",
        lambda m: step(m, "rising")["judge"].update(unit="mm"),
        "steps[rising].judge.limit.unit",
        "mmHg",
    ),
    (
        "sphygmomanometer",
        "draw from a later step",
        lambda m: m["steps"].insert(0, m["steps"].pop(3)),
        "steps[hysteresis].draws[up].step",
        "'rising' does not exist",
    ),
    (
        "sphygmomanometer",
        "draw at an event not done",
        lambda m: step(m, "falling").update(events=["initial"]),
        "steps[hysteresis].draws[down].step",
        "not done",
    ),
    (
        "weights-e2-f1",
        "guard left out",
        lambda m: [step(m, "result")["judge"].pop(key) for key in ("guard", "guard_ratio")],
        "steps[result].judge.guard",
        "needs a guard",
    ),
    (
        "analytical-balance",
        "comparison without reference",
        lambda m: step(m, "accuracy")["columns"].pop(0),
        "steps[accuracy].columns",
        "reference and indication",
    ),
    (
        "fuel-dispenser",
        "percentage in another unit",
        lambda m: step(m, "delivery")["judge"].update(unit="mL"),
        "steps[delivery].judge.limit.percent_of",
        "mL",
    ),
]


@pytest.mark.parametrize(
    ("code", "change", "path", "word"),
    [pytest.param(code, change, path, word, id=name) for code, name, change, path, word in WRONG],
)
def test_a_wrong_definition_is_refused_at_its_place(code: str, change: Change, path: str, word: str) -> None:
    problems = refused(code, change)
    assert path in problems, problems
    vi, en = problems[path]
    assert word in en
    assert vi
    assert vi != en


def test_all_problems_come_at_once() -> None:
    def spoil(mapping: dict[str, Any]) -> None:
        mapping.pop("title")
        mapping["confidence"] = "sure"
        mapping["conditions"][0]["lower"] = 0.5
        step(mapping, "accuracy_up")["formulas"][0]["expression"] = "(("

    assert len(refused(SCALE, spoil)) == 4


def test_text_that_is_no_toml_is_refused_in_a_sentence() -> None:
    with pytest.raises(DefinitionRefused, match="TOML"):
        read_procedure_text("code = ", known_limits=limit_tables())


def test_the_same_text_is_compiled_once() -> None:
    text = text_of(SCALE)
    first = read_procedure_text(text, known_limits=limit_tables())
    assert read_procedure_text(text, known_limits=limit_tables()) is first
    assert read_procedure_text(text + "\n", known_limits=limit_tables()) is not first


def test_exact_numbers_may_come_parsed_as_decimals() -> None:
    mapping = tomllib.loads(text_of("weights-e2-f1"), parse_float=Decimal)
    plain = copy.deepcopy(mapping)
    step(mapping, "result")["judge"]["guard_ratio"] = Decimal("3.0")
    changed = read_procedure(mapping, known_limits=limit_tables())
    before = read_procedure(plain, known_limits=limit_tables())
    assert changed.step("result").judge == before.step("result").judge


def test_a_table_that_is_not_known_is_a_problem_and_not_a_crash() -> None:
    with pytest.raises(DefinitionRefused, match="r76"):
        read_procedure(tomllib.loads(text_of(SCALE)), known_limits={})


@pytest.mark.parametrize(
    "wrong", [{}, {"about": "a", "event": "periodic", "on": "2026-01-01", "expect": {}, "x": 1}]
)
def test_a_case_out_of_shape_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(DefinitionRefused):
        read_case(wrong)


def test_the_guide_to_definitions_names_every_word_of_the_vocabulary() -> None:
    guide = (DEFINITIONS / "procedures" / "README.md").read_text(encoding="utf-8")
    vocabulary = (
        *definition.EVENTS,
        *definition.STEP_KINDS,
        *definition.CONFIDENCES,
        *definition.STATISTICS,
        *definition.DECISION_RULES,
        *definition.VALIDITY_RULES,
        *definition.FIXED_BLOCKS,
        *definition.ORDERS,
        *definition.CHOICES,
        *definition.SERVICES,
        *ORIGINS,
    )
    assert [word for word in vocabulary if word not in guide] == []
