"""Worksheets: readings, verdicts, checking."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "quacan.centre.verification"
    label = "verification"
