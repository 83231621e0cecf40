from datetime import date

from quacan.centre.base.cast import cast
from quacan.centre.instruments.catalogue import kind
from quacan.centre.parties.rules import is_tax_code


def test_customers_keep_instruments_of_the_catalogue():
    codes = {code for party in cast().parties for place in party.establishments for code in place.instruments}
    assert all(kind(code).interval_months(date(2022, 6, 30)) for code in codes)


def test_verifiers_know_kinds_of_their_field():
    for person in cast().people:
        for code in person.kinds:
            assert {kind(code).field, kind(code).also_field} & set(person.fields)


def test_tax_codes_have_their_check_digit():
    assert all(is_tax_code(party.tax_code) for party in cast().parties)
