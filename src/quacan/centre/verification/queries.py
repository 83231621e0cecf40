"""Reads of worksheets: what is typed, what it comes to, and the proof that nothing was changed."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.chain import canonical
from quacan.centre.base.problems import Flaw
from quacan.centre.base.refusals import NotFound
from quacan.centre.ledger.rules import Posting
from quacan.centre.people.models import Person
from quacan.centre.people.queries import visible
from quacan.centre.verification.facts import posting_of
from quacan.centre.verification.library import frozen
from quacan.centre.verification.models import Reading, Worksheet
from quacan.centre.verification.rules import content_digest, reading_digest
from quacan.metrology.procedure import SheetLayout, SheetResult, as_json, layout, run

UTC = ZoneInfo("UTC")


def worksheets(person: Person, *, on: object) -> QuerySet[Worksheet]:
    """This will list the worksheets a person may see."""
    return visible(
        Worksheet.objects.select_related("instrument", "performer", "checker", "organisation"),
        person,
        "worksheets.see",
        on=on,  # type: ignore[arg-type]
    )


def worksheet(person: Person, number_or_id: int, *, on: object) -> Worksheet:
    """This will find a worksheet a person may see, refusing any other as unknown."""
    found = worksheets(person, on=on).filter(pk=number_or_id).first()
    if found is None:
        raise NotFound(record=_("phiếu kiểm định"))
    return found


def current_readings(sheet: Worksheet) -> dict[str, Reading]:
    """This will give the newest revision of every cell."""
    rows = sheet.readings.select_related("run", "standard_certificate").order_by("revision")
    return {row.cell: row for row in rows}


def typed_cells(sheet: Worksheet) -> dict[str, str]:
    """This will give what now stands in every cell; withdrawn cells are absent."""
    return {cell: row.text for cell, row in current_readings(sheet).items() if row.text}


def typed_conditions(sheet: Worksheet) -> dict[str, list[str]]:
    """This will give every condition at start and end; a moment not recorded is empty, so it counts as missing."""
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    typed = {(row.key, row.moment): row.text for row in sheet.conditions.all()}
    return {
        rule.key: [typed.get((rule.key, m), "") for m in ("start", "end")] for rule in procedure.conditions
    }


def sheet_layout(sheet: Worksheet) -> SheetLayout:
    """This will lay the worksheet out for its instrument and event, by the procedure frozen with it."""
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    return layout(procedure, characteristics=sheet.characteristics, event=sheet.event)


def evaluation(sheet: Worksheet) -> SheetResult:
    """This will evaluate what is typed now, by the procedure and limits frozen with the worksheet."""
    procedure, limits = frozen(sheet.procedure_text, sheet.limits_text)
    return run(
        procedure,
        characteristics=sheet.characteristics,
        event=sheet.event,
        on=sheet.performed_on,
        cells=typed_cells(sheet),
        conditions=typed_conditions(sheet),
        limits=limits,
    )


def content_of(sheet: Worksheet) -> str:
    """This will give the digest of everything typed on a worksheet, as it stands in the tables."""
    readings = [_reading_row(row) for row in sheet.readings.select_related("run")]
    return content_digest(
        {
            "number": sheet.number,
            "instrument": sheet.instrument_id,
            "event": sheet.event,
            "service": sheet.service,
            "performed_on": sheet.performed_on,
            "performer": sheet.performer_id,
            "characteristics": sheet.characteristics,
            "procedure": sheet.procedure_text_id,
            "limits": sheet.limits_text_id,
        },
        readings,
        {
            "conditions": sorted([c.key, c.moment, c.text] for c in sheet.conditions.all()),
            "standards": sorted([use.need, use.certificate_id] for use in sheet.standard_uses.all()),
        },
    )


def _reading_row(row: Reading) -> list[object]:
    return [row.cell, row.revision, row.text, row.digest]


def digest_of(row: Reading) -> str:
    """This will give the digest a stored reading must carry."""
    return reading_digest(
        {
            "worksheet": row.worksheet_id,
            "run": row.run_id,
            "cell": row.cell,
            "revision": row.revision,
            "text": row.text,
            "standard": row.standard_certificate_id,
            "by": row.entered_by,
            "at": row.entered_at.astimezone(UTC).isoformat(),
        }
    )


def postings() -> Iterator[Posting]:
    """This will give what the book must say of every worksheet."""
    for sheet in Worksheet.objects.select_related("instrument").iterator(chunk_size=500):
        yield posting_of(sheet)


def flaws() -> Iterator[Flaw]:
    """This will prove every reading against its digest, every submitted worksheet against its content and result."""
    remedy = _("Khôi phục từ bản sao lưu; số đọc chỉ được sửa bằng lượt đo mới trên phiếu.")
    for row in Reading.objects.select_related("worksheet").iterator(chunk_size=2000):
        if row.digest != digest_of(row):
            name = f"verification.Reading:{row.pk} ({row.worksheet.number}, {row.cell})"
            yield Flaw(name, _("Số đọc không còn đúng như khi được ghi."), remedy)
    sheets = Worksheet.objects.exclude(content_sha256="").select_related("procedure_text", "limits_text")
    for sheet in sheets.prefetch_related("conditions", "standard_uses").iterator(chunk_size=200):
        name = f"verification.Worksheet:{sheet.pk} ({sheet.number})"
        if sheet.content_sha256 != content_of(sheet):
            yield Flaw(name, _("Nội dung phiếu khác với khi gửi soát xét."), remedy)
        result = evaluation(sheet)
        if canonical(as_json(result)) != sheet.result or result.verdict != sheet.verdict:
            yield Flaw(
                name,
                _("Tính lại từ số đọc không ra kết quả đã lưu."),
                _("So kết quả đã lưu với kết quả tính lại; nếu phiếu đã ban hành, lập phiếu thay thế."),
            )
