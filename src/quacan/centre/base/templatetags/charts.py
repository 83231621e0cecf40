"""A chart on a page: drawn wide and narrow, the style sheet shows the one that fits."""

from dataclasses import dataclass

from django import template

from quacan.centre.base.charts.drawing import Drawing, drawing_of
from quacan.centre.base.charts.values import NARROW, Chart

register = template.Library()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawings of a chart; *narrow* is None where the wide one is narrow enough."""

    wide: Drawing
    narrow: Drawing | None


@register.simple_tag
def drawn(chart: Chart) -> Drawn:
    """The drawings of a chart, drawn at their first showing."""
    return Drawn(drawing_of(chart), drawing_of(chart, narrow=True) if chart.width > NARROW else None)
