"""The mechanisms every department stands on: actions, audit, documents, numbers, follow-ups."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "quacan.centre.base"
    label = "base"

    def ready(self) -> None:
        from quacan.centre.base import checks  # noqa: F401  (registers the system checks)
