"""The quality system: traceability, bad standards, nonconforming work."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "quacan.centre.quality"
    label = "quality"
