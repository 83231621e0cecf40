"""quacan daily: once a day, ask for the renewal of what ends within 30 days. Run twice it asks once."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from quacan.cli import open_house

if TYPE_CHECKING:
    from quacan.centre.base.act import Act
    from quacan.centre.organisation.models import Organisation
    from quacan.centre.people.models import Person

KIND = "expiry"
WITHIN = 30
"""Days before the end from which somebody is asked to renew."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan daily``."""
    command = commands.add_parser(
        "daily", help="ask for the renewal of cards, authorisations, courses and standards that end soon"
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """This will open the follow-ups that are due and say how many; run again on the day it opens none."""
    open_house()
    from django.utils import timezone

    from quacan.centre.base.act import Act
    from quacan.centre.base.actors import Operator

    opened = ask_for_renewals(Act(actor=Operator(), at=timezone.now(), door="command"))
    print(f"{opened} việc mới / new follow-ups")
    return 0


def ask_for_renewals(act: "Act") -> int:
    """This will open one follow-up for every card, authorisation, course and standard's certificate that ends soon.

    Each is asked for once, however often this runs; a renewed one is another record and is asked for in its turn.
    The technical head is asked, or else whoever may do it; where nobody may, nobody is asked.
    """
    from quacan.centre.base.models import FollowUp
    from quacan.centre.followups.actions import open_follow_up
    from quacan.centre.organisation.models import Organisation

    opened = 0
    for organisation in Organisation.objects.order_by("path"):
        known = set(
            FollowUp.objects.filter(book=organisation.code, kind=KIND).values_list("subject", flat=True)
        )
        for subject, title, ends_on, owner in endings(organisation, on=act.on):
            if subject not in known:
                open_follow_up(
                    act,
                    organisation,
                    kind=KIND,
                    title=title[:300],
                    owner=owner.username,
                    due_on=max(ends_on, act.on),
                    subject=subject,
                )
                opened += 1
    return opened


def endings(organisation: "Organisation", *, on: date) -> "Iterator[tuple[str, str, date, Person]]":
    """This will list what ends within 30 days or has ended: record, task in words, last day, who is asked."""
    from django.utils.translation import gettext as _

    from quacan.centre.base.act import reference
    from quacan.centre.people.queries import expiries
    from quacan.centre.standards.models import Standard
    from quacan.centre.standards.queries import due_standards

    head = _asked(organisation, "people.authorise", on=on)
    if head is not None:
        for one in expiries(organisation, on=on, within=WITHIN):
            title = _("Gia hạn {name} của {person}, hết {day:%d/%m/%Y}").format(
                name=one.name, person=one.person.full_name, day=one.ends_on
            )
            yield one.subject, title, one.ends_on, head
    keeper = _asked(organisation, "standards.record", on=on)
    if keeper is not None:
        rows = Standard.objects.filter(organisation=organisation)
        for ready in due_standards(rows, on=on, within=WITHIN):
            if ready.certificate is not None:
                title = _("Hiệu chuẩn lại chuẩn {standard}, giấy {number} hết {day:%d/%m/%Y}").format(
                    standard=ready.standard,
                    number=ready.certificate.number,
                    day=ready.certificate.valid_until,
                )
                yield reference(ready.certificate), title, ready.certificate.valid_until, keeper


def _asked(organisation: "Organisation", permission: str, *, on: date) -> "Person | None":
    from quacan.centre.people.queries import people_with, roles_of

    people = people_with(permission, organisation, on=on)
    heads = [one for one in people if any(role.code == "technical_head" for role in roles_of(one, on=on))]
    return next(iter(heads or people), None)
