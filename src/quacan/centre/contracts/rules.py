"""What a contract decides on plain values: its money, its progress, the stage they make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from quacan.metrology.rounding import RoundingMode, round_to

IN_FORCE: Final = frozenset({"signed", "running", "done", "accepted"})
MEASURED: Final = frozenset({"verification", "calibration"})
"""Services whose quantities are counted by jobs with results; the others are reported by hand."""

DECISION_RULES: Final = ("simple_acceptance", "guarded_acceptance")


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as it is asked for: price in whole đồng before VAT."""

    service: str
    kind_code: str
    quantity: int
    unit_price: int
    description: str = ""
    event: str = "periodic"


@dataclass(frozen=True, slots=True)
class Totals:
    """Money of a contract in whole đồng."""

    net: int
    vat: int
    gross: int


@dataclass(frozen=True, slots=True)
class LineProgress:
    """How much of a line is agreed, ordered (living jobs) and done."""

    quantity: int
    ordered: int
    done: int

    @property
    def is_complete(self) -> bool:
        return self.done >= self.quantity

    @property
    def left_to_order(self) -> int:
        return max(0, self.quantity - self.ordered)


def totals(lines: Iterable[tuple[int, int]], vat_percent: Decimal) -> Totals:
    """This will add up (quantity, unit price) pairs.

    VAT is taken once, on the net total, rounded to whole đồng with halves upwards.
    """
    net = sum(quantity * price for quantity, price in lines)
    vat = int(round_to(Decimal(net) * vat_percent / 100, 0, RoundingMode.HALF_UP))
    return Totals(net=net, vat=vat, gross=net + vat)


def stage_after_work(progress: Sequence[LineProgress]) -> str:
    """This will give the stage of a contract whose work was given out, from how far its lines are."""
    if progress and all(line.is_complete for line in progress):
        return "done"
    return "running"


def one_service(services: Iterable[str]) -> str:
    """This will name the service of a contract: the one all its lines share, or ``mixed``."""
    found = set(services)
    return found.pop() if len(found) == 1 else "mixed"
