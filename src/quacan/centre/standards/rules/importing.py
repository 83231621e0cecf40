"""What a digital calibration certificate proposes for a standard's certificate: to be confirmed by a person."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quacan.metrology.digital_certificates import CertificateQuantity, from_dcc, head_of_dcc
from quacan.metrology.units import UnitRefused, unit_named


@dataclass(frozen=True, slots=True)
class ProposedCertificate:
    """The head as far as it is stated, and rows of texts as the form takes them (nominal '' where not stated)."""

    number: str
    issuer: str
    issued_on: date | None
    rows: tuple[dict[str, str], ...]


def proposed_certificate(document: bytes) -> ProposedCertificate:
    """This will read a DCC into a proposal; raises metrology's CertificateRefused when it cannot be read.

    Every value with a stated uncertainty gives a row. Its nominal is that of the nominal values (refType
    ``…nominal…``) stated before it in the same unit and number; errors stated beside the values are left out.
    """
    head = head_of_dcc(document)
    rows: list[dict[str, str]] = []
    nominal: CertificateQuantity | None = None
    for quantity in from_dcc(document):
        kind = quantity.ref_type.lower()
        if "nominal" in kind:
            nominal = quantity
        elif "error" not in kind and "deviation" not in kind:
            rows += _rows(quantity, nominal)
    return ProposedCertificate(head.number, head.laboratory, head.issued_on, tuple(rows))


def _rows(quantity: CertificateQuantity, nominal: CertificateQuantity | None) -> list[dict[str, str]]:
    fits = (
        nominal is not None and nominal.unit == quantity.unit and len(nominal.values) == len(quantity.values)
    )
    nominals = nominal.values if nominal is not None and fits else (None,) * len(quantity.values)
    names = quantity.names
    mark = names.get("vi") or names.get("en") or next(iter(names.values()), "")
    return [
        {
            "nominal": "" if start is None else _text(start),
            "value": _text(value),
            "U": _text(stated[0]),
            "k": _text(stated[1]),
            "unit": _unit(quantity.unit),
            "mark": mark[:60],
        }
        for start, value, stated in zip(nominals, quantity.values, quantity.stated, strict=True)
        if stated is not None
    ]


def _text(number: Decimal) -> str:
    return f"{number:f}"


def _unit(name: str) -> str:
    try:
        return unit_named(name).symbol
    except UnitRefused:
        return name
