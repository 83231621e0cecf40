"""What is done about competence: enter cards, give and end authorisations, write down courses."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.chain import digest
from quacan.centre.base.documents import Rendition, issue_document
from quacan.centre.base.language.folding import nfc
from quacan.centre.base.models import Document
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.base.wording import value_word
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Attendance, Authorisation, Course, Person, VerifierCard
from quacan.centre.people.moves import END_AUTHORISATION
from quacan.centre.people.queries import reach_of
from quacan.centre.people.refusals import (
    AuthorisationTwice,
    CardDatesStrange,
    CardDatesSwapped,
    CardNumberKnown,
    CardOverlaps,
    CourseDatesWrong,
    CourseKnown,
    RangeUnclear,
    SupervisorNotAuthorised,
)
from quacan.centre.people.rules import Reach
from quacan.metrology.units import UnitRefused, unit_named

FEW_HOURS_IN_A_DAY = 24


@action("people.authorise")
def enter_card(
    act: Act,
    organisation: Organisation,
    *,
    person: Person,
    number: str,
    issued_on: date,
    expires_on: date,
    fields: Sequence[str],
    decision: str = "",
    issuer: str = "",
) -> VerifierCard:
    """This will enter a verifier's card.

    Swapped or equal dates, a day of issue to come, a known number, a card of no field, and a card of a field the
    person holds another card of from the same day or of a longer term are refused.
    """
    act.require(organisation)
    number = number.strip()
    if not number or not fields:
        raise FieldMissing(field=_("Số thẻ và lĩnh vực"))
    if expires_on == issued_on:
        raise CardDatesStrange(
            number=number, why=_("ngày cấp và ngày hết hạn trùng nhau, {day:%d/%m/%Y}").format(day=issued_on)
        )
    if expires_on < issued_on:
        raise CardDatesSwapped(number=number, issued_on=issued_on, expires_on=expires_on)
    if issued_on > act.on:
        raise CardDatesStrange(
            number=number, why=_("ngày cấp {day:%d/%m/%Y} sau hôm nay").format(day=issued_on)
        )
    known = VerifierCard.objects.filter(organisation=organisation, number=number).first()
    if known is not None:
        raise CardNumberKnown(number=number, person=known.person.full_name)
    _refuse_overlapping(person, organisation, number, issued_on, expires_on, set(fields))
    card = VerifierCard.objects.create(
        person=person,
        organisation=organisation,
        number=number,
        decision=decision.strip(),
        issuer=issuer.strip(),
        issued_on=issued_on,
        expires_on=expires_on,
        fields=sorted(set(fields)),
    )
    act.created(card)
    return card


def _refuse_overlapping(
    person: Person,
    organisation: Organisation,
    number: str,
    issued_on: date,
    expires_on: date,
    fields: set[str],
) -> None:
    """A renewal overlaps the card before it and ends later; a card within another of the same field adds nothing."""
    rows = VerifierCard.objects.filter(person=person, organisation=organisation)
    for card in rows.filter(issued_on__lte=expires_on, expires_on__gte=issued_on).order_by("-expires_on"):
        shared = fields & set(card.fields)
        inside = card.issued_on <= issued_on and card.expires_on >= expires_on
        around = issued_on <= card.issued_on and expires_on >= card.expires_on
        if shared and (inside or around):
            raise CardOverlaps(
                person=person.full_name,
                known=card.number,
                fields=", ".join(sorted(value_word("field", one) for one in shared)),
                until=f"{card.expires_on:%d/%m/%Y}",
                number=number,
            )


@action("people.authorise")
def authorise(
    act: Act,
    organisation: Organisation,
    *,
    person: Person,
    procedure: str,
    valid_from: date,
    valid_to: date | None = None,
    supervisor: Person | None = None,
    reach: Reach | None = None,
    basis: str = "",
) -> Authorisation:
    """This will let a person work by a procedure, from a day on, maybe only in a range or under supervision.

    *basis* says on what it rests: work observed, courses, comparisons (ISO/IEC 17025, 6.2.5). A supervisor must be
    allowed to do that work without supervision on the first day.
    """
    act.require(organisation)
    procedure, reach = procedure.strip(), reach or Reach()
    if not procedure:
        raise FieldMissing(field=_("Quy trình"))
    if valid_to is not None and valid_to < valid_from:
        raise FieldWrong(field=_("Ngày kết thúc"), why=_("trước ngày bắt đầu"))
    _refuse_unclear(reach)
    if supervisor is not None:
        _refuse_supervisor(supervisor, person, organisation, procedure, valid_from)
    _refuse_twice(person, organisation, procedure, valid_from, valid_to, supervisor, reach)
    authorisation = Authorisation.objects.create(
        person=person,
        organisation=organisation,
        procedure=procedure,
        valid_from=valid_from,
        valid_to=valid_to,
        supervisor=supervisor,
        limit_on=reach.limit_on,
        range_from=reach.low,
        range_to=reach.high,
        range_unit=reach.unit,
        class_on=reach.class_on,
        classes=list(reach.classes),
        basis=nfc(basis).strip(),
        granted_by=act.actor.username,
    )
    act.created(authorisation)
    return authorisation


def _refuse_unclear(reach: Reach) -> None:
    has_end = reach.low is not None or reach.high is not None
    if bool(reach.limit_on) != has_end:
        raise RangeUnclear(why=_("có đặc trưng mà không có số, hoặc có số mà không rõ của đặc trưng nào"))
    if reach.unit and not reach.limit_on:
        raise RangeUnclear(why=_("có đơn vị mà không có số"))
    if reach.low is not None and reach.high is not None and reach.low > reach.high:
        raise RangeUnclear(why=_("đầu dưới lớn hơn đầu trên, có thể đã ghi ngược"))
    for end in (reach.low, reach.high):
        if end is not None and (not end.is_finite() or abs(end) >= Decimal(10) ** 18):
            raise RangeUnclear(why=_("số quá lớn"))
    if reach.limit_on:
        try:
            unit_named(reach.unit)
        except UnitRefused as refused:
            raise RangeUnclear(why=_("không có đơn vị “{unit}”").format(unit=reach.unit)) from refused
    if bool(reach.class_on) != bool(reach.classes):
        raise RangeUnclear(why=_("cấp chính xác thiếu đặc trưng hoặc thiếu cấp"))


def _refuse_supervisor(
    supervisor: Person, person: Person, organisation: Organisation, procedure: str, on: date
) -> None:
    if supervisor.pk == person.pk:
        raise FieldWrong(field=_("Người giám sát"), why=_("không thể là chính người được ủy quyền"))
    rows = Authorisation.objects.filter(
        person=supervisor,
        organisation=organisation,
        procedure=procedure,
        supervisor__isnull=True,
        valid_from__lte=on,
    )
    if not any(row.valid_to is None or row.valid_to >= on for row in rows):
        raise SupervisorNotAuthorised(person=supervisor.full_name, procedure=procedure, on=f"{on:%d/%m/%Y}")


def _refuse_twice(
    person: Person,
    organisation: Organisation,
    procedure: str,
    valid_from: date,
    valid_to: date | None,
    supervisor: Person | None,
    reach: Reach,
) -> None:
    """The same leave over the same days again is a slip of entry; a wider or a later one is not."""
    rows = Authorisation.objects.filter(
        person=person, organisation=organisation, procedure=procedure, supervisor=supervisor
    )
    for row in rows.filter(valid_from=valid_from, valid_to=valid_to):
        if reach_of(row) == reach:
            raise AuthorisationTwice(
                person=person.full_name, procedure=procedure, since=f"{row.valid_from:%d/%m/%Y}"
            )


@action(END_AUTHORISATION)
def end_authorisation(act: Act, authorisation: Authorisation, *, on: date) -> Authorisation:
    """The authorisation ends on a day, its last."""
    if on < authorisation.valid_from:
        raise FieldWrong(field=_("Ngày cuối"), why=_("trước ngày bắt đầu"))
    act.moved(authorisation, valid_to=on)
    return authorisation


@action("people.authorise")
def record_attendance(
    act: Act,
    organisation: Organisation,
    *,
    person: Person,
    course: str,
    provider: str,
    from_on: date,
    to_on: date,
    result: str,
    hours: int | None = None,
    certificate_number: str = "",
    valid_to: date | None = None,
    file: Rendition | None = None,
) -> Attendance:
    """This will write down that a person took a course, with what came of it and the scanned certificate.

    The course is entered once for all who took it. Swapped dates, an end to come, a validity that ends before the
    course does, more hours than its days have, and the same attendance twice are refused.
    """
    act.require(organisation)
    name, provider = " ".join(nfc(course).split()), " ".join(nfc(provider).split())
    if not name or not provider:
        raise FieldMissing(field=_("Tên khóa và nơi tổ chức"))
    if result not in Attendance.Result.values:
        raise FieldWrong(field=_("Kết quả"), why=result or _("chưa chọn"))
    _refuse_dates(act, name, from_on, to_on, valid_to, hours)
    held, made = Course.objects.get_or_create(
        organisation=organisation,
        name=name,
        provider=provider,
        from_on=from_on,
        to_on=to_on,
        defaults={"hours": hours},
    )
    if made:
        act.created(held)
    if held.attendances.filter(person=person).exists():
        raise CourseKnown(person=person.full_name, course=name, days=f"{from_on:%d/%m/%Y} – {to_on:%d/%m/%Y}")
    attendance = Attendance.objects.create(
        course=held,
        person=person,
        result=result,
        certificate_number=certificate_number.strip(),
        valid_to=valid_to,
        document=_kept(act, organisation, held, person, file) if file else None,
    )
    act.created(attendance)
    return attendance


def _refuse_dates(
    act: Act, course: str, from_on: date, to_on: date, valid_to: date | None, hours: int | None
) -> None:
    why = ""
    if to_on < from_on:
        why = _("ngày kết thúc {to:%d/%m/%Y} trước ngày bắt đầu {start:%d/%m/%Y}").format(
            to=to_on, start=from_on
        )
    elif to_on > act.on:
        why = _("ngày kết thúc {to:%d/%m/%Y} sau hôm nay").format(to=to_on)
    elif valid_to is not None and valid_to <= to_on:
        why = _("giấy chứng nhận hết giá trị {until:%d/%m/%Y} không sau ngày kết thúc khóa").format(
            until=valid_to
        )
    elif hours is not None and not 0 < hours <= FEW_HOURS_IN_A_DAY * ((to_on - from_on).days + 1):
        why = _("{hours} giờ không khớp với số ngày học").format(hours=hours)
    if why:
        raise CourseDatesWrong(course=course, why=why)


def _kept(act: Act, organisation: Organisation, course: Course, person: Person, file: Rendition) -> Document:
    return issue_document(
        act,
        book=organisation.code,
        kind="training_certificate",
        number="",
        title=f"{person.full_name} · {course.name}"[:300],
        snapshot={"course": course.name, "person": person.username, "sha256": digest(file.content)},
        renditions=(file,),
        on=act.on,
    )
