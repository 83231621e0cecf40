"""What the public may know of a certificate: how it stands, which instrument, who issued it. Never the customer."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from quacan.centre.base import store
from quacan.centre.base.language.texts import Text
from quacan.centre.base.models import Document
from quacan.centre.certificates.models import Outcome
from quacan.centre.certificates.queries.records import standing_of
from quacan.centre.instruments.catalogue import InstrumentKindUnknown
from quacan.centre.instruments.catalogue import kind as catalogue_kind

AT_MOST: Final = 5
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class PublicCheck:
    """What the public may know of a certificate or notice."""

    number: str
    code: str
    kind: str
    standing: str  # valid, expired, superseded, revoked, failed
    instrument: Text
    serial: str
    organisation: Text
    performed_on: date
    issued_on: date
    valid_until: date | None
    stamp: str
    short_hash: str
    file_whole: bool
    replaced_by: str
    replaced_by_code: str


def public_checks(code_or_number: str, *, on: date) -> list[PublicCheck]:
    """This will look certificates up by check code or exact number, whatever the letter case.

    Several only where several organisations use the same number; none for what is unknown.
    """
    text = code_or_number.strip()
    if not text or len(text) > LONGEST:
        return []
    rows = Outcome.objects.select_related(
        "instrument", "document__superseded_by__outcome", "organisation", "stamp", "worksheet"
    )
    found = list(rows.filter(check_code=text.upper())) or list(rows.filter(number=text)[:AT_MOST])
    return [_public(one, on) for one in found or list(rows.filter(number=text.upper())[:AT_MOST])]


def _public(found: Outcome, on: date) -> PublicCheck:
    newer = _newer(found.document)
    return PublicCheck(
        number=found.number,
        code=found.check_code,
        kind=found.kind,
        standing=standing_of(found, on=on),
        instrument=Text(found.instrument.name, _english(found.instrument.kind_code)),
        serial=found.instrument.serial,
        organisation=found.organisation.title,
        performed_on=found.worksheet.performed_on,
        issued_on=found.issued_on,
        valid_until=found.valid_until,
        stamp=found.stamp.number if found.stamp else "",
        short_hash=" ".join(found.document.snapshot_sha256[at : at + 4] for at in (0, 4, 8)),
        file_whole=_is_whole(found.document),
        replaced_by=newer.number if newer else "",
        replaced_by_code=newer.check_code if newer else "",
    )


def _newer(document: Document) -> Outcome | None:
    newer = getattr(document, "superseded_by", None)
    return newer.outcome if newer is not None else None


def _english(kind_code: str) -> str:
    try:
        return catalogue_kind(kind_code).name.en
    except InstrumentKindUnknown:
        return ""


def _is_whole(document: Document) -> bool:
    files = list(document.files.all())
    return bool(files) and all(store.read(file.sha256) is not None for file in files)
