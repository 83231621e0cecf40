"""Activities other than instruments in the first half of 2022, as the review conference heard them."""

import tomllib
from datetime import date
from importlib.resources import files

from django.db import transaction

from quacan.centre.activities.actions import ActivityDraft, confirm_activity, record_activity
from quacan.demo.institution import House


def record_activities(house: House) -> None:
    """This will record every activity of the half-year by the clerk and have the planner confirm it."""
    text = (files("quacan.definitions") / "demo" / "half_year_2022.toml").read_text("utf-8")
    with transaction.atomic():
        for row in tomllib.loads(text)["activity"]:
            on: date = row["on"]
            activity = record_activity(
                house.act("yen", on, hour=16),
                house.centre,
                ActivityDraft(
                    kind_code=row["kind"],
                    title=row["title"],
                    occurred_on=on,
                    place=row.get("place", ""),
                    values=row.get("values", {}),
                ),
            )
            confirm_activity(house.act("trung", on, hour=16, minute=30), activity)
