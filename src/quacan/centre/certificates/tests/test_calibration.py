"""Scope and form: verification outside a designation, calibration in and outside an accreditation, its certificate."""

from __future__ import annotations

from datetime import date

import pytest

from quacan.centre.certificates.models import Outcome, Stamp
from quacan.centre.certificates.refusals import NotDesignated
from quacan.centre.certificates.tests.conftest import MEASURED, Bench
from quacan.centre.organisation.actions import NewLine, end_scope, enter_scope
from quacan.centre.organisation.models import Scope


def end_designation(bench: Bench, last_on: date) -> None:
    act = bench.world.act("chatluong", on=date(2022, 5, 12), reason="Quyết định đình chỉ")
    end_scope(act, Scope.objects.get(kind="designation"), last_on=last_on)


def test_verification_is_not_signed_outside_every_designation(bench: Bench) -> None:
    sheet = bench.approved()
    end_designation(bench, date(2022, 5, 9))
    with pytest.raises(NotDesignated, match="PRE-04") as refused:
        bench.sign(sheet)
    assert "Cơ quan › Phạm vi" in refused.value.sentence
    assert not Outcome.objects.exists()
    assert not Stamp.objects.filter(state=Stamp.State.USED).exists()


def test_a_failure_is_an_outcome_of_verification_too(bench: Bench) -> None:
    sheet = bench.approved(off_by=9)
    end_designation(bench, date(2022, 5, 9))
    with pytest.raises(NotDesignated):
        bench.sign(sheet)


def test_the_day_of_measuring_decides_not_the_day_of_signing(bench: Bench) -> None:
    sheet = bench.approved()
    end_designation(bench, MEASURED)
    assert bench.sign(sheet).kind == Outcome.Kind.VERIFICATION


def test_the_number_printed_is_that_of_the_decision_that_covers_the_kind(bench: Bench) -> None:
    line = NewLine("verification", kind_codes=("PRE-04",))
    enter_scope(
        bench.world.act("chatluong", on=date(2022, 5, 1)), bench.world.centre, kind="designation", number="N1000",
        authority="Ủy ban (mẫu)", decided_on=date(2022, 5, 1), valid_from=date(2022, 5, 1), lines=(line,),
    )  # fmt: skip
    import json

    printed = json.loads(bench.issued().document.snapshot)
    assert printed["issuer"]["designation_no"] == "N1000"
