"""Keyset pages visit every row once, whichever way one walks; filters and sorts stay inside what is offered."""

import io
from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from python_calamine import load_workbook

from quacan.centre.base.exporting import exported
from quacan.centre.base.lists import (
    ChoiceFilter,
    Column,
    DayFilter,
    FlagFilter,
    Listing,
    TextFilter,
    paginate,
)
from quacan.centre.base.models import FollowUp
from quacan.centre.base.refusals import FieldWrong

DAY = date(2022, 4, 14)
COLUMNS = (
    Column("title", "Việc", lambda row: row.title, order="title"),
    Column("due", "Hạn", lambda row: row.due_on, order="due_on", kind="day"),
    Column("done", "Xong", lambda row: row.done_at, order="done_at"),
    Column("owner", "Người làm", lambda row: row.owner),
)


def listing(**changes):
    values = {"columns": COLUMNS, "sort": "due", "search": "owner", "size": 3, "name": "viec"}
    return Listing(**{**values, **changes})


def make(title, *, due=0, done=None, owner="an", state="open"):
    return FollowUp(
        book="TT",
        kind="task",
        title=title,
        owner=owner,
        asked_by="dung",
        asked_on=DAY,
        due_on=DAY + timedelta(days=due),
        state=state,
        done_at=None if done is None else f"2022-04-{done:02}T02:00:00+00:00",
    )


def walk(rows, offered, *, sort):
    """Every page forward from the start, then every page back from the end."""
    page = paginate(rows, offered, {"sort": sort})
    forward = [page]
    while page.after:
        page = paginate(rows, offered, {"sort": sort, "at": page.after})
        forward.append(page)
    back = [page]
    while page.before:
        page = paginate(rows, offered, {"sort": sort, "at": page.before})
        back.append(page)
    return forward, back


class TestWalking(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        data=st.lists(
            st.tuples(st.sampled_from("abc"), st.integers(0, 4), st.none() | st.integers(1, 4)), max_size=23
        ),
        size=st.integers(1, 7),
        sort=st.sampled_from(["title", "-title", "due", "-due", "done", "-done"]),
    )
    def test_every_row_is_visited_once_in_order_both_ways(self, data, size, sort):
        FollowUp.objects.bulk_create(make(t, due=due, done=done) for t, due, done in data)
        offered = listing(size=size)
        forward, back = walk(FollowUp.objects.all(), offered, sort=sort)
        seen = [row.pk for page in forward for row in page.rows]
        assert sorted(seen) == sorted(FollowUp.objects.values_list("pk", flat=True))
        assert all(len(page.rows) <= size for page in forward + back)
        assert [page.rows for page in forward[:-1]] == [p.rows for p in forward[:-1] if len(p.rows) == size]
        visited = {row.pk for page in back for row in page.rows}
        assert visited == set(seen)
        assert [row.pk for row in back[-1].rows] == [row.pk for row in forward[0].rows]
        order = {"title": "title", "due": "due_on", "done": "done_at"}[sort.removeprefix("-")]
        values = [getattr(row, order) for page in forward for row in page.rows]
        known = [v for v in values if v is not None]
        assert known == sorted(known, reverse=sort.startswith("-"))
        assert values[len(known) :] == [None] * (len(values) - len(known))


@pytest.mark.django_db
def test_a_row_added_before_the_page_neither_repeats_nor_hides_one():
    FollowUp.objects.bulk_create(make(f"việc {i}", due=i) for i in range(1, 7))
    first = paginate(FollowUp.objects.all(), listing(), {})
    make("chen vào", due=0).save()
    second = paginate(FollowUp.objects.all(), listing(), {"at": first.after})
    assert [row.title for row in second.rows] == ["việc 4", "việc 5", "việc 6"]


@pytest.mark.django_db
def test_going_back_near_the_start_fills_the_first_page():
    FollowUp.objects.bulk_create(make(f"việc {i}", due=i) for i in range(1, 6))
    first = paginate(FollowUp.objects.all(), listing(), {})
    second = paginate(FollowUp.objects.all(), listing(), {"at": first.after})
    make("chen vào", due=0).save()
    back = paginate(FollowUp.objects.all(), listing(), {"at": second.before})
    assert [row.title for row in back.rows] == ["việc 1", "việc 2", "việc 3"]
    start = paginate(FollowUp.objects.all(), listing(), {"at": back.before})
    assert [row.title for row in start.rows] == ["chen vào", "việc 1", "việc 2"]
    assert start.before == ""


@pytest.mark.django_db
def test_search_folds_and_filters_combine():
    make("a", owner="do luong an").save()
    make("b", owner="do luong binh", state="done").save()
    make("c", owner="khac", due=9).save()
    filters = (
        ChoiceFilter("state", "Trạng thái", "state", FollowUp.State.choices),
        DayFilter("until", "Hạn đến", "due_on__lte"),
        FlagFilter("open", "Chưa làm", Q(state="open")),
        TextFilter("title", "Việc", "title__iexact"),
    )
    offered = listing(filters=filters)

    def titles(**questions):
        return [row.title for row in paginate(FollowUp.objects.all(), offered, questions).rows]

    assert titles(q="Đo LƯỜNG") == ["a", "b"]
    assert titles(q="đo lường", state="done") == ["b"]
    assert titles(until="2022-04-20") == ["a", "b"]
    assert titles(open="1") == ["a", "c"]
    assert titles(title="B") == ["b"]
    page = paginate(FollowUp.objects.all(), offered, {"state": "done"})
    assert page.filtered
    assert [state.value for state in page.filters] == ["done", "", "", ""]
    assert not paginate(FollowUp.objects.all(), offered, {}).filtered


@pytest.mark.django_db
@pytest.mark.parametrize(
    "questions",
    [
        {"sort": "password"},
        {"sort": "owner"},
        {"at": "không phải"},
        {"at": "WyJhIiwiZHVlIiwiMjAyMi0wNC0xNCIsIngiXQ"},
        {"at": "WyJhIiwidGl0bGUiLCJhIiwiMSJd"},
        {"state": "lạ"},
        {"until": "hôm qua"},
        {"flag": "2"},
    ],
)
def test_what_is_not_offered_is_refused(questions):
    offered = listing(
        filters=(
            ChoiceFilter("state", "Trạng thái", "state", FollowUp.State.choices),
            DayFilter("until", "Hạn đến", "due_on__lte"),
            FlagFilter("flag", "Chưa làm", Q(state="open")),
        )
    )
    with pytest.raises(FieldWrong):
        paginate(FollowUp.objects.all(), offered, questions)


@pytest.mark.django_db
def test_pages_cost_no_offset_and_no_count(django_assert_num_queries):
    FollowUp.objects.bulk_create(make(f"việc {i}", due=i) for i in range(9))
    first = paginate(FollowUp.objects.all(), listing(), {})
    with django_assert_num_queries(1) as seen:
        paginate(FollowUp.objects.all(), listing(), {"at": first.after})
    sql = seen.captured_queries[0]["sql"].upper()
    assert "OFFSET" not in sql
    assert "COUNT" not in sql


def ask(**questions):
    query = QueryDict(mutable=True)
    query.update(questions)
    return RequestFactory().get(f"/?{query.urlencode()}")


@pytest.mark.django_db
def test_csv_holds_every_matching_row_and_runs_no_formula():
    FollowUp.objects.bulk_create(make(f"việc {i}", due=i) for i in range(5))
    make("=1+1", due=9).save()
    make("ẩn", owner="khac").save()
    response = exported(ask(export="csv", q="an", sort="-due"), FollowUp.objects.all(), listing(), on=DAY)
    text = b"".join(response.streaming_content).decode()
    lines = text.lstrip("\ufeff").strip().split("\r\n")
    assert text.startswith("\ufeff")
    assert lines[0] == "Việc;Hạn;Xong;Người làm"
    assert lines[1] == "'=1+1;23/04/2022;;an"
    assert len(lines) == 7
    assert 'filename="viec-20220414.csv"' in response["Content-Disposition"]


@pytest.mark.django_db
def test_xlsx_keeps_days_as_days_and_text_as_text():
    make("=1+1", due=9).save()
    response = exported(ask(export="xlsx"), FollowUp.objects.all(), listing(), on=DAY)
    rows = load_workbook(io.BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
    response.close()
    assert rows[0] == ["Việc", "Hạn", "Xong", "Người làm"]
    assert rows[1][0] == "=1+1"
    assert rows[1][1] == date(2022, 4, 23)


@pytest.mark.django_db
def test_an_unknown_file_kind_is_refused_and_a_page_is_no_file():
    assert exported(ask(), FollowUp.objects.all(), listing(), on=DAY) is None
    with pytest.raises(FieldWrong):
        exported(ask(export="exe"), FollowUp.objects.all(), listing(), on=DAY)
