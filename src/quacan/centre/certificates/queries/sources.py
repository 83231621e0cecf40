"""A checked worksheet read for its papers: everything they print, gathered once."""

import json
from collections.abc import Iterable
from typing import Final

from quacan.centre.base.paper import Bilingual
from quacan.centre.certificates.papers import (
    Accreditation,
    Characteristic,
    Condition,
    Holder,
    InstrumentFacts,
    Issuer,
    SealFound,
    StandardUsed,
)
from quacan.centre.certificates.papers.source import PaperSource
from quacan.centre.certificates.papers.tables import with_unit
from quacan.centre.certificates.queries.scopes import standing_in_scope
from quacan.centre.examinations.models import Seal
from quacan.centre.examinations.queries import Evidence, deviations_of, evaluation, evidence_of, sheet_layout
from quacan.centre.instruments.catalogue import kind as catalogue_kind
from quacan.centre.organisation.queries import ScopeStanding
from quacan.centre.verification.library import frozen
from quacan.centre.verification.models import Worksheet
from quacan.metrology.procedure import Procedure

MOMENTS: Final = {
    Seal.Moment.FOUND: Bilingual("Khi đến", "Found"),
    Seal.Moment.APPLIED: Bilingual("Khi xong", "Applied"),
}
SEALS: Final = {
    Seal.Condition.INTACT: "Nguyên vẹn",
    Seal.Condition.BROKEN: "Đứt, rách",
    Seal.Condition.MISSING: "Không có",
}


def paper_source(sheet: Worksheet) -> PaperSource:
    """Everything the papers of a worksheet say of it, evaluated once."""
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    evidence, scope = evidence_of(sheet), standing_in_scope(sheet)
    return PaperSource(
        service=sheet.service,
        verdict=sheet.verdict,
        event=sheet.event,
        performed_on=sheet.performed_on,
        place=sheet.place,
        decision_rule=sheet.decision_rule,
        procedure=procedure,
        result=evaluation(sheet),
        steps=tuple(sheet_layout(sheet).steps),
        budgets=tuple(json.loads(sheet.budgets)),
        adjusted=evidence.adjusted,
        as_found=evidence.as_found,
        seals=tuple(_seals(evidence)),
        deviations=tuple(_deviations(sheet)),
        standards=tuple(_standards(sheet)),
        environment=tuple(_environment(sheet)),
        issuer=_issuer(sheet, scope),
        issued_at=sheet.organisation.place,
        holder=_holder(sheet),
        customer=_customer(sheet),
        instrument=_instrument(sheet, procedure),
        accreditation=_accreditation(scope),
    )


def _seals(evidence: Evidence) -> Iterable[SealFound]:
    for one in (*evidence.seals_found, *evidence.seals_applied):
        condition = SEALS[Seal.Condition(one.condition)]
        yield SealFound(MOMENTS[Seal.Moment(one.moment)], one.position, one.mark, condition)


def _deviations(sheet: Worksheet) -> Iterable[str]:
    """The signed deviations that stand, in the words of the record (ISO/IEC 17025, 7.8.2.1 n)."""
    for one in deviations_of(sheet):
        if one.stands:
            yield f"Sai lệch: {one.sentence} {one.granted_by} cho phép, lý do: {one.reason}"


def _standards(sheet: Worksheet) -> Iterable[StandardUsed]:
    for use in sheet.standard_uses.select_related("certificate__standard").order_by("need"):
        certificate, standard = use.certificate, use.certificate.standard
        yield StandardUsed(
            name=standard.name,
            identification=f"{standard.code}, số {standard.serial}" if standard.serial else standard.code,
            certificate_no=certificate.number,
            issued_by=certificate.issuer,
            valid_until=certificate.valid_until,
            accuracy=standard.accuracy,
            traceable_to=certificate.traceable_to,
        )


def _environment(sheet: Worksheet) -> Iterable[Condition]:
    typed = {(row.key, row.moment): row.text for row in sheet.conditions.all()}
    for rule in sheet_layout(sheet).conditions:
        start, end = typed.get((rule.key, "start"), ""), typed.get((rule.key, "end"), "")
        text = start if start == end else f"{start} ÷ {end}"
        yield Condition(Bilingual(rule.label.vi, rule.label.en), f"{text} {rule.unit}")


def _issuer(sheet: Worksheet, scope: ScopeStanding) -> Issuer:
    """The head of a paper: the designation stands on it only where it covers the work (NĐ 105/2016, art. 5)."""
    organisation, designation = sheet.organisation, scope.designation
    return Issuer(
        name=organisation.name,
        name_en=organisation.name_en,
        parent=organisation.parent.name if organisation.parent else "",
        address=organisation.address,
        phone=organisation.phone,
        registration_no=organisation.registration_number,
        designation_no=designation.scope.number if designation else "",
    )


def _accreditation(scope: ScopeStanding) -> Accreditation | None:
    line = scope.accreditation
    return Accreditation(line.scope.number, line.scope.authority) if line else None


def _holder(sheet: Worksheet) -> Holder:
    owner, establishment = sheet.instrument.owner, sheet.instrument.establishment
    place = f"{establishment.name}, {establishment.address}" if establishment else sheet.place
    return Holder(
        name=owner.name,
        address=owner.address,
        tax_code=owner.tax_code or "",
        place_of_use=place or owner.address,
    )


def _customer(sheet: Worksheet) -> Holder:
    """Who asked for the work: the party of the contract."""
    party = sheet.job.order.contract.party
    return Holder(name=party.name, address=party.address, tax_code=party.tax_code or "")


def _instrument(sheet: Worksheet, procedure: Procedure) -> InstrumentFacts:
    instrument = sheet.instrument
    characteristics = tuple(
        Characteristic(
            Bilingual(row.label.vi, row.label.en),
            with_unit(sheet.characteristics[row.key], row.unit),
        )
        for row in procedure.characteristics
        if row.key in sheet.characteristics
    )
    return InstrumentFacts(
        name=Bilingual(instrument.name, catalogue_kind(instrument.kind_code).name.en),
        serial_no=instrument.serial,
        model=instrument.type,
        maker=instrument.maker,
        country=instrument.made_in,
        year=str(instrument.year or ""),
        characteristics=characteristics,
    )
