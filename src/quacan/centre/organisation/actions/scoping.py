"""Enter what an organisation is designated and accredited for, add lines, end them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action, image
from quacan.centre.base.refusals import FieldMissing, FieldWrong
from quacan.centre.organisation.models import Organisation, Scope, ScopeLine
from quacan.centre.organisation.moves import END, NARROW, WIDEN
from quacan.centre.organisation.refusals import ScopeEnded, ScopeEntered, ScopeWrong
from quacan.centre.organisation.rules import CmcRefused, absolute_part, bound, relative_part
from quacan.metrology.units import UnitRefused, convertible, unit_named


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line of a scope as it was typed or pasted; numbers stay the text they were typed as."""

    service: str
    kind_codes: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    quantity: str = ""
    range_from: str = ""
    range_to: str = ""
    unit: str = ""
    class_text: str = ""
    cmc_absolute: str = ""
    cmc_relative: str = ""


@action("scope.manage")
def enter_scope(
    act: Act,
    organisation: Organisation,
    *,
    kind: str,
    number: str,
    authority: str,
    decided_on: date,
    valid_from: date,
    valid_to: date | None = None,
    decision: str = "",
    note: str = "",
    lines: Sequence[NewLine] = (),
) -> Scope:
    """This will enter a decision of designation or accreditation with its lines.

    The first designation a house enters ends what was carried over for it. Raises ScopeEntered for a number and
    beginning already entered, ScopeWrong for a line, FieldMissing and FieldWrong for the rest.
    """
    act.require(organisation)
    number, authority = number.strip(), authority.strip()
    if kind not in Scope.Kind.values:
        raise FieldWrong(field=_("Loại"), why=_("chỉ định hoặc công nhận"))
    if not number:
        raise FieldMissing(field=_("Số"))
    if not authority:
        raise FieldMissing(field=_("Cơ quan quyết định"))
    if valid_to is not None and valid_to < valid_from:
        raise FieldWrong(field=_("Đến hết ngày"), why=_("trước ngày có hiệu lực"))
    if decided_on > act.on:
        raise FieldWrong(field=_("Ngày quyết định"), why=_("sau hôm nay"))
    if Scope.objects.filter(
        organisation=organisation, kind=kind, number=number, valid_from=valid_from
    ).exists():
        raise ScopeEntered(number=number)
    scope = Scope.objects.create(
        organisation=organisation,
        kind=kind,
        number=number,
        decision=decision.strip(),
        authority=authority,
        decided_on=decided_on,
        valid_from=valid_from,
        valid_to=valid_to,
        note=note.strip(),
    )
    act.created(scope)
    _write_lines(act, scope, lines, valid_from=valid_from)
    if kind == Scope.Kind.DESIGNATION:
        _end_carried_over(act, organisation, valid_from)
    return scope


def _end_carried_over(act: Act, organisation: Organisation, valid_from: date) -> None:
    carried = Scope.objects.filter(
        organisation=organisation, carried_over=True, kind=Scope.Kind.DESIGNATION, valid_to__gte=valid_from
    )
    for scope in carried:
        before = image(scope)
        scope.valid_to = max(scope.valid_from, valid_from - timedelta(days=1))
        scope.save(update_fields=["valid_to"])
        act.changed(scope, before)


@action(WIDEN)
def add_scope_lines(act: Act, scope: Scope, *, lines: Sequence[NewLine], valid_from: date) -> Scope:
    """The scope has more lines from a day on (an extension keeps the end of the decision)."""
    _refuse_ended(scope, valid_from)
    if valid_from < scope.valid_from:
        raise FieldWrong(field=_("Từ ngày"), why=_("trước ngày phạm vi có hiệu lực"))
    if not lines:
        raise FieldMissing(field=_("Bảng phạm vi"))
    _write_lines(act, scope, lines, valid_from=valid_from)
    return scope


@action(END)
def end_scope(act: Act, scope: Scope, *, last_on: date) -> Scope:
    """The scope ends on a day (withdrawn, suspended, replaced)."""
    _refuse_ended(scope, last_on)
    act.moved(scope, valid_to=max(last_on, scope.valid_from))
    return scope


@action(NARROW)
def end_scope_line(act: Act, line: ScopeLine, *, last_on: date) -> ScopeLine:
    """One line is out of its scope after a day: the scope is narrowed."""
    if line.valid_to is not None and line.valid_to < last_on:
        raise ScopeEnded(number=line.scope.number, day=f"{line.valid_to:%d/%m/%Y}")
    act.moved(line, valid_to=max(last_on, line.valid_from))
    return line


def _refuse_ended(scope: Scope, on: date) -> None:
    if scope.valid_to is not None and scope.valid_to < on:
        raise ScopeEnded(number=scope.number, day=f"{scope.valid_to:%d/%m/%Y}")


def _write_lines(act: Act, scope: Scope, lines: Sequence[NewLine], *, valid_from: date) -> None:
    for position, line in enumerate(lines, start=1):
        why = line_fault(scope.kind, line)
        if why:
            raise ScopeWrong(row=position, why=why)
        given = asdict(line) | {"kind_codes": list(line.kind_codes), "procedures": list(line.procedures)}
        act.created(ScopeLine.objects.create(scope=scope, valid_from=valid_from, **given))


def line_fault(kind: str, line: NewLine) -> str:
    """This will say why a line cannot stand in a scope of this kind; '' when it can."""
    if line.service not in ScopeLine.Service.values:
        return _("dịch vụ phải là kiểm định, hiệu chuẩn hoặc thử nghiệm")
    if not line.kind_codes and not line.procedures:
        return _("chưa ghi loại phương tiện đo hoặc quy trình nào")
    if line.service == "calibration" and kind == Scope.Kind.ACCREDITATION:
        if not line.procedures:
            return _("công nhận hiệu chuẩn phải ghi mã quy trình")
        if not line.cmc_absolute and not line.cmc_relative:
            return _("công nhận hiệu chuẩn phải ghi khả năng đo và hiệu chuẩn (CMC)")
    return _number_fault(line)


def _number_fault(line: NewLine) -> str:
    try:
        low, high = bound(line.range_from), bound(line.range_to)
        _value, unit = absolute_part(line.cmc_absolute)
        relative_part(line.cmc_relative)
    except CmcRefused as error:
        return str(error)
    if (low is not None or high is not None or line.cmc_absolute) and not line.unit:
        return _("chưa ghi đơn vị của phạm vi")
    if not _is_unit(line.unit):
        return _("đơn vị “{unit}” không có trong bảng đơn vị").format(unit=line.unit)
    if low is not None and high is not None and low > high:
        return _("giới hạn dưới lớn hơn giới hạn trên")
    if unit and not convertible(unit, line.unit):
        return _("đơn vị của CMC và của phạm vi không cùng đại lượng")
    return ""


def _is_unit(name: str) -> bool:
    try:
        return not name or bool(unit_named(name))
    except UnitRefused:
        return False
