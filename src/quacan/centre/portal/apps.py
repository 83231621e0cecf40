"""What the public may see: the check of a certificate."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "quacan.centre.portal"
    label = "portal"
