"""Limit tables: every published limit asked of the tables the house judges by."""

import tomllib
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import quacan
from quacan.metrology.limits import LimitRefused, LimitTable, limit_at, read_limits
from validation.cases import Case, Checker, Ours

FOLDER = Path(quacan.__file__ or "").parent / "definitions" / "limits"
_STEPS = (Decimal("0.5"), Decimal(1), Decimal("1.5"))


@lru_cache
def table(code: str) -> LimitTable:
    """This will read a table of the house, refusing one with problems."""
    found = read_limits(tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8")))
    if not isinstance(found, LimitTable):
        raise ValueError(f"{code}: {found[0].sentence}")
    return found


def upper(code: str, klass: str, at: Any, *, event: str = "initial", **parameters: Any) -> Decimal | None:
    """This will return the upper limit at a point; None where the table gives none or the lower one
    differs.
    """
    given = {name: Decimal(str(value)) for name, value in parameters.items()}
    try:
        limits = limit_at(table(code), klass=klass, at=Decimal(str(at)), event=event, parameters=given)
    except LimitRefused:
        return None
    return limits.upper if limits.upper is not None and limits.lower == -limits.upper else None


def _weights(case: Case) -> Ours:
    nominal = case["inputs"]["nominal_mg"]
    return {klass: [upper("r111", klass, at) for at in nominal] for klass in case["expected"]}


def _steps(code: str, klass: str, scale: str, share: Decimal) -> list[int | None] | None:
    """The ends of the three steps, each confirmed by the limit there and just beyond."""
    ends: list[int | None] = []
    pieces, one = table(code).classes[klass].pieces, dict[str, Any]({scale: 1})
    for piece, step in zip(pieces, _STEPS, strict=True):
        end = piece.span.upper
        at = Decimal(10**9) if end is None else end.factor
        if upper(code, klass, at, **one) != share * step:
            return None
        ends.append(None if end is None else int(end.factor))
    return ends


def _scales(case: Case) -> Ours:
    return {klass: _steps("r76", klass, "e", Decimal(1)) for klass in case["expected"]}


def _load_cells(case: Case) -> Ours:
    steps = {klass: _steps("r60", klass, "v", Decimal("0.7")) for klass in "ABCD"}
    creep = (upper("r60-creep", klass, 3000, v=1) for klass in ("C, 30 min", "C, 20 min to 30 min"))
    return {**steps, **dict(zip(("creep_30min_C3_v", "creep_20_30min_C3_v"), creep, strict=True))}


def _liquids(case: Case) -> Ours:
    lines = {"A": "mi005-system", "B": "mi005-meter"}
    return {
        line: {klass: _times(upper(code, klass, 10), 10) for klass in case["expected"][line]}
        for line, code in lines.items()
    }


def _water(case: Case) -> Ours:
    flow = {"Q1": "0.016", "Q2": "0.0256", "Q4": "3.125"}
    return {
        "lower_zone_percent": upper("mi001", "2", "0.02", temperature=20, **flow),
        "upper_zone_percent_cold_up_to_30C": upper("mi001", "2", 1, temperature=30, **flow),
        "upper_zone_percent_above_30C": upper("mi001", "2", 1, temperature="30.1", **flow),
    }


def _electricity(case: Case) -> Ours:
    currents = {"Imin": "0.25", "Itr": "0.5", "Imax": "60"}
    inside = {
        "+5..+30": 23,
        "-10..+5, +30..+40": 35,
        "-25..-10, +40..+55": 50,
        "-40..-25, +55..+70": 60,
    }
    return {
        span: [
            [upper("mi003", klass, current, temperature=inside[span], **currents) for klass in "ABC"]
            for current in ("0.3", "10")
        ]
        for span in case["expected"]
    }


def _french_meters(case: Case) -> Ours:
    currents = {"Imin": "0.02", "In": "1", "Imax": "6"}
    code, one = "fr2013-electricity-d", "D, power factor 1"
    half = "D, power factor 0.5 inductive or 0.8 capacitive"
    single, service = "fr2013-electricity-d-single-phase", "fr2013-electricity-in-service"
    return {
        "pf1": {
            "Imin..0.05In": upper(code, one, "0.03", **currents),
            "0.05In..Imax": upper(code, one, 1, **currents),
        },
        "pf_0_5ind_0_8cap": {
            "2Imin..0.1In": upper(code, half, "0.05", **currents),
            "0.1In..Imax": upper(code, half, 1, **currents),
        },
        "single_phase_load": {
            "pf1": upper(single, one, 1),
            "pf0.5ind": upper(single, "D, power factor 0.5 inductive", 1),
        },
        "in_service": {klass: upper(service, klass, 1, event="inspection") for klass in "ABCD"},
    }


def _taximeters(case: Case) -> Ours:
    """The relative limit is read far above the floor, the floor far below."""
    time, distance = "mi007-time", "mi007-distance"
    fares = [upper("mi007-fare", "all", 1, digit=digit) for digit in (100, 500)]
    floor = "min least significant digit" if fares == [100, 500] else f"min {fares}"
    fare = upper("mi007-fare", "all", 10**9, digit=100)
    return {
        "time": [
            _times(upper(time, "all", 10**6), Decimal("1e-6"), whole=1),
            f"min {upper(time, 'all', 1)} s",
        ],
        "distance": [
            _times(upper(distance, "all", 10**6), Decimal("1e-6"), whole=1),
            f"min {upper(distance, 'all', 1)} m",
        ],
        "fare": [_times(fare, Decimal("1e-9"), whole=1), floor],
    }


def _length(case: Case) -> Ours:
    found = {}
    for klass in case["expected"]:
        one, two = upper("r35-length", klass, 1), upper("r35-length", klass, 2)
        found[klass] = None if one is None or two is None else {"a": one - (two - one), "b": two - one}
    return found


def _gauges(case: Case) -> Ours:
    return {"classes": [upper("en837", f"{klass:g}", 4, span=100) for klass in case["expected"]]}


def _capacity(case: Case) -> Ours:
    def brim(klass: str, at: int) -> Decimal | None:
        limits = limit_at(table("r138"), klass=klass, at=Decimal(at), event="initial")
        return limits.upper if limits.lower == 0 else None

    def line(klass: str, at: int) -> Decimal | None:
        return upper("r138", klass, at)

    def pair(kind: str, low: int, high: int) -> str:
        nominal = _law(lambda at: line(f"{kind}, line", at), low, high)
        full = _law(lambda at: brim(f"{kind}, brim", at), low, high)
        return f"nominal +-{nominal}; brim -0 +{full}"

    spans = (key.split("-") for key in case["expected"]["containers"])
    return {
        "transfer": {"<100 mL": pair("transfer", 20, 80), ">=100 mL": pair("transfer", 100, 400)},
        "drinking": {"<200 mL": pair("drinking", 40, 160), ">=200 mL": pair("drinking", 200, 1000)},
        "containers": {
            f"{low}-{high}": _law(lambda at: line("container", at), int(low) + 1, int(high))
            for low, high in spans
        },
    }


def _law(limit: Callable[[int], Decimal | None], low: int, high: int) -> str:
    """How a limit grows between two capacities: a volume, a percentage, or their sum."""
    first, second = limit(low), limit(high)
    if first is None or second is None:
        return "none"
    slope = (second - first) / (high - low)
    constant = first - slope * low
    percent = f"{(100 * slope).normalize():f} %"
    if slope == 0:
        return f"{constant.normalize():f} mL"
    return percent if constant == 0 else f"({constant.normalize():f} mL + {percent})"


def _thermometer(case: Case) -> Ours:
    limits = limit_at(table("r7"), klass="all", at=Decimal(37), event="initial")
    return {"plus": limits.upper, "minus": None if limits.lower is None else -limits.lower}


def _blood_pressure(case: Case) -> Ours:
    return {"mmHg": upper("en1060", "all", 120)}


def _times(limit: Decimal | None, factor: Decimal | int, *, whole: int = 100) -> Decimal | None:
    """A limit at `factor` of the argument as a percentage (or as a fraction, with whole = 1)."""
    if limit is None:
        return None
    return limit * whole / factor if whole == 100 else limit * factor


_TABLES: dict[str, Checker] = {
    "oiml-r111-table1": _weights,
    "oiml-r76-table6": _scales,
    "oiml-r60-table4": _load_cells,
    "mid-mi005-classes": _liquids,
    "mid-mi001-water": _water,
    "mid-mi003-electricity": _electricity,
    "fr-2013-class-D-electricity": _french_meters,
    "mid-mi007-taximeter": _taximeters,
    "mid-mi008-r35-length": _length,
    "en837-classes": _gauges,
    "oiml-r138-capacity-measures": _capacity,
    "oiml-r7-clinical-thermometer": _thermometer,
    "en1060-sphygmomanometer": _blood_pressure,
}


def _limits(case: Case) -> Ours:
    """An unknown table gives nothing, so that its quantities are reported as not computed."""
    known = _TABLES.get(case["id"])
    return known(case) if known else {}


CHECKERS: dict[str, Checker] = {"limit table": _limits}
