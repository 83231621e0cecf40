"""What was written on a worksheet and when: its history, the revisions of its cells, what its readings rest on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from quacan.centre.base.language.texts import is_english
from quacan.centre.base.shapes import Moment
from quacan.centre.examinations.models import Examination, Reading, Run
from quacan.centre.examinations.queries.content import current_readings, sheet_layout, times_written, uses_of
from quacan.centre.examinations.rules import said
from quacan.centre.people.models import Person
from quacan.centre.standards.models import StandardCertificate


@dataclass(frozen=True, slots=True)
class Trace:
    """Readings and the certificate they rest on."""

    readings: int
    standard: str
    standard_id: int
    certificate: str
    issuer: str
    valid_until: date
    traceable_to: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One thing that was written in a cell."""

    cell: str
    label: str
    text: str
    revision: int
    by: str
    at: datetime
    run: str
    reason: str
    standing: bool


def traces(sheet: Examination) -> tuple[Trace, ...]:
    """This will tell which certificate supports how many of the readings that now stand."""
    counted = Counter(
        row.standard_certificate_id
        for row in current_readings(sheet).values()
        if row.text and row.standard_certificate_id is not None
    )
    certificates = {use.certificate_id: use.certificate for use in uses_of(sheet).values()}
    earlier = set(counted) - set(certificates)
    if earlier:
        certificates |= StandardCertificate.objects.select_related("standard").in_bulk(earlier)
    return tuple(
        Trace(
            readings=counted[key],
            standard=str(certificate.standard),
            standard_id=certificate.standard_id,
            certificate=certificate.number,
            issuer=certificate.issuer,
            valid_until=certificate.valid_until,
            traceable_to=certificate.traceable_to,
        )
        for key, certificate in ((key, certificates[key]) for key in counted)
    )


def moments(sheet: Examination) -> tuple[Moment, ...]:
    """This will tell what happened to a worksheet, the newest first."""
    runs = sheet.runs.all()
    names = full_names(run.opened_by for run in runs)
    found = [
        Moment(
            run.opened_at,
            _("Mở phiếu") if run.kind == Run.Kind.FIRST else run.get_kind_display(),
            run.reason,
            names[run.opened_by],
            "" if run.kind == Run.Kind.FIRST else "open",
        )
        for run in runs
    ]
    if sheet.submitted_at:
        found.append(Moment(sheet.submitted_at, _("Gửi soát xét"), by=sheet.performer.full_name))
    if sheet.approved_at and sheet.checker:
        found.append(Moment(sheet.approved_at, _("Đã soát xét"), by=sheet.checker.full_name, tone="pass"))
    return tuple(sorted(found, key=lambda one: str(one.at), reverse=True))


def revised_cells(sheet: Examination) -> int:
    """This will count the cells that were written more than once."""
    return sum(times > 1 for times in times_written(sheet).values())


def revisions(sheet: Examination, *, cell: str = "") -> list[Revision]:
    """This will tell everything that was written, of one cell or of every cell written more than once."""
    rows = Reading.objects.filter(examination=sheet).select_related("run").order_by("cell", "revision")
    if cell:
        rows = rows.filter(cell=cell)
    grouped: dict[str, list[Reading]] = {}
    for row in rows:
        grouped.setdefault(row.cell, []).append(row)
    labels = words_of_cells(sheet)
    names = full_names(row.entered_by for row in rows)
    now = {reading.pk for reading in current_readings(sheet).values()}
    found = []
    for key, written in grouped.items():
        if cell or len(written) > 1:
            label = labels.get(key) or _("ô không còn trong bảng")
            found += [
                _revision(row, label, by=names[row.entered_by], stands=row.pk in now)
                for row in reversed(written)
            ]
    return found


def _revision(row: Reading, label: str, *, by: str, stands: bool) -> Revision:
    kind = row.run.get_kind_display()
    return Revision(
        cell=row.cell,
        label=label,
        text=row.text,
        revision=row.revision,
        by=by,
        at=row.entered_at,
        run=_("lượt {n}: {kind}").format(n=row.run.ordinal, kind=kind.lower()),
        reason=row.run.reason,
        standing=stands,
    )


def full_names(usernames: Iterable[str]) -> dict[str, str]:
    """The full name behind every user name that was written down; the text itself where nobody bears it."""
    asked = set(usernames)
    known = Person.objects.filter(username__in=asked).values_list("username", "full_name")
    return {name: name for name in asked} | dict(known)


def words_of_cell(sheet: Examination, cell: str) -> str:
    """The words of one cell: step, row, turn, column; a cell the worksheet no longer has says so."""
    return words_of_cells(sheet).get(cell) or _("ô không còn trong bảng")


def words_of_cells(sheet: Examination) -> dict[str, str]:
    """The words of every cell of a worksheet, in the reader's language, by key."""
    return dict(_labels(sheet))


def _labels(sheet: Examination) -> Iterator[tuple[str, str]]:
    for step in sheet_layout(sheet).steps:
        names = {column.key: said(column.label, english=is_english()) for column in step.columns}
        for row in step.rows:
            turn = _("lần {n}").format(n=row.repeat) if row.repeat else ""
            for cell in row.cells:
                parts = (
                    said(step.title, english=is_english()),
                    said(row.label, english=is_english()) if row.kind != "note" else "",
                    turn,
                    names.get(cell.column, ""),
                )
                yield cell.key, " · ".join(part for part in parts if part)
