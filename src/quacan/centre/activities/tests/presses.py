"""How the buttons of activities are pressed."""

from dataclasses import fields

from quacan.centre.activities.actions import ActivityDraft
from quacan.centre.activities.moves import ATTACH, CANCEL, CHANGE, CONFIRM


def unchanged(activity, act):
    """What an activity says already, typed once more."""
    said = {one.name: getattr(activity, one.name) for one in fields(ActivityDraft)}
    return {"draft": ActivityDraft(**said), "version": activity.version}


PRESSES = {
    CHANGE: unchanged,
    CONFIRM: lambda activity, act: {},
    CANCEL: lambda activity, act: {},
    ATTACH: lambda activity, act: {"name": "bien-ban.txt", "content": b"bien ban"},
}
