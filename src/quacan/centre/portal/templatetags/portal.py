"""The few signs of the public page, drawn inline: it loads no sprite and no font."""

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_PATHS = {
    "check": '<path d="M20 6 9 17l-5-5"/>',
    "cross": '<path d="M18 6 6 18M6 6l12 12"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "mark": '<path d="M9.5 7.5a2.5 2.5 0 1 1 5 0M7 8h10l3 12H4z"/>',
}


@register.simple_tag
def sign(name: str) -> SafeString:
    """This will draw one of the signs; raises KeyError for any other."""
    return mark_safe(  # noqa: S308  (our own constant text)
        f'<svg class="sign" viewBox="0 0 24 24" aria-hidden="true">{_PATHS[name]}</svg>'
    )
