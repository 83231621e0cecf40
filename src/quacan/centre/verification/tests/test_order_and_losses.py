"""What a worksheet comes to depends on what was typed alone, not on the order of typing.

And nothing taken away from what it stands on ever lets it be sent as a pass: a reading, a condition, a standard, its
certificate, the card or the leave of who measures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quacan.centre.base.refusals import Refusal
from quacan.centre.examinations.models import StandardUse
from quacan.centre.examinations.queries import evaluation, sheet_layout
from quacan.centre.people.models import Authorisation, VerifierCard
from quacan.centre.standards.actions import change_state
from quacan.centre.verification.actions import (
    enter_conditions,
    enter_readings,
    open_worksheet,
    submit_worksheet,
)
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.tests.conftest import ON, Bench, case_of, cells_of

pytestmark = pytest.mark.django_db
SLOW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back at the end."""
    spot = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(spot)


Piece = tuple[str, str, str]


def pieces(code: str) -> list[Piece]:
    """Everything a verifier types: cells, then conditions at start and end."""
    found = [("cell", key, text) for key, text in cells_of(code).items()]
    for key, text in case_of(code).conditions.items():
        found += [(moment, key, text) for moment in ("start", "end")]
    return found


def type_in(bench: Bench, sheet: Worksheet, some: list[Piece]) -> None:
    """This will type pieces one entry after the other."""
    for kind, key, text in some:
        if kind == "cell":
            enter_readings(bench.act(), sheet, cells={key: text})
        else:
            enter_conditions(bench.act(), sheet, values={(key, kind): text})


@SLOW
@given(data=st.data())
def test_the_order_of_entry_does_not_matter(bench: Bench, data: st.DataObject) -> None:
    code = "sphygmomanometer"
    with undone():
        bench.jobs[code].refresh_from_db()
        sheet = bench.opened(code)
        type_in(bench, sheet, data.draw(st.permutations(pieces(code))))
        shuffled, sent = evaluation(sheet), submit_worksheet(bench.act(), sheet).verdict
    with undone():
        bench.jobs[code].refresh_from_db()
        straight = evaluation(bench.typed(code))
    assert sent == "pass"
    assert shuffled == straight


def without_card(bench: Bench, sheet: Worksheet) -> None:
    VerifierCard.objects.filter(person=bench.an).update(expires_on=date(2026, 11, 19))


def without_leave(bench: Bench, sheet: Worksheet) -> None:
    Authorisation.objects.filter(person=bench.an, procedure=sheet.procedure_code).delete()


def without_choice_of_standard(bench: Bench, sheet: Worksheet) -> None:
    StandardUse.objects.filter(examination=sheet).delete()


def without_the_standard(bench: Bench, sheet: Worksheet) -> None:
    standard = bench.certificates["mass"].standard
    change_state(bench.act("truongphong"), standard, state="withdrawn", on=ON, note="rơi vỡ")


def with_a_certificate_run_out(bench: Bench, sheet: Worksheet) -> None:
    type(bench.certificates["mass"]).objects.filter(pk=bench.certificates["mass"].pk).update(
        valid_until=date(2026, 11, 19)
    )


def without_a_reading(bench: Bench, sheet: Worksheet) -> None:
    enter_readings(bench.act(), sheet, cells={sheet_layout(sheet).required_cells[-1]: ""})


def without_a_condition(bench: Bench, sheet: Worksheet) -> None:
    enter_conditions(bench.act(), sheet, values={("temperature", "end"): ""})


Loss = Callable[[Bench, Worksheet], None]
LOSSES: tuple[Loss, ...] = (
    without_card,
    without_leave,
    without_choice_of_standard,
    without_the_standard,
    with_a_certificate_run_out,
    without_a_reading,
    without_a_condition,
)


@SLOW
@given(gone=st.sets(st.sampled_from(LOSSES), min_size=1))
def test_nothing_may_be_missing_from_what_a_pass_stands_on(bench: Bench, gone: set[Loss]) -> None:
    """Whatever of it is taken away, the worksheet cannot be sent; with all of it back, it can."""
    with undone():
        bench.jobs["counter-scale"].refresh_from_db()
        sheet = bench.typed("counter-scale")
        for loss in LOSSES:
            if loss in gone:
                _lose(bench, sheet, loss)
        with pytest.raises(Refusal):
            submit_worksheet(bench.act(), sheet)
        sheet.refresh_from_db()
        assert (sheet.state, sheet.verdict, sheet.content_sha256) == ("draft", "undetermined", "")
    with undone():
        bench.jobs["counter-scale"].refresh_from_db()
        assert submit_worksheet(bench.act(), bench.typed("counter-scale")).verdict == "pass"


def _lose(bench: Bench, sheet: Worksheet, loss: Loss) -> None:
    try:
        loss(bench, sheet)
    except Refusal:  # what is gone already keeps the rest from being touched
        assert loss in (without_a_reading, without_a_condition)


@pytest.mark.parametrize("loss", [without_card, without_leave], ids=lambda one: one.__name__)
def test_nobody_begins_without_card_or_leave(bench: Bench, loss: Loss) -> None:
    loss(bench, Worksheet(procedure_code="counter-scale"))
    with pytest.raises(Refusal):
        open_worksheet(
            bench.act(), bench.jobs["counter-scale"], performed_on=ON, procedure_code="counter-scale"
        )
