"""What the ledger brings to the house: the book of figures and its proof."""

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Record, departments
from quacan.centre.base.problems import Flaw
from quacan.centre.ledger.moves import FIGURES
from quacan.centre.ledger.queries import flaws


def _flaws() -> Iterator[Flaw]:
    """The proof of the book, against what every department says it must say."""
    said = (one.postings() for one in departments() if one.postings is not None)
    return flaws(chain.from_iterable(said))


DEPARTMENT = Department(
    name=_("Sổ nghiệp vụ"),
    permissions={
        "ledger.see": _("xem sổ nghiệp vụ"),
        "ledger.close_period": _("khóa kỳ, chốt số liệu"),
        "ledger.rebuild": _("cộng lại sổ từ bút toán"),
    },
    moves=(FIGURES,),
    records=(Record("ledger.ClosedPeriod", _("Kỳ đã khóa")), Record("ledger.Entry", _("Bút toán"))),
    deeds={
        "ledger.close_period": _("khóa kỳ"),
        "ledger.rebuild_sums": _("cộng lại sổ từ bút toán"),
    },
    fields={
        "ledger.seq": _("bút toán cuối"),
        "ledger.closed_by": _("người khóa"),
        "ledger.closed_at": _("khóa lúc"),
    },
    dimensions={"kind": _("Loại"), "qualifier": _("Cách nêu số")},
    flaws=_flaws,
    flaws_order=60,
)
