"""Everything else that is counted: kinds are definitions."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "quacan.centre.activities"
    label = "activities"
