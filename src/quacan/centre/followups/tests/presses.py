"""How the buttons of follow-ups are pressed."""

from quacan.centre.followups.moves import CALL_OFF, CONFIRM, FINISH, PASS_ON
from quacan.centre.people.models import Person

PRESSES = {
    FINISH: lambda follow_up, act: {"evidence": "Biên bản số 12"},
    CONFIRM: lambda follow_up, act: {},
    PASS_ON: lambda follow_up, act: {
        "owner": Person.objects.exclude(username=follow_up.owner).order_by("pk")[0]
    },
    CALL_OFF: lambda follow_up, act: {},
}
