"""What every page stands in: the person, their organisation, the rail, the language and the light."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from quacan.centre.base.doors import today
from quacan.centre.base.language.texts import is_english
from quacan.centre.desk.queries.day import waiting_at_doors
from quacan.centre.desk.queries.rail import Group, Waiting, rail
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
    def on(self) -> date:
        return today()

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
        return [str(role.name) for role in roles_of(self.person, on=self.on)]

    @property
    def layout(self) -> str:
        """This will give the page that messages stand in: with the rail for who is signed in, bare for a stranger."""
        return "base/page.html" if self.person else "base/bare.html"

    @property
    def role(self) -> str:
        return self.roles[0] if self.roles else ""

    @property
    def language(self) -> str:
        return "en" if is_english() else "vi"

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
