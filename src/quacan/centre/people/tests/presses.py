"""How the buttons of accounts, roles and authorisations are pressed."""

from quacan.centre.people.moves import END_ASSIGNMENT, END_AUTHORISATION, LET_GO, RESET_PASSWORD, TAKE_BACK

PRESSES = {
    LET_GO: lambda person, act: {},
    TAKE_BACK: lambda person, act: {},
    RESET_PASSWORD: lambda person, act: {"new": "mỗi số đọc một dòng"},
    END_ASSIGNMENT: lambda assignment, act: {"on": max(act.on, assignment.valid_from)},
    END_AUTHORISATION: lambda authorisation, act: {"on": max(act.on, authorisation.valid_from)},
}
