from django.apps import AppConfig


class LaboratoryConfig(AppConfig):
    """The laboratory: tests of places by declared procedures, and the reports of their results."""

    name = "quacan.centre.laboratory"
    label = "laboratory"
