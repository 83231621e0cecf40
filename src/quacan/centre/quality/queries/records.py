"""Nonconformities as records: which ones, their follow-ups, their frozen rows, the proof that these are whole."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.act import reference
from quacan.centre.base.models import FollowUp
from quacan.centre.base.problems import Flaw
from quacan.centre.base.refusals import NotFound
from quacan.centre.people.models import Person
from quacan.centre.people.queries import roles_of, visible
from quacan.centre.quality.models import Nonconformity, Notice, Simulation


def may_record(person: Person, *, on: date, organisation_id: int | None = None) -> bool:
    """Whether a person may ask for simulations at an organisation, or (None) anywhere."""
    return person.may("quality.record", organisation_id=organisation_id, unit_id=None, on=on)


def likely_owner(people: Sequence[Person], role: str, *, on: date) -> Person | None:
    """Whom a form suggests: the first of these people who holds a role, else the first; None of nobody."""
    holders = [one for one in people if any(held.code == role for held in roles_of(one, on=on))]
    return next(iter(holders or people), None)


def nonconformities(person: Person, *, on: date) -> QuerySet[Nonconformity]:
    """This will list the nonconformities a person may see."""
    rows = Nonconformity.objects.select_related(
        "organisation",
        "standard",
        "simulation",
        "document",
        "deviation__examination__worksheet__instrument",
        "deviation__performer",
        "deviation__granted_by",
    )
    return visible(rows, person, "quality.see", on=on, unit=None)


def nonconformity(person: Person, key: int, *, on: date) -> Nonconformity:
    """This will find a nonconformity a person may see, refusing any other as unknown."""
    found = nonconformities(person, on=on).filter(pk=key).first()
    if found is None:
        raise NotFound(record=_("điểm không phù hợp"))
    return found


def notice(found: Nonconformity, key: int) -> Notice:
    """This will find a draft notice of a nonconformity, refusing any other as unknown."""
    row = found.notices.select_related("party", "follow_up").filter(pk=key).first()
    if row is None:
        raise NotFound(record=_("dự thảo thông báo"))
    return row


def follow_ups_of(found: Nonconformity) -> QuerySet[FollowUp]:
    """This will list everything asked for on account of a nonconformity, the earliest due first."""
    rows = FollowUp.objects.filter(book=found.organisation.code, subject=reference(found))
    return rows.order_by("due_on", "id")


def open_follow_ups_of(found: Nonconformity) -> QuerySet[FollowUp]:
    """This will list what is still to be done before a nonconformity may be closed."""
    return follow_ups_of(found).filter(state=FollowUp.State.OPEN)


def frozen_rows(found: Nonconformity) -> list[dict[str, Any]]:
    """This will give the rows of the simulation as they were frozen then; none where a deviation was the matter."""
    rows: list[dict[str, Any]] = json.loads(found.document.snapshot).get("rows", [])
    return rows


def flaws() -> Iterator[Flaw]:
    """This will prove that simulations worked out as many worksheets as they say."""
    for found in Simulation.objects.filter(state=Simulation.State.COMPLETE).iterator(chunk_size=200):
        if found.rows.count() != found.done:
            yield Flaw(
                f"quality.Simulation:{found.pk}",
                _("Số phiếu đã tính khác số dòng đang lưu."),
                _("Khôi phục từ bản sao lưu hoặc chạy lại mô phỏng."),
            )
