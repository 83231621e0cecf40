"""What is done with parties: enter, change, add a place of business, merge duplicates."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.organisation.models import Organisation
from quacan.centre.parties.models import Establishment, Party
from quacan.centre.parties.refusals import (
    DifferentTaxCodes,
    EstablishmentKnown,
    PartyKnown,
    PartyMerged,
    SameParty,
)
from quacan.centre.parties.rules import is_tax_code, name_key, phone_key, tidy_tax_code


@action("parties.record")
def record_party(
    act: Act,
    organisation: Organisation,
    *,
    kind: str,
    name: str,
    tax_code: str | None = None,
    address: str = "",
    province: str = "",
    phone: str = "",
    email: str = "",
    representative: str = "",
    representative_title: str = "",
) -> Party:
    """This will enter a party into the one register; a tax code that is known already is refused by name."""
    act.require(organisation)
    party = Party()
    _fill(
        party,
        kind=kind,
        name=name,
        tax_code=tax_code,
        address=address,
        province=province,
        phone=phone,
        email=email,
        representative=representative,
        representative_title=representative_title,
    )
    party.save(force_insert=True)
    act.created(party)
    return party


@action("parties.record")
def change_party(
    act: Act,
    organisation: Organisation,
    *,
    party: Party,
    version: int,
    kind: str,
    name: str,
    tax_code: str | None = None,
    address: str = "",
    province: str = "",
    phone: str = "",
    email: str = "",
    representative: str = "",
    representative_title: str = "",
) -> Party:
    """This will correct a party's entry; *version* is the one the form was opened with (StaleRecord)."""
    act.require(organisation)
    party = _living(locked(party, version=version))
    before = image(party)
    _fill(
        party,
        kind=kind,
        name=name,
        tax_code=tax_code,
        address=address,
        province=province,
        phone=phone,
        email=email,
        representative=representative,
        representative_title=representative_title,
    )
    party.version += 1
    party.save()
    act.changed(party, before)
    return party


@action("parties.record")
def record_establishment(
    act: Act,
    organisation: Organisation,
    *,
    party: Party,
    name: str,
    address: str,
    commune: str = "",
    province: str = "",
) -> Establishment:
    """This will add a place where a party does business."""
    act.require(organisation)
    establishment = Establishment(party=_living(party))
    _fill_establishment(establishment, name=name, address=address, commune=commune, province=province)
    establishment.save(force_insert=True)
    act.created(establishment)
    return establishment


@action("parties.record")
def change_establishment(
    act: Act,
    organisation: Organisation,
    *,
    establishment: Establishment,
    name: str,
    address: str,
    commune: str = "",
    province: str = "",
) -> Establishment:
    """This will correct a place of business."""
    act.require(organisation)
    establishment = locked(establishment)
    before = image(establishment)
    _fill_establishment(establishment, name=name, address=address, commune=commune, province=province)
    establishment.save()
    act.changed(establishment, before)
    return establishment


@action("parties.merge")
def merge_parties(act: Act, organisation: Organisation, *, keep: Party, drop: Party) -> Party:
    """This will let one entry stand for two: establishments move, the dropped entry points to the kept one.

    Instruments and contracts keep naming the entry they were made with (that is what their papers say); every
    list finds them through ``queries.identity``. Needs a reason. Two different tax codes are two legal persons.
    """
    act.require(organisation)
    act.require_reason(_("gộp đối tượng"))
    if keep.pk == drop.pk:
        raise SameParty(party=keep.name)
    keep, drop = _living(locked(keep)), _living(locked(drop))
    if keep.tax_code and drop.tax_code and keep.tax_code != drop.tax_code:
        raise DifferentTaxCodes(
            keep=keep.name, keep_code=keep.tax_code, drop=drop.name, drop_code=drop.tax_code
        )
    before_keep, before_drop = image(keep), image(drop)
    moved = _move_establishments(keep, drop)
    _hand_over(keep, drop)
    Party.objects.filter(merged_into=drop).update(merged_into=keep)
    act.changed(drop, before_drop)
    act.changed(keep, before_keep)
    act.noted(keep, before=None, after={"merged": drop.pk, "establishments": moved})
    return keep


def _hand_over(keep: Party, drop: Party) -> None:
    tax_code, drop.tax_code = drop.tax_code, None
    drop.merged_into, drop.version = keep, drop.version + 1
    drop.save()
    keep.tax_code = keep.tax_code or tax_code
    for column in ("address", "province", "phone", "email", "representative", "representative_title"):
        setattr(keep, column, getattr(keep, column) or getattr(drop, column))
    _derive(keep)
    keep.version += 1
    keep.save()


def _move_establishments(keep: Party, drop: Party) -> list[int]:
    taken = set(keep.establishments.values_list("name", flat=True))
    moved = []
    for establishment in drop.establishments.select_for_update():
        if establishment.name in taken:
            establishment.name = f"{establishment.name[:200]} (#{establishment.pk})"
        establishment.party = keep
        establishment.save(update_fields=["party", "name"])
        moved.append(establishment.pk)
    return moved


def _living(party: Party) -> Party:
    if party.merged_into is not None:
        raise PartyMerged(party=party.name, into=party.merged_into.name)
    return party


def _fill(party: Party, *, kind: str, name: str, tax_code: str | None, **texts: str) -> None:
    if kind not in Party.Kind.values:
        raise FieldWrong(field=_("Loại đối tượng"), why=_("không có loại “{kind}”").format(kind=kind))
    party.kind = kind
    party.name = _text(name)
    if not party.name:
        raise FieldMissing(field=_("Tên đối tượng"))
    party.tax_code = _checked_tax_code(tax_code or "", party)
    for column, value in texts.items():
        setattr(party, column, _text(value))
    if party.email:
        _check_email(party.email)
    _refuse_long(party)
    _derive(party)


def _derive(party: Party) -> None:
    party.name_key = name_key(party.name)[:300]
    party.phone_key = phone_key(party.phone)[:20]
    party.folded = fold(f"{party.name} {party.tax_code or ''} {party.address} {party.phone}")[:600]


def _checked_tax_code(text: str, party: Party) -> str | None:
    code = tidy_tax_code(text)
    if not code:
        return None
    if not is_tax_code(code):
        raise FieldWrong(
            field=_("Mã số thuế"),
            why=_(
                "“{code}” phải có 10 số (đúng số kiểm tra), 10-3 số của đơn vị phụ thuộc, hoặc 12 số"
            ).format(code=code),
        )
    known = Party.objects.filter(tax_code=code).exclude(pk=party.pk).first()
    if known is not None:
        raise PartyKnown(tax_code=code, party=known.name)
    return code


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise FieldWrong(field=_("Thư điện tử"), why=_("không đúng dạng địa chỉ")) from error


def _fill_establishment(
    establishment: Establishment, *, name: str, address: str, commune: str, province: str
) -> None:
    establishment.name, establishment.address = _text(name), _text(address)
    establishment.commune, establishment.province = _text(commune), _text(province)
    if not establishment.name or not establishment.address:
        raise FieldMissing(field=_("Tên và địa chỉ cơ sở"))
    _refuse_long(establishment)
    others = Establishment.objects.filter(party_id=establishment.party_id, name=establishment.name)
    if others.exclude(pk=establishment.pk).exists():
        raise EstablishmentKnown(party=establishment.party.name, name=establishment.name)
    establishment.folded = fold(f"{establishment.name} {establishment.address} {establishment.commune}")[:600]


def _refuse_long(record: Party | Establishment) -> None:
    for column in record._meta.concrete_fields:
        limit: Any = column.max_length
        value = getattr(record, column.attname)
        if limit and isinstance(value, str) and len(value) > limit and column.attname != "folded":
            raise FieldWrong(field=column.attname, why=_("dài quá {limit} ký tự").format(limit=limit))


def _text(value: str) -> str:
    return " ".join(nfc(value).split())
