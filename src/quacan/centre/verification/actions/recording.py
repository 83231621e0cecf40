"""Write down readings, conditions and standards of a worksheet: append-only, by the performer alone."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from quacan.centre.base.act import Act, action
from quacan.centre.base.refusals import FieldWrong
from quacan.centre.examinations.actions import choose_standard, new_run, write_conditions, write_readings
from quacan.centre.examinations.models import Run
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.verification.models import Worksheet
from quacan.centre.verification.moves import BEGIN_RUN, ENTER, ENTER_CONDITIONS, USE_STANDARD


@action(ENTER)
def enter_readings(act: Act, sheet: Worksheet, *, cells: Mapping[str, str]) -> Worksheet:
    """The worksheet with cells written as typed (empty text withdraws); unchanged ones are left alone."""
    write_readings(act, sheet, cells=cells)
    return sheet


@action(ENTER_CONDITIONS)
def enter_conditions(
    act: Act,
    sheet: Worksheet,
    *,
    values: Mapping[tuple[str, str], str],
    origins: Mapping[tuple[str, str], str] | None = None,
) -> Worksheet:
    """The worksheet with conditions written by (key, moment start|end); an empty text takes one back."""
    write_conditions(act, sheet, values=values, origins=origins)
    return sheet


@action(BEGIN_RUN)
def begin_run(act: Act, sheet: Worksheet, *, kind: str) -> Run:
    """A new series of readings: a repeat, a correction or a withdrawal, with its reason."""
    if kind not in {Run.Kind.REPEAT, Run.Kind.CORRECT, Run.Kind.WITHDRAW}:
        raise FieldWrong(field=_("Loại lượt đo"), why=kind)
    return new_run(act, sheet, kind=kind, reason=act.reason)


@action(USE_STANDARD)
def use_standard(act: Act, sheet: Worksheet, *, need: str, certificate: StandardCertificate) -> Worksheet:
    """The worksheet with a standard chosen for a need; readings typed on its steps are bound to it anew."""
    choose_standard(act, sheet, need=need, certificate=certificate)
    return sheet
