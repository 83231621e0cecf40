"""Words of the templates: icons, figures, verdicts, addresses that keep what was asked before."""

import re
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, Final, cast

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from quacan.centre.base.departments import every_moves
from quacan.centre.base.language.dates import format_date, weekday_name
from quacan.centre.base.language.folding import fold
from quacan.centre.base.language.numbers import Language, format_money, format_number, money_short
from quacan.centre.base.language.texts import is_english
from quacan.centre.base.periods import Period, period
from quacan.metrology.quantities import NumberRefused, parse_number

register = template.Library()

VERDICTS: Final = {
    "pass": ("check", gettext_lazy("Đạt"), "pass"),
    "fail": ("x", gettext_lazy("Không đạt"), "fail"),
    "undetermined": ("circle-dashed", gettext_lazy("Chưa đủ căn cứ"), "open"),
}
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
MINUS: Final = "\u2212"


def language() -> Language:
    """This will give the language of the page: vi unless English is active."""
    return "en" if is_english() else "vi"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """This will draw an icon of the sprite; with a label it is read aloud, without it is decoration."""
    place = f"{static('quacan/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, place
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', place)


def number_text(value: object, *, decimals: int | None = None, signed: bool = False) -> str:
    """This will print a number in the reader's language, every digit given kept unless *decimals* rounds.

    A Decimal, an int or the text of a decimal; other text is printed as typed. Raises TypeError for a float.
    """
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value.strip()):
            return value
        value = _decimal(value)
    text = format_number(cast("Decimal | int", value), decimals, lang=language())
    if text.startswith("-"):
        return MINUS + text[1:]
    return f"+{text}" if signed and cast("Decimal | int", value) > 0 else text


@register.filter
def number(value: object) -> str:
    """This will print a bare number as `number_text` does; a dash for none."""
    return "—" if value is None or value == "" else number_text(value)


def _decimal(text: str) -> Decimal:
    try:
        return parse_number(text)
    except NumberRefused as refused:
        raise ValueError(f"Không đọc được số “{text}”.") from refused


@register.simple_tag
def quantity(
    value: object, unit: str = "", href: str = "", decimals: object = "", signed: object = "", title: str = ""
) -> SafeString:
    """This will print a number with its unit, the one way to do so; with *href* the figure opens.

    A missing value is printed as a dash that says so.
    """
    if value is None or value == "":
        return format_html('<span class="quantity missing" title="{}">—</span>', gettext("Chưa có số liệu"))
    text = number_text(
        value, decimals=None if decimals in ("", None) else int(str(decimals)), signed=bool(signed)
    )
    inner = (
        format_html('{}&nbsp;<span class="unit">{}</span>', text, unit) if unit else format_html("{}", text)
    )
    hint = format_html(' title="{}"', title) if title else ""
    if href:
        return format_html('<a class="quantity door" href="{}"{}>{}</a>', href, hint, inner)
    return format_html('<span class="quantity"{}>{}</span>', hint, inner)


@register.simple_tag
def money(value: int | None, short: object = "", href: str = "") -> SafeString:
    """This will print whole đồng; *short* prints tỷ or triệu đồng and keeps the exact amount in the title."""
    if value is None:
        return format_html('<span class="quantity missing" title="{}">—</span>', gettext("Chưa có số liệu"))
    exact = _minus(format_money(value, language()))
    text = _minus(money_short(value, lang=language())) if short else exact
    title = format_html(' title="{}"', exact) if short else ""
    if href:
        return format_html('<a class="quantity door" href="{}"{}>{}</a>', href, title, text)
    return format_html('<span class="quantity"{}>{}</span>', title, text)


def _minus(text: str) -> str:
    return MINUS + text[1:] if text.startswith("-") else text


@register.simple_tag
def verdict(value: object, note: str = "", size: str = "") -> SafeString:
    """This will print a verdict as icon, word and colour; nothing decided yet reads “chưa đủ căn cứ”.

    Takes pass, fail, undetermined, '' or None, or an enumeration of them; raises ValueError for anything else.
    """
    code = str(getattr(value, "value", value) or "undetermined")
    if code not in VERDICTS:
        raise ValueError(f"Không có kết luận “{code}”.")
    sign, word, tone = VERDICTS[code]
    return format_html(
        '<span class="verdict {}{}">{}{}{}</span>',
        tone,
        f" {size}" if size else "",
        icon(sign),
        word,
        format_html(": {}", note) if note else "",
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """This will print a day: 20/11/2026."""
    if value is None:
        return "—"
    return format_date(_local_day(value), language())


@register.filter
def instant(value: datetime | None) -> str:
    """This will print an instant in Vietnamese time: 14:32 20/11/2026."""
    if value is None:
        return "—"
    local = timezone.localtime(value)
    return f"{local:%H:%M} {format_date(local.date(), language())}"


@register.filter
def weekday(value: date) -> str:
    """This will name the weekday of a day, first letter upper case."""
    name = weekday_name(value, language())
    return name[:1].upper() + name[1:]


def _local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.simple_tag
def due(value: date | None, on: date, soon: int = 3) -> SafeString:
    """This will print a due day as seen on a day: late in red with the days, near in amber, else the date."""
    if value is None:
        return format_html('<span class="due">{}</span>', gettext("không có hạn"))
    left = (value - on).days
    if left < 0:
        words, tone = gettext("quá hạn {days} ngày").format(days=-left), "late"
    elif left == 0:
        words, tone = gettext("hạn hôm nay"), "soon"
    elif left <= soon:
        words, tone = gettext("còn {days} ngày").format(days=left), "soon"
    else:
        words, tone = gettext("hạn {day}").format(day=format_date(value, language())), ""
    return format_html(
        '<span class="due {}" title="{}">{}</span>', tone, format_date(value, language()), words
    )


@register.filter
def initials(full_name: str) -> str:
    """This will give the first letters of family and given name: Hoàng Văn An → HA."""
    words = full_name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


@register.filter
def behind(pace: Any, elapsed: Decimal) -> bool:
    """This will say whether a pace lags behind the share of the year that is over."""
    return bool(pace.is_behind(elapsed))


@register.filter
def marked(text: str, asked: str) -> SafeString:
    """This will mark in a text the words asked for, found as the search finds them: without diacritics or case."""
    letters = [(fold(letter), i) for i, letter in enumerate(text)]
    plain = "".join(folded or " " for folded, _i in letters)
    place = [i for folded, i in letters for _sign in folded or " "]
    chosen = set()
    for word in fold(asked).split():
        start = plain.find(word)
        while start >= 0:
            chosen |= set(place[start : start + len(word)])
            start = plain.find(word, start + 1)
    runs = groupby(range(len(text)), key=chosen.__contains__)
    parts = ((hit, "".join(text[i] for i in places)) for hit, places in runs)
    pieces = (format_html("<mark>{}</mark>" if hit else "{}", part) for hit, part in parts)
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.filter
def as_list(value: object) -> list[object]:
    """This will make one sentence a list of one, so a component takes either; nothing gives an empty list."""
    if value is None or value == "":
        return []
    if isinstance(value, (list, tuple, set, frozenset)):
        return [item for item in value if item not in (None, "")]
    return [value]


@register.simple_tag
def fresh_key() -> str:
    """This will make a key for a form, so that sending it twice does nothing the second time."""
    return str(uuid.uuid4())


@register.simple_tag(takes_context=True)
def address(context: Context, name: str = "", value: object = None, **changes: object) -> str:
    """This will give the present address with some of its questions changed; None or '' removes one."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request is not None else QueryDict(mutable=True)
    wanted = {**changes, **({name: value} if name else {})}
    for key, new in wanted.items():
        if new is None or new == "":
            query.pop(key, None)
        else:
            query[key] = str(new)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def period_choices(value: Period | str) -> dict[str, Any]:
    """This will list the periods of the same year beside the one shown, and those before and after it."""
    now = value if isinstance(value, Period) else period(value)
    year = now.year
    return {
        "now": now,
        "title": str(now.title),
        "year": year,
        "before": _neighbour(now, days=-1),
        "after": _neighbour(now, days=1),
        "years": [year - 1, year, year + 1],
        "halves": [(f"{year}-H1", gettext("6 tháng đầu")), (f"{year}-H2", gettext("6 tháng cuối"))],
        "longer": [(f"{year}", gettext("Cả năm")), (f"{year}-9M", gettext("9 tháng"))],
        "quarters": [
            (f"{year}-Q{i}", gettext("Quý {n}").format(n=n))
            for i, n in enumerate(("I", "II", "III", "IV"), 1)
        ],
        "months": [(f"{year}-M{i:02}", gettext("Tháng {n}").format(n=i)) for i in range(1, 13)],
    }


def _neighbour(now: Period, *, days: int) -> str:
    """The code of the period of the same shape just before or after; nine months and a year step by years."""
    shape = now.code[5:6]
    if shape in {"", "9"}:
        return f"{now.year + days:04}{now.code[4:]}"
    near = (now.end if days > 0 else now.start) + timedelta(days=days)
    if shape == "M":
        return f"{near.year:04}-M{near.month:02}"
    return (
        f"{near.year:04}-Q{(near.month - 1) // 3 + 1}"
        if shape == "Q"
        else f"{near.year:04}-H{(near.month - 1) // 6 + 1}"
    )


@register.filter
def tone_of_state(record: Any) -> str:
    """This will give the tone in which a record's state is shown, as its department declared it."""
    label = record._meta.label
    known = next((moves for moves in every_moves() if moves.model == label), None)
    return known.tones.get(known.state(record), "") if known else ""
