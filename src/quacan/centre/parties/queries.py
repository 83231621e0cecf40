"""Reads of the register of parties: who is who now, and who may be the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.refusals import NotFound
from quacan.centre.parties.models import Establishment, Party
from quacan.centre.parties.rules import name_key, phone_key, tidy_tax_code
from quacan.centre.people.models import Person


@dataclass(frozen=True, slots=True)
class Likeness:
    """A party that may be the one being entered, and every reason to think so."""

    party: Party
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LikeGroup:
    """Parties that share a name (without legal form) or a telephone."""

    reason: str
    parties: tuple[Party, ...]


def parties_seen_by(person: Person, *, on: date) -> QuerySet[Party]:
    """This will list the living parties of the one register, for anybody who may see it anywhere."""
    rows = Party.objects.filter(merged_into__isnull=True)
    return rows if person.may("parties.see", organisation_id=None, unit_id=None, on=on) else rows.none()


def party_seen_by(person: Person, pk: int, *, on: date) -> Party:
    """This will find one party (merged ones too: old papers name them), refusing the unknown."""
    seen = person.may("parties.see", organisation_id=None, unit_id=None, on=on)
    found = Party.objects.select_related("merged_into").filter(pk=pk).first() if seen else None
    if found is None:
        raise NotFound(record=_("đối tượng số {pk}").format(pk=pk))
    return found


def current(party: Party) -> Party:
    """This will give the party that stands for a merged one now, or the party itself; always one step."""
    return party.merged_into or party


def identity(party: Party) -> list[int]:
    """This will give the ids of a party and of everything merged into it: the key for instruments and contracts."""
    standing = current(party)
    return [standing.pk, *Party.objects.filter(merged_into=standing).values_list("pk", flat=True)]


def establishments_of(party: Party) -> QuerySet[Establishment]:
    """This will list the places of business of a party, those of merged parties included."""
    return Establishment.objects.filter(party__in=identity(party)).order_by("folded", "id")


def likenesses(
    *, name: str = "", tax_code: str = "", phone: str = "", excluding: int | None = None, at_most: int = 8
) -> list[Likeness]:
    """This will list living parties with the same tax code (or its head office), name or telephone."""
    tests = _tests(name=name, tax_code=tax_code, phone=phone)
    if not tests:
        return []
    condition = Q(pk__in=[])
    for _reason, test in tests:
        condition |= test
    rows = Party.objects.filter(condition, merged_into__isnull=True)
    if excluding is not None:
        rows = rows.exclude(pk=excluding)
    found = list(rows.order_by("folded", "id")[:at_most])
    why: dict[int, list[str]] = {party.pk: [] for party in found}
    for reason, test in tests:
        for pk in Party.objects.filter(test, pk__in=list(why)).values_list("pk", flat=True):
            why[pk].append(reason)
    return sorted((Likeness(p, tuple(why[p.pk])) for p in found), key=lambda one: -len(one.reasons))


def _tests(*, name: str, tax_code: str, phone: str) -> list[tuple[str, Q]]:
    tests = []
    if code := tidy_tax_code(tax_code):
        tests.append((_("trùng mã số thuế"), Q(tax_code=code)))
        if len(code) in {10, 14}:
            head = code[:10]
            tests.append((_("cùng doanh nghiệp mẹ"), Q(tax_code__startswith=head) & ~Q(tax_code=code)))
    if key := name_key(name):
        tests.append((_("trùng tên"), Q(name_key=key)))
    if digits := phone_key(phone):
        tests.append((_("trùng số điện thoại"), Q(phone_key=digits)))
    return tests


def like_groups(*, at_most: int = 50) -> Iterator[LikeGroup]:
    """This will give groups of living parties that look the same, for whoever cleans the register."""
    living = Party.objects.filter(merged_into__isnull=True)
    for column, reason in (("name_key", _("trùng tên")), ("phone_key", _("trùng số điện thoại"))):
        keys = (
            living.exclude(**{column: ""})
            .order_by()
            .values_list(column, flat=True)
            .annotate(n=Count("id"))
            .filter(n__gt=1)[:at_most]
        )
        members: dict[str, list[Party]] = {}
        for party in living.filter(**{f"{column}__in": list(keys)}).order_by("folded", "id"):
            members.setdefault(getattr(party, column), []).append(party)
        for group in members.values():
            yield LikeGroup(reason, tuple(group))
