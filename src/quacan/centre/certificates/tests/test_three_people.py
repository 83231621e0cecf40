"""Performer, checker and signer are three people: the database itself refuses anything else, whoever writes."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from quacan.centre.certificates.models import Outcome
from quacan.centre.certificates.tests.conftest import Bench
from quacan.centre.examinations.models import Examination
from quacan.centre.verification.models import Worksheet

pytestmark = pytest.mark.django_db


@contextmanager
def refused_by_the_database(constraint: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


def by_hand(table: str, column: str, value: object, key: int) -> None:
    """This will change one column with plain SQL, past every action and model."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, key])


PAIRS = [
    ("performer", "checker"),
    ("performer", "signer"),
    ("checker", "performer"),
    ("checker", "signer"),
    ("signer", "performer"),
    ("signer", "checker"),
]


@pytest.mark.parametrize(("column", "other"), PAIRS)
def test_an_outcome_has_three(bench: Bench, column: str, other: str) -> None:
    outcome = bench.issued()
    person = getattr(outcome, f"{other}_id")
    table = Outcome._meta.db_table
    with refused_by_the_database("three_different_people"):
        by_hand(table, f"{column}_id", person, outcome.pk)
    with refused_by_the_database("three_different_people"):
        Outcome.objects.filter(pk=outcome.pk).update(**{column: person})
    setattr(outcome, f"{column}_id", person)
    with refused_by_the_database("three_different_people"):
        outcome.save()


@pytest.mark.parametrize("column", ["performer", "checker", "signer"])
def test_an_outcome_lacks_none_of_them(bench: Bench, column: str) -> None:
    outcome = bench.issued()
    with pytest.raises(IntegrityError), transaction.atomic():
        by_hand(Outcome._meta.db_table, f"{column}_id", None, outcome.pk)


def test_who_measured_does_not_check(bench: Bench) -> None:
    sheet = bench.approved()
    table = Examination._meta.db_table
    for column, other in (("checker_id", sheet.performer_id), ("performer_id", sheet.checker_id)):
        with refused_by_the_database("checker_is_not_performer"):
            by_hand(table, column, other, sheet.pk)
    with refused_by_the_database("checker_is_not_performer"):
        Worksheet.objects.filter(pk=sheet.pk).update(checker=sheet.performer_id)


def test_nothing_is_approved_unchecked(bench: Bench) -> None:
    sheet = bench.approved()
    with refused_by_the_database("approved_has_checker"):
        by_hand(Examination._meta.db_table, "checker_id", None, sheet.pk)
    draft = bench.draft(1)
    for state in ("approved", "issued"):
        with refused_by_the_database("approved_has_checker"):
            by_hand(Examination._meta.db_table, "state", state, draft.pk)


def test_what_the_database_allows(bench: Bench) -> None:
    sheet = bench.approved()
    by_hand(Examination._meta.db_table, "place", "Chợ Xanh", sheet.pk)
    sheet.refresh_from_db()
    assert sheet.place == "Chợ Xanh"
