from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    """The visitors' register: who came, whom they saw, which rooms they entered, what they undertook to keep silent."""

    name = "quacan.centre.visitors"
    label = "visitors"
