"""What is done with the figures of a period: closed once, for good. A period still open is one not stored yet."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves
from quacan.centre.base.refusals import Refusal
from quacan.centre.ledger.models import ClosedPeriod
from quacan.centre.ledger.refusals import PeriodNotBegun, PeriodNotOver


def _state(period: ClosedPeriod) -> str:
    return "closed" if period.pk else "open"


def _stage(period: ClosedPeriod) -> str:
    if not period.pk:
        return _now("đang mở")
    return _now("đã chốt số liệu; số phát sinh muộn vẫn ghi được, vào phần điều chỉnh sau chốt")


def _over(period: ClosedPeriod, actor: Actor, on: date) -> Iterator[Refusal]:
    if on < period.end:
        yield PeriodNotOver(period=period.code, end=f"{period.end:%d/%m/%Y}")


def _begun(period: ClosedPeriod, actor: Actor, on: date) -> Iterator[Refusal]:
    if on < period.start:
        yield PeriodNotBegun(period=period.code, start=f"{period.start:%d/%m/%Y}")


FIGURES = Moves("ledger.ClosedPeriod", ends=frozenset({"closed"}), state=_state, stage=_stage)
CLOSE = FIGURES.move(
    "close", _("Chốt số liệu"), "ledger.close_period", source="open", target="closed", hindrances=_over,
    icon="lock",
)  # fmt: skip
CLOSE_EARLY = FIGURES.move(
    "close_early", _("Chốt sớm số liệu"), "ledger.close_period", source="open", target="closed",
    hindrances=_begun, icon="lock",
)  # fmt: skip
