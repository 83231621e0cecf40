"""Organisations, their units and sites, through mergers and renamings."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "quacan.centre.organisation"
    label = "organisation"
