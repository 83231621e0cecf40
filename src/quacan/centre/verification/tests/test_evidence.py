"""Photos and seals on a worksheet: kept, shown, taken back, proven."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from quacan.centre.base import store
from quacan.centre.base.models import Document
from quacan.centre.base.refusals import (
    FieldMissing,
    FieldWrong,
    NotAuthorised,
    ReasonMissing,
    WrongStage,
)
from quacan.centre.examinations.models import Photo
from quacan.centre.examinations.queries import content_of, evidence_of, plausibility_hints, seal_rows
from quacan.centre.examinations.refusals import (
    NotPerformer,
    PhotosTooMany,
    PhotoTooLarge,
    PhotoTwice,
    PhotoUnreadable,
    SealTwice,
)
from quacan.centre.verification.actions import (
    add_photos,
    evidence,
    record_seal,
    submit_worksheet,
    withdraw_photo,
    withdraw_seal,
)
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.queries import flaws, seal_positions
from quacan.centre.verification.tests.conftest import ON, Bench
from quacan.centre.verification.tests.shots import jpeg, png, shot

pytestmark = pytest.mark.django_db


def photographed(bench: Bench, sheet: Worksheet, **changes: object) -> Photo:
    asked = {"shots": [shot()], "subject": "plate", "caption": " Nhãn   máy "} | changes
    add_photos(bench.act(), sheet, **asked)
    return sheet.photos.order_by("-pk")[0]


class TestPhotos:
    def test_the_original_is_kept_as_a_document(self, bench: Bench) -> None:
        sheet = bench.opened()
        content = jpeg(taken="2026:11:20 09:30:00")
        photo = photographed(bench, sheet, shots=[shot("IMG_7.JPG", content)])
        file = photo.document.files.get()
        assert store.read(file.sha256) == content
        assert file.name == f"{sheet.number}-01.jpeg".replace("/", "-")
        shown = evidence_of(sheet).photos
        assert [(one.title, one.width, one.height) for one in shown] == [
            ("Nhãn mác, số máy: Nhãn máy", 640, 480)
        ]
        assert f"{shown[0].taken_at:%d/%m/%Y %H:%M}" == "20/11/2026 09:30"

    def test_several_at_once_or_none(self, bench: Bench) -> None:
        sheet = bench.opened()
        with pytest.raises(PhotoUnreadable) as refused:
            add_photos(bench.act(), sheet, shots=[shot(), shot("virus.jpg", b"MZ\x90")], subject="whole")
        assert "virus.jpg" in refused.value.sentence
        assert not sheet.photos.exists()
        add_photos(bench.act(), sheet, shots=[shot(), shot("b.jpg", jpeg())], subject="whole")
        assert sheet.photos.count() == 2

    def test_the_same_twice_is_refused_but_a_resent_form_is_not(self, bench: Bench) -> None:
        sheet = bench.opened()
        for _time in range(2):
            add_photos(bench.act(key="k1"), sheet, shots=[shot()], subject="whole")
        assert sheet.photos.count() == 1
        with pytest.raises(PhotoTwice):
            add_photos(bench.act(), sheet, shots=[shot("other.png")], subject="seal")

    def test_limits(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        sheet = bench.opened()
        monkeypatch.setattr(evidence, "MOST_PHOTOS", 2)
        many = [shot(f"{i}.png", png(shade=i)) for i in range(3)]
        with pytest.raises(PhotosTooMany):
            add_photos(bench.act(), sheet, shots=many, subject="whole")
        with pytest.raises(PhotoTooLarge):
            add_photos(bench.act(), sheet, shots=[shot("a.jpg", jpeg(20_000, 20_000))], subject="whole")
        monkeypatch.setattr(evidence, "MOST_BYTES", 20)
        with pytest.raises(PhotoTooLarge):
            add_photos(bench.act(), sheet, shots=many[:1], subject="whole")
        assert not Document.objects.filter(kind="worksheet_photo").exists()

    def test_what_it_shows_must_be_said(self, bench: Bench) -> None:
        sheet = bench.opened()
        with pytest.raises(FieldWrong):
            add_photos(bench.act(), sheet, shots=[shot()], subject="")
        with pytest.raises(FieldMissing):
            add_photos(bench.act(), sheet, shots=[], subject="whole")
        with pytest.raises(FieldWrong):
            add_photos(bench.act(), sheet, shots=[shot()], subject="whole", caption="x" * 201)

    def test_taken_back_with_a_reason(self, bench: Bench) -> None:
        sheet = bench.opened()
        photo = photographed(bench, sheet)
        with pytest.raises(ReasonMissing):
            withdraw_photo(bench.act(), photo)
        withdraw_photo(bench.act(reason="Chụp nhầm máy bên cạnh"), photo)
        shown = evidence_of(sheet)
        assert shown.photos == ()
        assert shown.withdrawn_photos[0].withdrawn_reason == "Chụp nhầm máy bên cạnh"
        photo.refresh_from_db()
        assert photo.document.state == Document.State.REVOKED
        assert store.read(photo.document.files.get().sha256)
        with pytest.raises(WrongStage):
            withdraw_photo(bench.act(reason="nữa"), photo)
        photographed(bench, sheet)

    def test_only_the_performer_while_measuring(self, bench: Bench) -> None:
        sheet = bench.typed()
        photo = photographed(bench, sheet)
        with pytest.raises(NotPerformer):
            add_photos(bench.act("kdv.binh"), sheet, shots=[shot("b.jpg", jpeg())], subject="whole")
        with pytest.raises(NotAuthorised):
            withdraw_photo(bench.act("nguoikhac", reason="x"), photo)
        submit_worksheet(bench.act(), sheet)
        with pytest.raises(WrongStage):
            withdraw_photo(bench.act(reason="muộn"), photo)
        with pytest.raises(WrongStage):
            add_photos(bench.act(), sheet, shots=[shot("b.jpg", jpeg())], subject="whole")


class TestSeals:
    def test_found_and_applied(self, bench: Bench) -> None:
        sheet = bench.opened()
        photo = photographed(bench, sheet, subject="seal")
        record_seal(
            bench.act(), sheet, moment="found", position="Nắp đáy", condition="broken", photo=photo.pk
        )
        record_seal(bench.act(), sheet, moment="applied", position="Nắp đáy", mark="CB-0412")
        shown = evidence_of(sheet)
        assert [(one.position, one.condition, one.photo) for one in shown.seals_found] == [
            ("Nắp đáy", "broken", photo.pk)
        ]
        assert [(one.mark, one.is_whole) for one in shown.seals_applied] == [("CB-0412", True)]

    def test_what_is_asked(self, bench: Bench) -> None:
        sheet = bench.opened()
        for wrong in (
            {"moment": "applied", "position": "Nắp đáy"},
            {"moment": "applied", "mark": "1", "position": "  "},
        ):
            with pytest.raises(FieldMissing):
                record_seal(bench.act(), sheet, **wrong)
        for wrong in (
            {"moment": "later", "position": "Nắp"},
            {"moment": "found", "position": "Nắp", "condition": "so so"},
            {"moment": "found", "position": "N" * 121},
            {"moment": "found", "position": "Nắp", "photo": 987654},
        ):
            with pytest.raises(FieldWrong):
                record_seal(bench.act(), sheet, **wrong)
        assert not sheet.seals.exists()

    def test_a_place_is_written_once(self, bench: Bench) -> None:
        sheet = bench.opened()
        seal = record_seal(bench.act(), sheet, moment="found", position="Nắp đáy")
        with pytest.raises(SealTwice):
            record_seal(bench.act(), sheet, moment="found", position="nap  ĐÁY", condition="broken")
        with pytest.raises(ReasonMissing):
            withdraw_seal(bench.act(), seal)
        withdraw_seal(bench.act(reason="Ghi nhầm"), seal)
        record_seal(bench.act(), sheet, moment="found", position="Nắp đáy", condition="broken")
        shown = evidence_of(sheet)
        assert [one.condition for one in shown.seals_found] == ["broken"]
        assert [one.withdrawn_reason for one in shown.withdrawn_seals] == ["Ghi nhầm"]

    def test_places_come_back_for_the_same_instrument(self, bench: Bench) -> None:
        sheet = bench.opened()
        for place in ("Nắp đáy", "Cạnh bảng hiệu chỉnh"):
            record_seal(bench.act(), sheet, moment="found", position=place)
        record_seal(bench.act(), sheet, moment="applied", position="nắp đáy", mark="1")
        assert seal_positions(sheet) == ("Nắp đáy", "Cạnh bảng hiệu chỉnh")
        assert seal_positions(bench.opened("fuel-dispenser")) == ()

    def test_a_number_used_elsewhere_is_told_not_refused(self, bench: Bench) -> None:
        first, second = bench.opened(), bench.opened("fuel-dispenser")
        for sheet in (first, second):
            record_seal(bench.act(), sheet, moment="applied", position="Nắp", mark="CB-0412")
            record_seal(bench.act(), sheet, moment="applied", position="Đế", mark="KĐ")
        shown = {one.mark: one.elsewhere for one in evidence_of(second).seals_applied}
        assert shown == {"CB-0412": (first.number,), "KĐ": ()}
        assert "mark" in {hint.code for hint in plausibility_hints(second)}


class TestForTheChecker:
    def test_a_broken_seal_and_a_photo_of_another_day(self, bench: Bench) -> None:
        sheet = bench.typed()
        codes = {hint.code for hint in plausibility_hints(sheet)}
        assert not {"seal", "photo", "mark"} & codes
        record_seal(bench.act(), sheet, moment="found", position="Nắp đáy", condition="missing")
        for days, content in ((0, b"a"), (1, b"b"), (2, b"c")):
            day = ON - timedelta(days=days)
            photographed(
                bench, sheet, shots=[shot("x.jpg", jpeg(taken=f"{day:%Y:%m:%d} 23:00:00", salt=content))],
                caption=f"{days} ngày",
            )  # fmt: skip
        hints = {hint.code: hint.evidence for hint in plausibility_hints(sheet)}
        assert "Nắp đáy: không có" in hints["seal"]
        assert "2 ngày" in hints["photo"]
        assert "18/11/2026" in hints["photo"]


class TestProof:
    def test_nothing_added_leaves_the_digest_as_it_was(self, bench: Bench) -> None:
        sheet = bench.submitted()
        assert sheet.content_sha256 == content_of(sheet)
        assert list(flaws()) == []

    @pytest.mark.parametrize(
        "harm",
        [
            lambda sheet: sheet.photos.update(caption="khác"),
            lambda sheet: sheet.photos.update(withdrawn_reason="giấu đi"),
            lambda sheet: sheet.seals.update(condition="intact", mark="sửa"),
            lambda sheet: sheet.seals.all().delete(),
        ],
    )
    def test_evidence_changed_behind_its_back_is_named(self, bench: Bench, harm: object) -> None:
        sheet = bench.typed()
        photographed(bench, sheet)
        record_seal(bench.act(), sheet, moment="found", position="Nắp đáy", condition="broken")
        sheet = submit_worksheet(bench.act(), sheet)
        assert list(flaws()) == []
        harm(sheet)
        assert [sheet.number in flaw.record for flaw in flaws()] == [True]


def upload(content: bytes, name: str = "IMG_1.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture
def an(bench: Bench, client: Client) -> Client:
    client.force_login(bench.an, backend="django.contrib.auth.backends.ModelBackend")
    return client


class TestDoors:
    def test_photos_are_sent_shown_and_taken_back(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        place = f"/kiem-dinh/{sheet.pk}/"
        asked = {
            "subject": "plate",
            "caption": "Nhãn máy",
            "photos": [upload(png()), upload(jpeg(), "b.jpg")],
        }
        assert an.post(f"{place}anh/", asked).headers["Location"] == f"{place}#anh"
        first = sheet.photos.first()
        page = an.get(place).content.decode()
        assert f"{place}anh/{first.pk}/" in page
        assert "Nhãn máy" in page
        answer = an.get(f"{place}anh/{first.pk}/")
        assert answer.content == png()
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "private" in answer.headers["Cache-Control"]
        refused = an.post(f"{place}anh/{first.pk}/rut/", {"reason": ""})
        assert refused.status_code == 422
        an.post(f"{place}anh/{first.pk}/rut/", {"reason": "Chụp nhầm"})
        first.refresh_from_db()
        assert first.withdrawn_reason == "Chụp nhầm"
        assert an.get(f"{place}anh/{first.pk}/").status_code == 200

    def test_a_refusal_keeps_what_was_typed(self, bench: Bench, an: Client) -> None:
        place = f"/kiem-dinh/{bench.opened().pk}/"
        answer = an.post(f"{place}anh/", {"subject": "plate", "caption": "Nhãn máy", "photos": upload(b"x")})
        assert answer.status_code == 422
        assert "không phải ảnh" in answer.content.decode()
        assert 'value="Nhãn máy"' in answer.content.decode()
        answer = an.post(f"{place}niem-phong/", {"moment": "applied", "position": "Nắp đáy"})
        assert answer.status_code == 422
        assert 'value="Nắp đáy"' in answer.content.decode()

    def test_seals_side_by_side(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        place = f"/kiem-dinh/{sheet.pk}/niem-phong/"
        an.post(place, {"moment": "found", "position": "Nắp đáy", "condition": "broken", "mark": "A1"})
        an.post(place, {"moment": "applied", "position": "nắp  đáy", "mark": "CB-0412"})
        rows = seal_rows(evidence_of(sheet))
        assert [(row.position, row.found.mark, row.applied.mark) for row in rows] == [
            ("Nắp đáy", "A1", "CB-0412")
        ]
        an.post(f"{place}{rows[0].found.pk}/rut/", {"reason": "Nhìn nhầm"})
        assert evidence_of(sheet).seals_found == ()

    def test_nobody_else_gets_in(self, bench: Bench, client: Client) -> None:
        sheet = bench.opened()
        photo = photographed(bench, sheet)
        place = f"/kiem-dinh/{sheet.pk}/anh/{photo.pk}/"
        assert client.get(place).status_code == 302
        client.force_login(
            bench.world.people["nguoikhac"], backend="django.contrib.auth.backends.ModelBackend"
        )
        assert client.get(place).status_code == 404
        assert client.post(f"{place}rut/", {"reason": "x"}).status_code == 404
        assert client.post(f"/kiem-dinh/{sheet.pk}/niem-phong/", {"moment": "found"}).status_code == 404

    def test_a_photo_opens_through_its_own_worksheet_only(self, bench: Bench, an: Client) -> None:
        photo = photographed(bench, bench.opened())
        other = bench.opened("fuel-dispenser")
        assert an.get(f"/kiem-dinh/{other.pk}/anh/{photo.pk}/").status_code == 404
        assert an.post(f"/kiem-dinh/{other.pk}/anh/{photo.pk}/rut/", {"reason": "x"}).status_code == 404

    def test_a_changed_file_is_not_shown(self, bench: Bench, an: Client) -> None:
        photo = photographed(bench, bench.opened())
        store.path_of(photo.document.files.get().sha256).write_bytes(b"<html>")
        answer = an.get(f"/kiem-dinh/{photo.examination_id}/anh/{photo.pk}/")
        assert answer.status_code == 409
        assert "không còn đúng" in answer.content.decode()

    def test_too_many_files_at_once(self, bench: Bench, an: Client) -> None:
        sheet = bench.opened()
        files = [upload(png(shade=i), f"{i}.png") for i in range(11)]
        answer = an.post(f"/kiem-dinh/{sheet.pk}/anh/", {"subject": "whole", "photos": files})
        assert answer.status_code == 422
        assert not sheet.photos.exists()
