"""How a result is reported: the one rounding routine of the house.

Rounding is display. Full values are stored and judged; what is printed comes from here: the expanded
uncertainty is rounded to its significant digits first, and the value is then rounded to the same decimal
place (JCGM 100:2008, 7.2.6; EA-4/02 M:2022, 6.3).
"""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Literal, get_args

Exact = Decimal | int | float | str
ReportingRule = Literal["gum", "ea", "half-even", "up"]

NARROW_SPACE = "\u202f"
MINUS = "\u2212"

_LARGEST_LOSS = Decimal("0.05")
"""Largest fraction by which rounding may lower U (EA-4/02 M:2022, 6.3)."""


class RoundingRefused(ValueError):
    """A number that cannot be rounded: not finite, a negative uncertainty, an unknown rule."""


class RoundingMode(StrEnum):
    """Where a number between two neighbours goes.

    half-even is rule A and half-up rule B of ISO 80000-1:2009, annex B; up is away from zero, down
    towards zero.

    >>> round_to("2.5", 0, RoundingMode.HALF_EVEN), round_to("2.5", 0, RoundingMode.HALF_UP)
    (Decimal('2'), Decimal('3'))
    """

    HALF_EVEN = "half-even"
    HALF_UP = "half-up"
    UP = "up"
    DOWN = "down"


_DECIMAL_MODES = {
    RoundingMode.HALF_EVEN: ROUND_HALF_EVEN,
    RoundingMode.HALF_UP: ROUND_HALF_UP,
    RoundingMode.UP: ROUND_UP,
    RoundingMode.DOWN: ROUND_DOWN,
}
_MODES_OF_RULE: dict[str, tuple[RoundingMode, RoundingMode]] = {  # rule: (mode of U, mode of the value)
    "gum": (RoundingMode.HALF_UP, RoundingMode.HALF_UP),
    "ea": (RoundingMode.HALF_UP, RoundingMode.HALF_UP),
    "half-even": (RoundingMode.HALF_EVEN, RoundingMode.HALF_EVEN),
    "up": (RoundingMode.UP, RoundingMode.HALF_UP),
}


@dataclass(frozen=True, slots=True)
class ReportedResult:
    """A result as it is printed: value and expanded uncertainty at one decimal place.

    exponent is the power of ten of the last printed digit; text uses a decimal point and no grouping,
    text_vi the Vietnamese form (decimal comma, narrow spaces between thousands, a true minus sign).
    """

    value: Decimal
    U: Decimal
    exponent: int
    text: str
    text_vi: str


def exact(value: Exact) -> Decimal:
    """This will turn a number into the Decimal a reader would write: floats by their shortest form.

    Raises RoundingRefused for NaN, infinities and texts that are no number.

    >>> exact(0.1), exact("1.50")
    (Decimal('0.1'), Decimal('1.50'))
    """
    try:
        number = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        raise RoundingRefused(f"'{value}' is not a number that can be rounded.") from None
    if not number.is_finite():
        raise RoundingRefused(f"'{value}' is not a finite number and cannot be rounded.")
    return number


def round_to(value: Exact, exponent: int, mode: RoundingMode | str = RoundingMode.HALF_EVEN) -> Decimal:
    """This will round value to a multiple of 10**exponent, exactly, in one step.

    >>> round_to("2.345", -2, "half-even"), round_to("2.345", -2, "half-up"), round_to("1234", 2, "up")
    (Decimal('2.34'), Decimal('2.35'), Decimal('1.3E+3'))
    """
    number = exact(value)
    room = Context(prec=max(1, number.adjusted() - exponent + 2), rounding=_decimal_mode(mode))
    return number.quantize(Decimal((0, (1,), exponent)), context=room)


def round_to_step(value: Exact, step: Exact, mode: RoundingMode | str = RoundingMode.HALF_EVEN) -> Decimal:
    """This will round value to a whole multiple of step (a scale interval, a whole metre), exactly.

    The answer carries the decimals of the step. Raises RoundingRefused unless step > 0.

    >>> round_to_step("12.37", "0.05", "half-up")
    Decimal('12.35')
    """
    interval = exact(step)
    if interval <= 0:
        raise RoundingRefused(f"The rounding step must be above zero, not {interval}.")
    whole = Fraction(exact(value)) / Fraction(interval)
    count = _whole(whole, RoundingMode(mode))
    product = Context(prec=len(str(abs(count))) + len(interval.as_tuple().digits) + 1)
    return product.multiply(Decimal(count), interval)


def significant_exponent(U: Exact, digits: int, mode: RoundingMode | str = RoundingMode.HALF_UP) -> int:
    """This will give the power of ten of the last digit kept when U > 0 is rounded to so many digits.

    Rounding may carry into a new leading digit (9.95 becomes 10): the place is then looked for again, so
    that U is never printed with one digit too many.

    >>> [significant_exponent(U, 2) for U in ("0.00079175", "9.95", "9.94")]
    [-5, 0, -1]
    """
    uncertainty = exact(U)
    if uncertainty <= 0:
        raise RoundingRefused("Significant digits are those of an uncertainty above zero.")
    if digits < 1:
        raise RoundingRefused(f"An uncertainty needs at least one significant digit, not {digits}.")
    exponent = uncertainty.adjusted() - digits + 1
    carried = round_to(uncertainty, exponent, mode).adjusted() > uncertainty.adjusted()
    return exponent + 1 if carried else exponent


def round_uncertainty(U: Exact, *, digits: int = 2, rule: ReportingRule = "gum") -> Decimal:
    """This will round an uncertainty above zero to its significant digits.

    Rules: gum, nearest, halves up (JCGM 100:2008, 7.2.6); ea, the same, but upwards when rounding would
    lower U by more than 5 % (EA-4/02 M:2022, 6.3); up, always upwards (7.2.6, cautious reading);
    half-even (ISO 80000-1, B.3 rule A).

    >>> round_uncertainty("1.4", digits=1), round_uncertainty("1.4", digits=1, rule="ea")
    (Decimal('1'), Decimal('2'))
    """
    uncertainty = exact(U)
    mode = _modes(rule)[0]
    rounded = round_to(uncertainty, significant_exponent(uncertainty, digits, mode), mode)
    if rule != "ea" or uncertainty - rounded <= _LARGEST_LOSS * uncertainty:
        return rounded
    exponent = significant_exponent(uncertainty, digits, RoundingMode.UP)
    return round_to(uncertainty, exponent, RoundingMode.UP)


def report(value: Exact, U: Exact, *, digits: int = 2, rule: ReportingRule = "gum") -> ReportedResult:
    """This will round U, take its decimal place, and round value to that place (JCGM 100:2008, 7.2.6).

    U is in the unit of value. U = 0 has no significant digits: the value is then left as it is. Raises
    RoundingRefused for a negative U, numbers that are not finite, or an unknown rule.

    >>> report("100.02147", "0.00079175").text
    '100.02147 ± 0.00079'
    >>> report("1234.5678", "0.0951", digits=1, rule="ea").text_vi
    '1\\u202f234,6 ± 0,1'
    """
    number, uncertainty = exact(value), exact(U)
    if uncertainty < 0:
        raise RoundingRefused(f"An expanded uncertainty cannot be negative, but U is {uncertainty}.")
    _, mode = _modes(rule)
    if uncertainty == 0:
        return _reported(number, Decimal(0), int(number.as_tuple().exponent))
    rounded = round_uncertainty(uncertainty, digits=digits, rule=rule)
    exponent = int(rounded.as_tuple().exponent)
    return _reported(round_to(number, exponent, mode), rounded, exponent)


def plain_text(number: Decimal) -> str:
    """This will write a Decimal with a decimal point, no exponent, no grouping and no negative zero."""
    text = format(number, "f")
    return text.removeprefix("-") if number == 0 else text


def vietnamese_text(number: Decimal) -> str:
    """This will write a Decimal with a decimal comma, narrow spaces between thousands and a true minus sign.

    >>> vietnamese_text(Decimal("-12345.60"))
    '−12\\u202f345,60'
    """
    text = plain_text(number)
    whole, _, fraction = text.removeprefix("-").partition(".")
    grouped = format(int(whole), ",").replace(",", NARROW_SPACE)
    sign = MINUS if text.startswith("-") else ""
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def concise_text(value: Exact, u: Exact, *, digits: int = 2, rule: ReportingRule = "gum") -> str:
    """This will write a value with its standard uncertainty in brackets, in units of the last digit.

    The second form of JCGM 100:2008, 7.2.2.

    >>> concise_text("100.02147", "0.00035")
    '100.02147(35)'
    """
    reported = report(value, u, digits=digits, rule=rule)
    shift = min(reported.exponent, 0)
    return f"{plain_text(reported.value)}({int(reported.U.scaleb(-shift))})"


def _reported(value: Decimal, U: Decimal, exponent: int) -> ReportedResult:
    return ReportedResult(
        value=value,
        U=U,
        exponent=exponent,
        text=f"{plain_text(value)} ± {plain_text(U)}",
        text_vi=f"{vietnamese_text(value)} ± {vietnamese_text(U)}",
    )


def _modes(rule: str) -> tuple[RoundingMode, RoundingMode]:
    if rule not in _MODES_OF_RULE:
        raise RoundingRefused(
            f"Unknown reporting rule '{rule}': use one of {', '.join(get_args(ReportingRule))}."
        )
    return _MODES_OF_RULE[rule]


def _decimal_mode(mode: RoundingMode | str) -> str:
    try:
        return _DECIMAL_MODES[RoundingMode(mode)]
    except ValueError:
        raise RoundingRefused(
            f"Unknown rounding mode '{mode}': use one of {', '.join(RoundingMode)}."
        ) from None


def _whole(quotient: Fraction, mode: RoundingMode) -> int:
    """The whole number next to a quotient, on the side the mode names."""
    sign = -1 if quotient < 0 else 1
    below, rest = divmod(abs(quotient), 1)
    raised = {
        RoundingMode.UP: rest > 0,
        RoundingMode.DOWN: False,
        RoundingMode.HALF_UP: rest >= Fraction(1, 2),
        RoundingMode.HALF_EVEN: rest > Fraction(1, 2) or (rest == Fraction(1, 2) and int(below) % 2 == 1),
    }[mode]
    return sign * (int(below) + raised)
