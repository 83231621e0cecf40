"""Decisions about certificates and stamps on plain values."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy

from quacan.centre.base.refusals import Words

PARTS: Mapping[str, Words] = {"performer": gettext_lazy("thực hiện"), "checker": gettext_lazy("soát xét")}
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def check_code() -> str:
    """This will draw the code of a public check: 12 letters and digits, none of them easily confused."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(12))


def reissued(number: str) -> str:
    """This will give the number of a reissue: V22.00001 → V22.00001.R1 → V22.00001.R2."""
    base, mark, count = number.rpartition(".R")
    return f"{base}.R{int(count) + 1}" if mark and count.isdigit() else f"{number}.R1"


def stamp_number(*, series: str, sequence: int) -> str:
    """This will write a stamp's number as printed: series, point, five digits."""
    return f"{series}.{sequence:05d}"


def part_taken(person: int, *, performer: int, checker: int | None) -> str:
    """This will say which part a person already took in a result ("performer", "checker"), or "" for none.

    Who performed or checked may not sign: three different people (ids of the three).
    """
    if person == performer:
        return "performer"
    return "checker" if person == checker else ""


def leads_to(service: str, verdict: str) -> str:
    """What a signed result becomes: only a verification that passed gives a certificate with a stamp.

    A calibration states what it found, conforming or not (ISO/IEC 17025, 7.8.4); only verification fails.
    """
    if service == "calibration":
        return "calibration"
    return "verification" if verdict == "pass" else "failure"


def standing(
    *, document_state: str, is_failure: bool, valid_until: date | None, on: date
) -> Literal["valid", "expired", "superseded", "revoked", "failed"]:
    """This will say how a certificate or notice stands on a day."""
    if document_state in {"revoked", "superseded"}:
        return "revoked" if document_state == "revoked" else "superseded"
    if is_failure:
        return "failed"
    return "expired" if valid_until is not None and valid_until < on else "valid"
