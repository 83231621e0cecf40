from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk: Hôm nay, search, rail, history, composed from what departments declare."""

    name = "quacan.centre.desk"
    label = "desk"
