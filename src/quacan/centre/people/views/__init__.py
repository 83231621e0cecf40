"""Doors of people: signing in and one's own choices; the register of people for administrators."""

from quacan.centre.people.views.register import assign, end, enter, let_go, people, person, reset, take_back
from quacan.centre.people.views.signing import (
    change_password,
    language,
    locked_out,
    sign_in,
    sign_out,
    theme,
)

__all__ = [
    "assign",
    "change_password",
    "end",
    "enter",
    "language",
    "let_go",
    "locked_out",
    "people",
    "person",
    "reset",
    "sign_in",
    "sign_out",
    "take_back",
    "theme",
]
