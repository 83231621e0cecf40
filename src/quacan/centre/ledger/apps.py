"""The append-only book of facts every figure is summed from."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "quacan.centre.ledger"
    label = "ledger"
