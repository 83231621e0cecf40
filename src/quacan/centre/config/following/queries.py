"""Reads of follow-ups: who asked, who must, what stands in the way."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from quacan.centre.base.models import FollowUp
from quacan.centre.base.refusals import NotFound
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person


@dataclass(frozen=True, slots=True)
class FollowUpShown:
    """A follow-up with the names of its people and why a person may not finish or confirm it now."""

    row: FollowUp
    organisation: Organisation
    owner: str
    asked_by: str
    not_finish: tuple[str, ...]
    not_confirm: tuple[str, ...]


def follow_up_of(person: Person, pk: int) -> FollowUpShown:
    """This will find a follow-up one asked for or must do, refusing any other as unknown."""
    mine = Q(owner=person.username) | Q(asked_by=person.username)
    row = FollowUp.objects.filter(mine, pk=pk).first()
    organisation = Organisation.objects.filter(code=row.book).first() if row else None
    if row is None or organisation is None:
        raise NotFound(record=_("việc số {pk}").format(pk=pk))
    names = dict(
        Person.objects.filter(username__in=[row.owner, row.asked_by]).values_list("username", "full_name")
    )
    return FollowUpShown(
        row=row,
        organisation=organisation,
        owner=names.get(row.owner, row.owner),
        asked_by=names.get(row.asked_by, row.asked_by),
        not_finish=_not_finish(row, person, names),
        not_confirm=_not_confirm(row, person, names),
    )


def _not_finish(row: FollowUp, person: Person, names: dict[str, str]) -> tuple[str, ...]:
    if row.state != FollowUp.State.OPEN:
        return (_("Việc đã báo xong."),)
    if row.owner != person.username:
        return (_("Chỉ {owner} báo xong việc này.").format(owner=names.get(row.owner, row.owner)),)
    return ()


def _not_confirm(row: FollowUp, person: Person, names: dict[str, str]) -> tuple[str, ...]:
    owner = names.get(row.owner, row.owner)
    if row.state == FollowUp.State.OPEN:
        return (_("Chờ {owner} báo xong kèm minh chứng.").format(owner=owner),)
    if row.state != FollowUp.State.DONE:
        return (_("Việc đã kết thúc."),)
    if row.asked_by != person.username:
        return (_("Chỉ người giao việc xác nhận.").format(owner=owner),)
    return ()


def may_ask(person: Person, organisation: Organisation, *, on: date) -> bool:
    """This will say whether a person may give others something to do at an organisation."""
    return person.may("followups.open", organisation_id=organisation.pk, unit_id=None, on=on)
