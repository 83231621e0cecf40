"""Words of the report's templates: sentences whose figures are doors."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from quacan.centre.reporting.papers import Figure, Paragraph
from quacan.centre.reporting.queries import Scope

register = template.Library()


@register.simple_tag
def figure(value: Figure | None, scope: Scope) -> SafeString | str:
    """This will print a figure of the paper as a door: it opens in the drawer, or as a page of its own."""
    if value is None:
        return ""
    href = reverse("reporting:indicator", args=[scope.organisation.code, scope.period.code, value.code])
    return format_html(
        '<a class="door" href="{}" hx-get="{}" hx-target="#drawer-content">{}</a>', href, href, value.text
    )


@register.simple_tag
def sentence(value: Paragraph, scope: Scope) -> SafeString:
    """This will print a paragraph of the paper with its figures as doors."""
    parts = [(figure(part, scope) if isinstance(part, Figure) else part,) for part in value]
    return format_html_join("", "{}", parts)
