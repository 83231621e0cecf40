"""Who may do what in an organisation, and what nobody, or nobody but its author, may do there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.departments import departments, every_moves
from quacan.centre.base.moves import Moves
from quacan.centre.base.permissions import word_of
from quacan.centre.base.wording import noun_word
from quacan.centre.organisation.models import Organisation
from quacan.centre.organisation.queries import organisations_in_force
from quacan.centre.people.models import Person
from quacan.centre.people.queries.sight import people_with, roles_of
from quacan.centre.people.roles import roles

Holders = dict[str, list[Person]]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that nobody may do at an organisation, or nobody but the person who wrote what it is done to.

    *what* says it in words, *alone* names the author who would be left waiting ('' where nobody may at all).
    """

    organisation: str
    permission: str
    what: str
    alone: str

    @property
    def sentence(self) -> str:
        """The gap and the way out, in the language now active."""
        roles_named = role_names_with(self.permission) or _("chưa vai trò nào")
        if self.alone:
            return _(
                "{organisation}: không ai ngoài {person} có quyền “{what}”, mà {person} không làm được cho việc mình "
                "đã ghi. Giao thêm một người vai trò: {roles}."
            ).format(organisation=self.organisation, person=self.alone, what=self.what, roles=roles_named)
        return _("{organisation}: chưa ai có quyền “{what}”. Giao vai trò: {roles}.").format(
            organisation=self.organisation, what=self.what, roles=roles_named
        )


def role_names_with(permission: str) -> str:
    """The roles that carry a permission, by name in the reader's language; '' for none."""
    return ", ".join(str(role.name) for role in roles().values() if permission in role.permissions)


def asked_for(permission: str, organisation: Organisation, *, on: date) -> Person | None:
    """Who is asked to do something at an organisation: its technical head where they may, else the first who may."""
    people = people_with(permission, organisation, on=on)
    heads = [one for one in people if any(role.code == "technical_head" for role in roles_of(one, on=on))]
    return next(iter(heads or people), None)


def holders(permission: str, organisation: Organisation, *, on: date) -> list[Person]:
    """The active people who hold a permission at an organisation, by a role there or above it, by given name."""
    return _of(permission, _staff(organisation), organisation, on=on)


def _staff(organisation: Organisation) -> list[Person]:
    steps = organisation.path.rstrip("/").split("/")
    paths = ["/".join(steps[: count + 1]) + "/" for count in range(len(steps))]
    return list(Person.objects.filter(is_active=True, assignments__organisation__path__in=paths).distinct())


def _of(permission: str, staff: list[Person], organisation: Organisation, *, on: date) -> list[Person]:
    return [one for one in staff if one.may(permission, organisation_id=organisation.pk, unit_id=None, on=on)]


def gaps(organisation: Organisation, *, on: date) -> list[Gap]:
    """What waits for somebody this organisation does not have.

    A kind of record counts where somebody may do something to it at all. Every move of such a kind needs somebody
    who may make it; what must be done by another than its author needs another for every possible author.
    """
    staff = _staff(organisation)
    known: Holders = {}

    def held(permission: str) -> list[Person]:
        if permission not in known:
            known[permission] = _of(permission, staff, organisation, on=on)
        return known[permission]

    found: dict[tuple[str, str], Gap] = {}
    for moves in every_moves():
        needed = {move.permission for move in moves if move.permission}
        if any(held(permission) for permission in needed):
            for permission in sorted(needed):
                if not held(permission):
                    found[permission, ""] = _gap(organisation, permission, _moves_words(moves, permission))
    for made, other in (pair for one in departments() for pair in one.apart):
        for author in held(made):
            others = [one for one in held(other) if one.pk != author.pk]
            if not held(other):
                found.setdefault((other, ""), _gap(organisation, other, word_of(other)))
            elif not others:
                gap = _gap(organisation, other, word_of(other), alone=author.full_name)
                found.setdefault((other, author.username), gap)
    return list(found.values())


def _gap(organisation: Organisation, permission: str, what: str, *, alone: str = "") -> Gap:
    return Gap(organisation.short_name, permission, what, alone)


def _moves_words(moves: Moves, permission: str) -> str:
    labels = [str(move.label) for move in moves if move.permission == permission]
    return f"{word_of(permission)} ({noun_word(moves.model)}: {', '.join(dict.fromkeys(labels))})"


def staffing_sentences(on: date) -> Iterator[str]:
    """The gaps of every organisation in force that has people, each in a sentence."""
    for organisation in organisations_in_force(on):
        if organisation.assignments.exists():
            yield from (gap.sentence for gap in gaps(organisation, on=on))
