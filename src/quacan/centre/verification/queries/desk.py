"""What stands around a worksheet: its standards, what may be done with it and why not, where readings come from."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from quacan.centre.base.shapes import Moment
from quacan.centre.people.models import Person
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.standards.queries import Readiness, standards_for
from quacan.centre.verification.library import frozen
from quacan.centre.verification.models import Reading, Run, StandardUse, Worksheet
from quacan.centre.verification.queries.records import (
    current_readings,
    sheet_layout,
    times_written,
    uses_of,
)
from quacan.centre.verification.queries.screens import confidence_word, english, number
from quacan.centre.verification.queries.standing import Asked, asked_of, unsuitability
from quacan.centre.verification.queries.surroundings import conditions_left
from quacan.centre.verification.rules import said
from quacan.metrology.procedure.layout import LayoutStandard


@dataclass(frozen=True, slots=True)
class StandardChoice:
    """One standard that might serve: its certificate, the days left on the day measured, what stands in the way."""

    certificate_id: int | None
    label: str
    days_left: int | None
    obstacle: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class NeedView:
    """A standard the procedure asks for, and the ones the house has."""

    key: str
    label: str
    asked: str
    source: str
    choices: tuple[StandardChoice, ...]
    chosen: str
    standard_id: int | None
    days_left: int | None
    obstacle: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done with a worksheet now, or cannot, and then why."""

    key: str
    label: str
    kind: str
    sign: str
    reason: str
    obstacles: tuple[str, ...]

    @property
    def is_possible(self) -> bool:
        return not self.obstacles


MAIN: Final = {"draft": "gui", "submitted": "duyet", "issued": "thay-the"}
"""What a worksheet waits for at each stage: shown first, with what stands in its way."""


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


def needs(sheet: Worksheet) -> tuple[NeedView, ...]:
    """This will list the standards asked for with every standard of that quantity, the unusable with the reason."""
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    sources = {need.key: need.source for need in procedure.standards}
    uses = uses_of(sheet)
    found = []
    for need in sheet_layout(sheet).standards:
        use = uses.get(need.key)
        chosen_id = use.certificate_id if use else None
        ready = standards_for(sheet.organisation, need.quantity, sheet.performed_on)
        asked = asked_of(sheet, need)
        source = sources[need.key]
        found.append(
            NeedView(
                key=need.key,
                label=said(need.label, english=english()),
                asked=_asked(need),
                source=f"{source.reference} ({confidence_word(source.confidence)})",
                choices=tuple(_choice(sheet, need, one, chosen_id, asked) for one in ready),
                chosen=f"{use.certificate.standard} · {use.certificate.number}" if use else "",
                standard_id=use.certificate.standard_id if use else None,
                days_left=(use.certificate.valid_until - sheet.performed_on).days if use else None,
                obstacle=_hindrance(sheet, need, use, ready, asked) if use else _("chưa chọn chuẩn"),
            )
        )
    return tuple(found)


def _hindrance(
    sheet: Worksheet,
    need: LayoutStandard,
    use: StandardUse,
    known: Iterable[Readiness],
    asked: tuple[Asked, ...],
) -> str:
    """Why the chosen certificate cannot serve; how its standard stands is known where it is one of the choices."""
    ready = next((one for one in known if one.standard.pk == use.certificate.standard_id), None)
    found = unsuitability(sheet, use.certificate, need, ready=ready, asked=asked)
    return found.sentence if found else ""


def _choice(
    sheet: Worksheet,
    need: LayoutStandard,
    ready: Readiness,
    chosen_id: int | None,
    asked: tuple[Asked, ...],
) -> StandardChoice:
    certificate = ready.certificate
    why = ready.obstacle.sentence if ready.obstacle else ""
    if certificate is not None and not why:
        found = unsuitability(sheet, certificate, need, ready=ready, asked=asked)
        why = found.sentence if found else ""
    return StandardChoice(
        certificate_id=certificate.pk if certificate else None,
        label=f"{ready.standard}" + (f" · {certificate.number}" if certificate else ""),
        days_left=ready.days_left,
        obstacle=why,
        chosen=certificate is not None and certificate.pk == chosen_id,
    )


def _asked(need: LayoutStandard) -> str:
    parts = []
    ends = [number(end, None) for end in (need.range_from, need.range_to) if end is not None]
    if ends:
        parts.append(f"{' ÷ '.join(dict.fromkeys(ends))} {need.unit}")
    if need.ratio is not None:
        parts.append(
            _("sai số không quá 1/{ratio} giới hạn của phép đo").format(ratio=number(need.ratio, None))
        )
    if need.classes:
        parts.append(_("cấp {classes}").format(classes=", ".join(need.classes)))
    return " · ".join(parts)


def deeds(
    sheet: Worksheet, person: Person, *, on: date, undecided: tuple[str, ...], wants: tuple[NeedView, ...]
) -> tuple[Deed, ...]:
    """This will list what is done with a worksheet, what stands in the way of each now, the possible first."""
    state = Worksheet.State(sheet.state)
    records = _right(sheet, person, "worksheets.record", on)
    checks = _right(sheet, person, "worksheets.check", on)
    performer = sheet.performer
    mine = (
        () if performer.pk == person.pk else (_("Chỉ {person} được làm.").format(person=performer.full_name),)
    )
    own = (_("Anh chị đã thực hiện phiếu này; nhờ người khác soát xét."),) if not mine else ()
    unfit = tuple(f"{need.label}: {need.obstacle}." for need in wants if need.obstacle)
    if state == "draft":
        left = conditions_left(sheet, english=english())
        unfit += tuple(one.sentence for one in left if not one.waived)
    if undecided:
        undecided = (_("Chưa đủ căn cứ để kết luận: bổ sung {n} mục nêu ở trên.").format(n=len(undecided)),)
    draft = _unless(state == "draft", sheet, _("chỉ làm được khi đang đo"))
    sent = _unless(state == "submitted", sheet, _("chờ kiểm định viên gửi soát xét"))
    found = [
        Deed("gui", _("Kết thúc, gửi soát xét"), "go", "send", "", draft or (*records, *mine, *unfit, *undecided)),
        Deed("duyet", _("Duyệt"), "go", "badge-check", "", sent or (*checks, *own)),
        Deed(
            "tra", _("Trả lại"), "", "undo-2", _("Lý do trả lại"),
            _unless(state in {"submitted", "approved"}, sheet, _("chỉ trả phiếu đã gửi soát xét")) or checks,
        ),
        Deed(
            "bo", _("Bỏ phiếu"), "danger", "x", _("Lý do bỏ phiếu"),
            draft or (*records, *_replaces(sheet)),
        ),
        Deed(
            "thay-the", _("Lập phiếu thay thế"), "", "copy", _("Lý do thay thế"),
            _unless(state == "issued", sheet, _("chỉ thay thế phiếu đã ban hành")) or (*records, *_replaced(sheet)),
        ),
    ]  # fmt: skip
    main = MAIN.get(str(state), "")
    return tuple(sorted(found, key=lambda deed: (deed.key != main, bool(deed.obstacles))))


def may_type(sheet: Worksheet, person: Person, *, on: date) -> bool:
    """This will say whether a person may write on the worksheet now."""
    is_draft = sheet.state == Worksheet.State.DRAFT
    return is_draft and sheet.performer_id == person.pk and not _right(sheet, person, "worksheets.record", on)


def may_check(sheet: Worksheet, person: Person, *, on: date) -> bool:
    """This will say whether a person may be the checker of the worksheet."""
    return sheet.performer_id != person.pk and not _right(sheet, person, "worksheets.check", on)


def _right(sheet: Worksheet, person: Person, permission: str, on: date) -> tuple[str, ...]:
    if person.may(permission, organisation_id=sheet.organisation_id, unit_id=sheet.unit_id, on=on):
        return ()
    words = {"worksheets.record": _("ghi số đọc"), "worksheets.check": _("soát xét phiếu")}
    return (_("Anh chị không có quyền {right}.").format(right=words[permission]),)


def _unless(ready: bool, sheet: Worksheet, otherwise: str) -> tuple[str, ...]:
    if ready:
        return ()
    return (_("Phiếu đang ở bước “{stage}”: {why}.").format(stage=sheet.get_state_display(), why=otherwise),)


def _replaces(sheet: Worksheet) -> tuple[str, ...]:
    return (_("Phiếu thay thế không bỏ được; đo và gửi soát xét."),) if sheet.supersedes_id else ()


def _replaced(sheet: Worksheet) -> tuple[str, ...]:
    newer = getattr(sheet, "superseded_by", None)
    return (_("Đã có phiếu thay thế {number}.").format(number=newer.number),) if newer else ()


def traces(sheet: Worksheet) -> tuple[Trace, ...]:
    """This will tell which certificate supports how many of the readings that now stand."""
    counted = Counter(
        row.standard_certificate_id
        for row in current_readings(sheet).values()
        if row.text and row.standard_certificate_id is not None
    )
    certificates = StandardCertificate.objects.select_related("standard").in_bulk(list(counted))
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


def moments(sheet: Worksheet) -> tuple[Moment, ...]:
    """This will tell what happened to a worksheet, the newest first."""
    found = [
        Moment(
            run.opened_at,
            _("Mở phiếu") if run.kind == Run.Kind.FIRST else run.get_kind_display(),
            run.reason,
            run.opened_by,
            "" if run.kind == Run.Kind.FIRST else "open",
        )
        for run in sheet.runs.all()
    ]
    if sheet.submitted_at:
        found.append(Moment(sheet.submitted_at, _("Gửi soát xét"), by=sheet.performer.username))
    if sheet.approved_at and sheet.checker:
        found.append(Moment(sheet.approved_at, _("Đã soát xét"), by=sheet.checker.username, tone="pass"))
    return tuple(sorted(found, key=lambda one: str(one.at), reverse=True))


def revised_cells(sheet: Worksheet) -> int:
    """This will count the cells that were written more than once."""
    return sum(times > 1 for times in times_written(sheet).values())


def revisions(sheet: Worksheet, *, cell: str = "") -> list[Revision]:
    """This will tell everything that was written, of one cell or of every cell written more than once."""
    rows = Reading.objects.filter(worksheet=sheet).select_related("run").order_by("cell", "revision")
    if cell:
        rows = rows.filter(cell=cell)
    grouped: dict[str, list[Reading]] = {}
    for row in rows:
        grouped.setdefault(row.cell, []).append(row)
    labels = dict(_labels(sheet))
    now = {reading.pk for reading in current_readings(sheet).values()}
    found = []
    for key, written in grouped.items():
        if cell or len(written) > 1:
            found += [_revision(row, labels.get(key, key), stands=row.pk in now) for row in reversed(written)]
    return found


def _revision(row: Reading, label: str, *, stands: bool) -> Revision:
    kind = row.run.get_kind_display()
    return Revision(
        cell=row.cell,
        label=label,
        text=row.text,
        revision=row.revision,
        by=row.entered_by,
        at=row.entered_at,
        run=_("lượt {n}: {kind}").format(n=row.run.ordinal, kind=kind.lower()),
        reason=row.run.reason,
        standing=stands,
    )


def _labels(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    for step in sheet_layout(sheet).steps:
        names = {column.key: said(column.label, english=english()) for column in step.columns}
        for row in step.rows:
            turn = _("lần {n}").format(n=row.repeat) if row.repeat else ""
            for cell in row.cells:
                parts = (
                    said(step.title, english=english()),
                    said(row.label, english=english()) if row.kind != "note" else "",
                    turn,
                    names.get(cell.column, ""),
                )
                yield cell.key, " · ".join(part for part in parts if part)


def words_of_cells(sheet: Worksheet) -> dict[str, str]:
    """What each cell of a worksheet is called: step, row, turn, column."""
    return dict(_labels(sheet))
