"""Knocks at every address of the house as every kind of person, over a demonstration: ``python -m tests.house.doors``.

Prints one JSON line for each door, person and method: what was answered, and how many audit lines came of it. Every
knock is rolled back.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from quacan.cli import open_house
from tests.house.machine_words import Vocabulary, vocabulary

STRANGER = "nguoila"
SERVICE = ("director", "technical_head", "verifier", "clerk", "quality_manager", "planner", "administrator")


def main() -> None:
    """This will knock at all doors and print what each answered; nothing of it stays."""
    open_house()
    from django.conf import settings
    from django.db import transaction

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    with transaction.atomic():
        knock_everywhere()
        transaction.set_rollback(True)


def knock_everywhere() -> None:
    """This will knock at every door as nobody, as one person of each role and as a stranger."""
    from django.db import transaction
    from django.test import Client

    from quacan.centre.base.models import AuditLine

    samples, filled, marks = sample_arguments(), filled_forms(), list_marks()
    words = vocabulary()
    admit_stranger()
    clients: dict[str, Client] = {}
    for username in ("", *people()):
        clients[username] = Client(raise_request_exception=False)
        if username:
            clients[username].force_login(
                person(username), backend="django.contrib.auth.backends.ModelBackend"
            )
    kept = {username: copy.deepcopy(client.cookies) for username, client in clients.items()}
    for name, address in doors(samples):
        for username, client in clients.items():
            for method in ("get", "post"):
                client.cookies = copy.deepcopy(kept[username])
                with transaction.atomic():
                    before = AuditLine.objects.count()
                    body = filled.get(name, {}) if method == "post" else {}
                    answer = getattr(client, method)(address, body)
                    written = AuditLine.objects.count() - before
                    transaction.set_rollback(True)
                shows = name in marks and marks[name] in answer.content.decode()
                row = [
                    name,
                    username,
                    method,
                    answer.status_code,
                    answer.headers.get("Location", ""),
                    written,
                    shows,
                    machine_words(words, name, answer) if method == "get" else [],
                ]
                sys.stdout.write(json.dumps(row) + "\n")


def machine_words(words: Vocabulary, door: str, answer: Any) -> list[str]:
    """This will find what only a machine needs on a page; user names have their place where people are managed."""
    if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
        return []
    names = door != "audit" and not door.startswith("people:")
    return list(words.found(answer.content.decode(), names=names, without_details=door == "audit"))


def people() -> list[str]:
    """This will name one person of each role, and the stranger."""
    from quacan.centre.people.models import Assignment

    found: dict[str, str] = {}
    for held in Assignment.objects.exclude(person__username=STRANGER).select_related("person").order_by("id"):
        found.setdefault(held.role, held.person.username)
    return [*found.values(), STRANGER]


def person(username: str) -> Any:
    """This will find a person by user name."""
    from quacan.centre.people.models import Person

    return Person.objects.get(username=username)


def admit_stranger() -> None:
    """This will found a rival centre whose one person holds every role of the service there, and none here."""
    from django.utils import timezone

    from quacan.centre.base.act import Act
    from quacan.centre.base.actors import Operator
    from quacan.centre.organisation.actions import found_organisation
    from quacan.centre.people.actions import assign_role, enter_person

    act = Act(actor=Operator(), at=timezone.now(), door="test")
    start = date(2021, 1, 1)
    rival = found_organisation(
        act,
        code="TTKHAC",
        name="Trung tâm khác",
        short_name="Trung tâm khác",
        kind="centre",
        symbol="TTK",
        province="Cao Bằng",
        place="Cao Bằng",
        valid_from=start,
    )
    who = enter_person(act, rival, username=STRANGER, full_name="Vi Văn Ngoại", password="Cân đúng từng gam")
    for role in SERVICE:
        assign_role(act, rival, person=who, role=role, valid_from=start)


def sample_arguments() -> dict[str, dict[str, Any]]:
    """This will give an existing record of the centre for every door that opens one: door or app to arguments."""
    from quacan.centre.activities.models import Activity
    from quacan.centre.base.charts.drawing import drawing_of
    from quacan.centre.base.charts.values import Axis, Chart
    from quacan.centre.base.models import FollowUp
    from quacan.centre.certificates.models import Outcome
    from quacan.centre.contracts.models import Contract, Job, Order
    from quacan.centre.facilities.models import Alarm, LoggerImport, Point
    from quacan.centre.instruments.models import Instrument
    from quacan.centre.laboratory.models import PlaceTest
    from quacan.centre.organisation.models import Scope
    from quacan.centre.parties.models import Establishment
    from quacan.centre.people.models import Assignment, Authorisation
    from quacan.centre.planning.models import Plan
    from quacan.centre.standards.models import CheckPlan, Standard, StandardCertificate
    from quacan.centre.verification.models import Batch, Worksheet
    from quacan.centre.visitors.models import Visit

    def newest(model: Any, **which: Any) -> Any:
        return model.objects.filter(**which).order_by("-pk").first()

    held = Assignment.objects.get(person__username="van")
    room = Point.objects.get(code="P-CAN")
    place = newest(Establishment)
    outcome, contract = newest(Outcome), newest(Contract)
    sheet = Worksheet.objects.filter(state="draft").order_by("-pk").first()
    job = newest(Job, state="waiting")
    report = {"organisation": "TTUD-CB", "code": "2022-H1"}
    batch = newest(Batch)
    bench = {"batch": batch.pk, "file": batch.files.get().pk}
    pk: Callable[[Any], dict[str, Any]] = lambda record: {"pk": record.pk}  # noqa: E731
    return {
        "base:chart": {"sha256": drawing_of(Chart("", Axis(), Axis(), ())).sha256},
        "follow_up": pk(newest(FollowUp)),
        "organisation": {"code": "TTUD-CB", "pk": newest(Scope).pk},
        "people": {**pk(held.person), "assignment": held.pk},
        "parties": {"pk": place.party_id, "place_pk": place.pk},
        "instruments": pk(newest(Instrument)),
        "instruments:of_party": {"pk": place.party_id},
        "facilities": {**pk(room), "file_pk": newest(LoggerImport).pk, "alarm_pk": newest(Alarm).pk},
        "standards": {
            **pk(newest(CheckPlan).standard),
            "file_pk": newest(StandardCertificate).pk,
            "plan_pk": newest(CheckPlan).pk,
            "check_pk": newest(CheckPlan).checks.last().pk,
            "loan_pk": 1,
        },
        "verification:standard_use": pk(newest(Standard)),
        "contracts": {**pk(contract), "line_pk": contract.lines.first().pk},
        "contracts:of_party": {"pk": contract.party_id},
        "contracts:of_instrument": pk(newest(Instrument)),
        "contracts:order": pk(newest(Order)),
        "contracts:add_jobs": pk(newest(Order)),
        "contracts:reassign": pk(job),
        "contracts:cancel_job": pk(job),
        "activities": {**pk(newest(Activity)), "key": 1},
        "visitors": pk(newest(Visit)),
        "laboratory": {
            **pk(PlaceTest.objects.get(state="issued")),
            "place": place.pk,
            "code": "earthing-resistance-test",
        },
        "verification:end_leave": {
            "pk": held.person_id,
            "leave": newest(Authorisation, person=held.person).pk,
        },
        "verification:course_file": {"pk": held.person_id, "file": 1},
        "verification:case": {"code": "counter-scale", "name": "passing"},
        "verification:declared": {"code": "counter-scale"},
        "verification:open_batch": {"order": batch.order_id},
        "verification": {
            **bench,
            "key": sheet.pk,
            "job": job.pk,
            "deed": "gui",
            "pk": held.person_id,
            "photo": 1,
            "seal": 1,
        },
        "certificates": {**pk(outcome), "which": "chung-nhan", "suffix": "pdf"},
        "certificates:sign_one": pk(Worksheet.objects.filter(state="approved").first()),
        "portal": {"asked": outcome.check_code},
        "quality": {**pk(outcome), "key": 1},
        "quality:deviation": pk(sheet),
        "quality:standard_tree": pk(newest(Standard)),
        "reporting": {
            **report,
            "indicator": "verification.failed",
            "format": "xlsx",
            "seq": 1,
            **pk(newest(Plan)),
        },
    }


def filled_forms() -> dict[str, dict[str, Any]]:
    """This will fill the forms of some deeds so that whoever may do them does: door to fields."""
    from django.utils import timezone

    from quacan.centre.certificates.models import Stamp
    from quacan.centre.organisation.models import Organisation

    van, why = person("van").pk, {"reason": "Thử quyền"}
    day = timezone.localdate().isoformat()
    centre = Organisation.objects.get(code="TTUD-CB")
    stamp = Stamp.objects.filter(state="issued").first()
    return {
        "parties:new": {"name": "Hộ kinh doanh Thử Quyền", "kind": "household", "province": "Cao Bằng"},
        "contracts:cancel_job": why,
        "certificates:revoke": why,
        "certificates:hand_out": {"to": van, "count": 1},
        "certificates:damage": {"number": stamp.number if stamp else "", **why},
        "certificates:receive": {"series": "99Z", "first": 1, "last": 5, "received_on": day},
        "people:assign": {"organisation": centre.pk, "role": "planner", "valid_from": day},
        "people:reset_password": {"new": "mật khẩu mới rất dài"},
        "people:let_go": why,
        "standards:plan": {
            "quantity": "Điểm 0",
            "unit": "mmHg",
            "interval_days": 90,
            "basis": "tolerance",
            "reference_value": "0",
            "tolerance": "1",
            "from_on": day,
        },
        "standards:record": {"on": day, "readings": "200,0"},
        "standards:move": {"place": "Kho", "on": day},
        "standards:maintain": {"on": day, "kind": "cleaning", "done_by": "Tổ đo", "result": "sạch"},
        "facilities:record": {"quantity": "humidity", "day": day, "clock": "00:00", "text": "50"},
        "facilities:acknowledge": why,
        "standards:state": {"state": "under_calibration", "on": day, "note": "Gửi hiệu chuẩn"},
        "verification:run": {"kind": "repeat", **why},
        "verification:add_seal": {"moment": "found", "position": "Nắp đáy", "condition": "broken"},
        "verification:benches": {"code": "B-THU", "name": "Bàn thử", "positions": 10},
        "verification:record_file": why,
        "open_unit": {"code": "THU", "name": "Tổ thử", "valid_from": day},
        "enter_scope": {
            "kind": "designation",
            "number": "N001",
            "authority": "Ủy ban (mẫu)",
            "decided_on": day,
            "valid_from": day,
            "table": "Kiểm định;MAS-04",
        },
        "add_scope_lines": {"valid_from": day, "table": "Hiệu chuẩn;LEN-52;micrometer;;0;25;mm;;2 µm"},
        "end_scope": {"what": "", "last_on": day, **why},
    }


def list_marks() -> dict[str, str]:
    """This will give for each list a text that only a record of the centre puts on its first page."""
    from quacan.centre.activities.models import Activity
    from quacan.centre.certificates.models import Outcome
    from quacan.centre.contracts.models import Contract, Order
    from quacan.centre.laboratory.models import PlaceTest
    from quacan.centre.verification.models import Batch, Worksheet

    return {
        "contracts:contracts": Contract.objects.exclude(number="").latest("pk").number,
        "contracts:orders": Order.objects.latest("pk").number,
        "verification:worksheets": Worksheet.objects.latest("pk").number,
        "verification:batches": Batch.objects.latest("pk").number,
        "certificates:certificates": Outcome.objects.latest("pk").number,
        "certificates:stamps": '<span class="strong">26C</span>',
        "activities:activities": Activity.objects.latest("occurred_on").title,
        "facilities:points": "P-CAN",
        "standards:standards": "QC-M1-02",
        "standards:due": "AK-01",
        "visitors:register": "Bế Văn Lâm",
        "laboratory:register": PlaceTest.objects.latest("pk").number,
        "reporting:book": "/so-nghiep-vu/TTUD-CB/",
        "reporting:plans": "Kế hoạch công tác năm 2022",
        "reporting:reports": "/bao-cao/TTUD-CB/",
        "people:people": "Triệu Văn Sơn",
    }


def doors(samples: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """This will yield every named address of the house with a sample record in it."""
    from django.urls import URLPattern, get_resolver, reverse

    def walk(patterns: Any, space: str) -> Iterator[tuple[str, URLPattern]]:
        for one in patterns:
            if isinstance(one, URLPattern):
                yield f"{space}:{one.name}" if space else str(one.name), one
            else:
                yield from walk(one.url_patterns, one.namespace or space)

    for name, pattern in walk(get_resolver().url_patterns, ""):
        wanted = pattern.pattern.converters
        known = samples.get(name) or samples.get(name.split(":")[0]) or guessed(name, samples)
        yield name, reverse(name, kwargs={key: known[key] for key in wanted})


def guessed(name: str, samples: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """This will find the record of a door of no department: of an organisation, or of a task."""
    return samples["follow_up"] if "follow" in name else samples["organisation"]


if __name__ == "__main__":
    main()
