"""Every sentence of the screens has its English, and the compiled catalogue is the one the text stands for."""

import gettext
import string
from io import BytesIO

import pytest

from quacan.cli import catalogue
from quacan.cli.catalogue import Entry, Message


def test_every_sentence_has_english():
    entries = catalogue.merged(catalogue.messages_in(), catalogue.read_catalogue())
    missing = [f"{e.message.text!r} ({e.message.places})" for e in entries if not e.is_whole and not e.gone]
    assert not missing, "run `quacan messages`, then translate: " + "; ".join(missing[:20])


def test_the_catalogue_is_in_step_and_compiled():
    entries = catalogue.merged(catalogue.messages_in(), catalogue.read_catalogue())
    assert catalogue.CATALOGUE.read_text(encoding="utf-8") == catalogue.catalogue_text(entries)
    assert catalogue.CATALOGUE.with_suffix(".mo").read_bytes() == catalogue.compiled(entries)


def test_english_keeps_every_value_of_the_sentence():
    wrong = [
        entry.message.text
        for entry in catalogue.read_catalogue()
        if not entry.gone and entry.is_whole
        for form in entry.english
        if values_of(form) != values_of(entry.message.text) and not one_form_without(form, entry)
    ]
    assert not wrong


def values_of(text: str) -> set[str]:
    """The names of values a sentence is filled with; braces around words in a sentence are only words."""
    parsed = string.Formatter().parse(text.replace("%(", "("))
    braces = {
        name for _text, name, _spec, _conversion in parsed if name and name.isascii() and name.isidentifier()
    }
    percents = {part.split(")")[0] for part in text.split("%(")[1:]}
    return braces | percents


def one_form_without(form: str, entry: Entry) -> bool:
    """A singular may spell its number out: “one job waits”."""
    return (
        bool(entry.message.plural)
        and form == entry.english[0]
        and values_of(form) < values_of(entry.message.text)
    )


def test_messages_are_found_in_code():
    source = '_("một")\ngettext_lazy("hai " "ba")\nngettext("bốn", "năm", n)\n_(biến)\nkhác("sáu")\nself.gettext("bảy")'
    assert list(catalogue.python_messages(source)) == [
        ("một", ""),
        ("hai ba", ""),
        ("bốn", "năm"),
        ("bảy", ""),
    ]


def test_messages_are_found_under_whatever_name_a_module_gives_the_call():
    source = (
        "from django.utils.translation import gettext as say, ngettext as many\n"
        'say("một")\nmany("hai", "ba", n)\nkhác("bốn")'
    )
    assert list(catalogue.python_messages(source)) == [("một", ""), ("hai", "ba")]


def test_messages_are_found_in_templates_also_inside_components():
    source = (
        '<c-panel title="{% translate \'Tên (dài)\' %}">{% translate "hai" as x %}'
        "{% blocktranslate count n=k %}{{ n }} việc{% plural %}{{ n }} các việc{% endblocktranslate %}"
        "{% blocktranslate with a=b %}xin {{ a }}{% endblocktranslate %}</c-panel>"
    )
    assert list(catalogue.template_messages(source)) == [
        ("Tên (dài)", ""),
        ("hai", ""),
        ("%(n)s việc", "%(n)s các việc"),
        ("xin %(a)s", ""),
    ]


def test_catalogue_survives_writing_and_reading(tmp_path):
    entries = [
        Entry(Message('có "nháy"\nvà dòng', places=("a.py",)), ('has "quotes"\nand lines',)),
        Entry(Message("%(n)s việc", "%(n)s việc", ("b.html",)), ("%(n)s job", "%(n)s jobs")),
        Entry(Message("chưa dịch", places=("c.py",)), ("",)),
        Entry(Message("đã bỏ"), ("gone",), gone=True),
    ]
    path = tmp_path / "django.po"
    catalogue.write(entries, path)
    assert catalogue.read_catalogue(path) == entries
    read = gettext.GNUTranslations(BytesIO(path.with_suffix(".mo").read_bytes()))
    assert read.gettext('có "nháy"\nvà dòng') == 'has "quotes"\nand lines'
    assert read.ngettext("%(n)s việc", "%(n)s việc", 1) == "%(n)s job"
    assert read.ngettext("%(n)s việc", "%(n)s việc", 2) == "%(n)s jobs"
    assert read.gettext("chưa dịch") == "chưa dịch"
    assert read.gettext("đã bỏ") == "đã bỏ"


def test_merging_keeps_english_and_marks_what_is_gone():
    known = [Entry(Message("một"), ("one",)), Entry(Message("cũ"), ("old",)), Entry(Message("trống"), ("",))]
    entries = catalogue.merged([Message("hai"), Message("một")], known)
    assert [(e.message.text, e.english, e.gone) for e in entries] == [
        ("hai", ("",), False),
        ("một", ("one",), False),
        ("cũ", ("old",), True),
    ]
    assert [e.message.text for e in catalogue.merged([Message("một")], known, prune=True)] == ["một"]


@pytest.mark.parametrize("word", ["Hôm nay", "Đăng nhập"])
def test_pages_are_translated(word):
    from django.utils.translation import gettext as translate
    from django.utils.translation import override

    with override("en"):
        assert translate(word) != word
    with override("vi"):
        assert translate(word) == word
