"""What people bring to the house: accounts and roles, cards, authorisations, courses."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Door, Ending, Record
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.moves import ACCOUNT, ASSIGNMENT, AUTHORISATION
from quacan.centre.people.queries import (
    asked_for,
    expiries,
    people_seen_by,
    role_names_with,
    staffing_sentences,
)
from quacan.centre.people.roles import roles

RENEWED_WITHIN = 30


def _endings(organisation: Organisation, on: date) -> Iterator[Ending]:
    """Cards, authorisations and courses to be renewed, asked of whoever authorises."""
    head = asked_for("people.authorise", organisation, on=on)
    if head is None:
        return
    for one in expiries(organisation, on=on, within=RENEWED_WITHIN):
        title = say("Gia hạn {name} của {person}, hết {day:%d/%m/%Y}").format(
            name=one.name, person=one.person.full_name, day=one.ends_on
        )
        yield Ending(one.subject, title, one.ends_on, head)


DEPARTMENT = Department(
    name=_("Người dùng, vai trò"),
    permissions={
        "people.see": _("xem người dùng, vai trò"),
        "people.manage": _("thêm người, giao vai trò"),
        "people.authorise": _("nhập thẻ, ủy quyền, khóa đào tạo"),
        "people.change_own_password": _("đổi mật khẩu của mình"),
    },
    doors=(Door("people", "system", _("Người dùng, vai trò"), "people:people", "users", "people.see", 410),),
    moves=(ACCOUNT, ASSIGNMENT, AUTHORISATION),
    records=(
        Record(
            "people.Person",
            _("Người dùng"),
            "people:person",
            rows=lambda person, on: people_seen_by(person, on=on),
        ),
        Record("people.Assignment", _("Vai trò")),
        Record("people.Attendance", _("Khóa đào tạo đã dự")),
        Record("people.Authorisation", _("Ủy quyền")),
        Record("people.Course", _("Khóa đào tạo")),
        Record("people.VerifierCard", _("Thẻ kiểm định viên")),
    ),
    deeds={
        "people.enter_person": _("thêm người"),
        "people.assign_role": _("giao vai trò"),
        "people.end_assignment": _("kết thúc vai trò"),
        "people.change_password": _("đổi mật khẩu của mình"),
        "people.reset_password": _("đặt lại mật khẩu"),
        "people.let_go": _("đóng tài khoản"),
        "people.take_back": _("mở lại tài khoản"),
        "people.enter_card": _("nhập thẻ kiểm định viên"),
        "people.authorise": _("ủy quyền quy trình"),
        "people.end_authorisation": _("kết thúc ủy quyền"),
        "people.record_attendance": _("ghi khóa đào tạo"),
    },
    fields={
        "people.username": _("tên đăng nhập"),
        "people.full_name": _("họ và tên"),
        "people.job_title": _("chức vụ"),
        "people.password": _("mật khẩu"),
        "people.is_active": _("tài khoản đang mở"),
        "people.role": _("vai trò"),
        "people.fields": _("lĩnh vực"),
        "people.procedure": _("quy trình"),
        "people.supervisor_id": _("người giám sát"),
        "people.granted_by": _("người ủy quyền"),
        "people.basis": _("căn cứ"),
        "people.classes": _("cấp"),
        "people.course_id": _("khóa đào tạo"),
        "people.provider": _("nơi tổ chức"),
        "people.to_on": _("đến ngày"),
        "people.certificate_number": _("số giấy chứng nhận"),
    },
    definitions=(roles,),
    endings=_endings,
    holders=role_names_with,
    notes=staffing_sentences,
)
