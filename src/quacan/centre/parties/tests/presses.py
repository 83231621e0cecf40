"""How the buttons of the register of parties are pressed: with the values their forms would carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quacan.centre.base.act import Act
from quacan.centre.organisation.models import Organisation
from quacan.centre.parties import moves
from quacan.centre.parties.actions import (
    EstablishmentDraft,
    PartyDraft,
    merge_parties,
    record_party,
)
from quacan.centre.parties.models import Party
from quacan.centre.people.models import Person
from quacan.centre.people.queries import people_with, workplace


def parties() -> Iterator[Party]:
    """Two living parties and a merged one."""
    yield from Party.objects.filter(merged_into__isnull=True).order_by("-pk")[:2]
    centre = Organisation.objects.get(code="TTUD-CB")
    from django.utils import timezone

    clerk = people_with("parties.merge", centre, on=timezone.localdate())[0]
    act = Act(actor=clerk, at=timezone.now(), door="test", reason="Trùng")
    keep = record_party(act, centre, PartyDraft("person", "Ông Thử"))
    drop = record_party(act, centre, PartyDraft("person", "Ông Thử Hai"))
    merge_parties(act, drop, keep=keep, organisation=centre)
    yield Party.objects.get(pk=drop.pk)


def organisation_of(act: Act, permission: str) -> Organisation:
    """Where a person works with a permission."""
    person = act.actor
    assert isinstance(person, Person)
    return workplace(person, permission, on=act.on)


def _changed(party: Party, act: Act) -> dict[str, Any]:
    draft = PartyDraft(party.kind, f"{party.name} (sửa)", tax_code=party.tax_code)
    return {"draft": draft, "organisation": organisation_of(act, "parties.record"), "version": party.version}


def _placed(party: Party, act: Act) -> dict[str, Any]:
    draft = EstablishmentDraft("Kho thử nút", "Tổ 1")
    return {"draft": draft, "organisation": organisation_of(act, "parties.record")}


def _merged(party: Party, act: Act) -> dict[str, Any]:
    organisation = organisation_of(act, "parties.merge")
    return {
        "keep": record_party(act, organisation, PartyDraft("person", "Ông Giữ")),
        "organisation": organisation,
    }


SAMPLES = {moves.PARTY: parties}
PRESSES = {moves.CHANGE: _changed, moves.KEEP_PLACES: _placed, moves.MERGE: _merged}
