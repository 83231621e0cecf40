"""What is done with people: enter, assign a role, end it, change a password, let go."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.language.collation import name_key
from quacan.centre.base.language.dates import format_date
from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.organisation.models import Organisation, Unit
from quacan.centre.people.models import Assignment, Person
from quacan.centre.people.moves import END_ASSIGNMENT, LET_GO, RESET_PASSWORD, TAKE_BACK
from quacan.centre.people.queries import home
from quacan.centre.people.refusals import BothSidesOfTheWall, NotOneself, RoleHeld, UsernameTaken
from quacan.centre.people.roles import roles

SIDES = {"service": _("dịch vụ"), "authority": _("quản lý nhà nước")}


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
        raise FieldMissing(field=say("Tên đăng nhập và họ tên"))
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
        raise FieldWrong(
            field=say("Mật khẩu"), why="; ".join(one.rstrip(".") for one in error.messages)
        ) from error
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
        raise FieldWrong(field=say("Vai trò"), why=say("không có vai trò “{role}”").format(role=role))
    if unit is not None and unit.organisation_id != organisation.pk:
        raise FieldWrong(field=say("Phòng/tổ"), why=say("thuộc cơ quan khác"))
    _keep_the_wall(person, organisation, wanted.side, on=valid_from)
    _once(person, role, organisation, unit, on=valid_from)
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


def _once(person: Person, role: str, organisation: Organisation, unit: Unit | None, *, on: date) -> None:
    """Refuses a role that a person holds at the same place on the day already: sent twice, or forgotten."""
    held = Assignment.objects.filter(person=person, role=role, organisation=organisation, unit=unit)
    last = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on).first()
    if last is not None:
        raise RoleHeld(
            person=person.full_name, role=str(roles()[role].name), since=format_date(last.valid_from)
        )


def _keep_the_wall(person: Person, organisation: Organisation, side: str, *, on: date) -> None:
    if side == "both":
        return
    root = organisation.path.split("/")[0]
    for held in person.assignments.select_related("organisation"):
        other = roles()[held.role].side
        ended = held.valid_to is not None and held.valid_to < on
        if other not in {side, "both"} and held.organisation.path.split("/")[0] == root and not ended:
            raise BothSidesOfTheWall(person=person.full_name, side=SIDES.get(other, other))


@action(END_ASSIGNMENT)
def end_assignment(act: Act, assignment: Assignment, *, on: date) -> Assignment:
    """The role ends on a day, its last."""
    if on < assignment.valid_from:
        raise FieldWrong(field=say("Ngày cuối"), why=say("trước ngày bắt đầu"))
    act.moved(assignment, valid_to=on)
    return assignment


@action("people.change_own_password")
def change_password(act: Act, *, person: Person, old: str, new: str) -> Person:
    """This will change a person's own password; the old one must be right, a weak one is refused with reasons."""
    act.require(None)
    if act.actor.username != person.username:
        raise NotOneself(person=act.actor.full_name)
    if not person.check_password(old):
        raise FieldWrong(field=say("Mật khẩu hiện tại"), why=say("không đúng"))
    before = image(person)
    _set_password(person, new)
    person.save(update_fields=["password"])
    act.noted(person, before={"password": before["password"]}, after={"password": "***"})
    return person


@action(RESET_PASSWORD)
def reset_password(act: Act, person: Person, *, new: str) -> Person:
    """The person has a new password in place of a forgotten one; every session of theirs ends."""
    _keep_in_book(act, person)
    _set_password(person, new)
    person.save(update_fields=["password"])
    act.noted(person, before={"password": "***"}, after={"password": "***"})
    return person


@action(LET_GO)
def let_go(act: Act, person: Person) -> Person:
    """The person's access is closed; what they signed stays."""
    _keep_in_book(act, person)
    act.moved(person, is_active=False)
    return person


@action(TAKE_BACK)
def take_back(act: Act, person: Person) -> Person:
    """The person's access is open again; roles that ended stay ended."""
    _keep_in_book(act, person)
    act.moved(person, is_active=True)
    return person


def _keep_in_book(act: Act, person: Person) -> None:
    """A deed about somebody who never had a role is written where the one who does it works."""
    if isinstance(act.actor, Person) and not person.assignments.exists():
        where = home(act.actor, on=act.on)
        if where is not None:
            act.require(where)
