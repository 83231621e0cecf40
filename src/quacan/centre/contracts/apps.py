"""Contracts, their lines and review, orders and jobs."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "quacan.centre.contracts"
    label = "contracts"
