"""Plans and targets."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "quacan.centre.planning"
    label = "planning"
