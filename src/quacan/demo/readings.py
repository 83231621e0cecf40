"""What a verifier would read from a simulated instrument: good ones err little, bad ones err beyond their limit."""

import random
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from quacan.metrology.procedure import SheetLayout
from quacan.metrology.procedure.layout import LayoutRow, LayoutStep
from quacan.metrology.procedure.typed import read_in_unit

TENTH = Decimal("0.1")


def typed(number: Decimal) -> str:
    """This will write a number as a verifier types it, with a decimal comma."""
    text = format(number.normalize() + 0, "f")
    return text.replace(".", ",")


def readings(
    layout: SheetLayout, characteristics: dict[str, str], chance: random.Random, *, good: bool
) -> dict[str, str]:
    """This will give every cell of a sheet as typed, for an instrument that is *good* or not."""
    cells: dict[str, str] = {}
    instrument = _Instrument(characteristics, chance, good=good)
    for step in layout.steps:
        for row in step.rows:
            cells.update(instrument.row(step, row))
    return cells


class _Instrument:
    """A simulated instrument: a slope and an offset that stay, a little noise at every reading."""

    def __init__(self, characteristics: dict[str, str], chance: random.Random, *, good: bool) -> None:
        self.known = characteristics
        self.chance = chance
        self.slope = Decimal(str(chance.uniform(-0.5, 0.5))) if good else Decimal(chance.choice((-3, 3)))
        self.offset = Decimal(str(chance.uniform(-0.15, 0.15)))

    def row(self, step: LayoutStep, row: LayoutRow) -> Iterator[tuple[str, str]]:
        columns = {cell.column: cell.key for cell in row.cells}
        if step.kind == "checklist":
            yield from ((key, "ok") for key in columns.values())
        elif {"indication", "add_load"} <= columns.keys():
            yield from self._scale(row, columns)
        elif {"indication", "reference"} <= columns.keys():
            yield from self._dispenser(columns)
        elif "indication" in columns and row.nominal is not None:
            yield from self._gauge(row.nominal, columns)
        elif {"before", "after", "minutes"} <= columns.keys():
            fall = Decimal(self.chance.randint(1, 6))
            yield from (
                (columns["before"], "250"),
                (columns["after"], typed(250 - fall)),
                (columns["minutes"], "2"),
            )

    def _noise(self, size: str) -> Decimal:
        return Decimal(str(self.chance.uniform(-1, 1))) * Decimal(size)

    def _scale(self, row: LayoutRow, columns: dict[str, str]) -> Iterator[tuple[str, str]]:
        """The indication jumps when a small added load makes it: P = I + e/2 − ΔL (OIML R 76-1, A.4.4.3)."""
        e = read_in_unit(self.known["e"], unit="g")
        most = read_in_unit(self.known["max_load"], unit="g")
        load = row.nominal or Decimal(0)
        error = e * (self.offset + self.slope * load / most + self._noise("0.05"))
        before_rounding = load + error
        shown = (before_rounding / e).to_integral_value(ROUND_HALF_EVEN) * e
        added = (shown + e / 2 - before_rounding).quantize(e / 10, ROUND_HALF_EVEN)
        yield columns["indication"], typed(shown)
        yield columns["add_load"], typed(max(added, Decimal(0)))

    def _dispenser(self, columns: dict[str, str]) -> Iterator[tuple[str, str]]:
        percent = self.slope * Decimal("0.5") + self.offset * TENTH + self._noise("0.03")
        volume = (20 / (1 + percent / 100)).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        yield columns["indication"], "20,00"
        yield columns["reference"], typed(volume)

    def _gauge(self, nominal: Decimal, columns: dict[str, str]) -> Iterator[tuple[str, str]]:
        error = self.slope * 2 * nominal / 300 + self.offset * 2 + self._noise("0.3")
        yield columns["indication"], typed((nominal + error).quantize(Decimal(1), ROUND_HALF_EVEN))
