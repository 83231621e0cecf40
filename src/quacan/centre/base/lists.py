"""Long lists: search, filters, sorting and keyset pages, all kept in the address.

A page is asked for by the row it starts after (or ends before), never by an offset, and nothing counts the whole
list; so page 19 000 costs what page 1 costs. Rows added meanwhile neither repeat nor hide another row.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Generic, Literal, TypeVar, cast

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.utils.translation import gettext as _

from quacan.centre.base.language.folding import fold
from quacan.centre.base.refusals import FieldWrong, Words

M = TypeVar("M", bound=Model)
R = TypeVar("R")
S = TypeVar("S")

CURSOR: Final = "at"
SORT: Final = "sort"
SEARCH: Final = "q"
OTHER_QUESTIONS: Final = frozenset({CURSOR, SORT, "export"})

CellKind = Literal["text", "number", "money", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its key in the address, its header, its exported value, the field it is ordered by.

    *order* is one stored field (also across a relation, ``party__folded``); empty where the list cannot be
    sorted by the column.
    """

    key: str
    label: Words
    value: Callable[[Any], object]
    order: str = ""
    kind: CellKind = "text"


@dataclass(frozen=True, slots=True)
class ChoiceFilter:
    """A filter that keeps rows whose *lookup* equals the chosen value, or that meet what it says of the value."""

    key: str
    label: Words
    lookup: str | Callable[[Any], Q]
    choices: Sequence[tuple[Any, Words]]
    kind: Literal["choice"] = "choice"

    def condition(self, value: str) -> Q:
        known = {str(choice): choice for choice, _label in self.choices}
        if value not in known:
            raise FieldWrong(field=self.label, why=_("không có lựa chọn “{value}”").format(value=value))
        return self.lookup(known[value]) if callable(self.lookup) else Q(**{self.lookup: known[value]})


@dataclass(frozen=True, slots=True)
class DayFilter:
    """A filter that compares a day, *lookup* such as ``received_on__gte``."""

    key: str
    label: Words
    lookup: str
    kind: Literal["day"] = "day"

    def condition(self, value: str) -> Q:
        try:
            return Q(**{self.lookup: date.fromisoformat(value)})
        except ValueError as error:
            raise FieldWrong(field=self.label, why=_("ngày phải có dạng 2026-11-20")) from error


@dataclass(frozen=True, slots=True)
class FlagFilter:
    """A filter that is on or off: when on, rows must meet *needs*."""

    key: str
    label: Words
    needs: Q
    kind: Literal["flag"] = "flag"

    def condition(self, value: str) -> Q:
        if value != "1":
            raise FieldWrong(field=self.label, why=_("chỉ nhận giá trị 1"))
        return self.needs


@dataclass(frozen=True, slots=True)
class TextFilter:
    """A filter that compares typed text, *lookup* such as ``actor__iexact``."""

    key: str
    label: Words
    lookup: str
    kind: Literal["text"] = "text"

    def condition(self, value: str) -> Q:
        return Q(**{self.lookup: value})


Filter = ChoiceFilter | DayFilter | FlagFilter | TextFilter


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list offers: columns, the order it starts with (``-`` for descending), filters, search, page size.

    *search* is the folded column that is searched, empty where there is none; *name* names exported files.
    """

    columns: tuple[Column, ...]
    sort: str
    filters: tuple[Filter, ...] = ()
    search: str = "folded"
    size: int = 50
    name: str = "danh-sach"
    tie: str = "pk"

    def column(self, key: str) -> Column:
        """This will give a column by its key; a key that is none, or not sortable, is refused."""
        for column in self.columns:
            if column.key == key and column.order:
                return column
        raise FieldWrong(field=_("Sắp xếp"), why=_("không sắp theo “{key}” được").format(key=key))


@dataclass(frozen=True, slots=True)
class FilterState:
    """A filter as the page shows it: what is offered and what is chosen."""

    key: str
    label: Words
    kind: str
    value: str
    choices: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[R]):
    """One page of a list and the way to its neighbours (``before`` and ``after`` are '' where there is none)."""

    rows: tuple[R, ...]
    before: str
    after: str
    sorted_by: str
    descending: bool
    sort_text: str
    asked: str
    filters: tuple[FilterState, ...]
    searchable: bool = True
    exports: bool = True
    cursor_name: str = CURSOR

    @property
    def filtered(self) -> bool:
        """This will say whether anything narrows the list, so an empty page can say which of two reasons it has."""
        return bool(self.asked) or any(state.value for state in self.filters)

    def of(self, shape: Callable[[R], S]) -> "KeysetPage[S]":
        """This will give the same page with every row turned into what the screen shows."""
        page: Any = self
        return cast("KeysetPage[S]", replace(page, rows=tuple(shape(row) for row in self.rows)))


def narrowed(rows: QuerySet[M], listing: Listing, questions: Mapping[str, str]) -> QuerySet[M]:
    """This will keep the rows that match the search and the filters asked for in the address."""
    for word in fold(_text(questions, SEARCH)).split() if listing.search else ():
        rows = rows.filter(**{f"{listing.search}__contains": word})
    for one in listing.filters:
        if value := _text(questions, one.key):
            rows = rows.filter(one.condition(value))
    return rows


def ordered(rows: QuerySet[M], listing: Listing, questions: Mapping[str, str]) -> QuerySet[M]:
    """This will put the matching rows in the order asked for, the whole list without pages (for exports)."""
    order = _order(rows.model, listing, questions)
    return narrowed(rows, listing, questions).order_by(*order.clauses(reverse=False))


def paginate(rows: QuerySet[M], listing: Listing, questions: Mapping[str, str]) -> KeysetPage[M]:
    """This will give the page the address asks for; *questions* is ``request.GET``.

    Raises FieldWrong for a sort, a filter value or a place in the list that cannot be.
    """
    order = _order(rows.model, listing, questions)
    matching = narrowed(rows, listing, questions)
    token = _text(questions, CURSOR)
    backward, place = _read_place(token, order) if token else (False, None)
    found = _slice(matching, order, listing.size, place=place, backward=backward)
    if (
        backward and len(found) <= listing.size
    ):  # the start is near: fill the first page instead of a short one
        backward, place = False, None
        found = _slice(matching, order, listing.size, place=None, backward=False)
    more = len(found) > listing.size
    shown = found[: listing.size][::-1] if backward else found[: listing.size]
    has_before = bool(shown) and (more if backward else place is not None)
    has_after = bool(shown) and (True if backward else more)
    return KeysetPage(
        rows=tuple(shown),
        before=_place_text(shown[0], order, backward=True) if has_before else "",
        after=_place_text(shown[-1], order, backward=False) if has_after else "",
        sorted_by=order.column.key,
        descending=order.descending,
        sort_text=_text(questions, SORT),
        asked=_text(questions, SEARCH) if listing.search else "",
        filters=tuple(_state(one, _text(questions, one.key)) for one in listing.filters),
        searchable=bool(listing.search),
    )


def _text(questions: Mapping[str, str], key: str) -> str:
    return str(questions.get(key) or "").strip()


def _state(one: Filter, value: str) -> FilterState:
    choices = one.choices if isinstance(one, ChoiceFilter) else ()
    shown = tuple((str(choice), label) for choice, label in choices)
    return FilterState(one.key, one.label, one.kind, value, shown)


@dataclass(frozen=True, slots=True)
class _Order:
    """One total order: a column, then the key of the row; empty values come last in both directions."""

    column: Column
    field: "Field[Any, Any]"
    nullable: bool
    descending: bool
    tie: str

    @property
    def text(self) -> str:
        return f"{'-' if self.descending else ''}{self.column.key}"

    def clauses(self, *, reverse: bool) -> list[Any]:
        down = self.descending != reverse
        first, tie = F(self.column.order), F(self.tie)
        if not self.nullable:
            return [first.desc(), tie.desc()] if down else [first.asc(), tie.asc()]
        nulls: dict[str, Any] = {"nulls_first": True} if reverse else {"nulls_last": True}
        return [first.desc(**nulls), tie.desc()] if down else [first.asc(**nulls), tie.asc()]

    def beyond(self, place: tuple[Any, Any], *, backward: bool) -> Q:
        """The rows on the far side of a place."""
        value, key = place
        name, sign = self.column.order, "lt" if self.descending != backward else "gt"
        behind = Q(**{f"{self.tie}__{sign}": key})
        if value is None:
            same = Q(**{f"{name}__isnull": True}) & behind
            return same | Q(**{f"{name}__isnull": False}) if backward else same
        near = Q(**{f"{name}__{sign}e": value}) & (Q(**{f"{name}__{sign}": value}) | behind)
        return near | Q(**{f"{name}__isnull": True}) if self.nullable and not backward else near


def _order(model: type[Model], listing: Listing, questions: Mapping[str, str]) -> _Order:
    wanted = _text(questions, SORT) or listing.sort
    column = listing.column(wanted.removeprefix("-"))
    field, nullable = _field(model, column.order)
    return _Order(column, field, nullable, wanted.startswith("-"), listing.tie)


def _field(model: type[Model], path: str) -> "tuple[Field[Any, Any], bool]":
    """The stored field at the end of a path, and whether anything on the way may be empty."""
    nullable, found = False, None
    for name in path.split("__"):
        found = model._meta.pk if name == "pk" else model._meta.get_field(name)
        nullable = nullable or bool(getattr(found, "null", False))
        if getattr(found, "related_model", None):
            model = found.related_model  # type: ignore[assignment]
    if not isinstance(found, Field):
        raise FieldDoesNotExist(path)
    return found, nullable


def _slice(
    rows: QuerySet[M], order: _Order, size: int, *, place: tuple[Any, Any] | None, backward: bool
) -> list[M]:
    if place is not None:
        rows = rows.filter(order.beyond(place, backward=backward))
    return list(rows.order_by(*order.clauses(reverse=backward))[: size + 1])


def _place_text(row: Model, order: _Order, *, backward: bool) -> str:
    value: Any = row
    for name in order.column.order.split("__"):
        value = None if value is None else getattr(value, name)
    if isinstance(value, (date, datetime)):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    key: Any = row
    for name in order.tie.split("__"):
        key = getattr(key, name)
    raw = json.dumps(["b" if backward else "a", order.text, value, str(key)], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _read_place(token: str, order: _Order) -> tuple[bool, tuple[Any, Any]]:
    wrong = FieldWrong(field=_("Trang"), why=_("liên kết trang không thuộc danh sách này"))
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        side, sort, value, key = json.loads(raw)
        if side not in {"a", "b"} or sort != order.text:
            raise wrong
        return side == "b", (None if value is None else order.field.to_python(value), int(key))
    except (ValueError, TypeError, binascii.Error, ValidationError) as error:
        raise wrong from error
