"""Where a record opens, and what it is called: as its department declares."""

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from quacan.centre.base.wording import noun_word, record_of


def name_of_reference(reference: str) -> str:
    """What ``contracts.Contract:12`` is called: Hợp đồng 12."""
    label, _mark, key = reference.partition(":")
    return f"{noun_word(label)} {key}".strip()


def address_of(record: Model) -> str:
    """The address a record opens at, or '' where its department has no such page."""
    return address_of_reference(f"{record._meta.label}:{record.pk}")


def address_of_reference(reference: str) -> str:
    """The address of a record named ``contracts.Contract:12``, or ''."""
    label, _mark, key = reference.partition(":")
    declared = record_of(label)
    if declared is None or not key.isdigit():
        return ""
    if declared.address is not None:
        return declared.address(int(key))
    return address(declared.url, key) if declared.url else ""


def address_of_report(organisation: str, period: str, *, indicator: str = "") -> str:
    """The address of an organisation's report of a period, or of one of its indicators, or ''."""
    if indicator:
        return address("reporting:indicator", organisation, period, indicator)
    return address("reporting:report", organisation, period)


def address(name: str, *args: object) -> str:
    """The address a URL name stands for; '' where no department answers to it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
