"""Numbers are taken from registers without gaps, inside another department's action."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from django.db import models

from quacan.centre.base.act import Act, reference
from quacan.centre.base.actors import Owner
from quacan.centre.base.models import IssuedNumber, Register
from quacan.centre.base.numbering import fill_pattern, format_number, numbering_rules


class Numbered(Owner, Protocol):
    """An organisation that numbers its documents: its own patterns by kind, and the symbol they carry."""

    symbol: str
    numbering: Mapping[str, str]


def take_number(
    act: Act,
    organisation: Numbered,
    *,
    kind: str,
    subject: models.Model | str,
    on: date,
    site: str = "",
    site_suffix: str = "",
) -> IssuedNumber:
    """This will take the next number of a register in its locked row; a rollback gives it back, so no gap arises.

    The pattern is the organisation's own for this kind, else the rule of the house; a register keeps the pattern it
    began its year with.
    """
    name = subject if isinstance(subject, str) else reference(subject)
    taken = take_numbers(
        act, organisation, kind=kind, subjects=[name], on=on, site=site, site_suffix=site_suffix
    )
    return taken[0]


def take_numbers(
    act: Act,
    organisation: Numbered,
    *,
    kind: str,
    subjects: Sequence[str],
    on: date,
    site: str = "",
    site_suffix: str = "",
) -> list[IssuedNumber]:
    """This will take one number for each subject, in their order: one lock of the register, however many."""
    rule = organisation.numbering.get(kind) or numbering_rules()[kind].pattern
    pattern = fill_pattern(rule, {"agency": organisation.symbol})
    key = {"book": organisation.code, "site": site, "kind": kind, "year": on.year}
    Register.objects.bulk_create([Register(**key, pattern=pattern)], ignore_conflicts=True)
    register = Register.objects.select_for_update().get(**key)
    first = register.last + 1
    register.last += len(subjects)
    register.save(update_fields=["last"])
    return IssuedNumber.objects.bulk_create(
        IssuedNumber(
            register=register,
            sequence=sequence,
            text=format_number(register.pattern, sequence=sequence, year=on.year, site_suffix=site_suffix),
            subject=subject,
            issued_at=act.at,
        )
        for sequence, subject in enumerate(subjects, first)
    )
