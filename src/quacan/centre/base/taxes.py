"""Value added tax by day, from dated data; an unknown day is refused, never guessed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any, Final

from quacan.centre.base.definitions import (
    CONFIDENCES,
    Schema,
    day,
    decimal,
    in_force_one,
    load,
    optional,
    rows_of,
    table,
    text,
)
from quacan.metrology.rounding import RoundingMode, round_to


class TaxUnknown(LookupError):
    """A day for which no rate has been entered; carries the day."""

    def __init__(self, on: date) -> None:
        self.on = on
        super().__init__(
            f"Chưa có thuế suất giá trị gia tăng của ngày {on:%d/%m/%Y}. "
            "Hãy bổ sung definitions/taxes/vat.toml theo văn bản đang có hiệu lực."
        )


@dataclass(frozen=True, slots=True)
class VatRate:
    """A rate in percent with the window it holds in, both days included, and where it is known from."""

    percent: Decimal
    start: date
    end: date
    source: str
    confidence: str

    def tax_on(self, net: int) -> int:
        """This will give the tax on a net amount, both whole đồng, halves upwards."""
        return int(round_to(Decimal(net) * self.percent / 100, 0, RoundingMode.HALF_UP))


def vat_rate(on: date) -> VatRate:
    """This will give the rate for verification, calibration and testing services; raises TaxUnknown."""
    for rate in vat_rates():
        if rate.start <= on <= rate.end:
            return rate
    raise TaxUnknown(on)


@cache
def vat_rates() -> tuple[VatRate, ...]:
    """This will give every window in order; raises DefinitionsRefused when the data are wrong."""
    definitions = load("taxes", TAX_SCHEMA)
    latest = in_force_one(definitions, code="vat", on=max(one.in_force_from for one in definitions))
    return tuple(
        VatRate(Decimal(row["percent"]), row["from"], row["to"], row["source"], row["confidence"])
        for row in latest.data["windows"]
    )


def _window_faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    rows = data["windows"]
    for number, row in enumerate(rows, start=1):
        if row["to"] < row["from"]:
            yield f"windows[{number}].to", f"{row['to']} trước {row['from']}."
    for number, (earlier, later) in enumerate(pairwise(rows), start=2):
        if (later["from"] - earlier["to"]).days != 1:
            yield (
                f"windows[{number}].from",
                f"phải là ngày ngay sau {earlier['to']}, không hở và không chồng.",
            )


TAX_SCHEMA: Final = Schema(
    {
        "direct_method": table(
            {"percent": decimal(0, 100), "source": text(), "confidence": text(*CONFIDENCES)}
        ),
        "windows": rows_of(
            {
                "from": day(),
                "to": day(),
                "percent": decimal(0, 100),
                "source": text(),
                "confidence": text(*CONFIDENCES),
                "note": optional(text()),
            }
        ),
    },
    check=_window_faults,
)
