from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    """Follow-ups: somebody must do something by a day, with evidence, confirmed by who asked."""

    name = "quacan.centre.followups"
    label = "followups"
