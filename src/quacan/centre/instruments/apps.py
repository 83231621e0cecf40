"""Measuring instruments and their life history."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "quacan.centre.instruments"
    label = "instruments"
