"""Results of a digital calibration certificate (DCC 3, D-SI) as input quantities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final, Literal
from xml.etree import ElementTree as XML

from quacan.metrology.inputs import InputQuantity, InputRefused, from_certificate

DCC: Final = "{https://ptb.de/dcc}"
SI: Final = "{https://ptb.de/si}"
LARGEST_FILE: Final = 50_000_000

#: What surrounds a result without being one: conditions, methods, equipment, limits and statements.
_BESIDE: Final = frozenset(
    f"{DCC}{name}"
    for name in ("influenceConditions", "usedMethods", "measuringEquipments", "measurementMetaData")
)


Obstacle = Literal["size", "entities", "malformed", "not_dcc", "content"]


class CertificateRefused(ValueError):
    """A digital certificate that cannot be read: one sentence naming the place and the remedy, and what kind it is."""

    def __init__(self, sentence: str, *, kind: Obstacle = "content") -> None:
        self.kind = kind
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class CertificateHead:
    """Who stated the results and when: '' or None where the certificate does not say."""

    number: str
    laboratory: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class CertificateQuantity:
    """One quantity of a result: names by language, refType, D-SI unit, values as typed, and inputs.

    ``inputs`` has one entry per value; an entry is ``None`` where the certificate states no uncertainty. ``stated``
    gives the same as written: U with its k (a standard uncertainty with 1).
    """

    names: Mapping[str, str]
    ref_type: str
    unit: str
    values: tuple[Decimal, ...]
    inputs: tuple[InputQuantity | None, ...]
    stated: tuple[tuple[Decimal, Decimal] | None, ...] = ()


def from_dcc(document: bytes) -> tuple[CertificateQuantity, ...]:
    """This will read the measured quantities of every result of a certificate, in order.

    U is divided by the stated k (JCGM 100:2008, 4.3.3); a standard uncertainty is taken as it is. Where the
    same quantity is given in several units the first is read. Signatures are not checked here. Raises
    :class:`CertificateRefused` for a document that is no DCC, carries a document type, or whose numbers do not fit.
    """
    root = _root(document)
    found = [_quantity(q) for result in root.iter(f"{DCC}result") for q in _measured(result)]
    return tuple(quantity for quantity in found if quantity is not None)


def head_of_dcc(document: bytes) -> CertificateHead:
    """This will read number, laboratory and day of issue (or of the last measurement) of a certificate.

    Raises :class:`CertificateRefused` as :func:`from_dcc` does.
    """
    administrative = f"{DCC}administrativeData"
    root = _root(document)
    core = f"{administrative}/{DCC}coreData"
    number = root.findtext(f"{core}/{DCC}uniqueIdentifier") or ""
    laboratory = root.find(f"{administrative}/{DCC}calibrationLaboratory/{DCC}contact/{DCC}name")
    names = (
        [] if laboratory is None else [(c.text or "").strip() for c in laboratory.findall(f"{DCC}content")]
    )
    days = (root.findtext(f"{core}/{DCC}{name}") for name in ("issueDate", "endPerformanceDate"))
    issued = next((found for text in days if (found := _day(text)) is not None), None)
    return CertificateHead(number.strip(), next((name for name in names if name), ""), issued)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def _root(document: bytes) -> XML.Element:
    if len(document) > LARGEST_FILE:
        raise CertificateRefused("The certificate is larger than 50 MB; it is not read", kind="size")
    if b"<!DOCTYPE" in document or b"<!ENTITY" in document or b"\x00" in document:
        raise CertificateRefused(
            "The certificate declares a document type or entities; a DCC has none", kind="entities"
        )
    try:
        root = XML.fromstring(document)  # noqa: S314  (no document type: nothing can be expanded or fetched)
    except XML.ParseError as error:
        raise CertificateRefused(
            f"The certificate is not well-formed XML: {error}", kind="malformed"
        ) from None
    if root.tag != f"{DCC}digitalCalibrationCertificate":
        raise CertificateRefused(
            "The document is not a digital calibration certificate (DCC 3)", kind="not_dcc"
        )
    return root


def _measured(element: XML.Element) -> Iterator[XML.Element]:
    for child in element:
        if child.tag in _BESIDE:
            continue
        if child.tag == f"{DCC}quantity":
            yield child
        else:
            yield from _measured(child)


def _quantity(element: XML.Element) -> CertificateQuantity | None:
    hybrid = element.find(f"{SI}hybrid")
    holder = element if hybrid is None else hybrid
    for child in holder:
        if child.tag in (f"{SI}real", f"{SI}realListXMLList"):
            return _real(element, child, "XMLList" if child.tag.endswith("XMLList") else "")
    return None


def _real(quantity: XML.Element, element: XML.Element, form: str) -> CertificateQuantity:
    values = _numbers(element, f"value{form}", form)
    units = _words(element, f"unit{form}", form)
    if not values or len(set(units)) != 1:
        raise CertificateRefused("A quantity of the certificate needs values and one unit")
    uncertainties = _stated(element, form, len(values))
    try:
        inputs = tuple(
            None if stated is None else from_certificate(float(value), float(stated[0]), k=float(stated[1]))
            for value, stated in zip(values, uncertainties, strict=True)
        )
    except InputRefused as refusal:
        raise CertificateRefused(f"An uncertainty of the certificate cannot be used: {refusal}") from None
    names = {c.get("lang", ""): (c.text or "").strip() for c in quantity.findall(f"{DCC}name/{DCC}content")}
    return CertificateQuantity(
        MappingProxyType(names), quantity.get("refType", ""), units[0], values, inputs, tuple(uncertainties)
    )


#: Elements that state an uncertainty: where, and what holds U (with its k) or u.
_STATEMENTS: Final = (
    ("expandedUnc{0}", "uncertainty{0}", "coverageFactor{0}"),
    ("measurementUncertaintyUnivariate{0}/{1}expandedMU{0}", "valueExpandedMU{0}", "coverageFactor{0}"),
    ("measurementUncertaintyUnivariate{0}/{1}standardMU{0}", "valueStandardMU{0}", None),
    ("measurementUncertaintyUnivariate{0}/{1}coverageIntervalMU{0}", "valueStandardMU{0}", None),
    ("coverageInterval{0}", "standardUnc{0}", None),
)


def _stated(element: XML.Element, form: str, count: int) -> list[tuple[Decimal, Decimal] | None]:
    for place, value, factor in _STATEMENTS:
        holder = element.find(SI + place.format(form, SI))
        if holder is None:
            continue
        u = _spread(_numbers(holder, value.format(form), form), count)
        k = (
            [Decimal(1)] * count
            if factor is None
            else _spread(_numbers(holder, factor.format(form), form), count)
        )
        return list(zip(u, k, strict=True))
    return [None] * count


def _spread(numbers: tuple[Decimal, ...], count: int) -> list[Decimal]:
    if len(numbers) not in (1, count):
        raise CertificateRefused(
            f"The certificate states {len(numbers)} uncertainties or factors for {count} values; one or all are needed"
        )
    return list(numbers) * (count if len(numbers) == 1 else 1)


def _words(element: XML.Element, name: str, form: str) -> list[str]:
    text = (element.findtext(SI + name) or "").strip()
    return text.split() if form else [text] if text else []


def _numbers(element: XML.Element, name: str, form: str) -> tuple[Decimal, ...]:
    try:
        numbers = tuple(Decimal(word) for word in _words(element, name, form))
    except InvalidOperation:
        raise CertificateRefused(f"'{name}' of the certificate holds something that is no number") from None
    if not all(number.is_finite() for number in numbers):
        raise CertificateRefused(f"'{name}' of the certificate holds a number that is not finite")
    return numbers
