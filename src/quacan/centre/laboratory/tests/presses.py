"""How the buttons of tests are pressed."""

from typing import Any

from quacan.centre.base.act import Act
from quacan.centre.examinations.queries import needs
from quacan.centre.laboratory.models import PlaceTest
from quacan.centre.laboratory.moves import ENTER, USE_STANDARD
from quacan.centre.standards.models import StandardCertificate


def _standard(test: PlaceTest, act: Act) -> dict[str, Any]:
    fit = [(need.key, one.certificate_id) for need in needs(test) for one in need.choices if not one.obstacle]
    need, certificate = fit[0]
    return {"need": need, "certificate": StandardCertificate.objects.get(pk=certificate)}


PRESSES = {
    ENTER: lambda test, act: {"cells": {}, "conditions": {("temperature", "start"): "25"}},
    USE_STANDARD: _standard,
}
