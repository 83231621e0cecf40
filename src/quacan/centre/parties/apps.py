"""One register of organisations, persons and establishments for all departments."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "quacan.centre.parties"
    label = "parties"
