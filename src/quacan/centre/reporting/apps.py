"""Indicators, reports, traces."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "quacan.centre.reporting"
    label = "reporting"
