"""The department, the centre, its people, standards and stamps."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

from quacan.centre.base.act import Act
from quacan.centre.base.actors import Operator
from quacan.centre.base.cast import cast
from quacan.centre.certificates.actions import hand_out_stamps, receive_stamps
from quacan.centre.organisation.actions import NewLine, enter_scope, found_organisation, open_unit
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.actions import (
    assign_role,
    authorise,
    enter_card,
    enter_person,
    record_attendance,
)
from quacan.centre.people.models import Person
from quacan.centre.standards.actions import (
    CertificateDraft,
    PlanDraft,
    StandardDraft,
    add_certificate,
    enter_standard,
    plan_checks,
    record_check,
)
from quacan.centre.standards.models import Standard
from quacan.centre.verification.library import shelves

PASSWORD = "can-dung-tung-gam"  # noqa: S105  (of the demonstration alone; docs/operator.md says so)
BEGIN = date(2020, 1, 2)
UNIT_PEOPLE = {"technical_head", "verifier"}


@dataclass
class House:
    """The institution while it is being filled: who acts, and where."""

    centre: Organisation
    technical: Unit
    people: dict[str, Person] = field(default_factory=dict)

    def act(self, username: str, on: date, *, hour: int = 8, minute: int = 0, reason: str = "") -> Act:
        """This will make a deed of somebody on a past day, Vietnamese office hours."""
        at = datetime(on.year, on.month, on.day, hour - 7, minute, tzinfo=UTC)
        return Act(actor=self.people[username], at=at, door="demo", reason=reason)


def operator(on: date) -> Act:
    """This will make a deed of the operator, who sets an installation up."""
    return Act(actor=Operator(), at=datetime(on.year, on.month, on.day, 1, tzinfo=UTC), door="demo")


def found_institution(today: date) -> House:
    """This will enter organisations, units, people, standards and stamps."""
    act = operator(BEGIN)
    found = partial(found_organisation, province="Cao Bằng", place="Cao Bằng", valid_from=BEGIN)
    department = found(
        act,
        code="SKHCN-CB",
        name="Sở Khoa học và Công nghệ tỉnh Cao Bằng",
        short_name="Sở KH&CN",
        kind="department",
        symbol="SKHCN",
        details={"name_en": "Department of Science and Technology of Cao Bang"},
    )
    centre = found(
        act,
        code="TTUD-CB",
        name="Trung tâm Ứng dụng tiến bộ khoa học và công nghệ",
        short_name="Trung tâm Ứng dụng",
        kind="centre",
        symbol="TTƯD",
        parent=department,
        details={
            "name_en": "Centre for Application of Science and Technology",
            "address": "Số 1 đường Mẫu, tỉnh Cao Bằng",
            "phone": "0206 5550 000",
            "registration_number": "ĐK 000 (mẫu)",
            "designation_number": "N000 (mẫu)",
        },
    )
    found(
        act,
        code="CCTDC-CB",
        name="Chi cục Tiêu chuẩn Đo lường Chất lượng",
        short_name="Chi cục TĐC",
        kind="sub_department",
        symbol="CCTĐC",
        parent=department,
    )
    units = {
        code: open_unit(act, centre, code=code, name=name, name_en=english, valid_from=BEGIN)
        for code, name, english in (
            ("KT", "Phòng Kỹ thuật đo lường – thử nghiệm", "Technical division"),
            ("HC", "Phòng Hành chính – Tổng hợp", "Administration"),
            ("CL", "Bộ phận Quản lý chất lượng", "Quality management"),
        )
    }
    house = House(centre, units["KT"])
    _enter_people(act, house)
    _train_people(house, today)
    _enter_scopes(house, today)
    _enter_standards(house, today)
    _check_the_manometer(house, today)
    _receive_stamps(house, today)
    return house


def _enter_people(act: Act, house: House) -> None:
    organisations = {one.code: one for one in Organisation.objects.all()}
    for one in cast().people:
        home = organisations[one.organisation]
        person = enter_person(
            act,
            home,
            username=one.username,
            full_name=one.full_name,
            password=PASSWORD,
            email=one.email,
            job_title=one.job_title,
        )
        unit = house.technical if one.role in UNIT_PEOPLE else None
        assign_role(act, home, person=person, role=one.role, valid_from=BEGIN, unit=unit)
        house.people[one.username] = person
        for card in one.cards:
            enter_card(
                operator(max(BEGIN, card.issued_on)),
                home,
                person=person,
                number=card.number,
                decision="475/QĐ (mẫu)",
                issuer="Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia (mẫu)",
                issued_on=card.issued_on,
                expires_on=card.expires_on,
                fields=one.fields,
            )
        for shelf in shelves():
            if set(shelf.procedure.applies_to) & set(one.kinds):
                authorise(act, home, person=person, procedure=shelf.procedure.code, valid_from=BEGIN)


def _train_people(house: House, today: date) -> None:
    """The courses that authorisations rest on, and a micrometer calibrated under supervision."""
    held = {"van": "cân", "son": "cột đo xăng dầu", "ha": "phương tiện đo áp suất", "khai": "công tơ điện"}
    for username, subject in held.items():
        record_attendance(
            operator(BEGIN + timedelta(days=30)),
            house.centre,
            person=house.people[username],
            course=f"Nghiệp vụ kiểm định {subject} (mẫu)",
            provider="Viện Đo lường (mẫu)",
            from_on=BEGIN,
            to_on=BEGIN + timedelta(days=4),
            hours=40,
            result="passed",
            certificate_number=f"CN-{username.upper()} (mẫu)",
        )
    act = operator(today)
    authorise(act, house.centre, person=house.people["van"], procedure="micrometer", valid_from=BEGIN)
    authorise(
        act,
        house.centre,
        person=house.people["nghia"],
        procedure="micrometer",
        valid_from=BEGIN,
        supervisor=house.people["van"],
        basis="Đã quan sát 5 phiếu, đang làm dưới giám sát (mẫu).",
    )


def _line(kind: str, quantity: str, low: str, high: str, unit: str, accuracy: str) -> NewLine:
    return NewLine("verification", (kind,), (), quantity, low, high, unit, accuracy)


DESIGNATED = (
    _line("MAS-03", "Khối lượng", "0", "100", "kg", "cấp 3"),
    _line("MAS-04", "Khối lượng", "0", "150", "kg", "cấp 3"),
    _line("MAS-06", "Khối lượng", "0", "80000", "kg", "cấp 3"),
    _line("FLO-01", "Thể tích xăng dầu", "2", "130", "L/min", "± 0,5 %"),
    _line("VOL-01", "Dung tích", "0", "100", "L", "± 0,5 %"),
    _line("PRE-01", "Áp suất", "0", "700", "bar", "cấp 1 đến 4"),
    _line("PRE-04", "Áp suất", "0", "300", "mmHg", "± 3 mmHg"),
    _line("PRE-05", "Áp suất", "0", "300", "mmHg", "± 3 mmHg"),
    _line("ELE-01", "Điện năng", "", "", "", "cấp 2"),
    _line("ELE-02", "Điện năng", "", "", "", "cấp 0,5 đến 2"),
    _line("ELE-08", "Điện trở tiếp đất", "0", "2000", "Ω", ""),
)
ACCREDITED = (
    NewLine("calibration", ("LEN-51",), ("caliper",), "Độ dài", "0", "300", "mm", "", "15 µm", "20 µm/m"),
)


def _enter_scopes(house: House, today: date) -> None:
    """Designations of five years one after the other, and an accreditation for calipers; all of it invented."""
    begin = BEGIN
    while begin <= today:
        until = date(begin.year + 5, begin.month, begin.day - 1)
        enter_scope(
            house.act("nhung", begin),
            house.centre,
            kind="designation",
            number="N000 (mẫu)",
            decision=f"000/QĐ-TĐC năm {begin.year} (mẫu)",
            authority="Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia (mẫu)",
            decided_on=begin,
            valid_from=begin,
            valid_to=until,
            lines=DESIGNATED,
        )
        begin = date(begin.year + 5, begin.month, begin.day)
    accredited = date(today.year - 1, 1, 15)
    enter_scope(
        house.act("nhung", accredited),
        house.centre,
        kind="accreditation",
        number="VILAS 000 (mẫu)",
        decision=f"000/QĐ-CNCL năm {accredited.year} (mẫu)",
        authority="Văn phòng Công nhận Chất lượng (mẫu)",
        decided_on=accredited,
        valid_from=accredited,
        valid_to=date(accredited.year + 5, 1, 14),
        lines=ACCREDITED,
    )


STANDARDS = (
    (
        "QC-M1-02",
        "Bộ quả cân chuẩn M1 1 g ÷ 20 kg",
        "mass",
        "1810-2",
        "M1",
        ("1 g ÷ 20 kg, ghép đến 160 kg", "1", "160000", "g"),
        ("", ""),
    ),
    (
        "BC-20L-01",
        "Bình chuẩn kim loại 20 L",
        "volume",
        "BK-0113",
        "± 0,05 %",
        ("20 L", "20", "20", "L"),
        ("0.05", "%"),
    ),
    (
        "AK-01",
        "Áp kế chuẩn điện tử",
        "pressure",
        "P-7741",
        "± 0,3 mmHg",
        ("0 ÷ 400 mmHg", "0", "400", "mmHg"),
        ("0.3", "mmHg"),
    ),
)
VALUES = {
    "mass": (
        ("1", "1.00005", "0.0003"), ("2", "2.0001", "0.0004"), ("5", "5.0001", "0.0005"),
        ("10", "10.0001", "0.0006"), ("20", "20.0002", "0.0008"), ("50", "50.0003", "0.001"),
        ("100", "100.0004", "0.0016"), ("200", "200.0008", "0.003"), ("500", "500.001", "0.008"),
        ("1000", "1000.002", "0.015"), ("2000", "2000.004", "0.03"), ("5000", "5000.01", "0.08"),
        ("10000", "10000.02", "0.15"), ("20000", "20000.05", "0.3"),
    ),
    "volume": (("20", "20.002", "0.004"),),
    "pressure": (
        ("0", "0.0", "0.1"), ("50", "50.0", "0.1"), ("100", "100.0", "0.1"), ("200", "200.0", "0.1"),
        ("300", "300.1", "0.1"), ("400", "400.1", "0.1"),
    ),
}  # fmt: skip
UNITS = {"mass": "g", "volume": "L", "pressure": "mmHg"}
CHECKED_FOR = 500
CHECKS = ("200,0", "200,1", "199,9", "200,0", "200,1", "200,1", "200,2")
WORN = (0, 1, 1, 2, 3, 3, 4)
"""By how many tenths of U the values of the demonstration have moved, year after year."""


def _values(kind: str, year: int) -> list[dict[str, str]]:
    """What a certificate of a year states: the first values and a little wear."""
    worn = WORN[min(year - 2020, len(WORN) - 1)]
    return [
        {
            "nominal": nominal,
            "value": f"{Decimal(value) + Decimal(U) * worn / 10:f}",
            "U": U,
            "k": "2",
            "unit": UNITS[kind],
        }
        for nominal, value, U in VALUES[kind]
    ]


def _enter_standards(house: House, today: date) -> None:
    """Three standards, each calibrated every November, so that one is always in force."""
    for code, name, kind, serial, accuracy, (span, low, high, unit), (permitted, of) in STANDARDS:
        standard = enter_standard(
            house.act("nghia", BEGIN),
            house.centre,
            StandardDraft(
                code=code,
                name=name,
                kind=kind,
                serial=serial,
                accuracy=accuracy,
                range_text=span,
                range_from=low,
                range_to=high,
                range_unit=unit,
                permitted_error=permitted,
                permitted_unit=of,
                location="Phòng chuẩn",
                unit=house.technical,
            ),
        )
        for year in range(2020, today.year + 1):
            issued = date(year, 11, 5)
            if issued > today:
                break
            add_certificate(
                house.act("nghia", issued, hour=16),
                standard,
                CertificateDraft(
                    number=f"C{year % 100}.{serial}",
                    issuer="Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng vùng (mẫu)",
                    issued_on=issued,
                    valid_until=date(year + 1, 11, 30),
                    values=_values(kind, year),
                    traceable_to="Chuẩn đo lường quốc gia",
                ),
            )


def _check_the_manometer(house: House, today: date) -> None:
    """The manometer is compared with a check gauge every quarter, and stays within its tolerance."""
    begin = today - timedelta(days=CHECKED_FOR)
    manometer = Standard.objects.get(organisation=house.centre, code="AK-01")
    plan = plan_checks(
        house.act("nghia", begin, hour=15),
        manometer,
        PlanDraft(
            quantity="So với áp kế kiểm tra",
            nominal="200",
            unit="mmHg",
            interval_days=90,
            basis="tolerance",
            reference_value="200",
            tolerance="0,3",
            from_on=begin,
        ),
    )
    for turn, reading in enumerate(CHECKS):
        day = begin + timedelta(days=turn * (CHECKED_FOR - 40) // (len(CHECKS) - 1))
        record_check(house.act("nghia", day, hour=16), plan, on=day, values=[reading])


def _receive_stamps(house: House, today: date) -> None:
    """Three rolls: for 2021 and the first half of 2022, and for the time since."""
    rolls = ((date(2021, 1, 4), "21C", 80, 30), (date(2022, 1, 4), "22C", 560, 280), (None, "26C", 300, 60))
    for day, series, count, each in rolls:
        on = day or date(today.year - 1, today.month, 1)
        receive_stamps(
            house.act("yen", on),
            house.centre,
            series=series,
            first=1,
            last=count,
            received_on=on,
            note="Nhận từ nhà in",
        )
        for verifier in ("van", "ha", "son"):
            share = (
                min(each, count // 3) if series != "22C" else {"van": 290, "ha": 160, "son": 105}[verifier]
            )
            hand_out_stamps(
                house.act("yen", on, hour=9), house.centre, to=house.people[verifier], count=share
            )
