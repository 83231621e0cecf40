"""Taking anything away never turns a worksheet into a pass."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quacan.centre.examinations.queries import evaluation, sheet_layout
from quacan.centre.verification.actions import enter_conditions, enter_readings
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.tests.conftest import KINDS, Bench

pytestmark = pytest.mark.django_db


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back at the end."""
    spot = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(spot)


def required(sheet: Worksheet) -> list[str]:
    return list(sheet_layout(sheet).required_cells)


@pytest.mark.parametrize("code", KINDS)
def test_every_single_reading_is_needed(bench: Bench, code: str) -> None:
    sheet = bench.typed(code)
    assert evaluation(sheet).verdict == "pass"
    for cell in required(sheet):
        with undone():
            enter_readings(bench.act(), sheet, cells={cell: ""})
            assert evaluation(sheet).verdict == "undetermined", cell


@pytest.mark.parametrize("code", KINDS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_set_of_removals_gives_a_pass(bench: Bench, code: str, data: st.DataObject) -> None:
    with undone():
        bench.jobs[code].refresh_from_db()
        sheet = bench.typed(code)
        parts = [*required(sheet), *sheet.conditions.values_list("key", "moment")]
        gone = data.draw(st.lists(st.sampled_from(parts), min_size=1, unique=True))
        cells = {part: "" for part in gone if isinstance(part, str)}
        moments = {part: "" for part in gone if isinstance(part, tuple)}
        if cells:
            enter_readings(bench.act(), sheet, cells=cells)
        if moments:
            enter_conditions(bench.act(), sheet, values=moments)
        assert evaluation(sheet).verdict == "undetermined"
