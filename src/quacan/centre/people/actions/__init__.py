"""What is done with people: enter, give roles and passwords, let go; cards, authorisations, courses."""

from quacan.centre.people.actions.competence import (
    authorise,
    end_authorisation,
    enter_card,
    record_attendance,
)
from quacan.centre.people.actions.register import (
    assign_role,
    change_password,
    end_assignment,
    enter_person,
    let_go,
    reset_password,
    take_back,
)
from quacan.centre.people.refusals import BothSidesOfTheWall, LetsOneselfGo, UsernameTaken

__all__ = [
    "BothSidesOfTheWall",
    "LetsOneselfGo",
    "UsernameTaken",
    "assign_role",
    "authorise",
    "change_password",
    "end_assignment",
    "end_authorisation",
    "enter_card",
    "enter_person",
    "let_go",
    "record_attendance",
    "reset_password",
    "take_back",
]
