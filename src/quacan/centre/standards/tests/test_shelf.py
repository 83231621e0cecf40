"""Standards: certificates judged by the day, states that remember their days."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import World
from quacan.centre.base.documents import Rendition
from quacan.centre.base.queries import document_flaws, file_bytes
from quacan.centre.base.refusals import FieldMissing, FieldWrong, NotAuthorised, NotFound, StaleRecord
from quacan.centre.standards.actions import (
    CertificateDraft,
    StandardDraft,
    add_certificate,
    change_standard,
    change_state,
    enter_standard,
)
from quacan.centre.standards.models import Standard, StandardCertificate
from quacan.centre.standards.queries import (
    certificates_of,
    due_standards,
    standard_seen_by,
    standards_for,
    standards_seen_by,
    usable_certificate,
    values_of,
)
from quacan.centre.standards.refusals import (
    CertificateDatesSwapped,
    CertificateKnown,
    CertificateValueWrong,
    MoveBeforeLast,
    SameState,
    StandardExpired,
    StandardKnown,
    StandardUnderCalibration,
    StandardWithdrawn,
    StandardWithoutCertificate,
)
from quacan.centre.standards.rules import QUANTITIES

ROW = {"nominal": "200", "value": "200,0001", "U": "0,0003", "k": "2", "unit": "g", "mark": "200*"}


@pytest.fixture
def weights(world: World) -> Standard:
    return enter_standard(
        world.act("truongphong"),
        world.centre,
        StandardDraft(code="QC-F1-01", name="Bộ quả cân F1", kind="mass", unit=world.unit),
    )


def _certify(
    world: World, standard: Standard, number: str = "01/HC", **changes: object
) -> StandardCertificate:
    details = {
        "issuer": "Viện Mẫu",
        "issued_on": date(2022, 1, 10),
        "valid_until": date(2023, 1, 10),
        "values": [ROW],
    }
    return add_certificate(
        world.act("truongphong"), standard, CertificateDraft(number=number, **details | changes)
    )


def test_a_code_stands_once_in_an_organisation(world: World, weights: Standard) -> None:
    with pytest.raises(StandardKnown, match="Bộ quả cân F1"):
        enter_standard(
            world.act("truongphong"), world.centre, StandardDraft(code="QC-F1-01", name="Khác", kind="mass")
        )


@pytest.mark.parametrize(
    ("details", "refusal"),
    [({"code": " "}, FieldMissing), ({"name": ""}, FieldMissing), ({"maker": "x" * 121}, FieldWrong)],
)
def test_bad_entries_are_refused(world: World, details: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        enter_standard(
            world.act("truongphong"),
            world.centre,
            StandardDraft(**{"code": "A", "name": "B", "kind": "mass"} | details),
        )


def test_who_may_enter_and_see(world: World, weights: Standard) -> None:
    with pytest.raises(NotAuthorised):
        enter_standard(world.act("kdv.an"), world.centre, StandardDraft(code="A", name="B", kind="mass"))
    with pytest.raises(NotAuthorised):
        _ = add_certificate(
            world.act("nguoikhac"),
            weights,
            CertificateDraft(
                number="1", issuer="X", issued_on=date(2022, 1, 1), valid_until=date(2022, 2, 1), values=[ROW]
            ),
        )
    on = world.now.date()
    assert standard_seen_by(world.people["kdv.an"], weights.pk, on=on) == weights
    assert not standards_seen_by(world.people["nguoikhac"], on=on).exists()
    with pytest.raises(NotFound):
        standard_seen_by(world.people["nguoikhac"], weights.pk, on=on)


def test_a_certificate_keeps_its_numbers_as_typed_and_reads_them_exactly(
    world: World, weights: Standard
) -> None:
    certificate = _certify(world, weights)

    assert certificate.values == [ROW]
    value = values_of(certificate)[0]
    assert (value.nominal, value.value, value.U) == (Decimal(200), Decimal("200.0001"), Decimal("0.0003"))
    assert value.unit == "g"


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"value": "hai trăm"}, "value"),
        ({"U": "-0,1"}, "U"),
        ({"k": "0"}, "k"),
        ({"unit": "quả"}, "unit"),
        ({"nominal": ""}, "nominal"),
    ],
)
def test_an_unreadable_value_is_named_by_row_and_column(
    world: World, weights: Standard, changes: dict[str, str], column: str
) -> None:
    with pytest.raises(CertificateValueWrong) as caught:
        _certify(world, weights, values=[ROW, ROW | changes])
    assert (caught.value.values["row"], caught.value.values["column"]) == (2, column)
    assert not StandardCertificate.objects.exists()


def test_bad_certificates_are_refused(world: World, weights: Standard) -> None:
    with pytest.raises(CertificateDatesSwapped, match="10/01/2023"):
        _certify(world, weights, issued_on=date(2023, 1, 10), valid_until=date(2022, 1, 10))
    with pytest.raises(FieldWrong):
        _certify(world, weights, issued_on=date(2022, 4, 15))
    with pytest.raises(FieldMissing):
        _certify(world, weights, values=[])
    with pytest.raises(FieldMissing):
        _certify(world, weights, issuer=" ")
    _certify(world, weights)
    with pytest.raises(CertificateKnown):
        _certify(world, weights)


def test_the_certificate_of_the_day_is_used(world: World, weights: Standard) -> None:
    old = _certify(world, weights, "01/HC", issued_on=date(2021, 1, 10), valid_until=date(2022, 1, 31))
    new = _certify(world, weights, "02/HC")

    assert usable_certificate(weights, date(2022, 1, 9)) == old
    assert usable_certificate(weights, date(2022, 1, 10)) == new
    assert usable_certificate(weights, date(2023, 1, 10)) == new
    with pytest.raises(StandardExpired, match="10/01/2023"):
        usable_certificate(weights, date(2023, 1, 11))
    with pytest.raises(StandardWithoutCertificate):
        usable_certificate(weights, date(2021, 1, 9))


def test_a_standard_sent_away_is_refused_on_those_days_only(world: World, weights: Standard) -> None:
    certificate = _certify(world, weights)
    act = world.act("truongphong")
    change_state(act, weights, state="under_calibration", on=date(2022, 2, 1))
    change_state(act, weights, state="in_use", on=date(2022, 3, 1))

    assert usable_certificate(weights, date(2022, 1, 31)) == certificate
    with pytest.raises(StandardUnderCalibration, match="01/02/2022"):
        usable_certificate(weights, date(2022, 2, 15))
    assert usable_certificate(weights, date(2022, 3, 1)) == certificate

    change_state(act, weights, state="withdrawn", on=date(2022, 4, 1), note="Xước")
    with pytest.raises(StandardWithdrawn):
        usable_certificate(weights, date(2022, 4, 1))


def test_bad_moves_are_refused(world: World, weights: Standard) -> None:
    act = world.act("truongphong")
    with pytest.raises(SameState):
        change_state(act, weights, state="in_use", on=date(2022, 2, 1))
    with pytest.raises(FieldWrong):
        change_state(act, weights, state="lost", on=date(2022, 2, 1))
    with pytest.raises(FieldWrong):
        change_state(act, weights, state="withdrawn", on=date(2022, 4, 15))
    change_state(act, weights, state="withdrawn", on=date(2022, 3, 1))
    with pytest.raises(MoveBeforeLast):
        change_state(act, weights, state="in_use", on=date(2022, 2, 1))


def test_standards_for_a_quantity_put_the_usable_first(world: World, weights: Standard) -> None:
    bare = enter_standard(
        world.act("truongphong"), world.centre, StandardDraft(code="AA-00", name="Quả cân lẻ", kind="mass")
    )
    enter_standard(
        world.act("truongphong"), world.centre, StandardDraft(code="AP-01", name="Áp kế mẫu", kind="pressure")
    )
    _certify(world, weights)

    found = standards_for(world.centre, "mass", date(2022, 4, 14))

    assert [one.standard for one in found] == [weights, bare]
    assert (found[0].days_left, found[0].obstacle) == (271, None)
    assert isinstance(found[1].obstacle, StandardWithoutCertificate)
    assert len(standards_for(world.centre, None, date(2022, 4, 14))) == 3
    assert standards_for(world.rival, None, date(2022, 4, 14)) == []


def test_due_standards_come_most_urgent_first(world: World, weights: Standard) -> None:
    bare = enter_standard(
        world.act("truongphong"), world.centre, StandardDraft(code="AA-00", name="Quả cân lẻ", kind="mass")
    )
    _certify(world, weights)

    assert [r.standard for r in due_standards([weights, bare], on=date(2022, 4, 14))] == [bare]
    assert [r.standard for r in due_standards([weights, bare], on=date(2022, 12, 1))] == [bare, weights]


def test_the_paper_of_a_certificate_is_kept(world: World, weights: Standard) -> None:
    _certify(world, weights, file=Rendition("pdf", "gcn.pdf", b"%PDF-1.7 mau"))

    kept = certificates_of(weights).get().document
    assert kept is not None
    assert file_bytes(kept.files.get()) == b"%PDF-1.7 mau"
    assert list(document_flaws()) == []


def test_correcting_needs_the_version_of_the_form(world: World, weights: Standard) -> None:
    changed = change_standard(
        world.act("truongphong"), weights, StandardDraft(name="Bộ quả cân", kind="mass"), version=1
    )

    assert (changed.name, changed.version, changed.unit) == ("Bộ quả cân", 2, None)
    with pytest.raises(StaleRecord):
        change_standard(world.act("truongphong"), weights, StandardDraft(name="X", kind="mass"), version=1)


def test_a_standard_stays_within_its_organisation(world: World) -> None:
    with pytest.raises(FieldWrong, match="cơ quan khác"):
        enter_standard(
            world.operator(), world.rival, StandardDraft(code="A", name="B", kind="mass", unit=world.unit)
        )


def test_every_quantity_a_procedure_asks_for_is_offered_by_its_word() -> None:
    asked = {
        need["quantity"]
        for path in (Path(__file__).parents[3] / "definitions" / "procedures").rglob("*.toml")
        for need in tomllib.loads(path.read_text("utf-8")).get("standards", [])
        if "quantity" in need
    }
    assert "electrical energy" in asked
    assert asked <= set(QUANTITIES)
