"""How the buttons of scopes are pressed."""

from quacan.centre.organisation.actions import NewLine
from quacan.centre.organisation.moves import END, NARROW, WIDEN

PRESSES = {
    WIDEN: lambda scope, act: {
        "lines": [NewLine("verification", kind_codes=("MAS-04",))],
        "valid_from": max(act.on, scope.valid_from),
    },
    END: lambda scope, act: {"last_on": act.on},
    NARROW: lambda line, act: {"last_on": act.on},
}
