"""Found organisations, let them succeed one another, open units and sites."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.organisation.models import Organisation, Site, Succession, Unit
from quacan.centre.organisation.refusals import AlreadyEnded, CodeTaken


@action("organisation.manage")
def found_organisation(
    act: Act,
    *,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    province: str,
    place: str,
    symbol: str,
    valid_from: date,
    parent: Organisation | None = None,
    details: Mapping[str, Any] | None = None,
) -> Organisation:
    """This will enter an organisation; *details* are its optional columns (address, tax code, numbering …)."""
    act.require(parent)
    if not code.strip() or "/" in code:
        raise FieldWrong(field=_("Mã cơ quan"), why=_("trống hoặc có dấu “/”"))
    if Organisation.objects.filter(code=code).exists():
        raise CodeTaken(code=code)
    organisation = Organisation.objects.create(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
        province=province,
        place=place,
        symbol=symbol,
        valid_from=valid_from,
        **(details or {}),
    )
    act.created(organisation)
    return organisation


@action("organisation.manage")
def open_unit(
    act: Act, organisation: Organisation, *, code: str, name: str, valid_from: date, name_en: str = ""
) -> Unit:
    """This will open a unit in an organisation."""
    act.require(organisation)
    if organisation.units.filter(code=code).exists():
        raise CodeTaken(code=code)
    unit = Unit.objects.create(
        organisation=organisation, code=code, name=name, name_en=name_en, valid_from=valid_from
    )
    act.created(unit)
    return unit


@action("organisation.manage")
def open_site(
    act: Act,
    organisation: Organisation,
    *,
    code: str,
    name: str,
    valid_from: date,
    number_suffix: str = "",
    address: str = "",
) -> Site:
    """This will open a site, with its own number suffix where a former province keeps one."""
    act.require(organisation)
    if organisation.sites.filter(code=code).exists():
        raise CodeTaken(code=code)
    site = Site.objects.create(
        organisation=organisation,
        code=code,
        name=name,
        valid_from=valid_from,
        number_suffix=number_suffix,
        address=address,
    )
    act.created(site)
    return site


@action("organisation.manage")
def succeed(
    act: Act,
    successor: Organisation,
    *,
    predecessors: Sequence[Organisation],
    kind: str,
    on: date,
    basis: str = "",
) -> Organisation:
    """This will let one organisation take over from others on a day; the others end the day before."""
    act.require(successor)
    for predecessor in predecessors:
        if predecessor.pk == successor.pk:
            raise FieldWrong(field=_("Cơ quan tiền thân"), why=_("trùng với cơ quan kế thừa"))
        if predecessor.valid_to is not None or predecessor.valid_from >= on:
            raise AlreadyEnded(organisation=predecessor.name)
        before = image(predecessor)
        predecessor.valid_to = on - timedelta(days=1)
        predecessor.save(update_fields=["valid_to"])
        act.changed(predecessor, before)
        link = Succession.objects.create(
            predecessor=predecessor, successor=successor, kind=kind, on=on, basis=basis
        )
        act.created(link)
    return successor
