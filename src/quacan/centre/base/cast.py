"""The invented cast: people and customers that the demonstration and the tests share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from quacan.centre.base.definitions import (
    Definition,
    Schema,
    day,
    in_force_one,
    integer,
    load,
    mapping_of,
    optional,
    rows_of,
    text,
    values_of,
)


@dataclass(frozen=True, slots=True)
class Card:
    """A verifier's card with its days of validity, both included."""

    number: str
    issued_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class CastPerson:
    """Somebody who works in the demonstration; `kinds` are the instrument kinds a verifier may verify."""

    username: str
    full_name: str
    organisation: str
    unit: str
    role: str
    job_title: str
    email: str
    phone: str
    fields: tuple[str, ...]
    kinds: tuple[str, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class CastEstablishment:
    """A place of a customer with how many instruments of each kind it keeps."""

    name: str
    instruments: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CastParty:
    """A customer; its address before and after the communes were rearranged."""

    code: str
    sector: str
    kind: str
    name: str
    tax_code: str
    address_before: str
    address: str
    commune: str
    province: str
    phone: str
    email: str
    representative: str
    representative_title: str
    establishments: tuple[CastEstablishment, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, with the day on which addresses changed."""

    people: tuple[CastPerson, ...]
    parties: tuple[CastParty, ...]
    territory_changed_on: date

    def person(self, username: str) -> CastPerson:
        """This will give the person with a username; raises KeyError."""
        for one in self.people:
            if one.username == username:
                return one
        raise KeyError(username)

    def address_on(self, party: CastParty, on: date) -> str:
        """This will give the address of a customer as it was written on the day."""
        return party.address if on >= self.territory_changed_on else party.address_before


@cache
def cast() -> Cast:
    """This will give the cast; raises DefinitionsRefused when its file is wrong."""
    found = in_force_one(load("cast", CAST_SCHEMA), code="cast", on=date.max)
    return Cast(
        people=tuple(_person_of(row) for row in found.data["people"]),
        parties=tuple(_party_of(row, found) for row in found.data["parties"]),
        territory_changed_on=found.data["territory_changed_on"],
    )


def _person_of(row: Mapping[str, Any]) -> CastPerson:
    return CastPerson(
        username=row["username"],
        full_name=row["full_name"],
        organisation=row["organisation"],
        unit=row.get("unit", ""),
        role=row["role"],
        job_title=row["job_title"],
        email=row["email"],
        phone=row["phone"],
        fields=row.get("fields", ()),
        kinds=row.get("kinds", ()),
        cards=tuple(Card(one["number"], one["issued_on"], one["expires_on"]) for one in row.get("cards", ())),
    )


def _party_of(row: Mapping[str, Any], found: Definition) -> CastParty:
    plain = {name: row[name] for name in _PARTY_KEYS}
    places = tuple(CastEstablishment(one["name"], one["instruments"]) for one in row["establishments"])
    return CastParty(**plain, province=found.data["province"], establishments=places)


def _cast_faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for rows, key in (("people", "username"), ("parties", "code"), ("parties", "tax_code")):
        values = [row[key] for row in data[rows]]
        for number, value in enumerate(values, start=1):
            if values.index(value) != number - 1:
                yield f"{rows}[{number}].{key}", f"“{value}” đã dùng ở trên."


_PARTY_KEYS: Final = (
    "code", "sector", "kind", "name", "tax_code", "address_before", "address", "commune",
    "phone", "email", "representative", "representative_title",
)  # fmt: skip
_INVALID_MAIL: Final = r"[a-z0-9.-]+@[a-z0-9.-]+\.invalid"

CAST_SCHEMA: Final = Schema(
    {
        "province": text(),
        "territory_changed_on": day(),
        "people": rows_of(
            {
                "username": text(pattern=r"[a-z]+"),
                "full_name": text(),
                "organisation": text(),
                "unit": optional(text()),
                "role": text(),
                "job_title": text(),
                "email": text(pattern=_INVALID_MAIL),
                "phone": text(),
                "fields": optional(values_of(text())),
                "kinds": optional(values_of(text())),
                "cards": optional(rows_of({"number": text(), "issued_on": day(), "expires_on": day()})),
            }
        ),
        "parties": rows_of(
            {
                **{name: text() for name in _PARTY_KEYS},
                "sector": text("petrol", "trade", "health", "industry", "education"),
                "kind": text("enterprise", "state_body", "household", "person"),
                "tax_code": text(pattern=r"480099[0-9]{4}"),
                "email": text(pattern=_INVALID_MAIL),
                "establishments": rows_of({"name": text(), "instruments": mapping_of(integer(1))}),
            }
        ),
    },
    check=_cast_faults,
)
