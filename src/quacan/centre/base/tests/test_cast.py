from collections import Counter
from datetime import date

import pytest

from quacan.centre.base.cast import CAST_SCHEMA, cast
from quacan.centre.base.definitions import DefinitionsRefused, read_texts


def test_every_role_of_the_journey_is_played():
    roles = Counter(person.role for person in cast().people)
    assert roles["verifier"] == 4
    assert roles["director"] == 2
    assert roles.keys() >= {"technical_head", "clerk", "quality_manager", "planner", "inspector"}
    assert roles.keys() >= {"department_leader", "administrator"}


def test_verifiers_hold_cards_without_a_gap():
    for person in cast().people:
        assert bool(person.cards) == bool(person.kinds) == (person.role == "verifier")
        for earlier, later in zip(person.cards, person.cards[1:], strict=False):
            assert (later.issued_on - earlier.expires_on).days == 1


def test_sixty_customers_keep_515_instruments():
    kinds = Counter()
    for party in cast().parties:
        for place in party.establishments:
            kinds.update(place.instruments)
    assert len(cast().parties) == 60
    assert kinds.total() == 515
    assert kinds.keys() == {"FLO-01", "MAS-04", "PRE-04"}


def test_addresses_follow_the_day():
    petrol = next(one for one in cast().parties if one.code == "xd-suoi-le")
    assert "thành phố Cao Bằng" in cast().address_on(petrol, date(2025, 6, 30))
    assert cast().address_on(petrol, date(2025, 7, 1)).endswith("phường Thục Phán, tỉnh Cao Bằng")
    assert all(party.commune in party.address for party in cast().parties)
    assert all(("huyện" in party.address) is False for party in cast().parties)


def test_a_person_is_found_by_username():
    assert cast().person("van").role == "verifier"
    with pytest.raises(KeyError, match="nobody"):
        cast().person("nobody")


def test_a_real_mail_address_and_a_second_use_of_a_name_are_refused():
    person = (
        '[[people]]\nusername = "a"\nfull_name = "A"\norganisation = "O"\nrole = "clerk"\njob_title = "J"\n'
        'phone = "1"\nemail = "{}"\n'
    )
    party = (
        '[[parties]]\ncode = "p"\nsector = "trade"\nkind = "household"\nname = "n"\ntax_code = "4800990000"\n'
        'address_before = "a"\naddress = "a"\ncommune = "c"\nphone = "1"\nemail = "a@b.invalid"\n'
        'representative = "r"\nrepresentative_title = "t"\n'
        'establishments = [{ name = "e", instruments = { FLO-01 = 1 } }]\n'
    )
    head = 'code = "cast"\nversion = "1"\nin_force_from = 2020-01-01\nsource = "S"\nconfidence = "house"\n'
    head += 'province = "P"\nterritory_changed_on = 2025-07-01\n'

    def problems(body):
        with pytest.raises(DefinitionsRefused) as refusal:
            read_texts({"cast.toml": (head + body).encode()}, CAST_SCHEMA)
        return {problem.key for problem in refusal.value.problems}

    assert problems(person.format("a@example.vn") + party) == {"people[1].email"}
    twice = person.format("a@b.invalid") * 2 + party * 2
    assert problems(twice) == {"people[2].username", "parties[2].code", "parties[2].tax_code"}
