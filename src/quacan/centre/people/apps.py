"""Who acts: people, their roles, their sessions."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "quacan.centre.people"
    label = "people"
