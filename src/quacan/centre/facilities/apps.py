"""Rooms and places where measuring is done, and the conditions recorded in them."""

from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "quacan.centre.facilities"
    label = "facilities"
