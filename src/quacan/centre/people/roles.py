"""Roles as data: which permissions a role carries, and on which side of the wall it stands."""

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from quacan.centre.base.definitions import pair_of
from quacan.centre.base.language.texts import Text


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions. ``reach`` is ``own`` (its organisation) or ``subtree`` (those below too)."""

    code: str
    name: Text
    side: str
    reach: str
    permissions: frozenset[str]


@functools.cache
def roles() -> dict[str, Role]:
    """This will read the roles of the house from their definition."""
    text = (files("quacan.definitions") / "roles" / "roles.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    groups: dict[str, list[str]] = data["groups"]
    found = {}
    for row in data["role"]:
        names = set(row.get("permissions", ()))
        for group in row.get("groups", ()):
            names |= set(groups[group])
        found[row["code"]] = Role(
            code=row["code"],
            name=pair_of(row, "name"),
            side=row["side"],
            reach=row["reach"],
            permissions=frozenset(names),
        )
    return found


def all_permissions() -> frozenset[str]:
    """This will list every permission any role carries."""
    return frozenset().union(*(role.permissions for role in roles().values()))
