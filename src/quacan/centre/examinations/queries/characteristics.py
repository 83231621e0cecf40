"""What the register says of an instrument now, beside what its worksheet was frozen with."""

from collections.abc import Mapping
from dataclasses import dataclass

from quacan.centre.base.chain import canonical
from quacan.centre.base.language.texts import is_english
from quacan.centre.examinations.models import Examination
from quacan.centre.examinations.rules import said
from quacan.centre.instruments.library import frozen, laid_out
from quacan.metrology.procedure import SheetLayout


@dataclass(frozen=True, slots=True)
class Difference:
    """One characteristic: its name, as the worksheet has it, as the register has it now."""

    label: str
    frozen: str
    register: str


def differing_characteristics(sheet: Examination) -> tuple[Difference, ...]:
    """The characteristics that were corrected in the register since the worksheet was frozen with them."""
    before, after = sheet.characteristics, sheet.subject.characteristics
    if before == after:
        return ()
    procedure, _limits = frozen(sheet.procedure_text, sheet.limits_text)
    labels = {one.key: said(one.label, english=is_english()) for one in procedure.characteristics}
    return tuple(
        Difference(labels[key], str(before.get(key, "")), str(after.get(key, "")))
        for key in labels
        if str(before.get(key, "")) != str(after.get(key, ""))
    )


def layout_with(sheet: Examination, characteristics: Mapping[str, object]) -> SheetLayout:
    """The layout the worksheet would have for an instrument with these characteristics."""
    return laid_out(
        sheet.procedure_text,
        sheet.limits_text,
        characteristics=canonical(characteristics),
        event=sheet.terms.event,
    )
