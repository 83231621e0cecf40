"""Photos, seals and the adjustment of an instrument, on its worksheet."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from quacan.centre.base.act import Act
from quacan.centre.base.doors import act_from, key_from, today
from quacan.centre.base.queries import file_bytes
from quacan.centre.base.refusals import FieldWrong, NotFound, Refusal
from quacan.centre.examinations.rules.pictures import MEDIA
from quacan.centre.people.queries import person_of
from quacan.centre.verification import actions, queries
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.views.worksheets import context_of

MOST_AT_ONCE = 10  # files of one form are read into memory together


@require_POST
def add_photos(request: HttpRequest, key: int) -> HttpResponse:
    """This will keep the photos just taken or chosen."""
    files = request.FILES.getlist("photos")

    def deed(act: Act, sheet: Worksheet) -> str:
        if len(files) > MOST_AT_ONCE:
            raise FieldWrong(field=_("Ảnh"), why=_("mỗi lần gửi nhiều nhất {n} tệp").format(n=MOST_AT_ONCE))
        shots = [actions.Shot(str(file.name), _start_of(file)) for file in files]
        subject, caption = request.POST.get("subject", ""), request.POST.get("caption", "")
        actions.add_photos(act, sheet, shots=shots, subject=subject, caption=caption)
        return ngettext("Đã thêm {number} ảnh.", "Đã thêm {number} ảnh.", len(shots)).format(
            number=len(shots)
        )

    return _done(request, key, deed, part="anh")


def _start_of(file: object) -> bytes:
    """What is read of a file: one byte more than may be kept, so that a larger one is refused without being read."""
    return cast(bytes, file.read(actions.MOST_BYTES + 1))  # type: ignore[attr-defined]


@require_safe
def photo(request: HttpRequest, key: int, photo: int) -> HttpResponse:
    """This will show a photo as it came from the camera, proven against its hash, as nothing but a picture."""
    file = queries.photo_file(person_of(request), key, photo, on=today())
    if file.format not in MEDIA:
        raise NotFound(record=_("ảnh"))
    response = HttpResponse(file_bytes(file), content_type=MEDIA[file.format])
    response["Content-Disposition"] = content_disposition_header(False, file.name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


@require_POST
def withdraw_photo(request: HttpRequest, key: int, photo: int) -> HttpResponse:
    """This will take a photo back, with a reason."""

    def deed(act: Act, sheet: Worksheet) -> str:
        found = sheet.photos.filter(pk=photo).first()
        if found is None:
            raise NotFound(record=_("ảnh"))
        actions.withdraw_photo(act, found)
        return _("Đã rút ảnh.")

    return _done(request, key, deed, part="anh")


@require_POST
def add_seal(request: HttpRequest, key: int) -> HttpResponse:
    """This will write down a seal as found or as applied."""
    given = request.POST

    def deed(act: Act, sheet: Worksheet) -> str:
        shown = given.get("photo", "")
        actions.record_seal(
            act,
            sheet,
            moment=given.get("moment", ""),
            position=given.get("position", ""),
            mark=given.get("mark", ""),
            condition=given.get("condition", ""),
            photo=key_from(shown) or None,
        )
        return _("Đã ghi niêm phong.")

    return _done(request, key, deed, part="niem-phong")


@require_POST
def withdraw_seal(request: HttpRequest, key: int, seal: int) -> HttpResponse:
    """This will take a line about a seal back, with a reason."""

    def deed(act: Act, sheet: Worksheet) -> str:
        found = sheet.seals.filter(pk=seal).first()
        if found is None:
            raise NotFound(record=_("dòng niêm phong"))
        actions.withdraw_seal(act, found)
        return _("Đã rút dòng niêm phong.")

    return _done(request, key, deed, part="niem-phong")


@require_POST
def carry_checklists(request: HttpRequest, key: int) -> HttpResponse:
    """This will take the answers of the checklists before the adjustment over as answers after it."""

    def deed(act: Act, sheet: Worksheet) -> str:
        actions.carry_checklists(act, sheet)
        return _("Đã lấy lại kết quả kiểm tra trước hiệu chỉnh.")

    return _done(request, key, deed, part="bench")


def _done(
    request: HttpRequest, key: int, deed: Callable[[Act, Worksheet], str], *, part: str
) -> HttpResponse:
    person, on = person_of(request), today()
    sheet = queries.worksheet(person, key, on=on)
    try:
        said = deed(act_from(request), sheet)
    except Refusal as refusal:
        found = queries.worksheet(person, key, on=on)
        context = {**context_of(found, person, on=on), "refusal": refusal, "given": request.POST}
        return render(request, "verification/sheet.html", context, status=refusal.status)
    messages.success(request, said)
    return redirect(f"{reverse('verification:worksheet', args=(key,))}#{part}")
