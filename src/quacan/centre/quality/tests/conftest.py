"""The bench of blood-pressure gauges, as its own department sets it up, with one standard behind all of it."""

from __future__ import annotations

import pytest

from quacan.centre.certificates.tests.conftest import Bench, bench
from quacan.centre.standards.models import Standard

__all__ = ["bench"]


@pytest.fixture
def standard(bench: Bench) -> Standard:
    return Standard.objects.get(code="AK-01")
