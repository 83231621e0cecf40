"""A draft as it is asked for, and its parts: its lines, its VAT, the text it is found by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from quacan.centre.base.language.folding import fold, nfc
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.base.taxes import TaxUnknown, vat_rate
from quacan.centre.contracts.actions.advancing import in_order
from quacan.centre.contracts.models import Contract, ContractLine, EventKind, Service
from quacan.centre.contracts.refusals import LineWrong, VatUnknown
from quacan.centre.contracts.rules import DECISION_RULES, MEASURED, LineDraft
from quacan.centre.instruments import catalogue
from quacan.centre.organisation.models import Unit
from quacan.centre.parties.models import Party
from quacan.centre.parties.queries import current

_DEAREST = 10**12


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """What a customer asks for; without *vat_percent* the rate of the day it was received, prices before VAT."""

    party: Party
    title: str
    received_on: date
    lines: Sequence[LineDraft]
    unit: Unit | None = None
    due_on: date | None = None
    vat_percent: Decimal | None = None
    decision_rule: str = "simple_acceptance"
    note: str = ""


def fill(contract: Contract, draft: ContractDraft) -> None:
    """This will write the head of a draft into its contract, refusing what cannot be kept."""
    contract.title = text(draft.title)
    if not contract.title:
        raise FieldMissing(field=_("Nội dung hợp đồng"))
    if len(contract.title) > 250:
        raise FieldWrong(field=_("Nội dung hợp đồng"), why=_("dài quá 250 ký tự"))
    if draft.unit is not None and draft.unit.organisation_id != contract.organisation_id:
        raise FieldWrong(field=_("Phòng, tổ thực hiện"), why=_("thuộc cơ quan khác"))
    if draft.decision_rule not in DECISION_RULES:
        raise FieldWrong(field=_("Quy tắc ra quyết định"), why=_("không có quy tắc này"))
    if draft.due_on is not None:
        in_order(_("Ngày nhận"), draft.received_on, _("Hạn hoàn thành"), draft.due_on)
    contract.party, contract.unit = current(draft.party), draft.unit
    contract.received_on, contract.due_on = draft.received_on, draft.due_on
    contract.vat_percent = checked_vat(draft.vat_percent, draft.received_on)
    contract.decision_rule, contract.note = draft.decision_rule, draft.note.strip()
    derive(contract)


def checked_lines(lines: Sequence[LineDraft]) -> list[LineDraft]:
    """This will check the lines of a draft and name those without words of their own by their kind."""
    if not lines:
        raise FieldMissing(field=_("Nội dung công việc (ít nhất một dòng)"))
    return [_checked(line, row) for row, line in enumerate(lines, start=1)]


def _checked(line: LineDraft, row: int) -> LineDraft:
    if line.service not in Service.values:
        raise LineWrong(row=row, why=_("không có dịch vụ “{service}”").format(service=line.service))
    if line.event not in EventKind.values:
        raise LineWrong(row=row, why=_("không có chế độ “{event}”").format(event=line.event))
    if isinstance(line.quantity, bool) or not 1 <= line.quantity <= 1_000_000:
        raise LineWrong(row=row, why=_("số lượng phải là số nguyên từ 1"))
    if isinstance(line.unit_price, bool) or not 0 <= line.unit_price <= _DEAREST:
        raise LineWrong(row=row, why=_("đơn giá phải là số đồng nguyên, không âm"))
    kind_name = _kind_name(line, row)
    description = text(line.description) or kind_name
    if not description or len(description) > 250:
        raise LineWrong(row=row, why=_("mô tả trống hoặc dài quá 250 ký tự"))
    return replace(line, description=description)


def _kind_name(line: LineDraft, row: int) -> str:
    if not line.kind_code:
        if line.service in MEASURED:
            raise LineWrong(row=row, why=_("chưa chọn loại phương tiện đo"))
        return ""
    try:
        return catalogue.kind(line.kind_code).name.vi
    except LookupError as error:
        raise LineWrong(
            row=row, why=_("danh mục không có loại “{code}”").format(code=line.kind_code)
        ) from error


def checked_vat(percent: Decimal | None, on: date) -> Decimal:
    """This will keep the rate that was given (one decimal at most), or take the rate of the day."""
    if percent is None:
        try:
            return vat_rate(on).percent
        except TaxUnknown as error:
            raise VatUnknown(on=on) from error
    percent = Decimal(percent)
    if not 0 <= percent <= 100 or percent != percent.quantize(Decimal("0.1")):
        raise FieldWrong(field=_("Thuế suất"), why=_("từ 0 đến 100, một chữ số thập phân"))
    return percent


def write_lines(contract: Contract, drafts: Iterable[LineDraft]) -> list[ContractLine]:
    """This will store the lines in their order."""
    return ContractLine.objects.bulk_create(
        ContractLine(
            contract=contract,
            ordinal=ordinal,
            service=draft.service,
            kind_code=draft.kind_code,
            description=draft.description,
            quantity=draft.quantity,
            unit_price=draft.unit_price,
            event=draft.event,
        )
        for ordinal, draft in enumerate(drafts, start=1)
    )


def plain_lines(lines: Iterable[ContractLine]) -> list[dict[str, Any]]:
    """This will describe lines for the audit."""
    return [
        {
            "ordinal": line.ordinal,
            "service": line.service,
            "kind_code": line.kind_code,
            "description": line.description,
            "quantity": line.quantity,
            "unit_price": line.unit_price,
            "event": line.event,
        }
        for line in lines
    ]


def derive(contract: Contract) -> None:
    """This will renew the text a contract is found by."""
    contract.folded = fold(f"{contract.number} {contract.title} {contract.party.name}")[:600]


def text(value: str) -> str:
    """This will tidy typed text: composed letters, single spaces."""
    return " ".join(nfc(value).split())
