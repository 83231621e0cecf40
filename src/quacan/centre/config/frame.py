"""What every page stands in: the person, their organisation, the rail."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """This will give the page frame its values."""
    return {}
