"""How the buttons of follow-ups are pressed."""

from quacan.centre.followups.moves import CONFIRM, FINISH

PRESSES = {
    FINISH: lambda follow_up, act: {"evidence": "Biên bản số 12"},
    CONFIRM: lambda follow_up, act: {},
}
