"""Words of the bench in templates."""

from django import template

from quacan.centre.verification.forms import FIELDS

register = template.Library()


@register.filter
def discipline(code: str) -> str:
    """This will give the name of a field of measurement (mass: Khối lượng), or its code where it has none."""
    return str(dict(FIELDS).get(code, code))
