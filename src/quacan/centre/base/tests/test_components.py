"""What the components print: Vietnamese figures, verdicts never by colour alone, reasons beside buttons."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from quacan.centre.base.shapes import Moment, Stage, corridor, stages_of
from quacan.centre.base.templatetags.face import (
    due,
    initials,
    marked,
    money,
    number_text,
    period_choices,
    quantity,
    verdict,
)


def show(source: str, **values: object) -> str:
    """A template as the loader would compile it: components included."""
    from django_cotton.compiler_regex import CottonCompiler

    compiled = CottonCompiler().process("{% load face %}" + source)
    values.setdefault("request", RequestFactory().get("/?q=na+tau&sort=-due"))
    return Template(compiled).render(Context(values))


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.replace("&nbsp;", " "))).strip()


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("1234.5", "1.234,5"),
        ("1234.50", "1.234,50"),
        (Decimal("-0.0125"), "−0,0125"),
        (21340, "21.340"),
        (Decimal("1E+3"), "1.000"),
        ("0", "0"),
        ("III", "III"),
        ("12:30", "12:30"),
    ],
)
def test_quantity_prints_numbers_the_vietnamese_way(value, printed):
    with override("vi"):
        assert text_of(show('<c-quantity :value="v" unit="g" />', v=value)) == f"{printed} g"


def test_quantity_follows_the_language_rounds_and_signs():
    with override("en"):
        assert text_of(quantity("1234.5", "kg")) == "1,234.5 kg"
    with override("vi"):
        assert text_of(quantity("2.345", "", "", 2)) == "2,35"
        assert text_of(quantity("6.0", "g", signed="1")) == "+6,0 g"
        assert text_of(quantity("0", "g", signed="1")) == "0 g"


def test_quantity_without_a_value_says_so_and_refuses_floats():
    with override("vi"):
        assert 'title="Chưa có số liệu"' in quantity(None, "kg")
        assert text_of(quantity("", "kg")) == "—"
    with pytest.raises(TypeError):
        quantity(0.1)


def test_quantity_opens_where_it_has_an_address():
    html = show('<c-quantity value="5" href="/so/?a=1&b=2" />')
    assert '<a class="quantity door" href="/so/?a=1&amp;b=2">5</a>' in html


def test_money_is_whole_dong():
    with override("vi"):
        assert text_of(show('<c-money :value="v" />', v=50_074_800)) == "50.074.800 đồng"
        short = money(8_420_000_000, short=1)
        assert text_of(short) == "8,42 tỷ đồng"
        assert 'title="8.420.000.000 đồng"' in short
        assert text_of(money(-5)) == "−5 đồng"
        assert text_of(money(None)) == "—"
    with pytest.raises(TypeError):
        money(1.5)


@pytest.mark.parametrize(
    ("value", "word", "tone"),
    [
        ("pass", "Đạt", "pass"),
        ("fail", "Không đạt", "fail"),
        ("undetermined", "Chưa đủ căn cứ", "open"),
        ("", "Chưa đủ căn cứ", "open"),
        (None, "Chưa đủ căn cứ", "open"),
    ],
)
def test_verdict_has_icon_and_word(value, word, tone):
    with override("vi"):
        html = show('<c-verdict :value="v" />', v=value)
    assert text_of(html) == word
    assert f'class="verdict {tone}"' in html
    assert "<svg" in html


def test_verdict_refuses_a_word_it_does_not_know():
    with pytest.raises(ValueError, match="maybe"):
        verdict("maybe")


def test_action_that_may_not_be_done_says_why_and_posts_nothing():
    html = show(
        '<c-action label="Lập chứng nhận" post="/x/" :obstacles="why" />',
        why=["Có điểm không đạt.", "Thiếu tem."],
    )
    assert 'aria-disabled="true"' in html
    assert "<form" not in html
    assert "Có điểm không đạt." in html
    assert "Thiếu tem." in html
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    assert f'id="{described[1]}"' in html


def test_action_takes_one_sentence_as_well_as_a_list():
    assert "Chờ ký." in show('<c-action label="Gửi" post="/x/" obstacles="Chờ ký." />')


def test_action_that_may_be_done_is_a_form_with_a_fresh_key():
    first, second = (show('<c-action label="Gửi" post="/x/" kind="go" />', csrf_token="t") for _ in range(2))
    keys = [re.search(r'name="key" value="([^"]+)"', html)[1] for html in (first, second)]
    assert keys[0] != keys[1]
    assert 'name="csrfmiddlewaretoken" value="t"' in first
    assert 'action="/x/"' in first
    assert "aria-disabled" not in first


def test_action_that_needs_a_reason_asks_for_it():
    html = show('<c-action label="Thu hồi" post="/x/" kind="danger" reason="Lý do thu hồi" />')
    assert re.search(r'<textarea[^>]+name="reason"[^>]+required', html)
    assert "Lý do thu hồi" in html


class OneField(forms.Form):
    name = forms.CharField(label="Tên", help_text="Như trên nhãn.")
    note = forms.CharField(label="Ghi chú", required=False)


def test_field_binds_label_help_and_error():
    form = OneField({"name": ""})
    html = show('<c-field :field="form.name" />', form=form)
    assert '<label for="id_name">Tên</label>' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    described = re.search(r'<input[^>]+aria-describedby="([^"]+)"', html)
    assert set(described[1].split()) <= {"id_name_helptext", "id_name_error"}
    with override("vi"):
        assert "(không bắt buộc)" in show('<c-field :field="form.note" />', form=form)


def test_corridor_opens_what_exists_marks_where_one_stands_and_greys_the_rest():
    steps = corridor(
        "worksheet",
        links={"contract": "/hop-dong/1/"},
        labels={"contract": "Hợp đồng 41"},
        closed=frozenset({"stamp"}),
    )
    assert [step.state for step in steps] == [
        "done",
        "later",
        "here",
        "later",
        "later",
        "closed",
        "later",
        "later",
        "later",
    ]
    html = show('<c-corridor :steps="steps" />', steps=steps)
    assert '<a class="stop" href="/hop-dong/1/">Hợp đồng 41</a>' in html
    assert html.count('aria-current="step"') == 1
    assert html.count("<a ") == 1
    with pytest.raises(KeyError):
        corridor("nowhere")
    with pytest.raises(KeyError):
        corridor("contract", links={"nowhere": "/"})


def test_stages_show_a_dead_end_only_when_it_is_reached():
    moves = (("draft", "Dự thảo"), ("signed", "Đã ký"), ("cancelled", "Đã hủy"))
    dead = frozenset({"cancelled"})
    assert [s.state for s in stages_of(moves, now="signed", stopped=dead)] == ["done", "here"]
    ended = stages_of(moves, now="cancelled", stopped=dead)
    assert [s.state for s in ended] == ["later", "later", "stopped"]
    html = show(
        '<c-stage :stages="stages" />',
        stages=[Stage("Đã ký", "done", "/a/"), Stage("Đang đo", "here", note="2 máy")],
    )
    assert 'href="/a/"' in html
    assert "2 máy" in html


@pytest.mark.django_db
def test_timeline_prints_days_and_instants():
    items = [
        Moment(datetime(2026, 11, 20, 7, 32, tzinfo=UTC), "Gửi soát xét", by="kdv.an"),
        Moment(date(2026, 11, 19), "Kiểm định đạt", tone="pass"),
    ]
    with override("vi"):
        html = show('<c-timeline :items="items" />', items=items)
    assert "14:32 20/11/2026" in html
    assert "19/11/2026</time>" in html
    assert 'class="is-pass"' in html


def test_empty_says_what_to_do_next():
    html = show(
        '<c-empty title="Chưa có hợp đồng" text="Ghi cái đầu tiên." href="/hop-dong/moi/" label="Ghi hợp đồng" />'
    )
    assert 'href="/hop-dong/moi/"' in html
    assert "Ghi hợp đồng" in html


def test_panel_puts_its_slots_where_they_belong():
    html = show('<c-panel title="Tên" note="3"><c-slot name="footer">chân</c-slot>thân</c-panel>')
    assert "<h2>Tên</h2>" in html
    assert "<footer>chân</footer>" in html
    assert '<div class="in">thân</div>' in html


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("2022", "2021", "2023"),
        ("2022-H1", "2021-H2", "2022-H2"),
        ("2022-Q1", "2021-Q4", "2022-Q2"),
        ("2022-9M", "2021-9M", "2023-9M"),
        ("2022-M12", "2022-M11", "2023-M01"),
    ],
)
def test_period_knows_its_neighbours_of_the_same_shape(code, before, after):
    choice = period_choices(code)
    assert (choice["before"], choice["after"]) == (before, after)


def test_period_keeps_the_other_questions_of_the_address():
    html = show('<c-period value="2022-H1" />')
    assert "q=na+tau" in html
    assert "period=2022-H2" in html


def test_address_changes_one_question_and_drops_empty_ones():
    assert show("{% address sort='due' q=None %}") == "?sort=due"
    assert show("{% address 'at' 'x' %}") == "?q=na+tau&amp;sort=-due&amp;at=x"


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 11, 18), "quá hạn 2 ngày", "late"),
        (date(2026, 11, 20), "hạn hôm nay", "soon"),
        (date(2026, 11, 22), "còn 2 ngày", "soon"),
        (date(2026, 12, 31), "hạn 31/12/2026", ""),
    ],
)
def test_due_days_are_seen_from_the_day(day, words, tone):
    with override("vi"):
        html = due(day, date(2026, 11, 20))
    assert text_of(html) == words
    assert f'class="due {tone}"' in html


def test_marked_finds_words_without_diacritics_and_escapes():
    assert marked("Xã Nà Tấu <b>", "na tau") == "Xã <mark>Nà</mark> <mark>Tấu</mark> &lt;b&gt;"
    assert marked("Đo lường", "DO LUONG") == "<mark>Đo</mark> <mark>lường</mark>"
    assert marked("abc", "") == "abc"


def test_small_words():
    assert initials("Hoàng Văn An") == "HA"
    assert initials("An") == "A"
    assert number_text("+5") == "5"
    assert number_text("+5", signed=True) == "+5"


@pytest.mark.django_db
def test_the_page_of_components_shows_them_in_both_languages_and_no_inline_style(world, sign_in):
    client = sign_in(world.people["kdv.an"])
    assert client.get("/ui/").status_code == 200
    client.cookies["quacan_language"] = "en"
    html = client.get("/ui/").content.decode()
    assert '<html lang="en"' in html
    assert "Undetermined" in html
    assert " style=" not in html
    assert "<style" not in html
    assert not re.search(r"\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]*src=)", html)


@pytest.mark.django_db
def test_the_page_of_components_is_for_those_who_are_signed_in(client):
    response = client.get("/ui/")
    assert response.status_code == 302
    assert response["Location"].startswith("/dang-nhap/")


def test_a_move_is_a_button_called_after_what_is_done():
    from quacan.centre.base.moves import Moves, Offer
    from quacan.centre.base.refusals import FieldMissing

    move = Moves("base.FollowUp", ends=frozenset()).move("a", "Ký & gửi", source="open")
    open_one = show('<c-move :offer="one" post="/x/" />', one=Offer(move, ()))
    assert "Ký &amp; gửi</button>" in open_one
    shut = show('<c-move :offer="one" post="/x/" />', one=Offer(move, (FieldMissing(field="Ngày"),)))
    assert "Ký &amp; gửi</button>" in shut
    assert "/x/" not in shut
    assert "Thiếu “Ngày”" in shut


class ThingForm(forms.Form):
    name = forms.CharField(label="Tên")


def test_a_panel_with_a_form_is_sent_once_and_called_after_what_it_does():
    html = show(
        '<c-form title="Mở tổ" post="/mo/" :form="f"><c-field :field="f.name" /></c-form>', f=ThingForm()
    )
    assert '<form class="stack" method="post" action="/mo/" data-once>' in html
    assert "csrfmiddlewaretoken" in html or 'name="key"' in html
    assert '<button class="btn go" type="submit">Mở tổ</button>' in html
    assert "enctype" not in html
    sent = show(
        '<c-form title="Tệp" post="/tep/" :form="f" button="Gửi" multipart="1" kind="danger" />',
        f=ThingForm(),
    )
    assert 'enctype="multipart/form-data"' in sent
    assert '<button class="btn danger" type="submit">Gửi</button>' in sent


def test_a_page_that_is_a_form_shows_what_is_wrong_and_the_way_back():
    with override("vi"):
        html = show(
            '<c-page-form :form="f" back="/ve/"><c-field :field="f.name" /></c-page-form>', f=ThingForm({})
        )
    assert '<button class="btn go" type="submit">Lưu</button>' in html
    assert '<a class="btn quiet" href="/ve/">Thôi</a>' in html
    assert "Chưa lưu." in html


def test_a_list_says_why_it_is_empty():
    class Nothing:
        rows, filtered, filters, searchable, sort_text = (), False, (), False, ""

    empty = '<c-slot name="empty">Chưa có lô</c-slot>'
    source = f'<c-listing :page="p" title="Lô" nothing="Không lô nào khớp">{empty}</c-listing>'
    with override("vi"):
        html = show(source, p=Nothing())
        assert "<h2>Lô</h2>" in html
        assert "Chưa có lô" in html
        Nothing.filtered = True
        html = show(source, p=Nothing())
    assert "Không lô nào khớp" in html
    assert "Bớt một từ hoặc bỏ lọc." in html
    assert "Chưa có lô" not in html
