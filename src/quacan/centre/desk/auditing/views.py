"""The door of the audit trail."""

from typing import cast

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quacan.centre.base.actors import HERE
from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import Column, DayFilter, Listing, TextFilter, paginate
from quacan.centre.base.refusals import NotAuthorised
from quacan.centre.desk.auditing.queries import is_sealed, lines_seen_by, sealed_books, shown
from quacan.centre.people.models import Person


def _listing(sealed: frozenset[str]) -> Listing:
    """The list's offer; the id orders as time does, and has an index."""
    return Listing(
        columns=(
            Column(
                "when",
                gettext_lazy("Lúc"),
                lambda row: row.at.astimezone(HERE).strftime("%d/%m/%Y %H:%M:%S"),
                order="id",
            ),
            Column("who", gettext_lazy("Ai"), lambda row: row.actor),
            Column("deed", gettext_lazy("Việc"), lambda row: row.action),
            Column("subject", gettext_lazy("Bản ghi"), lambda row: row.subject),
            Column("reason", gettext_lazy("Lý do"), lambda row: row.reason),
            Column("before", gettext_lazy("Trước"), lambda row: "" if is_sealed(row, sealed) else row.before),
            Column("after", gettext_lazy("Sau"), lambda row: "" if is_sealed(row, sealed) else row.after),
            Column("hash", gettext_lazy("Mã băm"), lambda row: row.hash),
        ),
        sort="-when",
        filters=(
            DayFilter("from", gettext_lazy("Từ ngày"), "at__date__gte"),
            DayFilter("to", gettext_lazy("Đến ngày"), "at__date__lte"),
            TextFilter("who", gettext_lazy("Tên đăng nhập"), "actor__iexact"),
            TextFilter("deed", gettext_lazy("Việc có chữ"), "action__icontains"),
            TextFilter("record", gettext_lazy("Bản ghi có chữ"), "subject__icontains"),
        ),
        search="",
        name="nhat-ky",
    )


def audit(request: HttpRequest) -> HttpResponseBase:
    """This will list who did what when, with before and after, for those who may see the audit trail."""
    person = cast(Person, request.user)
    on = timezone.now().astimezone(HERE).date()
    if not person.may("audit.see", organisation_id=None, unit_id=None, on=on):
        raise NotAuthorised(person=person.full_name, permission="audit.see", organisation=_("mọi cơ quan"))
    rows, sealed = lines_seen_by(person, on=on), sealed_books(person, on=on)
    listing = _listing(sealed)
    if (file := exported(request, rows, listing, on=on)) is not None:
        return file
    page = paginate(rows, listing, request.GET)
    actors = {row.actor for row in page.rows}
    names = dict(Person.objects.filter(username__in=actors).values_list("username", "full_name"))
    return render(request, "desk/audit.html", {"page": page.of(lambda row: shown(row, names, sealed))})
