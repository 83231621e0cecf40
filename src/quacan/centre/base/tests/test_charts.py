"""Charts: whatever the values, the specification holds; a drawing is drawn once, safe on a page and on paper."""

import json
import math
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from quacan.centre.base.charts import axes, drawing
from quacan.centre.base.charts.drawing import PAPER, drawing_of, kept, on_paper
from quacan.centre.base.charts.specification import specification
from quacan.centre.base.charts.values import (
    NARROW,
    Axis,
    Band,
    Bars,
    Chart,
    Level,
    Line,
    Notches,
    Spot,
    Spots,
    Upright,
)
from quacan.centre.base.paper.typesetting import typeset

TOKENS = Path(drawing.__file__).parents[1] / "static" / "quacan" / "css" / "tokens.css"
EVIL = "</title></svg><script>alert(1)</script>\" onload='x' 'f()' ${1} \\ 5 > 3 & điểm"
DAY = date(2026, 3, 1)

numbers = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300),
    st.sampled_from([Decimal("1E-30"), Decimal("0E-9"), Decimal("1E+30"), Decimal(7)]),
)
series = st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2090, 1, 1)), numbers), max_size=12)


def chart_of(points, *, words="", alt="Hình", **more):
    spots = tuple(Spot(on, value, words=words) for on, value in points)
    return Chart(alt, Axis(), Axis(title="mg"), (Spots(spots, is_joined=True),), **more)


def ends_of(spec, name):
    (first, *_others) = spec["layer"]
    return first["encoding"][name]["scale"]["domain"]


@given(points=series, narrow=st.booleans())
def test_any_series_lies_inside_its_axes_and_holds_finite_numbers_only(points, narrow):
    spec = specification(chart_of(points), width=NARROW if narrow else None)
    json.dumps(spec, allow_nan=False)
    for name in ("x", "y"):
        low, high = ends_of(spec, name)
        assert low < high
        rows = [row for layer in spec["layer"] for row in layer["data"]["values"]]
        assert all(low <= row[name] <= high for row in rows)
    marks = spec["layer"][0]["encoding"]["y"]["axis"]["values"]
    assert marks == sorted(marks)


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["5"],
        ["5", "5", "5"],
        ["0"],
        ["0", "0"],
        ["-3", "-3"],
        ["1E-30", "2E-30"],
        ["1000000000.0000000001"] * 2,
    ],
    ids=str,
)
def test_few_or_equal_values_are_drawn_all_the_same(values):
    points = [(DAY + timedelta(days=turn), Decimal(value)) for turn, value in enumerate(values)]
    svg = drawing_of(chart_of(points)).svg
    assert svg.count("<path") >= len(points)
    assert "NaN" not in svg
    assert "undefined" not in svg


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+999")],
)
def test_what_is_no_number_is_refused(value):
    layers = [
        Spots((Spot(DAY, value),)),
        Spots((Spot(DAY, Decimal(1), bar=value),)),
        Line((((DAY, Decimal(1)), (DAY, value)),)),
        Band((((DAY, value, None), (DAY, None, None)),)),
        Level(value),
        Bars(((Decimal(1), Decimal(2), value, "accent", ""),)),
    ]
    for layer in layers:
        with pytest.raises(ValueError, match="cannot show"):
            specification(Chart("", Axis(), Axis(), (layer,)))
    with pytest.raises(ValueError, match="cannot show"):
        specification(Chart("", Axis(), Axis(), (Upright(value),)))


def test_words_are_words_never_markup_and_never_a_formula():
    chart = Chart(
        EVIL,
        Axis(title=EVIL, marks=(axes.Mark(Decimal(1), EVIL), axes.Mark(Decimal(2), "hai"))),
        Axis(title=EVIL),
        (
            Spots((Spot(Decimal(1), Decimal(1), words=EVIL), Spot(Decimal(2), Decimal(2)))),
            Bars(((Decimal(1), Decimal(2), Decimal(1), "accent", EVIL),)),
            Notches(((Decimal(1), Decimal(2), EVIL),)),
        ),
    )
    root = ElementTree.fromstring(drawing_of(chart).svg)
    tags = {node.tag.partition("}")[2] for node in root.iter()}
    assert tags <= {"svg", "g", "path", "line", "rect", "text", "title"}
    assert root.get("aria-label") == EVIL
    assert [node.text for node in root.iter() if node.tag.endswith("title")].count(EVIL) == 3
    shown = [node.text for node in root.iter() if node.tag.endswith("text")]
    assert shown.count(EVIL) >= 2
    names = {name for node in root.iter() for name in node.attrib}
    assert not names & {"style", "class", "id", "onload", "href"}, "the page's policy allows no inline style"


def test_colours_are_tokens_on_a_page_and_values_on_paper():
    svg = drawing_of(chart_of([(DAY, Decimal(1)), (DAY + timedelta(days=9), Decimal(2))])).svg
    assert 'fill="var(--accent)"' in svg
    paper = on_paper(svg)
    assert "var(" not in paper
    light = TOKENS.read_text("utf-8").partition("@media")[0]
    tokens = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    assert {name: tokens[name] for name in PAPER} == PAPER


def test_a_drawing_is_drawn_once_and_anew_when_anything_of_it_changes(settings, monkeypatch):
    points = [(DAY, Decimal(1)), (DAY + timedelta(days=9), Decimal(2))]
    first = drawing_of(chart_of(points))
    place = Path(settings.CHARTS) / first.sha256[:2] / f"{first.sha256}.svg"
    assert place.read_text("utf-8") == first.svg
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "_drawn", lambda _spec: pytest.fail("drawn a second time"))
        assert drawing_of(chart_of(points)) == first
    digests = {
        first.sha256,
        drawing_of(chart_of(points), narrow=True).sha256,
        drawing_of(chart_of(points, alt="Hình khác")).sha256,
        drawing_of(chart_of(points, english=True)).sha256,
        drawing_of(chart_of(points[:1])).sha256,
    }
    assert len(digests) == 5
    monkeypatch.setattr(drawing, "MADE_BY", "a later library")
    assert drawing_of(chart_of(points)).sha256 not in digests


def test_half_a_drawing_is_drawn_again(settings):
    chart = chart_of([(DAY, Decimal(1))])
    first = drawing_of(chart)
    place = Path(settings.CHARTS) / first.sha256[:2] / f"{first.sha256}.svg"
    place.write_text(first.svg[:100], "utf-8")
    assert kept(first.sha256) is None
    assert drawing_of(chart) == first
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_nothing_is_fetched_from_anywhere():
    spec = specification(chart_of([(DAY, Decimal(1))]))
    spec["layer"][0]["data"] = {"url": "https://example.invalid/data.json"}
    with pytest.raises(ValueError, match=r"(?i)external data url not allowed|allowed"):
        drawing._drawn(spec)


def test_decimal_comma_and_days_as_the_house_writes_them():
    points = [(DAY, Decimal("0.5")), (DAY + timedelta(days=40), Decimal("1.5"))]
    svg = drawing_of(chart_of(points)).svg
    assert ">01/03/2026<" in svg
    assert ">1,50<" in svg or ">1,5<" in svg
    english = drawing_of(chart_of(points, english=True)).svg
    assert ">1.50<" in english or ">1.5<" in english


@given(low=numbers.map(lambda n: Decimal(str(n))), width=st.decimals("1e-9", "1e9"), most=st.integers(2, 9))
def test_round_marks_stand_inside_at_even_steps(low, width, most):
    if abs(low) > 10**15 or low != low.quantize(Decimal("1e-12")):
        low = Decimal(0)
    marks = [mark.at for mark in axes.round_marks(low, low + width, english=False, most=most)]
    assert len(marks) <= most + 1
    assert all(low <= at <= low + width for at in marks)
    assert len({b - a for a, b in pairwise(marks)}) <= 1


@given(days=st.lists(st.dates(date(1990, 1, 1), date(2090, 1, 1)), max_size=40), most=st.integers(2, 9))
def test_marks_of_days_are_some_of_the_days_with_first_and_last(days, most):
    marks = axes.day_marks(days, most=most)
    at = [mark.at for mark in marks]
    assert set(at) <= set(days)
    assert at == sorted(set(at))
    assert len(at) <= most + 1
    assert not days or (at[0], at[-1]) == (min(days), max(days))


def test_a_clock_is_read_in_vietnamese_time():
    start = datetime(2026, 3, 1, tzinfo=axes.HERE)
    hours = axes.clock_marks(start.astimezone(UTC), start + timedelta(days=1), most=9)
    assert [mark.text for mark in hours][:3] == ["00:00", "03:00", "06:00"]
    month = axes.clock_marks(start, start + timedelta(days=31), most=9)
    assert [mark.text for mark in month][:2] == ["01/03", "06/03"]


@pytest.mark.parametrize(
    ("value", "text"), [("0", "0"), ("12345.678", "12 345,678"), ("0.000123456", "0,000 1235")]
)
def test_short_numbers_keep_their_leading_digits(value, text):
    shown = axes.short_text(Decimal(value), english=False)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)


def test_a_hand_made_scale_is_straight_and_holds_its_ends():
    scale = axes.Scale(Decimal(-2), Decimal(2), Decimal(100), Decimal(0))
    assert [scale.place(Decimal(at)) for at in (-2, 0, 2)] == ["100.0", "50.0", "0.0"]
    assert scale.held(Decimal(9)) == "0.0"
    assert axes.Scale(Decimal(1), Decimal(1), Decimal(0), Decimal(10)).place(Decimal(1)) == "5.0"


def test_a_chart_is_set_on_paper():
    chart = chart_of([(DAY, Decimal(1)), (DAY + timedelta(days=9), Decimal(2))], alt="Độ lệch qua các lần")
    paper = {"svg": on_paper(drawing_of(chart).svg), "alt": chart.alt}
    pdf = typeset(
        Path(__file__).with_name("chart.typ"), paper, name="hình", stamped_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert pdf.startswith(b"%PDF")
    assert b"Inter" in pdf, "its own font, none of the machine's"


@pytest.mark.django_db
def test_the_address_of_a_drawing_is_for_who_is_signed_in(world, sign_in, client):
    drawn = drawing_of(chart_of([(DAY, Decimal(1))], words="điểm <1>"))
    address = reverse("base:chart", args=[drawn.sha256])
    assert address == f"/hinh/{drawn.sha256}.svg"
    assert client.get(address).headers["Location"].startswith("/dang-nhap/")
    person = sign_in(world.people["kdv.an"])
    answer = person.get(address)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content.decode() == on_paper(drawn.svg)
    for unknown in ("0" * 64, "x" * 64, "..", drawn.sha256[:-1], drawn.sha256.upper() + "0"):
        assert person.get(f"/hinh/{unknown}.svg").status_code == 404


@pytest.mark.django_db
def test_a_page_shows_both_widths_and_the_file(world, sign_in):
    page = sign_in(world.people["kdv.an"]).get("/ui/").content.decode()
    figure = page[page.index('<figure class="drawing"') :]
    figure = figure[: figure.index("</figure>")]
    assert figure.count("<svg") == 2 + figure.count('class="icon"')
    assert re.search(r'href="/hinh/[0-9a-f]{64}\.svg" download', figure)
    assert " style=" not in figure
