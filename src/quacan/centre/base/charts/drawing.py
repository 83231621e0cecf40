"""Drawings: a specification drawn once, made safe for a page, and kept under the digest of what it was drawn from."""

import json
import os
import re
import tempfile
import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from quacan.centre.base.chain import digest
from quacan.centre.base.charts.specification import Specification, specification
from quacan.centre.base.charts.values import NARROW, Chart

FONTS: Final = Path(__file__).with_name("fonts")
MADE_BY: Final = f"vl-convert {version('vl-convert-python')}, 1"
"""Part of every digest: another library, or other tidying (raise the number), draws anew."""
PAPER: Final = {
    "surface": "#ffffff", "muted": "#525d69", "line": "#e4e4dd", "line-strong": "#c8cac1", "field-line": "#868d86",
    "accent": "#0b5a61", "accent-line": "#9ac6c6", "pass-weak": "#e3f3e9", "pass-line": "#a5d3b6",
    "fail": "#a2221a", "open": "#7a5000",
}  # fmt: skip
"""The tokens of the light house, for paper and files; a test compares them with the style sheet."""
SVG: Final = "http://www.w3.org/2000/svg"
KEPT_TAGS: Final = {"svg", "g", "path", "line", "rect", "text", "title"}
MARKS: Final = {f"{{{SVG}}}{tag}" for tag in ("path", "line", "rect")}
KEPT_ATTRIBUTES: Final = {
    "d", "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "stroke-opacity", "opacity", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "text-anchor",
    "font-size", "viewBox", "stroke-miterlimit",
}  # fmt: skip
_one_at_a_time = threading.Lock()
_token = re.compile(r"var\(--([a-z-]+)\)")
_long_fraction = re.compile(r"(\d+\.\d{2})\d+")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: the digest it is kept under and its SVG, coloured by the tokens of the page it stands in."""

    sha256: str
    svg: SafeString


def drawing_of(chart: Chart, *, narrow: bool = False) -> Drawing:
    """The drawing of a chart, drawn at the first asking and read afterwards; *narrow*: for a phone."""
    spec = specification(chart, width=min(NARROW, chart.width) if narrow else None)
    text = json.dumps({"spec": spec, "made_by": MADE_BY}, sort_keys=True, ensure_ascii=False, allow_nan=False)
    name = digest(text)
    svg = kept(name)
    if svg is None:
        svg = _tidied(_drawn(spec), alt=chart.alt)
        _keep(name, svg)
    return Drawing(name, mark_safe(svg))  # noqa: S308  (tidied: known tags and attributes, text escaped)


def kept(sha256: str) -> str | None:
    """The SVG kept under a digest, or None where there is none or it is no whole drawing."""
    place = _place(sha256)
    try:
        svg = place.read_text("utf-8")
    except FileNotFoundError:
        return None
    return svg if svg.endswith("</svg>") else None


def on_paper(svg: str) -> str:
    """The same drawing with the values of its colours, for typesetting and for a file of its own."""
    return _token.sub(lambda found: PAPER[found[1]], svg)


def _drawn(spec: Specification) -> str:
    with _one_at_a_time:
        return str(_converter().vegalite_to_svg(spec, allowed_base_urls=[]))


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]
    import vl_convert  # starts only where something is drawn: a page without charts pays nothing

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _place(sha256: str) -> Path:
    return Path(settings.CHARTS) / sha256[:2] / f"{sha256}.svg"


def _keep(sha256: str, svg: str) -> None:
    place = _place(sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(svg)
    Path(draft).replace(place)


def _tidied(svg: str, *, alt: str) -> str:
    """Only known tags and attributes; words of marks become titles; what is not seen is left out."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314  (written by our own drawing library)
    _tidy(root)
    box = root.get("viewBox", "")
    root.attrib.clear()
    root.attrib |= {"viewBox": box, "role": "img", "aria-label": alt, "font-family": "Inter, sans-serif"}
    return ElementTree.tostring(root, encoding="unicode")


def _tidy(node: ElementTree.Element) -> None:
    for child in list(node):
        if _is_unseen(child):
            node.remove(child)
            continue
        _tidy(child)
        words = child.get("aria-label", "") if child.tag in MARKS else ""
        kept_ones = {name: _rounded(value) for name, value in child.attrib.items() if name in KEPT_ATTRIBUTES}
        child.attrib.clear()
        child.attrib |= {
            name: value for name, value in kept_ones.items() if (name, value) != ("opacity", "1")
        }
        if words:
            ElementTree.SubElement(child, f"{{{SVG}}}title").text = words
        if child.tag == f"{{{SVG}}}g" and not len(child):
            node.remove(child)


def _is_unseen(child: ElementTree.Element) -> bool:
    tag = child.tag.removeprefix(f"{{{SVG}}}")
    if tag not in KEPT_TAGS or child.get("opacity") == "0" or child.get("display") == "none":
        return True
    return child.get("class") in {"background", "foreground"}


def _rounded(value: str) -> str:
    return _long_fraction.sub(r"\1", value)
