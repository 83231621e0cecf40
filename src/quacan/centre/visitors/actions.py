"""Keep the visitors' register: expect a visitor, let them in, show them out."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import FieldMissing
from quacan.centre.ledger.actions import post
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import home
from quacan.centre.visitors.facts import posting_of
from quacan.centre.visitors.models import Visit
from quacan.centre.visitors.moves import ADMIT, CANCEL, CHANGE, SHOW_OUT
from quacan.centre.visitors.refusals import HostElsewhere


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """A visit as it is typed; *rooms* are laboratory rooms, *undertaking* the signed confidentiality undertaking."""

    visitor: str
    purpose: str
    host: Person
    expected_on: date
    comes_from: str = ""
    rooms: str = ""
    undertaking: str = ""
    badge: str = ""


@action("visitors.record")
def expect_visitor(act: Act, organisation: Organisation, draft: VisitDraft) -> Visit:
    """Enters a visitor who will come, or has just come to the door."""
    act.require(organisation)
    visit = Visit(organisation=organisation, recorded_by=Person.objects.get(username=act.actor.username))
    _fill(visit, draft, on=act.on)
    visit.save(force_insert=True)
    act.created(visit)
    return visit


@action(CHANGE)
def change_visit(act: Act, visit: Visit, draft: VisitDraft, *, version: int) -> Visit:
    """Changes a visit that has not begun; *version* is the one the form was opened with."""
    _fill(visit, draft, on=act.on)
    act.moved(visit)
    return visit


@action(ADMIT)
def admit_visitor(act: Act, visit: Visit) -> Visit:
    """Lets a visitor in: from now on they are in the house, and counted."""
    act.moved(visit, arrived_at=act.at)
    post(act, [posting_of(visit)])
    return visit


@action(SHOW_OUT)
def show_out(act: Act, visit: Visit) -> Visit:
    """Records that a visitor has left, with the badge handed back."""
    act.moved(visit, left_at=act.at)
    return visit


@action(CANCEL)
def cancel_visit(act: Act, visit: Visit) -> Visit:
    """Records that a visitor did not come, and why."""
    act.moved(visit, stated_reason=act.reason.strip()[:300])
    return visit


def _fill(visit: Visit, draft: VisitDraft, *, on: date) -> None:
    texts = {name: " ".join(getattr(draft, name).split()) for name in TEXTS}
    for name, label in (("visitor", _("Họ tên khách")), ("purpose", _("Việc đến làm"))):
        if not texts[name]:
            raise FieldMissing(field=label)
    where = home(draft.host, on=on)
    if where is None or where.pk != visit.organisation_id:
        raise HostElsewhere(person=draft.host.full_name, organisation=visit.organisation.short_name)
    for name, text in texts.items():
        setattr(visit, name, text)
    visit.host, visit.expected_on = draft.host, draft.expected_on
    visit.folded = fold(f"{visit.visitor} {visit.comes_from} {visit.purpose} {visit.host.full_name}")[:700]


TEXTS = ("visitor", "comes_from", "purpose", "rooms", "undertaking", "badge")
