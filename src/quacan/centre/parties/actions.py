"""What is done with parties: enter, change, add a place of business, merge duplicates."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image, locked
from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.organisation.models import Organisation
from quacan.centre.parties.models import Establishment, Party
from quacan.centre.parties.moves import CHANGE, KEEP_PLACES, MERGE, not_one
from quacan.centre.parties.refusals import EstablishmentKnown, PartyKnown
from quacan.centre.parties.rules import is_tax_code, name_key, phone_key, tidy_tax_code

_TEXTS: Final = ("address", "province", "phone", "email", "representative", "representative_title")


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """What is known of a party."""

    kind: str
    name: str
    tax_code: str | None = None
    address: str = ""
    province: str = ""
    phone: str = ""
    email: str = ""
    representative: str = ""
    representative_title: str = ""


@dataclass(frozen=True, slots=True)
class EstablishmentDraft:
    """What is known of a place of business."""

    name: str
    address: str
    commune: str = ""
    province: str = ""


@action("parties.record")
def record_party(act: Act, organisation: Organisation, draft: PartyDraft) -> Party:
    """This will give the entry of a party in the one register; a tax code that is known already is refused by name."""
    act.require(organisation)
    party = Party()
    _fill(party, draft)
    party.save(force_insert=True)
    act.created(party)
    return party


@action(CHANGE)
def change_party(
    act: Act, party: Party, draft: PartyDraft, *, organisation: Organisation, version: int
) -> Party:
    """This will give the corrected entry; *version* is the one the form was opened with (StaleRecord)."""
    act.require(organisation)
    _fill(party, draft)
    act.moved(party)
    return party


@action(KEEP_PLACES)
def record_establishment(
    act: Act, party: Party, draft: EstablishmentDraft, *, organisation: Organisation
) -> Establishment:
    """This will give a new place where a party does business."""
    act.require(organisation)
    establishment = Establishment(party=party)
    _fill_establishment(establishment, draft)
    establishment.save(force_insert=True)
    act.created(establishment)
    return establishment


@action("parties.record")
def change_establishment(
    act: Act, establishment: Establishment, draft: EstablishmentDraft, *, organisation: Organisation
) -> Establishment:
    """This will give the corrected place of business."""
    act.begin(KEEP_PLACES, establishment.party)
    act.require(organisation)
    establishment = locked(establishment)
    before = image(establishment)
    _fill_establishment(establishment, draft)
    establishment.save()
    act.changed(establishment, before)
    return establishment


@action(MERGE)
def merge_parties(act: Act, drop: Party, *, keep: Party, organisation: Organisation) -> Party:
    """This will give the entry that stands for two: establishments move, the dropped entry points to the kept one.

    Instruments and contracts keep naming the entry they were made with (that is what their papers say); every
    list finds them through ``queries.identity``. Two different tax codes are two legal persons.
    """
    act.require(organisation)
    keep = locked(keep)
    for refusal in not_one(keep, drop):
        raise refusal
    before = image(keep)
    moved = _move_establishments(keep, drop)
    tax_code = drop.tax_code
    act.moved(drop, tax_code=None, merged_into=keep)
    _take_over(keep, drop, tax_code)
    Party.objects.filter(merged_into=drop).update(merged_into=keep)
    act.changed(keep, before)
    act.noted(keep, before=None, after={"merged": drop.pk, "establishments": moved})
    return keep


def _take_over(keep: Party, drop: Party, tax_code: str | None) -> None:
    keep.tax_code = keep.tax_code or tax_code
    for column in _TEXTS:
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


def _fill(party: Party, draft: PartyDraft) -> None:
    if draft.kind not in Party.Kind.values:
        raise FieldWrong(field=_("Loại"), why=_("không có loại “{kind}”").format(kind=draft.kind))
    party.kind = draft.kind
    party.name = _text(draft.name)
    if not party.name:
        raise FieldMissing(field=_("Tên đối tượng"))
    party.tax_code = _checked_tax_code(draft.tax_code or "", party)
    for column in _TEXTS:
        setattr(party, column, _text(getattr(draft, column)))
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


def _fill_establishment(establishment: Establishment, draft: EstablishmentDraft) -> None:
    establishment.name, establishment.address = _text(draft.name), _text(draft.address)
    establishment.commune, establishment.province = _text(draft.commune), _text(draft.province)
    if not establishment.name:
        raise FieldMissing(field=_("Tên cơ sở"))
    if not establishment.address:
        raise FieldMissing(field=_("Địa chỉ"))
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
            label = _labels().get(column.attname, column.attname)
            raise FieldWrong(field=label, why=_("dài quá {limit} ký tự").format(limit=limit))


def _labels() -> dict[str, str]:
    return {
        "name": _("Tên đối tượng"),
        "address": _("Địa chỉ"),
        "province": _("Tỉnh, thành phố"),
        "commune": _("Xã, phường"),
        "phone": _("Điện thoại"),
        "email": _("Thư điện tử"),
        "representative": _("Người đại diện"),
        "representative_title": _("Chức vụ"),
    }


def _text(value: str) -> str:
    return " ".join(nfc(value).split())
