"""Reads of places that are watched."""

from quacan.centre.facilities.queries.points import (
    PointState,
    alarms_seen_by,
    answerable,
    limit_on,
    limits_in_force,
    point_states,
    points_of,
    points_seen_by,
    seen_point,
)
from quacan.centre.facilities.queries.proofs import flaws
from quacan.centre.facilities.queries.records import (
    Recorded,
    Silence,
    Summary,
    excursions_between,
    latest_of,
    quarters,
    record_of,
    recorded_at,
    silences,
    silent_between,
    summaries,
)
from quacan.centre.facilities.queries.reports import Sentence, file_kept, sentence_of

__all__ = [
    "PointState",
    "Recorded",
    "Sentence",
    "Silence",
    "Summary",
    "alarms_seen_by",
    "answerable",
    "excursions_between",
    "file_kept",
    "flaws",
    "latest_of",
    "limit_on",
    "limits_in_force",
    "point_states",
    "points_of",
    "points_seen_by",
    "quarters",
    "record_of",
    "recorded_at",
    "seen_point",
    "sentence_of",
    "silences",
    "silent_between",
    "summaries",
]
