"""How the buttons of visits are pressed."""

from quacan.centre.visitors.actions import VisitDraft
from quacan.centre.visitors.moves import ADMIT, CANCEL, CHANGE, SHOW_OUT

PRESSES = {
    CHANGE: lambda visit, act: {
        "draft": VisitDraft(visitor="Bế Văn Lâm", purpose="Họp", host=visit.host, expected_on=act.on),
        "version": visit.version,
    },
    ADMIT: lambda visit, act: {},
    SHOW_OUT: lambda visit, act: {},
    CANCEL: lambda visit, act: {},
}
