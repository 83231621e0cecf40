"""What is done with an entry of the register of parties: corrected, given places, merged into another."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import Actor
from quacan.centre.base.moves import Moves, Offer, Place, hindrances
from quacan.centre.base.refusals import Refusal
from quacan.centre.parties.models import Party
from quacan.centre.parties.refusals import DifferentTaxCodes, PartyMerged, SameParty


def _anywhere(party: Party) -> Place:
    """One register for every organisation: who may somewhere may; the book is the one of who does it."""
    return None, None


def _stage(party: Party) -> str:
    return _now("đã gộp") if party.merged_into_id else _now("đang dùng")


def _stands_for_nobody(party: Party, actor: Actor, on: date) -> Iterator[Refusal]:
    if party.merged_into is not None:
        yield PartyMerged(party=party.name, into=party.merged_into.name)


PARTY = Moves(
    "parties.Party",
    ends=frozenset({"living", "merged"}),  # an entry may stay as it is for good
    place=_anywhere,
    state=lambda party: "merged" if party.merged_into_id else "living",
    stage=_stage,
)
_EITHER = ("living", "merged")  # a merged entry is refused by name, with the entry that stands for it
CHANGE = PARTY.move(
    "change", _("Sửa"), "parties.record", source=_EITHER, hindrances=_stands_for_nobody, icon="pencil"
)
KEEP_PLACES = PARTY.move(
    "places", _("Ghi cơ sở"), "parties.record", source=_EITHER, hindrances=_stands_for_nobody, icon="plus"
)
MERGE = PARTY.move(
    "merge", _("Gộp vào đây"), "parties.merge", source=_EITHER, hindrances=_stands_for_nobody,
    reason=_("Vì sao biết là một"),
)  # fmt: skip


def not_one(keep: Party, drop: Party) -> Iterator[Refusal]:
    """Everything that keeps two entries from being one: the same entry, a merged one, two legal persons."""
    if keep.pk == drop.pk:
        yield SameParty(party=keep.name)
    if keep.merged_into is not None:
        yield PartyMerged(party=keep.name, into=keep.merged_into.name)
    if keep.tax_code and drop.tax_code and keep.tax_code != drop.tax_code:
        yield DifferentTaxCodes(
            keep=keep.name, keep_code=keep.tax_code, drop=drop.name, drop_code=drop.tax_code
        )


def merger(keep: Party, drop: Party, actor: Actor, *, on: date) -> Offer:
    """The merging of one entry into another as a person sees it."""
    return Offer(MERGE, (*hindrances(MERGE, drop, actor, on=on), *not_one(keep, drop)))
