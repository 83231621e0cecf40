from datetime import date

import pytest

from quacan.centre.base.definitions import DefinitionsRefused, read_texts
from quacan.centre.base.taxes import TAX_SCHEMA, TaxUnknown, vat_rate, vat_rates


@pytest.mark.parametrize(
    ("on", "percent"),
    [
        (date(2022, 1, 31), 10),
        (date(2022, 2, 1), 8),
        (date(2022, 12, 31), 8),
        (date(2023, 1, 1), 10),
        (date(2023, 7, 1), 8),
        (date(2026, 11, 20), 8),
    ],
)
def test_the_rate_is_that_of_the_day(on, percent):
    assert vat_rate(on).percent == percent


@pytest.mark.parametrize("on", [date(2016, 12, 31), date(2027, 1, 1)])
def test_an_unknown_day_is_refused(on):
    with pytest.raises(TaxUnknown, match=f"{on:%d/%m/%Y}") as refusal:
        vat_rate(on)
    assert refusal.value.on == on


def test_tax_is_whole_dong():
    assert vat_rate(date(2022, 6, 1)).tax_on(1_000_000) == 80_000
    assert vat_rate(date(2022, 6, 1)).tax_on(1_006) == 80
    assert vat_rate(date(2022, 6, 1)).tax_on(1_007) == 81
    assert vat_rate(date(2022, 1, 1)).tax_on(5) == 1


def test_windows_leave_no_day_out():
    rates = vat_rates()
    assert all(rate.source and rate.confidence in ("high", "medium") for rate in rates)
    assert rates[0].start == date(2017, 1, 1)
    assert rates[-1].end == date(2026, 12, 31)


@pytest.mark.parametrize("second", ["2020-01-03", "2020-01-01"])
def test_gaps_and_overlaps_are_refused(second):
    body = (
        'code = "vat"\nversion = "1"\nin_force_from = 2020-01-01\nsource = "S"\nconfidence = "high"\n'
        'direct_method = { percent = 5, source = "S", confidence = "low" }\n'
    )
    for start, end in (("2020-01-01", "2020-01-01"), (second, "2020-12-31")):
        body += f'[[windows]]\nfrom = {start}\nto = {end}\npercent = 8\nsource = "S"\nconfidence = "high"\n'
    with pytest.raises(DefinitionsRefused, match=r"windows\[2\]"):
        read_texts({"taxes/vat.toml": body.encode()}, TAX_SCHEMA)
