"""The customers of the cast, their establishments and their instruments."""

import random
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from quacan.centre.base.cast import CastParty, cast
from quacan.centre.instruments.actions import InstrumentDraft, register_instrument
from quacan.centre.instruments.models import Instrument
from quacan.centre.parties.actions import EstablishmentDraft, PartyDraft, record_establishment, record_party
from quacan.centre.parties.models import Establishment, Party
from quacan.demo.institution import BEGIN, House

SCALES = (
    ("15 kg", "100 g", "5 g"),
    ("30 kg", "200 g", "10 g"),
    ("60 kg", "400 g", "20 g"),
    ("150 kg", "1 kg", "50 g"),
)
MAKERS = {
    "MAS-04": (("Cân bàn điện tử", "TP-15", "Vĩnh Phát"), ("Cân bàn điện tử", "HD-30", "Hòa Đồng")),
    "PRE-04": (("Huyết áp kế lò xo", "AN-300", "Minh Tâm"), ("Huyết áp kế lò xo", "AN-260", "Yên Sơn")),
    "FLO-01": (("Cột đo xăng dầu", "NK-40", "Nam Khê"), ("Cột đo xăng dầu", "BL-50", "Bách Linh")),
}


def enter_customers(house: House) -> list[Instrument]:
    """This will enter every customer with establishments and instruments; the same ones each time."""
    chance = random.Random(22)  # noqa: S311  (a simulated world, not a secret)
    found: list[Instrument] = []
    with transaction.atomic():
        for one in cast().parties:
            party = _enter_party(house, one)
            for place in one.establishments:
                establishment = record_establishment(
                    house.act("yen", BEGIN),
                    party,
                    EstablishmentDraft(
                        name=place.name,
                        address=cast().address_on(one, BEGIN),
                        commune=one.commune,
                        province=one.province,
                    ),
                    organisation=house.centre,
                )
                for kind, count in place.instruments.items():
                    found += _instruments(house, party, establishment, kind, count, chance)
    return found


def _enter_party(house: House, one: CastParty) -> Party:
    return record_party(
        house.act("yen", BEGIN),
        house.centre,
        PartyDraft(
            kind=one.kind,
            name=one.name,
            tax_code=one.tax_code,
            address=cast().address_on(one, date.today()),  # noqa: DTZ011  (a customer's present address)
            province=one.province,
            phone=one.phone,
            email=one.email,
            representative=one.representative,
            representative_title=one.representative_title,
        ),
    )


def _instruments(
    house: House, party: Party, place: Establishment, kind: str, count: int, chance: random.Random
) -> Iterator[Instrument]:
    for _n in range(count):
        name, model, maker = chance.choice(MAKERS[kind])
        yield register_instrument(
            house.act("yen", BEGIN),
            house.centre,
            InstrumentDraft(
                kind_code=kind,
                name=name,
                type=model,
                maker=maker,
                made_in="Việt Nam",
                year=chance.randint(2012, 2019),
                serial=f"{chance.randint(1000, 9999)}-{chance.randint(10000, 99999)}",
                characteristics=_characteristics(kind, chance),
            ),
            owner=party,
            establishment=place,
        )


def _characteristics(kind: str, chance: random.Random) -> dict[str, str]:
    if kind == "MAS-04":
        most, least, division = chance.choice(SCALES)
        return {"max_load": most, "min_load": least, "e": division, "d": division, "accuracy_class": "III"}
    if kind == "PRE-04":
        return {"range_max": "300", "d": "2"}
    return {"q_max": "40", "q_min": "5", "test_volume": "20", "accuracy_class": "0.5"}
