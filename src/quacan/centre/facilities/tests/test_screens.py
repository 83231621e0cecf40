"""Points in the browser: a file looked at and taken in, an alarm answered, a stretch drawn and exported."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from conftest import World
from quacan.centre.base.charts.values import Line
from quacan.centre.facilities.actions import PointDraft, import_file, open_point
from quacan.centre.facilities.models import Alarm, LoggerImport, Point, PointLimit, Record
from quacan.centre.facilities.queries import flaws, silences, stretch_of, view_of
from quacan.centre.facilities.rules import HERE
from quacan.centre.people.models import Person
from quacan.cli import main

SignIn = Callable[[Person], Client]
FORM = {
    "code": "P-CAN", "name": "Phòng cân", "tolerance_minutes": "30", "gap_minutes": "60",
    "opens_at": "07:30", "closes_at": "17:00",
}  # fmt: skip
LIMIT = {
    "quantity": "temperature",
    "lower": "18",
    "upper": "27,5",
    "valid_from": "2020-01-01",
    "source": "HD-07",
}


def yesterday(hour: int, minute: int = 0) -> datetime:
    day = timezone.now().astimezone(HERE).date() - timedelta(days=1)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HERE)


def file_of(*values: str) -> bytes:
    rows = [f"{yesterday(8, i):%d/%m/%Y %H:%M};{value};55" for i, value in enumerate(values)]
    return "\n".join(["Serial 7;;", "Ngày giờ;T;RH", *rows]).encode()


@pytest.fixture
def head(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.people["truongphong"])


@pytest.fixture
def room(world: World) -> Point:
    return open_point(
        world.act("truongphong"), world.centre, PointDraft(code="P-CAN", name="Phòng cân", unit=world.unit)
    )


def test_a_point_is_opened_limited_and_changed(head: Client) -> None:
    made = head.post("/moi-truong/moi/", FORM)
    point = Point.objects.get()
    assert made.url == f"/moi-truong/{point.pk}/"
    assert head.post("/moi-truong/moi/", FORM).status_code == 422
    assert head.post(f"/moi-truong/{point.pk}/gioi-han/", LIMIT).status_code == 302
    assert str(PointLimit.objects.get().upper.normalize()) == "27.5"
    page = head.post(f"/moi-truong/{point.pk}/gioi-han/", LIMIT | {"lower": "30"})
    assert page.status_code == 422
    assert "Giới hạn dưới 30 lớn hơn giới hạn trên 27,5" in page.content.decode()
    beyond = head.post(f"/moi-truong/{point.pk}/gioi-han/", LIMIT | {"upper": "9" * 30})
    assert beyond.status_code == 422, "more than the register holds would break the page for good"
    assert head.get(f"/moi-truong/{point.pk}/").status_code == 200
    changed = FORM | {"name": "Phòng cân 2", "version": str(point.version), "is_active": "on"}
    assert head.post(f"/moi-truong/{point.pk}/sua/", changed).status_code == 302
    assert head.post(f"/moi-truong/{point.pk}/sua/", changed).status_code == 422  # somebody was faster
    assert "Phòng cân 2" in head.get("/moi-truong/").content.decode()


def test_a_file_is_looked_at_then_taken_in(world: World, room: Point, sign_in: SignIn) -> None:
    client = sign_in(world.people["kdv.an"])
    address = f"/moi-truong/{room.pk}/nhap/"
    file = SimpleUploadedFile("th.csv", file_of("22,4", "ERR", "22,6"))
    looked = client.post(address, {"file": file}).content.decode()
    assert (
        "Dòng 4: nhiệt độ “ERR” không phải là số" not in looked
    )  # nothing says which column is the temperature
    token = re.search(r'name="token" value="([^"]+)"', looked)
    assert token
    chosen = {
        "token": token[1], "head": "2", "day": "0", "clock": "", "order": "dmy", "quantity_temperature": "1",
        "quantity_humidity": "2",
    }  # fmt: skip
    again = client.post(address, chosen | {"step": "look"}).content.decode()
    assert "Dòng 4: nhiệt độ “ERR” không phải là số" in again
    assert not Record.objects.exists()

    assert client.post(address, chosen | {"step": "take"}).status_code == 302
    made = LoggerImport.objects.get()
    assert (made.name, made.records_added, made.rows_rejected, made.by) == ("th.csv", 5, 1, "kdv.an")
    kept = client.get(f"/moi-truong/{room.pk}/tep/{made.pk}/")
    assert kept.content == file_of("22,4", "ERR", "22,6")
    refused = client.post(address, chosen | {"step": "take"})
    assert refused.status_code == 409
    assert "Tệp không có số liệu mới" in refused.content.decode()


def test_a_file_that_is_none_and_a_forged_token_are_refused(
    world: World, room: Point, sign_in: SignIn
) -> None:
    client = sign_in(world.people["kdv.an"])
    address = f"/moi-truong/{room.pk}/nhap/"
    page = client.post(address, {"file": SimpleUploadedFile("anh.png", b"\x89PNG\x00\x00")})
    assert page.status_code == 422
    assert "không phải tệp CSV" in page.content.decode()
    assert client.post(address, {"token": "giả", "step": "take"}).status_code == 422
    assert client.post(address, {}).status_code == 422
    other = open_point(world.act("truongphong"), world.centre, PointDraft(code="P-2", name="Phòng 2"))
    looked = client.post(address, {"file": SimpleUploadedFile("th.csv", file_of("22"))}).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', looked)
    assert token
    assert client.post(f"/moi-truong/{other.pk}/nhap/", {"token": token[1]}).status_code == 422
    assert sign_in(world.people["vanthu"]).get(address).status_code == 403
    assert sign_in(world.people["nguoikhac"]).get(address).status_code == 404


def test_an_alarm_is_answered_on_the_page(world: World, room: Point, head: Client) -> None:
    head.post(f"/moi-truong/{room.pk}/gioi-han/", LIMIT)
    typed = {"quantity": "temperature", "day": f"{yesterday(8):%Y-%m-%d}", "clock": "08:00", "text": "29,5"}
    assert head.post(f"/moi-truong/{room.pk}/ghi/", typed).status_code == 302
    assert head.post(f"/moi-truong/{room.pk}/ghi/", typed | {"text": "mát"}).status_code == 422
    alarm = Alarm.objects.get()
    address = f"/moi-truong/{room.pk}/canh-bao/{alarm.pk}/"
    assert "29,5 °C" in head.get("/moi-truong/").content.decode()
    assert "Cảnh báo môi trường chưa xem xét" in head.get("/").content.decode()
    assert head.post(address, {"reason": ""}).status_code == 422
    assert head.post(address, {"reason": "Điều hòa hỏng; không có phép đo nào"}).status_code == 302
    assert "Điều hòa hỏng" in head.get(f"/moi-truong/{room.pk}/").content.decode()
    assert head.post(address, {"reason": "lần nữa"}).status_code == 422
    assert "Cảnh báo môi trường chưa xem xét" not in head.get("/").content.decode()


def test_a_stretch_is_drawn_and_exported(world: World, room: Point, head: Client) -> None:
    head.post(f"/moi-truong/{room.pk}/gioi-han/", LIMIT)
    world.now = timezone.now()
    content = file_of("22,4", "22,5", "29,0", "22,6").replace(b";T;", "; Nhiệt độ;".encode())
    import_file(world.act("kdv.an"), room, name="a.csv", content=content)
    day = f"{yesterday(8):%Y-%m-%d}"
    for kind in ("ngay", "tuan", "thang"):
        page = head.get(f"/moi-truong/{room.pk}/", {"xem": kind, "ngay": day}).content.decode()
        assert 'stroke="var(--fail)" stroke-width="6"' in page
        assert "18 ÷ 27,5 °C" in page
    assert head.get(f"/moi-truong/{room.pk}/", {"xem": "nam"}).status_code == 422
    assert head.get(f"/moi-truong/{room.pk}/", {"ngay": "hôm qua"}).status_code == 422
    file = head.get(f"/moi-truong/{room.pk}/", {"xem": "ngay", "ngay": day, "export": "csv"})
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 9
    assert lines[2] == f"P-CAN;{yesterday(8):%d/%m/%Y};08:00:00;Nhiệt độ;22,4;°C;a.csv"
    book = head.get(f"/moi-truong/{room.pk}/", {"xem": "ngay", "ngay": day, "export": "xlsx"})
    assert io.BytesIO(b"".join(book.streaming_content)).read(2) == b"PK"


def test_gaps_are_broken_in_the_drawing(world: World, room: Point) -> None:
    world.now = timezone.now()
    rows = [f"{yesterday(h):%d/%m/%Y %H:%M};22" for h in (8, 9, 14, 15)]
    import_file(world.act("kdv.an"), room, name="a.csv", content="\n".join(["Ngày;Nhiệt độ", *rows]).encode())
    stretch = stretch_of("ngay", yesterday(8).date())
    shown = view_of(room, stretch, now=timezone.now())
    assert shown.lines[0].chart is not None
    (line,) = [layer for layer in shown.lines[0].chart.layers if isinstance(layer, Line)]
    assert [len(piece) for piece in line.pieces] == [2, 2]
    assert silences(room, start=stretch.start, end=stretch.end).unknown == ""


def test_another_house_sees_no_point(world: World, room: Point, sign_in: SignIn) -> None:
    stranger = sign_in(world.people["nguoikhac"])
    assert "P-CAN" not in stranger.get("/moi-truong/").content.decode()
    assert stranger.get(f"/moi-truong/{room.pk}/").status_code == 404
    verifier = sign_in(world.people["kdv.an"])
    for form in ("/moi-truong/moi/", f"/moi-truong/{room.pk}/sua/"):
        assert verifier.get(form).status_code == 403, "a form one may not send is not shown"


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", "facilities", check=True, dry_run=True, verbosity=0)


def test_the_command_line_takes_in_and_lists(
    world: World, room: Point, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "th.csv"
    file.write_bytes(file_of("22,4", "x").replace(b";T;", "; Nhiệt độ;".encode()))
    command = ["environment", "import", "P-CAN", str(file)]
    assert main(command) == 0
    told = capsys.readouterr().out
    assert told.startswith("3 số liệu mới, 0 đã có, 1 dòng không nhận")
    assert "Dòng 4" in told
    assert main(command) == 2
    assert main(["environment", "import", "P-XX", str(file)]) == 2
    assert "số liệu đều đã có" in capsys.readouterr().err
    assert main(["environment", "list"]) == 0
    assert "P-CAN\t22,4 °C · 55 %RH" in capsys.readouterr().out


def test_a_sheet_of_a_workbook_is_chosen_and_remembered(world: World, room: Point, sign_in: SignIn) -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        made.add_worksheet("Ghi chú").write_row(0, 0, ["Máy ghi TH-20", "Phòng cân"])
        data = made.add_worksheet("Số liệu")
        data.write_row(0, 0, ["Ngày giờ", "Nhiệt độ"])
        data.write_row(1, 0, [f"{yesterday(8):%d/%m/%Y %H:%M}", 22.4])
    client, address = sign_in(world.people["kdv.an"]), f"/moi-truong/{room.pk}/nhap/"
    looked = client.post(address, {"file": SimpleUploadedFile("th.xlsx", book.getvalue())}).content.decode()
    assert "Chưa biết cột nào" in looked
    token = re.search(r'name="token" value="([^"]+)"', looked)
    assert token
    asked = {"token": token[1], "was": "Ghi chú", "sheet": "Số liệu", "step": "look"}
    found = client.post(address, asked).content.decode()
    assert "1 dòng, 1 số liệu" in found
    chosen = {"head": "1", "day": "0", "clock": "", "order": "dmy", "quantity_temperature": "1"}
    taken = client.post(address, asked | chosen | {"was": "Số liệu", "step": "take"})
    assert taken.status_code == 302
    assert LoggerImport.objects.get().mapping["sheet"] == "Số liệu"
    assert list(flaws()) == []
    assert (
        "Số liệu"
        in client.post(address, {"file": SimpleUploadedFile("th.xlsx", book.getvalue())})
        .content.decode()
        .split("</h1>")[1][:400]
    )
