"""Measurement standards, their certificates and due days."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "quacan.centre.standards"
    label = "standards"
