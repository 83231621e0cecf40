"""Requests and answers as plain dictionaries: what the command line and the programming interface speak."""

from quacan.metrology.exchange.refusals import RequestRefused

__all__ = ["RequestRefused"]
