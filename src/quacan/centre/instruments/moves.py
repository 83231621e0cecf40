"""What is done with an instrument of the register: corrected, moved, sent to repair, stopped, taken back into use."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.moves import Moves, Place
from quacan.centre.instruments.models import Instrument


def _anywhere(instrument: Instrument) -> Place:
    """One register for every organisation: who may somewhere may; the book is the one of who does it."""
    return None, None


_ALWAYS = frozenset(Instrument.State.values)
INSTRUMENT = Moves(
    "instruments.Instrument",
    ends=_ALWAYS,  # an instrument may stay in use, under repair or out of use for good
    place=_anywhere,
    tones={"in_use": "", "repair": "open", "stopped": "open"},
)
CHANGE = INSTRUMENT.move("change", _("Sửa"), "instruments.record", source=_ALWAYS, icon="pencil")
MOVE = INSTRUMENT.move(
    "move", _("Đổi chủ, nơi đặt"), "instruments.record", source=_ALWAYS, icon="arrow-right"
)
REPAIR = INSTRUMENT.move(
    "repair", _("Đưa đi sửa chữa"), "instruments.record", source=("in_use", "stopped"), target="repair"
)
STOP = INSTRUMENT.move(
    "stop", _("Ngừng sử dụng"), "instruments.record", source=("in_use", "repair"), target="stopped"
)
TAKE_BACK = INSTRUMENT.move(
    "return", _("Đưa vào dùng lại"), "instruments.record", source=("repair", "stopped"), target="in_use"
)
