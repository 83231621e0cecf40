"""Everybody who may measure, with what of theirs ends soon: the list a technical head looks through."""

from dataclasses import dataclass
from datetime import date

from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import CardStanding, Expiry, card_standings, expiries


@dataclass(frozen=True, slots=True)
class VerifierRow:
    """One who may measure: the card, and what ended or ends within 90 days, the first first."""

    standing: CardStanding
    ending: tuple[Expiry, ...]

    @property
    def person(self) -> Person:
        return self.standing.person

    @property
    def marks(self) -> frozenset[str]:
        """This will give the filters the row answers to: 90 holds all that end within 90 days, 30 within 30."""
        found = {self.standing.warning} & {"none"}
        for one in self.ending:
            found |= {"expired": {"expired"}, "30": {"30", "90"}, "90": {"90"}}.get(one.warning, set())
        return frozenset(found)


def verifier_rows(organisation: Organisation, *, on: date) -> list[VerifierRow]:
    """This will list everybody who may measure, who has something to renew first."""
    soon: dict[int, list[Expiry]] = {}
    for one in expiries(organisation, on=on):
        soon.setdefault(one.person.pk, []).append(one)
    rows = [
        VerifierRow(standing, tuple(soon.get(standing.person.pk, ())))
        for standing in card_standings(organisation, on=on)
    ]
    return sorted(rows, key=lambda row: _urgency(row))


def _urgency(row: VerifierRow) -> int:
    if row.standing.days_left is None:
        return -1_000_000
    return min([row.standing.days_left, *(one.days_left for one in row.ending)])
