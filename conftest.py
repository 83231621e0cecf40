"""Fixtures every test may ask for: a small world made by the same actions as a user's."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

# Speed is measured by make bench, not asserted. The gate tries the same examples every time; elsewhere new ones
# are searched.
hypothesis_settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis_settings.load_profile("house")

if TYPE_CHECKING:
    from quacan.centre.base.act import Act
    from quacan.centre.organisation.models import Organisation, Unit
    from quacan.centre.people.models import Person

PASSWORD = "Cân đúng từng gam"


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, settings: object) -> None:
    """Every test has its own store, needs no collected static files, hashes passwords cheaply."""
    settings.DOCUMENTS = tmp_path / "documents"  # type: ignore[attr-defined]
    settings.CHARTS = tmp_path / "charts"  # type: ignore[attr-defined]
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}  # type: ignore[attr-defined]
    forgetful = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {"default": forgetful}  # type: ignore[attr-defined]
    cheap = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PASSWORD_HASHERS = cheap  # type: ignore[attr-defined]


@dataclass
class World:
    """A department with a centre (and a rival centre), and one person for each role."""

    department: Organisation
    centre: Organisation
    rival: Organisation
    unit: Unit
    people: dict[str, Person] = field(default_factory=dict)
    now: datetime = datetime(2022, 4, 14, 2, 0, tzinfo=UTC)

    def act(self, username: str, *, on: date | None = None, key: str = "", reason: str = "") -> Act:
        """This will make a deed of somebody at 9 o'clock Vietnamese time on a day."""
        from quacan.centre.base.act import Act

        at = self.now if on is None else datetime(on.year, on.month, on.day, 2, 0, tzinfo=UTC)
        return Act(actor=self.people[username], at=at, door="test", key=key, reason=reason)

    def operator(self) -> Act:
        from quacan.centre.base.act import Act
        from quacan.centre.base.actors import Operator

        return Act(actor=Operator(), at=self.now, door="test")

    def later(self, **kwargs: float) -> None:
        self.now += timedelta(**kwargs)


ROLES = {
    "giamdoc": ("Đinh Thị Dung", "director"),
    "truongphong": ("Lục Văn Hải", "technical_head"),
    "kdv.an": ("Hoàng Văn An", "verifier"),
    "kdv.binh": ("Nguyễn Thị Bình", "verifier"),
    "vanthu": ("Ma Thị Chi", "clerk"),
    "chatluong": ("Phan Thị Quỳnh", "quality_manager"),
    "kehoach": ("Bùi Văn Khánh", "planner"),
}


def _make_competent(act: Act, centre: Organisation, person: Person, start: date) -> None:
    """A verifier's card for every field, and leave for every procedure."""
    from quacan.centre.instruments.catalogue import kinds
    from quacan.centre.people.actions import authorise, enter_card
    from quacan.centre.verification.library import shelves

    enter_card(
        act, centre, person=person, number=f"KDV-{person.username}", issued_on=start,
        expires_on=date(start.year + 9, 12, 31), fields=sorted({one.field for one in kinds()}),
    )  # fmt: skip
    for code in sorted({shelf.procedure.code for shelf in shelves()}):
        authorise(act, centre, person=person, procedure=code, valid_from=start)


def designate(act: Act, centre: Organisation, start: date) -> None:
    """A decision that designates a centre for verifying every kind of the catalogue, from a day on."""
    from quacan.centre.instruments.catalogue import kinds
    from quacan.centre.organisation.actions import NewLine, enter_scope

    lines = [NewLine("verification", kind_codes=tuple(one.code for one in kinds()))]
    enter_scope(
        act, centre, kind="designation", number="N999", authority="Ủy ban (mẫu)", decided_on=start,
        valid_from=start, lines=lines,
    )  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    """A small world, written through the actions."""
    from quacan.centre.base.act import Act
    from quacan.centre.base.actors import Operator
    from quacan.centre.organisation.actions import found_organisation, open_unit
    from quacan.centre.people.actions import assign_role, enter_person

    act = Act(actor=Operator(), at=datetime(2021, 1, 4, 2, 0, tzinfo=UTC), door="test")
    start = date(2021, 1, 1)
    common = {"province": "Cao Bằng", "place": "Cao Bằng", "valid_from": start}
    department = found_organisation(
        act, code="SKHCN", name="Sở Khoa học và Công nghệ", short_name="Sở KH&CN", kind="department",
        symbol="SKHCN", **common,
    )  # fmt: skip
    centre = found_organisation(
        act, code="TTUD", name="Trung tâm Ứng dụng", short_name="Trung tâm", kind="centre", symbol="TTƯD",
        parent=department, details={"registration_number": "ĐK 999", "designation_number": "N999"}, **common,
    )  # fmt: skip
    rival = found_organisation(
        act, code="TTKHAC", name="Trung tâm khác", short_name="Trung tâm khác", kind="centre", symbol="TTK",
        parent=department, **common,
    )  # fmt: skip
    designate(act, centre, start)
    unit = open_unit(act, centre, code="KL", name="Tổ Khối lượng", valid_from=start)
    made = World(department, centre, rival, unit)
    for username, (full_name, role) in ROLES.items():
        person = enter_person(act, centre, username=username, full_name=full_name, password=PASSWORD)
        assign_role(act, centre, person=person, role=role, valid_from=start)
        made.people[username] = person
    for username in ("kdv.an", "kdv.binh"):
        _make_competent(act, centre, made.people[username], start)
    outsider = enter_person(act, rival, username="nguoikhac", full_name="Vi Văn Ngoại", password=PASSWORD)
    for role in ("director", "clerk"):
        assign_role(act, rival, person=outsider, role=role, valid_from=start)
    made.people["nguoikhac"] = outsider
    return made


@pytest.fixture
def sign_in(client: object) -> Callable[[Person], object]:
    """A browser-less visitor signed in as somebody."""

    def enter(person: Person) -> object:
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(person, backend=backend)  # type: ignore[attr-defined]
        return client

    return enter
