"""Signs a checker may look at: each with its evidence, none of them a conclusion (gợi ý, không phải kết luận).

The thresholds are conventions of this house. They are chosen so that ordinary work raises nothing: indications of
a digital instrument repeat by nature, and a coarse scale shows only some last digits.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

FEWEST_REPEATS: Final = 5
FEWEST_DIGITS: Final = 20
CHI_SQUARED_9_AT_999: Final = 27.877  # the 0.999 quantile of chi squared with 9 degrees of freedom
FEWEST_TELLING: Final = 5
FEWEST_TIMED: Final = 20
FASTEST: Final = timedelta(seconds=1)
SHORTEST_TRAVEL: Final = timedelta(minutes=10)
FARTHEST_PHOTO: Final = timedelta(days=1)  # a camera's clock may stand in another time zone
COARSE: Final = (frozenset("05"), frozenset("02468"))


@dataclass(frozen=True, slots=True)
class Typed:
    """A reading as typed: its cell, its column, the point it belongs to, the nominal text and the instant."""

    cell: str
    column: str
    point: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sitting:
    """When and where somebody typed a worksheet."""

    number: str
    place: str
    began: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """A condition as typed, and what the logger that gave the others recorded then."""

    label: str
    typed: str
    recorded: str
    point: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Silent:
    """A stretch of the measurement in which the logger of a point recorded nothing."""

    point: str
    began: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class Hint:
    """A sign with its evidence in one sentence."""

    code: str
    title: str
    evidence: str


def hints(
    readings: Sequence[Typed],
    *,
    earlier: Mapping[str, Mapping[str, str]],
    sitting: Sitting | None,
    others: Iterable[Sitting],
) -> list[Hint]:
    """This will gather every sign: *earlier* are the cells of worksheets of the same performer and procedure by
    number, *others* the same performer's sittings near this one.
    """
    found = [*identical_series(readings), *preferred_digits(readings)]
    found += copied_from(readings, earlier)
    found += too_fast(readings)
    if sitting is not None:
        found += impossible_pace(sitting, others)
    return found


def identical_series(readings: Sequence[Typed]) -> list[Hint]:
    """This will name the points whose repeats agree to the last digit in every column that was typed."""
    points: dict[str, dict[str, list[str]]] = {}
    for one in readings:
        if one.point:
            points.setdefault(one.point, {}).setdefault(one.column, []).append(one.text)
    found = []
    for point, columns in points.items():
        shortest = min(len(texts) for texts in columns.values())
        if shortest >= FEWEST_REPEATS and all(len(set(texts)) == 1 for texts in columns.values()):
            shown = "; ".join(texts[0] for texts in columns.values())
            evidence = _("{point}: cả {n} lần lặp đều ghi {values}.").format(
                point=point, n=shortest, values=shown
            )
            found.append(Hint("identical", _("Các lần lặp giống hệt nhau"), evidence))
    return found


def preferred_digits(readings: Sequence[Typed]) -> list[Hint]:
    """This will name the columns whose last digits are far from even (chi squared, 9 degrees of freedom, p < 0.001).

    Columns that only ever end in 0 or 5, or in even digits, are read as a coarse scale and left alone.
    """
    columns: dict[str, list[str]] = {}
    for one in readings:
        if one.text[-1:].isascii() and one.text[-1:].isdigit():
            columns.setdefault(one.column, []).append(one.text[-1])
    found = []
    for column, digits in columns.items():
        if len(digits) < FEWEST_DIGITS or any(set(digits) <= coarse for coarse in COARSE):
            continue
        expected = len(digits) / 10
        counted = Counter(digits)
        statistic = sum((counted.get(str(d), 0) - expected) ** 2 / expected for d in range(10))
        if statistic > CHI_SQUARED_9_AT_999:
            digit, times = counted.most_common(1)[0]
            evidence = _("{column}: {times}/{n} số đọc tận cùng bằng {digit}.").format(
                column=column, times=times, n=len(digits), digit=digit
            )
            found.append(Hint("digits", _("Ưa dùng một chữ số cuối"), evidence))
    return found


def copied_from(readings: Sequence[Typed], earlier: Mapping[str, Mapping[str, str]]) -> list[Hint]:
    """This will name the earlier worksheets whose telling cells all agree with these.

    A cell tells something when its text is not the commonest of its column: readings that sit on the nominal or
    repeat one value say nothing about copying.
    """
    mine = {one.cell: one.text for one in readings}
    telling = _telling(readings)
    found = []
    for number, cells in earlier.items():
        theirs = [cell for cell in telling if cell in cells]
        same = [cell for cell in theirs if cells[cell] == mine[cell]]
        if len(theirs) >= FEWEST_TELLING and len(same) == len(theirs):
            evidence = _("{n} số đọc khác thường đều trùng với phiếu {number}.").format(
                n=len(same), number=number
            )
            found.append(Hint("copy", _("Giống một phiếu trước của cùng người"), evidence))
    return found


def _telling(readings: Sequence[Typed]) -> list[str]:
    columns: dict[str, Counter[str]] = {}
    for one in readings:
        columns.setdefault(one.column, Counter())[one.text] += 1
    common = {column: counted.most_common(1)[0][0] for column, counted in columns.items()}
    return [
        one.cell for one in readings if one.text != common[one.column] and columns[one.column].total() > 1
    ]


def too_fast(readings: Sequence[Typed]) -> list[Hint]:
    """This will say when readings were written faster than anybody can read an instrument."""
    if len(readings) < FEWEST_TIMED:
        return []
    instants = sorted(one.at for one in readings)
    span = instants[-1] - instants[0]
    if span >= FASTEST * (len(instants) - 1):
        return []
    evidence = _(
        "{n} số đọc được ghi trong {seconds} giây: có thể là dán từ bảng tính hoặc nhập từ bàn kiểm."
    ).format(n=len(instants), seconds=round(span.total_seconds()))
    return [Hint("fast", _("Ghi nhanh hơn tay người đọc"), evidence)]


def impossible_pace(sitting: Sitting, others: Iterable[Sitting]) -> list[Hint]:
    """This will name the worksheets of the same performer at another place that overlap or follow too soon."""
    found = []
    for other in others:
        if not sitting.place or not other.place or other.place == sitting.place:
            continue
        gap = max(sitting.began, other.began) - min(sitting.ended, other.ended)
        if gap >= SHORTEST_TRAVEL:
            continue
        minutes = max(0, round(gap.total_seconds() / 60))
        evidence = _("Phiếu {number} ghi tại {place}, cách phiếu này {minutes} phút.").format(
            number=other.number, place=other.place, minutes=minutes
        )
        found.append(Hint("pace", _("Hai nơi quá gần nhau về thời gian"), evidence))
    return found


def seals_not_whole(found: Iterable[tuple[str, str]]) -> list[Hint]:
    """This will name the seals that were found broken or missing: pairs of place and what was seen there."""
    seen = "; ".join(f"{position}: {condition}" for position, condition in found)
    return [Hint("seal", _("Niêm phong khi đến không còn nguyên"), f"{seen}.")] if seen else []


def marks_used_twice(marks: Iterable[tuple[str, Sequence[str]]]) -> list[Hint]:
    """This will name the numbered marks that other worksheets carry too."""
    found = []
    for mark, numbers in marks:
        if numbers:
            evidence = _("Số niêm phong {mark} cũng ghi ở phiếu {numbers}.").format(
                mark=mark, numbers=", ".join(numbers)
            )
            found.append(Hint("mark", _("Một số niêm phong dùng hai nơi"), evidence))
    return found


def photos_of_another_day(photos: Iterable[tuple[str, datetime | None]], *, on: date) -> list[Hint]:
    """This will name the photos whose camera gives a day far from the day of measuring."""
    found = []
    for title, taken in photos:
        if taken is not None and abs(taken.date() - on) > FARTHEST_PHOTO:
            evidence = _("{photo}: máy ảnh ghi ngày {taken:%d/%m/%Y}, đo ngày {on:%d/%m/%Y}.").format(
                photo=title, taken=taken, on=on
            )
            found.append(Hint("photo", _("Ảnh chụp khác ngày đo"), evidence))
    return found


def against_logger(typed: Iterable[Compared], silent: Iterable[Silent]) -> list[Hint]:
    """This will name conditions typed otherwise than recorded, and stretches without a record."""
    differ = [
        _("{label}: ghi {typed}, máy ghi ở điểm {point} lúc {at:%H:%M} là {recorded}.").format(
            label=one.label, typed=one.typed, point=one.point, at=one.at, recorded=one.recorded
        )
        for one in typed
    ]
    gone = [
        _("Điểm {point} không có số liệu từ {began:%H:%M} đến {ended:%H:%M}.").format(
            point=one.point, began=one.began, ended=one.ended
        )
        for one in silent
    ]
    titles = (_("Điều kiện khác với máy ghi"), _("Máy ghi ngắt quãng trong khi đo"))
    return [
        *(Hint("logger", titles[0], evidence) for evidence in differ),
        *(Hint("silent", titles[1], evidence) for evidence in gone),
    ]
