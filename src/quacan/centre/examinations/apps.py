"""Examinations: measuring or testing anything by a declared procedure."""

from django.apps import AppConfig


class ExaminationsConfig(AppConfig):
    name = "quacan.centre.examinations"
    label = "examinations"
