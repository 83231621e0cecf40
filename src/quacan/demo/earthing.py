"""Earth resistance at a customer's stations: one reported, one to check, one being measured."""

from datetime import date, timedelta

from django.db import transaction

from quacan.centre.laboratory.actions import PlaceTestDraft, open_test, report_test, submit_test, write_test
from quacan.centre.laboratory.models import PlaceTest
from quacan.centre.parties.actions import (
    EstablishmentDraft,
    PartyDraft,
    record_establishment,
    record_party,
)
from quacan.centre.parties.models import Establishment
from quacan.centre.people.actions import authorise
from quacan.centre.standards.actions import CertificateDraft, StandardDraft, add_certificate, enter_standard
from quacan.demo.institution import House

CODE = "earthing-resistance-test"
READINGS = {
    "site.dry.choice": "ok",
    "site.disconnected.choice": "ok",
    "site.probes.choice": "ok",
    "plateau.p518.R": "6,3",
    "plateau.p718.R": "6,5",
}


def measure_earthing(house: House, *, on: date) -> None:
    """Three stations of a customer measured on a past day."""
    earlier = on - timedelta(days=20)
    with transaction.atomic():
        _earth_meter(house, earlier)
        for username in ("van", "nghia"):
            authorise(
                house.act("nghia", earlier), house.centre, person=house.people[username], procedure=CODE,
                valid_from=earlier, basis="Đã quan sát 3 lần đo (mẫu).",
            )  # fmt: skip
        tests = [_measured(house, place, on) for place in _places(house, earlier)]
        for test in tests[:2]:
            submit_test(house.act("van", on, hour=11), test)
        report_test(house.act("nghia", on, hour=14), tests[0])


def _earth_meter(house: House, on: date) -> None:
    standard = enter_standard(
        house.act("nghia", on),
        house.centre,
        StandardDraft(
            code="ĐĐ-01", name="Máy đo điện trở đất", kind="electrical resistance", serial="ET-2207",
            range_text="0 ÷ 2000 Ω", range_from="0", range_to="2000", range_unit="Ω", location="Phòng điện",
            unit=house.technical,
        ),
    )  # fmt: skip
    add_certificate(
        house.act("nghia", on, hour=15),
        standard,
        CertificateDraft(
            number=f"C{on.year % 100}.ET-2207",
            issuer="Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng vùng (mẫu)",
            issued_on=on,
            valid_until=on + timedelta(days=365),
            values=[
                {"nominal": at, "value": at, "U": "0.1", "k": "2", "unit": "Ω"} for at in ("1", "10", "100")
            ],
            traceable_to="Chuẩn đo lường quốc gia",
        ),
    )


def _places(house: House, on: date) -> list[Establishment]:
    party = record_party(
        house.act("yen", on),
        house.centre,
        PartyDraft(kind="enterprise", name="Công ty Viễn thông Bản Giốc (mẫu)", province="Cao Bằng"),
    )
    return [
        record_establishment(
            house.act("yen", on),
            party,
            EstablishmentDraft(name=f"Trạm {name}", address=f"Xã {name}", province="Cao Bằng"),
            organisation=house.centre,
        )
        for name in ("Đàm Thủy", "Chí Viễn", "Phong Nặm")
    ]


def _measured(house: House, place: Establishment, on: date) -> PlaceTest:
    asked = {"required_resistance": "10", "distance": "40"}
    test = open_test(house.act("van", on, hour=9), house.centre, PlaceTestDraft(place, CODE, on, asked))
    cells = READINGS | {f"resistance.p618.{turn}.R": f"6,{turn + 2}" for turn in (1, 2, 3)}
    conditions = {("temperature", "start"): "24,6", ("temperature", "end"): "25,1"}
    return write_test(house.act("van", on, hour=10), test, cells=cells, conditions=conditions)
