"""What every page stands in: the person, their organisation, the rail, the language and the light."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from quacan.centre.base.actors import HERE
from quacan.centre.desk.rail import Group, Waiting, rail
from quacan.centre.desk.today.queries import waiting_at_doors
from quacan.centre.organisation.models import Organisation
from quacan.centre.people.models import Person
from quacan.centre.people.queries import home, roles_of

THEMES = ("light", "dark")
THEME_COOKIE = "quacan_theme"


@dataclass
class Frame:
    """The values of the page frame, each read when a template asks for it: partial pages ask for none."""

    request: HttpRequest

    @cached_property
    def on(self) -> Any:
        return timezone.now().astimezone(HERE).date()

    @cached_property
    def person(self) -> Person | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, Person) else None

    @cached_property
    def organisation(self) -> Organisation | None:
        return home(self.person, on=self.on) if self.person else None

    @cached_property
    def roles(self) -> list[str]:
        if self.person is None:
            return []
        held = roles_of(self.person, on=self.on)
        return [role.name_en if self.language == "en" else role.name_vi for role in held]

    @property
    def layout(self) -> str:
        """This will give the page that messages stand in: with the rail for who is signed in, bare for a stranger."""
        return "base/page.html" if self.person else "base/bare.html"

    @property
    def role(self) -> str:
        return self.roles[0] if self.roles else ""

    @property
    def language(self) -> str:
        return "en" if (get_language() or "vi").startswith("en") else "vi"

    @property
    def theme(self) -> str:
        """This will give light or dark where the person chose one, '' where the machine decides."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @cached_property
    def rail(self) -> tuple[Group, ...]:
        if self.person is None:
            return ()
        waiting: Mapping[str, Waiting] = waiting_at_doors(self.person, on=self.on)
        return rail(self.person, path=self.request.path, on=self.on, waiting=waiting)


def frame(request: HttpRequest) -> dict[str, Any]:
    """This will give the page frame its values."""
    return {"frame": Frame(request)}
