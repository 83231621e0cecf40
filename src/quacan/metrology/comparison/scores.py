"""Performance scores of proficiency tests (ISO 13528:2022, 9.4 to 9.7; ISO/IEC 17043:2023, annex B).

A score is a float; its grade is decided exactly on the decimal numbers as given, so a result on a limit is on
the limit.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from quacan.metrology.readings import UnusableReadings, as_number, as_positive

Grade = Literal["satisfactory", "questionable", "unsatisfactory"]
Exact: TypeAlias = Decimal | float | int


@dataclass(frozen=True, slots=True)
class Score:
    """One score and its grade: up to 2 satisfactory, below 3 questionable, else not; En up to 1
    satisfactory.
    """

    kind: str
    score: float
    grade: Grade


def z_score(x: Exact, assigned: Exact, sigma: Exact) -> Score:
    """This will return z = (x - assigned)/sigma (ISO 13528:2022, 9.4), all in one unit.

    >>> z_score(10.16, 10, 0.08)
    Score(kind='z', score=2.0, grade='satisfactory')
    """
    as_positive(sigma, name="sigma")
    return _score("z", x, assigned, _exact(sigma, "sigma") ** 2)


def z_prime_score(x: Exact, assigned: Exact, sigma: Exact, u_assigned: Exact) -> Score:
    """This will return z' = (x - assigned)/√(sigma² + u²(assigned)) (ISO 13528:2022, 9.5).

    >>> round(z_prime_score(10.12, 10, 0.08, 0.03).score, 6)
    1.404494
    """
    as_positive(sigma, name="sigma")
    as_positive(u_assigned, name="u_assigned", zero=True)
    square = _exact(sigma, "sigma") ** 2 + _exact(u_assigned, "u_assigned") ** 2
    return _score("z_prime", x, assigned, square)


def zeta_score(x: Exact, assigned: Exact, u: Exact, u_assigned: Exact, *, covariance: Exact = 0) -> Score:
    """This will return zeta = (x - assigned)/√(u² + u²(assigned) - 2 covariance) (ISO 13528:2022, 9.6).

    u and u_assigned are standard uncertainties; `covariance` is that of x and the assigned value, not zero
    when both depend on one reference.

    >>> zeta_score(10.12, 10, 0.04, 0.03).score
    2.4
    """
    return _score("zeta", x, assigned, _variance(u, u_assigned, covariance))


def en_score(x: Exact, assigned: Exact, U: Exact, U_assigned: Exact, *, covariance: Exact = 0) -> Score:
    """This will return En = (x - assigned)/√(U² + U²(assigned) - 2 covariance) (ISO 13528:2022, 9.7).

    U and U_assigned are expanded uncertainties of one coverage factor; `covariance` is expanded likewise
    (k² times the covariance).

    >>> en_score(10.12, 10, 0.08, 0.06)
    Score(kind='en', score=1.2, grade='unsatisfactory')
    """
    return _score("en", x, assigned, _variance(U, U_assigned, covariance))


def _variance(u: Exact, u_assigned: Exact, covariance: Exact) -> Fraction:
    as_positive(u, name="uncertainty", zero=True)
    as_positive(u_assigned, name="uncertainty of the assigned value", zero=True)
    a, b, c = _exact(u, "u"), _exact(u_assigned, "u_assigned"), _exact(covariance, "covariance")
    if c * c > a * a * b * b:
        raise UnusableReadings("The covariance exceeds the product of the uncertainties.")
    return a * a + b * b - 2 * c


def _score(kind: str, x: Exact, assigned: Exact, square: Fraction) -> Score:
    if square <= 0:
        raise UnusableReadings("The uncertainty of the difference is zero: no score is defined.")
    difference = _exact(x, "x") - _exact(assigned, "assigned")
    ratio = difference * difference / square
    score = math.copysign(math.sqrt(ratio), difference) if difference else 0.0
    return Score(kind, score, _grade(kind, ratio))


def _grade(kind: str, squared_score: Fraction) -> Grade:
    if kind == "en":
        return "satisfactory" if squared_score <= 1 else "unsatisfactory"
    if squared_score <= 4:
        return "satisfactory"
    return "questionable" if squared_score < 9 else "unsatisfactory"


def _exact(value: Exact, name: str) -> Fraction:
    """The number as its shortest decimal text, so that 0.1 means one tenth."""
    as_number(value, name=name)
    return Fraction(value) if isinstance(value, int | Decimal) else Fraction(Decimal(repr(float(value))))
