"""Put photos and seals on a worksheet, take them back, and say that the instrument is adjusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.chain import digest
from quacan.centre.base.documents import keep_file, revoke_document
from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.examinations.actions import append_readings, new_run
from quacan.centre.examinations.models import Examination, Photo, Run, Seal
from quacan.centre.examinations.queries import current_readings, found_readings, sheet_layout
from quacan.centre.examinations.refusals import (
    PhotosTooMany,
    PhotoTooLarge,
    PhotoTwice,
    PhotoUnreadable,
    SealTwice,
)
from quacan.centre.examinations.rules import step_of
from quacan.centre.examinations.rules.pictures import NotAPicture, Picture, read_picture
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import (
    ADD_PHOTOS,
    ADJUST,
    CARRY_CHECKLISTS,
    RECORD_SEAL,
    WITHDRAW_PHOTO,
    WITHDRAW_SEAL,
)

MOST_PHOTOS: Final = 30
MOST_BYTES: Final = 15 * 1024 * 1024
MOST_PIXELS: Final = 120_000_000
MEGA: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shot:
    """A file from a camera: its name and its bytes."""

    name: str
    content: bytes

    def __str__(self) -> str:
        return f"{self.name} {digest(self.content)}"


@action(ADD_PHOTOS)
def add_photos(
    act: Act, sheet: Worksheet, *, shots: Sequence[Shot], subject: str, caption: str = ""
) -> Worksheet:
    """This will keep photos on a worksheet, each as a document with the bytes as they came from the camera.

    Refuses what is no whole JPEG, PNG or WebP, what is too large, too many, or already there.
    """
    if not shots:
        raise FieldMissing(field=_("Ảnh"))
    if subject not in Photo.Subject.values:
        raise FieldWrong(field=_("Ảnh chụp gì"), why=subject or _("chưa chọn"))
    caption = _short(caption, 200, _("Chú thích"))
    standing = sheet.photos.filter(withdrawn_reason="")
    if standing.count() + len(shots) > MOST_PHOTOS:
        raise PhotosTooMany(number=sheet.number, have=standing.count(), most=MOST_PHOTOS)
    for shot in shots:
        _keep_photo(act, sheet, shot, subject=subject, caption=caption)
    return sheet


def _keep_photo(act: Act, sheet: Worksheet, shot: Shot, *, subject: str, caption: str) -> None:
    picture = _picture(shot)
    sha256 = digest(shot.content)
    standing = sheet.photos.filter(withdrawn_reason="", document__files__sha256=sha256)
    if standing.exists():
        raise PhotoTwice(file=shot.name, number=sheet.number)
    ordinal = sheet.photos.count() + 1
    label = str(Photo.Subject(subject).label)
    document = keep_file(
        act,
        sheet.organisation,
        kind="worksheet_photo",
        title=f"{sheet.number} · {label}" + (f": {caption}" if caption else ""),
        name=f"{sheet.number}-{ordinal:02d}.{picture.format}".replace("/", "-"),
        content=shot.content,
        about={
            "worksheet": sheet.number,
            "subject": subject,
            "caption": caption,
            "format": picture.format,
            "width": picture.width,
            "height": picture.height,
            "taken_at": picture.taken_at,
            "file": shot.name[:200],
        },
    )
    photo = Photo.objects.create(
        examination=sheet,
        subject=subject,
        caption=caption,
        document=document,
        added_by=act.actor.username,
        added_at=act.at,
    )
    act.created(photo)


def _picture(shot: Shot) -> Picture:
    if len(shot.content) > MOST_BYTES:
        raise PhotoTooLarge(
            file=shot.name, size=f"{len(shot.content) / MEGA:.0f} MB", most=f"{MOST_BYTES // MEGA} MB"
        )
    try:
        picture = read_picture(shot.content)
    except NotAPicture as error:
        raise PhotoUnreadable(file=shot.name) from error
    if picture.width * picture.height > MOST_PIXELS:
        raise PhotoTooLarge(
            file=shot.name, size=f"{picture.width}×{picture.height}", most=f"{MOST_PIXELS // 1_000_000} Mpx"
        )
    return picture


@action(WITHDRAW_PHOTO)
def withdraw_photo(act: Act, photo: Photo) -> Examination:
    """This will take a mistaken photo back with a reason; its file stays, out of force."""
    reason = _short(act.reason, 300, _("Lý do"))
    act.moved(photo, withdrawn_reason=reason)
    revoke_document(act, photo.document, reason=reason)
    return photo.examination


@action(RECORD_SEAL)
def record_seal(
    act: Act,
    sheet: Worksheet,
    *,
    moment: str,
    position: str,
    mark: str = "",
    condition: str = Seal.Condition.INTACT,
    photo: int | None = None,
) -> Seal:
    """This will write down a seal as found (intact, broken, missing) or as applied (whole, with its mark)."""
    position = _short(position, 120, _("Vị trí"))
    mark = _short(mark, 80, _("Dấu, số niêm phong"))
    if moment not in Seal.Moment.values:
        raise FieldWrong(field=_("Niêm phong"), why=moment or _("chưa chọn khi đến hay khi xong"))
    if moment == Seal.Moment.APPLIED:
        condition = Seal.Condition.INTACT
    if condition not in Seal.Condition.values:
        raise FieldWrong(field=_("Tình trạng"), why=condition or _("chưa chọn"))
    if not position:
        raise FieldMissing(field=_("Vị trí"))
    if moment == Seal.Moment.APPLIED and not mark:
        raise FieldMissing(field=_("Dấu, số niêm phong"))
    _refuse_sealed(sheet, moment, position)
    seal = Seal.objects.create(
        examination=sheet,
        moment=moment,
        position=position,
        mark=mark,
        condition=condition,
        photo=_photo_of(sheet, photo),
        entered_by=act.actor.username,
        entered_at=act.at,
    )
    act.created(seal)
    return seal


def _refuse_sealed(sheet: Worksheet, moment: str, position: str) -> None:
    standing = sheet.seals.filter(moment=moment, withdrawn_reason="").values_list("position", flat=True)
    if fold(position) in {fold(one) for one in standing}:
        raise SealTwice(position=position, moment=str(Seal.Moment(moment).label).lower())


def _photo_of(sheet: Worksheet, photo: int | None) -> Photo | None:
    if photo is None:
        return None
    found = sheet.photos.filter(pk=photo, withdrawn_reason="").first()
    if found is None:
        raise FieldWrong(field=_("Ảnh niêm phong"), why=_("không có trên phiếu này"))
    return found


@action(WITHDRAW_SEAL)
def withdraw_seal(act: Act, seal: Seal) -> Examination:
    """This will take a mistaken line about a seal back with a reason; the line stays, struck out."""
    act.moved(seal, withdrawn_reason=_short(act.reason, 300, _("Lý do")))
    return seal.examination


@action(ADJUST)
def adjust_instrument(act: Act, sheet: Worksheet) -> Run:
    """This will close what was found and begin what is left: from now on only readings typed after it count."""
    return new_run(act, sheet, kind=Run.Kind.ADJUST, reason=act.reason)


@action(CARRY_CHECKLISTS)
def carry_checklists(act: Act, sheet: Worksheet) -> Worksheet:
    """This will write the answers of the checklists as found again as readings after the adjustment.

    Only cells that are still empty are filled; measured readings are never carried over.
    """
    now = current_readings(sheet)
    lists = {step.key for step in sheet_layout(sheet).steps if step.kind == "checklist"}
    carried = {
        cell: row.text
        for cell, row in found_readings(sheet).items()
        if row.text and step_of(cell) in lists and not (cell in now and now[cell].text)
    }
    if not carried:
        act.nothing_changed()
        return sheet
    append_readings(act, sheet, carried)
    act.noted(sheet, before={}, after=carried)
    return sheet


def _short(text: str, most: int, field: str) -> str:
    """The text without needless spaces; one too long is refused, never cut."""
    text = " ".join(text.split())
    if len(text) > most:
        raise FieldWrong(field=field, why=_("dài quá {limit} ký tự").format(limit=most))
    return text
