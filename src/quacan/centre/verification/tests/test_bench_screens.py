"""The screens of a batch as a verifier, a checker and a stranger meet them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from conftest import World
from quacan.centre.examinations.models import Reading
from quacan.centre.verification.models import Batch, BatchFile, Bench, Worksheet
from quacan.centre.verification.tests.meters import (
    CELLS_OF_FORM,
    ON,
    Meters,
    csv_of,
    forty_meters,
    good_rows,
    ordered_meters,
    story_rows,
)
from quacan.centre.verification.views.batches import positions

SignIn = Callable[[Any], Any]


@pytest.fixture
def meters(world: World) -> Meters:
    """The batch of forty."""
    return forty_meters(world)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("batches", "bench_files"):
        monkeypatch.setattr(f"quacan.centre.verification.views.{room}.today", lambda: ON)


def upload(client: Any, batch: Batch, content: bytes, name: str = "ban.csv") -> Any:
    return client.post(f"/kiem-dinh/lo/{batch.pk}/tep/", {"file": SimpleUploadedFile(name, content)})


def mapped(client: Any, meters: Meters, rows: Any) -> BatchFile:
    upload(client, meters.batch, csv_of(rows))
    file = meters.batch.files.latest("pk")
    answer = client.post(f"/kiem-dinh/lo/tep/{file.pk}/", CELLS_OF_FORM)
    assert answer.status_code == 302, answer.content.decode()
    file.refresh_from_db()
    return file


def test_a_batch_is_opened_from_its_order(world: World, sign_in: SignIn) -> None:
    world.now = world.now.replace(year=2026, month=11, day=20)
    order = ordered_meters(world, 3)
    client = sign_in(world.people["kdv.an"])
    assert order.number in client.get("/kiem-dinh/lo/").content.decode()
    assert f"/kiem-dinh/lo/mo/{order.pk}/" in client.get(f"/phieu-viec/{order.pk}/").content.decode()
    page = client.post("/kiem-dinh/ban-thu/", {"code": "BCT", "name": "Bàn", "positions": "3"})
    assert page.status_code == 302
    bench = Bench.objects.get()
    again = client.post("/kiem-dinh/ban-thu/", {"code": "BCT", "name": "Bàn gõ lại", "positions": "3"})
    assert again.status_code == 422
    assert "Bàn gõ lại" in again.content.decode()
    filled = {"bench": bench.pk, "performed_on": "2026-11-20", "procedure_code": ""}
    done = client.post(f"/kiem-dinh/lo/mo/{order.pk}/", filled)
    batch = Batch.objects.get()
    assert done["Location"] == f"/kiem-dinh/lo/{batch.pk}/"
    assert batch.worksheets.count() == 3
    page = client.get(f"/kiem-dinh/lo/mo/{order.pk}/")
    assert "Không còn việc nào chờ anh chị" in page.content.decode()
    assert batch.number in client.get("/kiem-dinh/lo/").content.decode()


def test_the_story_on_screen(meters: Meters, sign_in: SignIn) -> None:
    client = sign_in(meters.world.people["kdv.an"])
    file = mapped(client, meters, story_rows())
    page = client.get(f"/kiem-dinh/lo/tep/{file.pk}/").content.decode()
    assert "CT-99999" in page
    assert "over-limit" in page
    assert page.count('class="drawing histogram"') == 5
    assert re.search(r"39\s+phiếu sẽ được ghi", page)
    client.post(f"/kiem-dinh/lo/tep/{file.pk}/ghi/")
    assert Reading.objects.count() == 39 * 13 - 1
    sent = client.post(f"/kiem-dinh/lo/{meters.batch.pk}/gui/", follow=True).content.decode()
    assert "38 phiếu chuyển sang" in sent
    assert "không được tự soát xét" in sent
    client = sign_in(meters.world.people["kdv.binh"])
    wrong = client.post(f"/kiem-dinh/lo/{meters.batch.pk}/duyet/", {"leave": "7, x", "reason": "vì"})
    assert wrong.status_code == 422
    assert 'value="7, x"' in wrong.content.decode()
    client.post(f"/kiem-dinh/lo/{meters.batch.pk}/duyet/", {"leave": "7", "reason": "xem lại"})
    assert meters.batch.worksheets.filter(state=Worksheet.State.APPROVED).count() == 37
    assert meters.sheet(7).state == Worksheet.State.DRAFT


def test_a_wrong_choice_of_columns_loses_nothing(meters: Meters, sign_in: SignIn) -> None:
    client = sign_in(meters.world.people["kdv.an"])
    upload(client, meters.batch, csv_of(good_rows()))
    file = meters.batch.files.get()
    wrong = CELLS_OF_FORM | {"constant:load.1.error": "0,1", "condition:temperature/start": "21,7"}
    page = client.post(f"/kiem-dinh/lo/tep/{file.pk}/", wrong)
    assert page.status_code == 422
    text = page.content.decode()
    assert "bỏ một" in text
    assert 'value="21,7"' in text
    assert 'value="0,1"' in text


def test_long_files_go_step_by_step(meters: Meters, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from quacan.centre.verification import actions

    weigh, record, send = actions.weigh_bench_file, actions.record_bench_file, actions.submit_batch
    monkeypatch.setattr(actions, "weigh_bench_file", lambda act, f: weigh(act, f, at_most=15))
    monkeypatch.setattr(actions, "record_bench_file", lambda act, f: record(act, f, at_most=15))
    monkeypatch.setattr(actions, "submit_batch", lambda act, b, after: send(act, b, after=after, at_most=15))
    client = sign_in(meters.world.people["kdv.an"])
    upload(client, meters.batch, csv_of(good_rows()))
    file = meters.batch.files.get()
    first = client.post(f"/kiem-dinh/lo/tep/{file.pk}/", CELLS_OF_FORM)
    assert walks(client, first, f"/kiem-dinh/lo/tep/{file.pk}/tinh/") == f"/kiem-dinh/lo/tep/{file.pk}/"
    first = client.post(f"/kiem-dinh/lo/tep/{file.pk}/ghi/")
    batch = f"/kiem-dinh/lo/{meters.batch.pk}/"
    assert walks(client, first, f"/kiem-dinh/lo/tep/{file.pk}/ghi/") == batch
    assert Reading.objects.count() == 40 * 13
    first = client.post(f"{batch}gui/")
    assert walks(client, first, f"{batch}gui/") == batch
    assert "40 phiếu chuyển sang" in client.get(batch).content.decode()


def walks(client: Any, answer: Any, place: str) -> str:
    """Follows the fragments as htmx does; gives the page it is sent to, having seen the progress move."""
    seen = []
    for _step in range(9):
        if "HX-Redirect" in answer:
            assert seen == sorted(set(seen))
            assert len(seen) >= 2
            return str(answer["HX-Redirect"])
        text = answer.content.decode()
        seen.append(int(re.search(r'<progress[^>]* value="(\d+)"', text).group(1)))  # type: ignore[union-attr]
        assert f'hx-post="{place}"' in text
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
        answer = client.post(place, hidden, headers={"HX-Request": "true"})
    raise AssertionError("the walk does not end")


def test_the_preview_as_a_workbook(meters: Meters, sign_in: SignIn) -> None:
    client = sign_in(meters.world.people["kdv.an"])
    file = mapped(client, meters, story_rows())
    answer = client.get(f"/kiem-dinh/lo/tep/{file.pk}/?export=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    head, worst, *rest = rows.get_sheet_by_index(0).to_python()
    assert len(rest) == 40
    assert head[:3] == ["Hàng trong tệp", "Vị trí", "Số máy"]
    assert worst[2] == "CT-00018"
    assert "+2,6" in worst


def test_the_list_is_sorted_filtered_and_searched(meters: Meters, sign_in: SignIn) -> None:
    client = sign_in(meters.world.people["kdv.an"])
    file = mapped(client, meters, story_rows())
    place = f"/kiem-dinh/lo/tep/{file.pk}/"
    worst = client.get(place).content.decode()
    assert worst.index("CT-00018") < worst.index("CT-00005") < worst.index("CT-00010")
    failing = client.get(place + "?verdict=fail").content.decode()
    assert "CT-00018" in failing
    assert "CT-00010" not in failing
    assert "CT-00007" in client.get(place + "?q=ct-00007").content.decode()
    wrong = client.get(place + "?wrong=1&sort=row").content.decode()
    assert "CT-99999" in wrong
    assert "CT-00010" not in wrong


def test_files_are_refused_in_a_sentence(meters: Meters, sign_in: SignIn) -> None:
    client = sign_in(meters.world.people["kdv.an"])
    for content in (b"mot cot\n1\n", b"x" * (20 * 1024 * 1024 + 1)):
        answer = upload(client, meters.batch, content)
        assert answer.status_code == 422
        assert "Không đọc được tệp" in answer.content.decode()
    assert client.post(f"/kiem-dinh/lo/{meters.batch.pk}/tep/").status_code == 422
    assert BatchFile.objects.count() == 0


def test_the_same_file_says_so(meters: Meters, sign_in: SignIn) -> None:
    client = sign_in(meters.world.people["kdv.an"])
    file = mapped(client, meters, good_rows())
    client.post(f"/kiem-dinh/lo/tep/{file.pk}/ghi/")
    answer = client.post(
        f"/kiem-dinh/lo/{meters.batch.pk}/tep/",
        {"file": SimpleUploadedFile("khac-ten.csv", csv_of(good_rows()))},
        follow=True,
    )
    assert "đã ghi vào phiếu rồi" in answer.content.decode()
    assert BatchFile.objects.count() == 1


def test_a_correction_asks_for_its_reason(meters: Meters, sign_in: SignIn) -> None:
    client = sign_in(meters.world.people["kdv.an"])
    client.post(f"/kiem-dinh/lo/tep/{mapped(client, meters, good_rows()).pk}/ghi/")
    rows = good_rows()
    rows[0][1] = "0,77"
    upload(client, meters.batch, csv_of(rows))
    file = meters.batch.files.latest("pk")
    proposed = client.get(f"/kiem-dinh/lo/tep/{file.pk}/").content.decode()
    assert "lần trước của bàn này" in proposed
    client.post(f"/kiem-dinh/lo/tep/{file.pk}/", CELLS_OF_FORM)
    assert client.post(f"/kiem-dinh/lo/tep/{file.pk}/ghi/").status_code == 422
    client.post(f"/kiem-dinh/lo/tep/{file.pk}/ghi/", {"reason": "đo lại vị trí 1"})
    assert meters.sheet(1).runs.latest("ordinal").reason == "đo lại vị trí 1"


def test_a_standard_is_chosen_for_the_whole_batch(meters: Meters, sign_in: SignIn) -> None:
    from quacan.centre.examinations.models import StandardUse

    kept = StandardUse.objects.first()
    assert kept is not None
    StandardUse.objects.filter(examination__worksheet__batch=meters.batch).delete()
    client = sign_in(meters.world.people["kdv.an"])
    assert "Chưa chọn chuẩn" in client.get(f"/kiem-dinh/lo/{meters.batch.pk}/").content.decode()
    form = {"need": kept.need, "certificate": kept.certificate_id}
    assert client.post(f"/kiem-dinh/lo/{meters.batch.pk}/chuan/", form).status_code == 302
    assert StandardUse.objects.filter(examination__worksheet__batch=meters.batch).count() == 40
    assert client.post(f"/kiem-dinh/lo/{meters.batch.pk}/chuan/", {"need": kept.need}).status_code == 404


def test_strangers_find_nothing(meters: Meters, sign_in: SignIn) -> None:
    mine = sign_in(meters.world.people["kdv.an"])
    file = mapped(mine, meters, good_rows())
    client = sign_in(meters.world.people["nguoikhac"])
    batch = meters.batch.pk
    assert meters.batch.number not in client.get("/kiem-dinh/lo/").content.decode()
    for place in (f"lo/{batch}/", f"lo/tep/{file.pk}/", f"lo/mo/{meters.order.pk}/"):
        assert client.get(f"/kiem-dinh/{place}").status_code == 404
    for place in (
        f"{batch}/gui/",
        f"{batch}/duyet/",
        f"{batch}/tep/",
        f"{batch}/chuan/",
        f"tep/{file.pk}/ghi/",
    ):
        assert client.post(f"/kiem-dinh/lo/{place}").status_code == 404
    assert Reading.objects.count() == 0


def test_a_colleague_reads_but_does_not_write(meters: Meters, sign_in: SignIn) -> None:
    client = sign_in(meters.world.people["kdv.binh"])
    page = client.get(f"/kiem-dinh/lo/{meters.batch.pk}/").content.decode()
    assert "Hoàng Văn An đang đo lô này" in page
    assert 'type="file"' not in page
    assert upload(client, meters.batch, csv_of(good_rows())).status_code == 403
    assert client.post(f"/kiem-dinh/lo/{meters.batch.pk}/gui/").status_code == 403


@pytest.mark.parametrize(
    ("text", "found"),
    [("", set()), ("7", {7}), ("7, 12-15", {7, 12, 13, 14, 15}), ("1–3;40", {1, 2, 3, 40}), (" , ", set())],
)
def test_positions_as_typed(text: str, found: set[int]) -> None:
    assert positions(text, most=40) == found


@pytest.mark.parametrize("text", ["0", "41", "3-1", "a", "1-", "1-99999999"])
def test_positions_that_cannot_be(text: str) -> None:
    with pytest.raises(Exception, match="Trừ các vị trí"):
        positions(text, most=40)


def test_the_signing_table_is_linked_for_those_who_sign_alone(meters: Meters, sign_in: SignIn) -> None:
    people = meters.world.people
    one = meters.batch.worksheets.order_by("pk")[:1].values("pk")
    Worksheet.objects.filter(pk__in=one).update(state="approved", checker=people["kdv.binh"])
    for who, signs in (("kdv.an", False), ("giamdoc", True)):
        page = sign_in(people[who]).get(f"/kiem-dinh/lo/{meters.batch.pk}/").content.decode()
        assert ('href="/chung-nhan/ky/"' in page) is signs, who
