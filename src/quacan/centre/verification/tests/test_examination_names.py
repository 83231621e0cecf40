"""What is written on an examination keeps its key under its new name: old audit lines still find it."""

import pytest

from quacan.centre.base.act import reference, referenced
from quacan.centre.base.wording import field_word, noun_word
from quacan.centre.examinations.models import Examination, Run
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.tests.conftest import Bench

pytestmark = pytest.mark.django_db


def test_an_old_line_finds_its_record_and_its_words(bench: Bench) -> None:
    run = bench.opened().runs.get()
    assert reference(run) == f"examinations.Run:{run.pk}"
    assert referenced(f"verification.Run:{run.pk}") == run
    assert noun_word("verification.Run") == noun_word("examinations.Run") == "Lượt đo"
    assert field_word("verification.Reading", "run_id") == "lượt đo"


def test_a_worksheet_is_its_examination_under_the_same_key(bench: Bench) -> None:
    sheet = bench.opened()
    examination = Examination.objects.get(pk=sheet.pk)
    assert examination.worksheet == Worksheet.objects.get(pk=sheet.pk)
    assert examination.number == sheet.number
    assert Run.objects.get(examination=sheet).examination == examination
