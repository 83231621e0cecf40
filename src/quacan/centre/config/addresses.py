"""Where a record opens: one address per thing, known by its kind."""

from functools import cache
from typing import Final

from django.db.models import Model
from django.urls import Resolver404, resolve

PLACES: Final = {
    "contracts.Contract": "/hop-dong/",
    "contracts.Order": "/phieu-viec/",
    "verification.Worksheet": "/kiem-dinh/",
    "certificates.Outcome": "/chung-nhan/",
    "instruments.Instrument": "/phuong-tien-do/",
    "parties.Party": "/doi-tuong/",
    "standards.Standard": "/chuan/",
    "activities.Activity": "/hoat-dong/",
    "reporting.Report": "/bao-cao/",
    "planning.Plan": "/ke-hoach/",
    "base.FollowUp": "/viec/",
}


def address_of(record: Model) -> str:
    """This will give the address a record opens at, or '' where its department has no such page."""
    place = PLACES.get(record._meta.label)
    if place is None:
        return ""
    href = f"{place}{record.pk}/"
    return href if _opens(place) else ""


def address_of_reference(reference: str) -> str:
    """This will give the address of a record named ``contracts.Contract:12``, or ''."""
    label, _, key = reference.partition(":")
    place = PLACES.get(label, "")
    return f"{place}{key}/" if place and key.isdigit() and _opens(place) else ""


def address_of_list(label: str) -> str:
    """This will give the address of the list a kind of record is kept in, or ''."""
    place = PLACES.get(label, "")
    return place if place and exists(place) else ""


@cache
def _opens(place: str) -> bool:
    return exists(f"{place}1/")


@cache
def exists(href: str) -> bool:
    """This will say whether some department answers at an address."""
    try:
        resolve(href)
    except Resolver404:
        return False
    return True
