"""The science on the command line: JSON in, JSON out, one sentence on stderr when it cannot be answered."""

import argparse
import json
import math
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Never

_LARGEST_REQUEST = 64 * 1024 * 1024
_FORM = """
Một tệp JSON, hoặc - để đọc từ đầu vào chuẩn; kết quả JSON ra đầu ra chuẩn; lỗi: một câu, mã thoát 2.
One JSON file, or - for standard input; the answer is JSON on standard output; an error is one sentence and exit code 2.
Numbers keep full precision; null stands for a quantity that is not valid (an infinite number of degrees of freedom,
a limit that does not exist)."""


@dataclass(frozen=True, slots=True)
class _Command:
    """A command: its name, what it does in both languages, its fields, an example that runs."""

    name: str
    summary: str
    fields: str
    example: str


_EVALUATE = _Command(
    name="evaluate",
    summary="Đánh giá độ không đảm bảo đo · evaluate a measurement model (JCGM 100, 101, 102)",
    fields="""\
model         "a*b + c", or {"y1": "...", "y2": "..."}: + - * / **, abs min max sqrt exp log log10 sin cos tan asin acos
              atan atan2 sinh cosh tanh sign where
solve         {unknown: start}: the formulas of the model are then relations equal to zero
inputs        {name: input}; an input is an exact number | {"value", "u" | "relative_u", "dof"?} | {"samples": [...]} |
              {"value", "U", "k" | "coverage"} | {"distribution", "value", ...}: normal (u), t (u = scale, dof),
              rectangular, triangular, arcsine (half_width), trapezoidal (half_width, beta), curvilinear_trapezoid
              (half_width, spread), exponential (mean), gamma (shape, scale); each with reliability? (degrees of
              freedom by GUM G.3)
groups        [[names sampled together], ...]
correlations  [["a", "b", 0.9], ...]
method        gum | gum2 (second order) | mc (Monte Carlo) | validate (JCGM 101, 8)
coverage      0.95, or k;  digits 2;  seed 1;  draws: a fixed number;  plain: true for JCGM 101, 7.9.4
Answer: outputs {y: {value, u, dof, k, U, interval, shortest?, text}}, order, covariance, correlation, budget,
second_order?, regions {k_p, k_q}?, validated?, comparison?, monte_carlo?, draws, engine, notes""",
    example="""\
{"model": "m * (1 + (air - 1.2) * (1/rho - 1/8000)) + d",
 "inputs": {"m": {"value": 100.000012, "u": 0.00002},
            "air": {"distribution": "rectangular", "value": 1.2, "half_width": 0.05},
            "rho": {"distribution": "rectangular", "value": 7900, "half_width": 100},
            "d": {"samples": [0.00011, 0.00013, 0.00010, 0.00012]}},
 "method": "gum", "coverage": 0.95}""",
)
_DECIDE = _Command(
    name="decide",
    summary="Kết luận phù hợp theo quy tắc ra quyết định · decide on conformity (JCGM 106, ILAC-G8)",
    fields="""\
value         the measured value; without it only the risks of the whole population
u | U, k      standard uncertainty, or expanded with its factor;  dof: its degrees of freedom
lower, upper  tolerance limits, either may be absent;  lower_open, upper_open: true when the limit itself is outside
rule          simple | guarded (guard band r U) | four-state | legal (U <= MPE/3);  r
prior         {"distribution": "normal", "mean", "sd"} | {"distribution": "gamma", "shape", "rate"}
acceptance    [lo, hi] in place of the interval of the rule;  target_pfa: risk a guard band is wanted for
Answer: verdict, acceptance, p_conform, pfa, pfr, global {pfa, pfr, conditional_pfa}?, guard_band?, notes?""",
    example="""\
{"value": 100.4, "u": 0.1, "lower": 99.0, "upper": 101.0, "rule": "guarded", "r": 1,
 "prior": {"distribution": "normal", "mean": 100.0, "sd": 0.4}}""",
)
_COMPARE = _Command(
    name="compare",
    summary="So sánh kết quả, thống kê bền vững, biểu đồ kiểm soát · compare results (ISO 13528, ISO 5725-2, ISO 7870)",
    fields="""\
method and its data (a field of the data may also stand beside "data"):
algorithm-a   [results] -> mean, sd, u_mean, n, iterations
algorithm-s   {"values": [deviations], "dof"} -> s
z             {"x", "assigned" | "X", "sigma" | "sigma_pt"} -> z, score, grade
z-prime       the same and "u_assigned" | "u_X" -> z_prime, score, grade
zeta          {"x", "u" | "u_x", "X", "uX" | "u_X", "covariance"?} (or U, UX and k) -> zeta, score, grade
en            {"x", "U" | "U_x", "X", "UX" | "U_X"} (or u, uX and k; "covariance"? needs k) -> en, score, grade
              for the four scores x (and any other field) may be a list, or the data a list of objects: lists come back
anova         [[group], [group], ...] or {"groups"} or {"means", "deviations", "n"}; alpha? -> F, p_value, F_critical,
              significant, ss_, ms_, dof_ between and within, s_a, s_b, s_between, s_within, mean, u_mean, dof, ...
grubbs, dixon [readings]; alpha?, side? (both, high, low) -> index, value, statistic, critical, p_value, outlier
cochran       [[group], ...] or {"variances" | "deviations", "n"}; alpha? -> the same
weighted-mean {"values", "u"}; alpha? -> mean, u, u_external, birge_ratio, chi_squared, p_value, consistent, ...
youden        {"a", "b"}; coverage? -> centre, s_within, s_between, radius, outside, quadrants
gauge-rr      [part][operator][repeat]; evaluation? (anova, range), tolerance? -> repeatability, reproducibility, ...
shewhart      [[subgroup], ...]; spread? (range, deviation), rules? ("all") -> sigma, limits, signals, spread_limits ...
individuals   [readings]; rules? -> the same with moving ranges
ewma          {"readings", "target", "sigma", "weight"?, "width"?, "n"?} -> averages, lower, upper, beyond
cusum         {"readings", "target", "sigma", "reference"?, "decision"?, "n"?} -> high, low, beyond, shift_began
chart-constants  {"n": [2, 3, ...]} -> columns, table, constants""",
    example="""\
{"method": "algorithm-a",
 "data": [10.02, 10.05, 9.98, 10.01, 10.47, 10.00, 9.99, 10.03]}""",
)
_INTERVALS = _Command(
    name="intervals",
    summary="Chu kỳ hiệu chuẩn · recommend a calibration interval (NCSLI RP-1, NASA-HDBK-8739.19-5, ILAC-G24)",
    fields="""\
method and its fields, all in one unit of time:
a3            in_tolerance (in_tol), n, or passed [true, false, ...]; interval (I0), target, confidence? (conf, 0.5),
              largest_change? (2), shortest?, longest? -> interval, Q, R_observed, R_low, R_high, factor, changed;
              lists for several instruments give lists
s2            times [ages], in_tolerance [..], n [..], or times and passed; target, coverage? -> interval,
              interval_low, interval_high, rate, u_rate, chi_squared, dof, p_value
variables     times (dt), changes (deltas), u0, value (y0), degree (m); lower?, upper? (or limits [lo, hi]) with
              reliability; u_target -> interval (the shorter), reliability_interval, value_at_reliability_interval,
              uncertainty_interval, value_at_uncertainty_interval, coefficients, covariance, s, dof, notes?
drift         times, errors; lower?, upper?, coverage? -> interval (from the last), time, drift, u_drift, dof
staircase     interval, error, limit, extend_by, shorten_by (factors), u?, extend_below? (0.8)
              -> interval, advice, share_of_limit""",
    example="""\
{"method": "variables",
 "times": [70, 86, 104, 135, 167, 173], "changes": [0.1, 0.11, 0.251, 0.299, 0.403, 0.615],
 "u0": 0.28, "value": 10.03, "degree": 2, "lower": 9, "upper": 11, "reliability": 0.9, "u_target": 0.5}""",
)
_FIT = _Command(
    name="fit",
    summary="Đường đặc trưng hiệu chuẩn · fit a calibration curve (GUM H.3, ISO/TS 28037)",
    fields="""\
method        ols | wls (u_y) | gls (covariance_y) | york (u_x, u_y, r_xy?) | polynomial; without it the uncertainties
              given decide
x, y          points; u_x, u_y: standard uncertainties, one number or a list; origin (x0): x of the intercept, 0
degree        1 (or powers [1, 2] for a curve through the origin);  rescale: true to scale u by the residuals
predict_at    x or [x, ...];  inverse_at: y or [y, ...] with u_inverse (or readings: how many were averaged)
coverage      0.95;  alpha 0.05 for the tests of the residuals
Answer: parameters, u, covariance, correlation, s, dof, chi_squared, residuals, normalised_residuals, tests; for a line
intercept, slope, u_intercept, u_slope, r; predictions [{x, value, u, dof, k, U, interval, u_reading?,
reading_interval?}]; inverse [{y, x, u, u_curve, u_reading, dof, k, U}]""",
    example="""\
{"method": "ols", "origin": 20,
 "x": [21.521, 22.012, 22.512, 23.003, 23.507, 23.999, 24.513, 25.002, 25.503, 26.010, 26.511],
 "y": [-0.171, -0.169, -0.166, -0.159, -0.164, -0.165, -0.156, -0.157, -0.159, -0.161, -0.160],
 "predict_at": 30, "inverse_at": -0.165, "u_inverse": 0.002}""",
)
COMMANDS = (_EVALUATE, _DECIDE, _COMPARE, _INTERVALS, _FIT)


_TROUBLE: dict[type[Exception], str] = {
    RecursionError: "The request is nested too deeply.",
    ArithmeticError: "The numbers are too large or too small to compute with.",
    MemoryError: "The request asks for more memory than there is: ask for less at once.",
}


class _Refusal(Exception):
    """A request that could not be read; the message is the sentence to print."""


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """This will register evaluate, decide, compare, intervals and fit; each sets `run(args) -> int`."""
    for command in COMMANDS:
        parser = commands.add_parser(
            command.name,
            help=command.summary,
            description=command.summary + "\n" + _FORM + "\n\n" + command.fields,
            epilog=_epilog(command),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument("file", metavar="F", nargs="?", help="tệp yêu cầu, hoặc - · request file, or -")
        parser.set_defaults(run=_run, science=command.name)


def _epilog(command: _Command) -> str:
    return f"Ví dụ · example:\n\nquacan {command.name} - <<'JSON'\n{command.example}\nJSON"


def _run(args: argparse.Namespace) -> int:
    try:
        request = _request(args.file, args.science)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numpy's overflow lines: the answer says null, with a note
            answer = _function(args.science)(request)
        written = json.dumps(_finite(answer), ensure_ascii=False, allow_nan=False, indent=1)
    except (_Refusal, ValueError) as refusal:
        print(_one_sentence(str(refusal)), file=sys.stderr)
        return 2
    except (RecursionError, ArithmeticError, MemoryError) as trouble:
        print(next(text for kind, text in _TROUBLE.items() if isinstance(trouble, kind)), file=sys.stderr)
        return 2
    sys.stdout.write(written + "\n")
    return 0


def _function(name: str) -> Callable[[Mapping[str, Any]], Any]:
    """Loaded when asked for: --help opens without numpy."""
    found: Callable[[Mapping[str, Any]], Any] = getattr(
        import_module(f"quacan.metrology.exchange.{name}"), name
    )
    return found


def _request(file: str | None, name: str) -> Mapping[str, Any]:
    if file is None:
        raise _Refusal(f"Name a file with the request, or - for standard input; see quacan {name} --help.")
    text = _text(file)
    try:
        request = json.loads(
            text,
            object_pairs_hook=_once,
            parse_float=_number,
            parse_int=_whole,
            parse_constant=_not_a_number,
        )
    except json.JSONDecodeError as error:
        raise _Refusal(f"The request is not JSON: line {error.lineno}, column {error.colno}.") from None
    if not isinstance(request, dict):
        raise _Refusal("The request must be a JSON object with named fields.")
    return request


def _text(file: str) -> str:
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(_LARGEST_REQUEST + 1)
        else:
            with open(file, "rb") as stream:
                raw = stream.read(_LARGEST_REQUEST + 1)
        if len(raw) > _LARGEST_REQUEST:
            raise _Refusal("The request is larger than 64 MiB: ask in parts.")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Refusal("The request is not text in UTF-8.") from None
    except OSError as error:
        raise _Refusal(f"The file '{file}' cannot be read: {error.strerror or error}.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise _Refusal(f"The field '{twice}' stands twice in one object.")
    return fields


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _Refusal(f"The number {text[:40]} is too large.")
    return number


def _whole(text: str) -> int:
    if len(text) > 309:
        raise _Refusal(f"The number {text[:20]}... is too large.")
    _number(text)
    return int(text)


def _not_a_number(text: str) -> Never:
    raise _Refusal(f"{text} is not a number of JSON: give a finite value or leave the field out.")


def _finite(value: Any) -> Any:
    """What JSON can carry: floats that are not finite become null, tuples lists."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if hasattr(value, "tolist"):
        return _finite(value.tolist())
    return value


def _one_sentence(text: str) -> str:
    return " ".join(text.split()) or "The request cannot be answered."
