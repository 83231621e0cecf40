"""Small shapes that screens hand to components: where a record stands, what happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from django.utils.translation import gettext_lazy

from quacan.centre.base.refusals import Words

Place = Literal["done", "here", "later", "closed", "stopped"]
Tone = Literal["", "pass", "fail", "open", "info"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a strip: done (opens), here, later, closed (will not come) or stopped (ended badly)."""

    label: Words
    state: Place
    href: str = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened: the day or instant, what, who, where it can be opened."""

    at: date | datetime
    title: Words
    text: Words = ""
    by: str = ""
    tone: Tone = ""
    href: str = ""

    @property
    def is_instant(self) -> bool:
        """This will say whether the time of day is known."""
        return isinstance(self.at, datetime)


CORRIDOR: Final[tuple[tuple[str, Words], ...]] = (
    ("contract", gettext_lazy("Hợp đồng")),
    ("order", gettext_lazy("Phiếu việc")),
    ("worksheet", gettext_lazy("Phiếu kiểm định")),
    ("record", gettext_lazy("Biên bản")),
    ("certificate", gettext_lazy("Chứng nhận")),
    ("stamp", gettext_lazy("Tem")),
    ("ledger", gettext_lazy("Sổ nghiệp vụ")),
    ("indicator", gettext_lazy("Chỉ tiêu")),
    ("report", gettext_lazy("Báo cáo")),
)


def corridor(
    here: str,
    *,
    links: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    closed: frozenset[str] = frozenset(),
) -> tuple[Stage, ...]:
    """This will give the strip from contract to report as seen from the station *here*.

    *links* are the stations that exist already and where they open; *labels* name a station by its record
    (“Hợp đồng 41/2026”); *closed* are those that will never come (no certificate after a failure).
    Raises KeyError for a station that is none of CORRIDOR.
    """
    links, labels = links or {}, labels or {}
    known = {key for key, _ in CORRIDOR}
    if unknown := ({here, *links, *labels, *closed} - known):
        raise KeyError(", ".join(sorted(unknown)))
    return tuple(
        Stage(
            label=labels.get(key) or word,
            state=_place(key, here=here, links=links, closed=closed),
            href=links.get(key, ""),
        )
        for key, word in CORRIDOR
    )


def _place(key: str, *, here: str, links: Mapping[str, str], closed: frozenset[str]) -> Place:
    if key == here:
        return "here"
    if key in links:
        return "done"
    return "closed" if key in closed else "later"


def stages_of(
    moves: tuple[tuple[str, Words], ...], *, now: str, stopped: frozenset[str] = frozenset()
) -> tuple[Stage, ...]:
    """This will give the strip of a record's own stages: *moves* in order as (state, label), *now* the present one.

    A state listed in *stopped* (cancelled, void) is shown only when it is the present one.
    """
    states = [state for state, _ in moves if state not in stopped or state == now]
    place = states.index(now) if now in states else -1
    labels = dict(moves)
    return tuple(
        Stage(label=labels[state], state=_stage_place(i, place=place, ended=now in stopped))
        for i, state in enumerate(states)
    )


def _stage_place(i: int, *, place: int, ended: bool) -> Place:
    if i == place:
        return "stopped" if ended else "here"
    return "done" if i < place and not ended else "later"
