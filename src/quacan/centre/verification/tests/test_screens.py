"""The bench through the door of the browser."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from quacan.centre.examinations.models import Reading
from quacan.centre.examinations.queries import gathered, sheet_view, typed_cells, typed_conditions
from quacan.centre.organisation.actions import end_scope
from quacan.centre.organisation.models import Scope
from quacan.centre.people.models import Person
from quacan.centre.verification.actions import enter_readings, opening
from quacan.centre.verification.library import shelves
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.tests.conftest import Bench, cells_of
from quacan.centre.verification.views import lists

pytestmark = pytest.mark.django_db

UP = "accuracy_up.1.indication"
SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 2, 0, tzinfo=UTC))
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def an(bench: Bench, sign_in: SignIn) -> Client:
    return sign_in(bench.an)


def save(client: Client, sheet: Worksheet, **body: Any) -> Any:
    return client.post(f"/kiem-dinh/{sheet.pk}/so-doc/", json.dumps(body), content_type="application/json")


def test_work_outside_the_designation_is_told_before_it_is_measured(bench: Bench, an: Client) -> None:
    sheet = bench.opened()
    assert "không ký được" not in an.get(f"/kiem-dinh/{sheet.pk}/").content.decode()
    end_scope(
        bench.world.act("truongphong", reason="Hết chỉ định"),
        Scope.objects.get(organisation=bench.world.centre),
        last_on=date(2026, 11, 1),
    )
    page = an.get(f"/kiem-dinh/{sheet.pk}/").content.decode()
    assert "Ngoài phạm vi chỉ định ngày 20/11/2026" in page
    assert "không ký được" in page


class TestList:
    def test_shows_my_jobs_and_every_worksheet(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        page = an.get("/kiem-dinh/").content.decode()
        assert sheet.number in page
        assert page.count("Mở phiếu") == 2

    @pytest.mark.parametrize(
        ("question", "found"),
        [
            ("state=draft", True),
            ("state=issued", False),
            ("kind=MAS-04", True),
            ("kind=FLO-01", False),
            ("q=cong ty mau", True),
            ("q=khong co", False),
            ("from=2026-11-20&to=2026-11-20", True),
            ("to=2026-11-19", False),
            ("mine=1", True),
        ],
    )
    def test_filters_and_searches(self, bench: Bench, an: Client, question: str, found: bool) -> None:
        sheet = bench.opened()
        page = an.get(f"/kiem-dinh/?{question}").content.decode()
        assert (sheet.number in page) is found

    def test_exports_what_is_shown(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        text = b"".join(an.get("/kiem-dinh/?export=csv").streaming_content).decode()
        assert sheet.number in text
        assert "Công ty Mẫu" in text

    def test_another_house_sees_nothing(self, bench: Bench, sign_in: SignIn) -> None:
        sheet = bench.opened()
        client = sign_in(bench.world.people["nguoikhac"])
        assert sheet.number not in client.get("/kiem-dinh/").content.decode()
        for path in ("", "lich-su/", "quy-trinh/"):
            assert client.get(f"/kiem-dinh/{sheet.pk}/{path}").status_code == 404
        for path in ("so-doc/", "chuan/", "luot/", "gui/"):
            assert client.post(f"/kiem-dinh/{sheet.pk}/{path}").status_code == 404


class TestOpening:
    def test_asks_for_the_procedure_where_several_govern(
        self, bench: Bench, an: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        both = [shelf for shelf in shelves() if shelf.procedure.code in ("counter-scale", "truck-scale")]
        for room in (opening, lists):
            monkeypatch.setattr(room, "shelves_for", lambda *_kind, **_day: both)
        place = f"/kiem-dinh/mo/{bench.jobs['counter-scale'].pk}/"
        answer = an.post(place, {"performed_on": "2026-11-20"})
        assert answer.status_code == 422
        assert "truck-scale" in answer.content.decode()
        made = an.post(place, {"performed_on": "20/11/2026", "procedure_code": "counter-scale"})
        sheet = Worksheet.objects.get()
        assert made["Location"] == f"/kiem-dinh/{sheet.pk}/"
        assert an.get(place)["Location"] == f"/kiem-dinh/{sheet.pk}/"

    def test_opens_at_once_where_one_governs(self, bench: Bench, an: Client) -> None:
        an.post(f"/kiem-dinh/mo/{bench.jobs['fuel-dispenser'].pk}/", {"performed_on": "2026-11-20"})
        assert Worksheet.objects.get().procedure_code == "fuel-dispenser"

    def test_a_refusal_keeps_what_was_typed(self, bench: Bench, an: Client) -> None:
        place = f"/kiem-dinh/mo/{bench.jobs['fuel-dispenser'].pk}/"
        answer = an.post(place, {"performed_on": "2026-11-21"})
        assert answer.status_code == 422
        assert "sau hôm nay" in answer.content.decode()
        assert "2026-11-21" in answer.content.decode()


class TestTyping:
    def test_every_cell_is_an_input_for_the_performer_alone(
        self, bench: Bench, an: Client, sign_in: SignIn
    ) -> None:
        sheet = bench.opened()
        page = an.get(f"/kiem-dinh/{sheet.pk}/").content.decode()
        cells = {
            cell.key for step in sheet_view(gathered(sheet)).steps for row in step.rows for cell in row.cells
        }
        assert set(re.findall(r'data-cell="([^"]+)"', page)) == cells
        other = sign_in(bench.world.people["kdv.binh"]).get(f"/kiem-dinh/{sheet.pk}/").content.decode()
        assert "data-cell=" not in other

    def test_the_answer_says_error_limit_margin_and_verdict(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        answer = save(
            an, sheet, cells={UP: "102,5", "accuracy_up.1.add_load": "2.5"}, conditions={"temperature/start": "24,6"}
        ).json()  # fmt: skip
        row = answer["rows"]["accuracy_up.1"]
        assert row["values"]["E"] == ["+2,5", ""]
        assert (row["limit"], row["margin"], row["verdict"]) == ("± 2,5 g", "0,0", "pass")
        assert re.fullmatch(r"\d\d:\d\d:\d\d", answer["saved"])
        assert answer["steps"]["accuracy_up"] == ["undetermined", "còn thiếu 8 số đọc"]
        assert answer["marks"][UP][2] is True
        assert typed_conditions(sheet)["temperature"] == ["24,6", ""]

    def test_a_failing_row_decides(self, bench: Bench, an: Client) -> None:
        sheet = bench.typed("counter-scale", "failing")
        answer = save(an, sheet, cells={UP: "100"}).json()
        assert answer["rows"]["accuracy_up.4"]["over"] is True
        assert "vượt giới hạn" in answer["parts"]["verdict"]
        assert "dù các phép đo còn lại ra sao" in answer["parts"]["verdict"]
        assert "fails" in answer["parts"]["charts"]

    def test_sending_twice_keeps_one_revision(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        for _turn in range(2):
            assert save(an, sheet, cells={UP: "100"}).status_code == 200
        assert Reading.objects.filter(cell=UP).count() == 1

    @pytest.mark.parametrize(
        "body", ["[]", "{", '{"cells": 3}', '{"cells": {"a": 3}}', '{"cells": {"no.such": "1"}}']
    )
    def test_nonsense_is_refused_in_a_sentence(self, bench: Bench, an: Client, body: str) -> None:
        sheet = bench.opened()
        answer = an.post(f"/kiem-dinh/{sheet.pk}/so-doc/", body, content_type="application/json")
        assert answer.status_code == 422
        assert answer.json()["refused"].endswith(".")

    def test_not_by_another_and_not_after_submission(self, bench: Bench, an: Client, sign_in: SignIn) -> None:
        sheet = bench.submitted()
        assert save(an, sheet, cells={UP: "105"}).status_code == 422
        other = sign_in(bench.world.people["kdv.binh"])
        bench.jobs["fuel-dispenser"].refresh_from_db()
        second = bench.opened("fuel-dispenser")
        answer = save(other, second, cells={"delivery.q_max.1.indication": "20"})
        assert answer.status_code == 403
        assert "Hoàng Văn An" in answer.json()["refused"]

    def test_without_javascript_the_form_saves(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        form = {f"cell:{UP}": "100", "condition:humidity/end": "60"}
        assert an.post(f"/kiem-dinh/{sheet.pk}/so-doc/", form).status_code == 302
        assert typed_cells(sheet)[UP] == "100"

    def test_what_is_typed_is_never_run(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        enter_readings(bench.act(), sheet, cells={UP: '"><script>x</script>'})
        page = an.get(f"/kiem-dinh/{sheet.pk}/").content.decode()
        assert "<script>x" not in page

    def test_an_answer_asks_as_much_of_the_database_however_many_readings(
        self, bench: Bench, an: Client
    ) -> None:
        sheet = bench.opened()
        asked = []
        for cells in ({UP: "100"}, cells_of("counter-scale"), {UP: "101"}):
            with CaptureQueriesContext(connection) as queries:
                assert save(an, sheet, cells=cells).status_code == 200
            asked.append(len(queries))
        assert asked[2] <= asked[0]


class TestHistory:
    def test_tells_what_was_typed_before_by_whom_and_why(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        save(an, sheet, cells={UP: "100"})
        an.post(f"/kiem-dinh/{sheet.pk}/luot/", {"kind": "repeat", "reason": "cân chưa ổn định"})
        answer = save(an, sheet, cells={UP: "105"}).json()
        assert answer["marks"][UP][1] == 2
        page = an.get(f"/kiem-dinh/{sheet.pk}/lich-su/", {"o": UP}, headers={"HX-Request": "true"})
        text = page.content.decode()
        assert "<html" not in text
        for part in ("100", "105", bench.an.full_name, "lượt 2: đo lại", "cân chưa ổn định"):
            assert part in text

    def test_a_run_needs_its_reason(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        answer = an.post(f"/kiem-dinh/{sheet.pk}/luot/", {"kind": "repeat", "reason": " "})
        assert answer.status_code == 422
        assert "cần nêu lý do" in answer.content.decode()

    def test_the_procedure_shows_its_sources(self, bench: Bench, an: Client) -> None:
        page = an.get(f"/kiem-dinh/{bench.opened().pk}/quy-trinh/").content.decode()
        assert "OIML R 76-1:2006, 3.5.1" in page
        assert "tin cậy cao" in page
        assert "chưa đối chiếu" in page


class TestMoving:
    def test_from_typing_to_approval(self, bench: Bench, an: Client, sign_in: SignIn) -> None:
        sheet = bench.typed()
        place = f"/kiem-dinh/{sheet.pk}/"
        assert an.post(f"{place}gui/", {"key": "k"})["Location"] == place
        assert "data-cell=" not in an.get(place).content.decode()
        refused = an.post(f"{place}duyet/")
        assert refused.status_code in {403, 422}
        checker = sign_in(bench.world.people["kdv.binh"])
        checker.post(f"{place}tra/", {"reason": "xem lại điểm 5 kg"})
        sheet.refresh_from_db()
        assert (sheet.state, sheet.returned_reason) == ("draft", "xem lại điểm 5 kg")
        an = sign_in(bench.an)
        assert "xem lại điểm 5 kg" in an.get(place).content.decode()
        an.post(f"{place}gui/")
        sign_in(bench.world.people["kdv.binh"]).post(f"{place}duyet/")
        sheet.refresh_from_db()
        assert sheet.state == "approved"

    def test_undetermined_says_why_and_does_not_go(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        page = an.get(f"/kiem-dinh/{sheet.pk}/").content.decode()
        assert "còn thiếu 10 số đọc" in page
        answer = an.post(f"/kiem-dinh/{sheet.pk}/gui/")
        assert answer.status_code == 422
        assert "chưa đủ căn cứ" in answer.content.decode()

    def test_an_unknown_move_is_not_found(self, bench: Bench, an: Client) -> None:
        assert an.post(f"/kiem-dinh/{bench.opened().pk}/bay/").status_code == 404
        assert an.get(f"/kiem-dinh/{Worksheet.objects.get().pk}/gui/").status_code == 405

    def test_standards_offered_with_days_and_obstacles(self, bench: Bench, an: Client) -> None:
        from quacan.centre.verification.tests.conftest import equip

        old = equip(bench.world, "M9", "mass", until=date(2026, 9, 3))
        sheet = bench.opened()
        page = an.get(f"/kiem-dinh/{sheet.pk}/").content.decode()
        assert "còn 211 ngày" in page
        assert "hết hạn ngày 03/09/2026" in page
        answer = an.post(f"/kiem-dinh/{sheet.pk}/chuan/", {"need": "weights", "certificate": old.pk})
        assert answer.status_code == 422
        for nonsense in ("x", "²"):
            wrong = an.post(f"/kiem-dinh/{sheet.pk}/chuan/", {"need": "weights", "certificate": nonsense})
            assert wrong.status_code == 404, nonsense
        assert an.get(f"/kiem-dinh/{sheet.pk}/ngan-sach/?mo-hinh=²").status_code == 200
        asked = {"moment": "found", "position": "Nắp", "condition": "intact", "photo": "²", "key": "n"}
        assert an.post(f"/kiem-dinh/{sheet.pk}/niem-phong/", asked).status_code < 500


class TestHints:
    def test_only_the_checker_sees_them(self, bench: Bench, an: Client, sign_in: SignIn) -> None:
        sheet = bench.submitted()
        words = "gợi ý, không phải kết luận"
        assert words not in an.get(f"/kiem-dinh/{sheet.pk}/").content.decode()
        seen = {}
        for who in ("kdv.binh", "vanthu", "giamdoc"):
            client = sign_in(bench.world.people[who])
            seen[who] = words in client.get(f"/kiem-dinh/{sheet.pk}/").content.decode()
        assert seen == {"kdv.binh": True, "vanthu": False, "giamdoc": False}


def test_a_limit_that_is_not_known_says_so(bench: Bench, an: Client) -> None:
    sheet = bench.opened("sphygmomanometer")
    enter_readings(bench.act(), sheet, cells=cells_of("sphygmomanometer"))
    assert "chưa có trong cơ sở dữ liệu" in an.get(f"/kiem-dinh/{sheet.pk}/").content.decode()


@pytest.mark.parametrize("text", ["1\0", "\ud800", "9" * 201])
def test_what_no_database_could_keep_is_refused(bench: Bench, an: Client, text: str) -> None:
    sheet = bench.opened()
    answer = save(an, sheet, cells={UP: text})
    assert answer.status_code == 422
    assert answer.json()["refused"]
    assert not Reading.objects.filter(examination=sheet).exists()


def test_a_body_nested_without_end_is_refused(bench: Bench, an: Client) -> None:
    address = f"/kiem-dinh/{bench.opened().pk}/so-doc/"
    assert an.post(address, "[" * 100_000, content_type="application/json").status_code == 422
