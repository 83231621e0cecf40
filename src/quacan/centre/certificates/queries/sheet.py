"""One certificate as its page shows it: row of the list, corridor, papers, life."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from quacan.centre.base import store
from quacan.centre.base.act import reference
from quacan.centre.base.language.texts import Text
from quacan.centre.base.models import Document
from quacan.centre.base.queries import audit_of
from quacan.centre.base.refusals import FileBroken, Words
from quacan.centre.base.shapes import Moment, Stage, Tone, corridor
from quacan.centre.certificates.models import Outcome
from quacan.centre.certificates.queries.records import STANDINGS, record_paper, standing_of
from quacan.centre.ledger.models import Entry
from quacan.centre.people.models import Person

TONES: dict[str, Tone] = {
    "valid": "pass",
    "expired": "open",
    "superseded": "info",
    "revoked": "fail",
    "failed": "fail",
}
SIGNS = {
    "valid": "circle-check",
    "expired": "calendar-clock",
    "superseded": "refresh-cw",
    "revoked": "undo-2",
    "failed": "circle-x",
}


@dataclass(frozen=True, slots=True)
class StandingShown:
    """How a certificate stands: word, tone, icon."""

    word: Words
    tone: Tone
    sign: str


def shown(standing: str) -> StandingShown:
    """This will give the word, tone and icon of a standing."""
    return StandingShown(STANDINGS[standing], TONES[standing], SIGNS[standing])


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A certificate or notice as a row of the list."""

    pk: int
    number: str
    kind: Words
    instrument: str
    serial: str
    owner: str
    issued_on: date
    valid_until: date | None
    standing: StandingShown
    stamp: str
    signer: str


def row_of(found: Outcome) -> OutcomeRow:
    """This will shape a row; it must carry ``standing_now``."""
    return OutcomeRow(
        pk=found.pk,
        number=found.number,
        kind=Outcome.Kind(found.kind).label,
        instrument=found.instrument.name,
        serial=found.instrument.serial,
        owner=found.instrument.owner.name,
        issued_on=found.issued_on,
        valid_until=found.valid_until,
        standing=shown(found.standing_now),  # type: ignore[attr-defined]
        stamp=found.stamp.number if found.stamp else "",
        signer=found.signer.full_name,
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as issued: name, size, hash, and whether its file is still those bytes."""

    title: Words
    number: str
    href: str
    sha256: str
    size: int
    whole: bool


@dataclass(frozen=True, slots=True)
class OperationShown:
    """An operation as printed: its name, how many points it has (None without a table), its verdict."""

    name: Text
    points: int | None
    verdict: str


@dataclass(frozen=True, slots=True)
class OutcomeSheet:
    """Everything the page of a certificate shows besides the record itself."""

    standing: StandingShown
    stations: tuple[Stage, ...]
    printed: tuple[Printed, ...]
    operations: tuple[OperationShown, ...]
    moments: list[Moment]
    advice: str
    older: Outcome | None
    newer: Outcome | None


def outcome_sheet(found: Outcome, person: Person, *, on: date) -> OutcomeSheet:
    """This will gather the page of a certificate for a person on a day."""
    newer = _of(getattr(found.document, "superseded_by", None))
    return OutcomeSheet(
        standing=shown(standing_of(found, on=on)),
        stations=_stations(found, person, on),
        printed=tuple(_printed(found)),
        operations=_operations(found),
        moments=sorted(_moments(found, newer), key=lambda moment: str(moment.at), reverse=True),
        advice=_advice(found),
        older=_replaced(found),
        newer=newer,
    )


def _of(document: Document | None) -> Outcome | None:
    return getattr(document, "outcome", None)


def _replaced(found: Outcome) -> Outcome | None:
    """The outcome of the worksheet this one's worksheet replaces, revoked or not."""
    replaced = found.worksheet.supersedes
    return getattr(replaced, "outcome", None) if replaced is not None else None


def _stations(found: Outcome, person: Person, on: date) -> tuple[Stage, ...]:
    order = found.worksheet.job.order
    places = {
        "contract": reverse("contracts:contract", args=[order.contract_id]),
        "order": reverse("contracts:order", args=[order.pk]),
        "worksheet": reverse("verification:worksheet", args=[found.worksheet_id]),
        "record": reverse("certificates:paper", args=[found.pk, "bien-ban", "pdf"]),
        **_figures(found, person, on),
    }
    labels = {
        "contract": _("Hợp đồng {number}").format(number=order.contract.number),
        "order": _("Phiếu việc {number}").format(number=order.number),
        "worksheet": _("Phiếu {number}").format(number=found.worksheet.number),
        "record": _("Biên bản {number}").format(number=found.record.number),
        "certificate": found.number,
    }
    if found.stamp is not None:
        places["stamp"] = f"{reverse('certificates:stamps')}?so={found.stamp.number}#danh-sach"
        labels["stamp"] = _("Tem {number}").format(number=found.stamp.number)
    links = {station: place for station, place in places.items() if place}
    closed = frozenset() if found.stamp else frozenset({"stamp"})
    return corridor("certificate", links=links, labels=labels, closed=closed)


def _figures(found: Outcome, person: Person, on: date) -> dict[str, str]:
    """Where the figures this result went into open, for who may see them: its own line of the book first."""
    places = {}
    entry = (
        Entry.objects.filter(
            organisation=found.organisation_id,
            source=f"verification.Worksheet:{found.worksheet_id}",
            reverses__isnull=True,
        )
        .order_by("-seq")
        .first()
    )
    if entry is not None and person.may("ledger.see", organisation_id=found.organisation_id, on=on):
        places["ledger"] = _address("reporting:entry", found.organisation.code, entry.seq)
    for station, permission, place in (
        ("indicator", "plans.see", _address("reporting:plans")),
        ("report", "reports.see", _address("reporting:reports")),
    ):
        if person.may(permission, organisation_id=found.organisation_id, on=on):
            places[station] = place
    return places


def _address(name: str, *args: object) -> str:
    """Where a page of a department above opens; '' in a house without it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _printed(found: Outcome) -> Iterator[Printed]:
    papers = (
        (Outcome.Kind(found.kind).label, found.document, "chung-nhan"),
        (_("Biên bản"), found.record, "bien-ban"),
    )
    for title, document, which in papers:
        href = reverse("certificates:paper", args=[found.pk, which, "pdf"])
        for file in document.files.all():
            whole = store.read(file.sha256) is not None
            yield Printed(title, document.number, href, file.sha256, file.size, whole)


def _operations(found: Outcome) -> tuple[OperationShown, ...]:
    """The operations as printed; none where the snapshot is broken (the papers' panel says so)."""
    try:
        printed = record_paper(found).examination.operations
    except FileBroken:
        return ()
    return tuple(
        OperationShown(
            Text(one.name.vi, one.name.en),
            len(one.table.rows) if one.table else None,
            one.verdict.value if one.verdict else "",
        )
        for one in printed
    )


def _advice(found: Outcome) -> str:
    """What the holder of a notice does next."""
    if found.kind != Outcome.Kind.FAILURE:
        return ""
    return _("Không cấp chứng nhận, không dán tem. Sửa chữa rồi kiểm định lại.")


def _moments(found: Outcome, newer: Outcome | None) -> Iterator[Moment]:
    sheet = found.worksheet
    yield Moment(sheet.performed_on, _("Đo tại hiện trường hoặc phòng đo"), by=found.performer.full_name)
    if sheet.submitted_at:
        yield Moment(sheet.submitted_at, _("Gửi soát xét"), sheet.number, found.performer.full_name)
    if sheet.approved_at:
        yield Moment(sheet.approved_at, _("Soát xét xong"), by=found.checker.full_name)
    failed = found.kind == Outcome.Kind.FAILURE
    yield Moment(
        found.document.recorded_at,
        _("Ký ban hành"),
        found.number,
        found.signer.full_name,
        "fail" if failed else "pass",
    )
    if newer is not None:
        href = reverse("certificates:certificate", args=[newer.pk])
        at = newer.document.recorded_at
        yield Moment(at, _("Được thay thế"), newer.number, newer.signer.full_name, "info", href)
    for line in audit_of(reference(found)).filter(action="certificates.revoke_outcome"):
        yield Moment(line.at, _("Thu hồi"), line.reason, line.actor, "fail")
