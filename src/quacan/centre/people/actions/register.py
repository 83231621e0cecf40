"""What is done with people: enter, assign a role, end it, change a password, let go."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.language.collation import name_key
from quacan.centre.base.language.folding import fold
from quacan.centre.base.models import INSTALLATION
from quacan.centre.base.refusals import FieldMissing, FieldWrong, NotAuthorised, Refusal
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Assignment, Person
from quacan.centre.people.roles import roles


class BothSidesOfTheWall(Refusal):
    obstacle = gettext_lazy("{person} đã giữ vai trò ở phía {side} của cùng cơ quan chủ quản.")
    remedy = gettext_lazy("Kết thúc vai trò cũ trước: phía dịch vụ và phía quản lý nhà nước phải tách người.")


class LetsOneselfGo(Refusal):
    obstacle = gettext_lazy("{person} không thể tự đóng tài khoản của mình.")
    remedy = gettext_lazy("Nhờ một người quản trị khác làm việc này.")


class UsernameTaken(Refusal):
    obstacle = gettext_lazy("Tên đăng nhập “{username}” đã có người dùng.")
    remedy = gettext_lazy("Chọn tên khác; tên đăng nhập không bao giờ đổi chủ.")
    status = 409


@action("people.manage")
def enter_person(
    act: Act,
    organisation: Organisation,
    *,
    username: str,
    full_name: str,
    password: str,
    email: str = "",
    job_title: str = "",
) -> Person:
    """This will enter a person who can sign in; a weak password is refused with every reason."""
    act.require(organisation)
    if not username.strip() or not full_name.strip():
        raise FieldMissing(field=_("Tên đăng nhập và họ tên"))
    if Person.objects.filter(username=username.strip()).exists():
        raise UsernameTaken(username=username.strip())
    person = Person(
        username=username.strip(),
        full_name=full_name.strip(),
        name_key=name_key(full_name),
        folded=fold(f"{full_name} {username} {job_title}")[:400],
        email=email,
        job_title=job_title,
    )
    _set_password(person, password)
    person.save()
    act.created(person)
    return person


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise FieldWrong(field=_("Mật khẩu"), why="; ".join(error.messages)) from error
    person.set_password(password)


@action("people.manage")
def assign_role(
    act: Act,
    organisation: Organisation,
    *,
    person: Person,
    role: str,
    valid_from: date,
    valid_to: date | None = None,
    unit: Unit | None = None,
) -> Assignment:
    """This will give a person a role; service side and authority side of one department stay apart."""
    act.require(organisation)
    wanted = roles().get(role)
    if wanted is None:
        raise FieldWrong(field=_("Vai trò"), why=_("không có vai trò “{role}”").format(role=role))
    if unit is not None and unit.organisation_id != organisation.pk:
        raise FieldWrong(field=_("Phòng/tổ"), why=_("thuộc cơ quan khác"))
    _keep_the_wall(person, organisation, wanted.side, on=valid_from)
    assignment = Assignment.objects.create(
        person=person,
        role=role,
        organisation=organisation,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    act.created(assignment)
    return assignment


def _keep_the_wall(person: Person, organisation: Organisation, side: str, *, on: date) -> None:
    if side == "both":
        return
    root = organisation.path.split("/")[0]
    for held in person.assignments.select_related("organisation"):
        other = roles()[held.role].side
        ended = held.valid_to is not None and held.valid_to < on
        if other not in {side, "both"} and held.organisation.path.split("/")[0] == root and not ended:
            raise BothSidesOfTheWall(person=person.full_name, side=other)


@action("people.manage")
def end_assignment(act: Act, organisation: Organisation, *, assignment: Assignment, on: date) -> Assignment:
    """This will end a role on a day (its last)."""
    act.require(organisation)
    if on < assignment.valid_from:
        raise FieldWrong(field=_("Ngày kết thúc"), why=_("trước ngày bắt đầu"))
    before = image(assignment)
    assignment.valid_to = on
    assignment.save(update_fields=["valid_to"])
    act.changed(assignment, before)
    return assignment


@action("people.change_own_password")
def change_password(act: Act, *, person: Person, old: str, new: str) -> Person:
    """This will change a person's own password; the old one must be right, a weak one is refused with reasons."""
    act.require(None)
    if act.actor.username != person.username:
        raise NotAuthorised(
            person=act.actor.username, permission=_("đổi mật khẩu của người khác"), organisation=INSTALLATION
        )
    if not person.check_password(old):
        raise FieldWrong(field=_("Mật khẩu hiện tại"), why=_("không đúng"))
    before = image(person)
    _set_password(person, new)
    person.save(update_fields=["password"])
    act.noted(person, before={"password": before["password"]}, after={"password": "***"})
    return person


@action("people.manage")
def reset_password(act: Act, organisation: Organisation, *, person: Person, new: str) -> Person:
    """This will give a person a new password in place of a forgotten one; every session of theirs ends."""
    _require_all(act, organisation, person)
    _set_password(person, new)
    person.save(update_fields=["password"])
    act.noted(person, before={"password": "***"}, after={"password": "***"})
    return person


@action("people.manage")
def let_go(act: Act, organisation: Organisation, *, person: Person) -> Person:
    """This will close a person's access; what the person signed stays."""
    _require_all(act, organisation, person)
    if act.actor.username == person.username:
        raise LetsOneselfGo(person=person.full_name)
    before = image(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    act.changed(person, before)
    return person


@action("people.manage")
def take_back(act: Act, organisation: Organisation, *, person: Person) -> Person:
    """This will open a person's access again; roles that ended stay ended."""
    _require_all(act, organisation, person)
    before = image(person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    act.changed(person, before)
    return person


def _require_all(act: Act, organisation: Organisation, person: Person) -> None:
    """Ask permission at every organisation the person now works in, so nobody is closed out from elsewhere."""
    for held in person.assignments.select_related("organisation"):
        if held.valid_to is None or held.valid_to >= act.on:
            act.require(held.organisation)
    act.require(organisation)
