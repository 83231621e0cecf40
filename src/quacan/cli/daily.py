"""quacan daily: once a day, ask for the renewal of what ends within 30 days. Run twice it asks once."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from quacan.cli import open_house

if TYPE_CHECKING:
    from quacan.centre.base.act import Act
    from quacan.centre.base.departments import Ending
    from quacan.centre.organisation.models import Organisation

KIND = "expiry"


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
        for one in endings(organisation, on=act.on):
            if one.subject not in known:
                open_follow_up(
                    act,
                    organisation,
                    kind=KIND,
                    title=one.title[:300],
                    owner=one.owner.username,
                    due_on=max(one.ends_on, act.on),
                    subject=one.subject,
                )
                opened += 1
    return opened


def endings(organisation: "Organisation", *, on: date) -> "Iterator[Ending]":
    """What ends soon or has ended at an organisation, of every department."""
    from quacan.centre.base.departments import departments

    for department in departments():
        if department.endings is not None:
            yield from department.endings(organisation, on)
