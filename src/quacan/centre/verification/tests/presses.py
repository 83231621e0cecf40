"""How the buttons of verification are pressed."""

from typing import Any

from quacan.centre.base.act import Act
from quacan.centre.examinations.models import Run
from quacan.centre.examinations.queries import NeedView, needs, overridable, points_for, sheet_layout
from quacan.centre.facilities.models import Record
from quacan.centre.standards.models import StandardCertificate
from quacan.centre.verification.actions import Shot
from quacan.centre.verification.models import Batch, Worksheet
from quacan.centre.verification.moves import (
    ADD_PHOTOS,
    ATTACH_FILE,
    BEGIN_RUN,
    ENTER,
    ENTER_CONDITIONS,
    GRANT_DEVIATION,
    MAP_FILE,
    RECORD_SEAL,
    REPLACE,
    SHARE_STANDARD,
    TAKE_CONDITIONS,
    USE_STANDARD,
)
from quacan.centre.verification.queries.bench_screens import batch_needs
from quacan.centre.verification.tests.shots import png


def _cell(sheet: Worksheet, act: Act) -> dict[str, Any]:
    first = next(cell for step in sheet_layout(sheet).steps for row in step.rows for cell in row.cells)
    return {"cells": {first.key: "1"}}


def _recorded(sheet: Worksheet, act: Act) -> dict[str, Any]:
    rules = [rule.key for rule in sheet_layout(sheet).conditions]
    record = Record.objects.filter(point__in=points_for(sheet), quantity__in=rules).latest("at")
    return {"point": record.point, "start": record.at, "end": None}


def _standard(shown: tuple[NeedView, ...]) -> dict[str, Any]:
    fit = [(need.key, one.certificate_id) for need in shown for one in need.choices if not one.obstacle]
    need, certificate = fit[0]
    return {"need": need, "certificate": StandardCertificate.objects.get(pk=certificate)}


def _deviation(sheet: Worksheet, act: Act) -> dict[str, Any]:
    one = overridable(sheet)[0]
    return {
        "obstacle": one.obstacle,
        "key": one.key,
        "certificate": one.certificate,
        "password": "can-dung-tung-gam",
    }


def _of_batch(batch: Batch, act: Act) -> dict[str, Any]:
    return _standard(batch_needs(batch))


PRESSES = {
    ADD_PHOTOS: lambda sheet, act: {"shots": [Shot("thu.png", png(21, 17))], "subject": "whole"},
    ATTACH_FILE: lambda batch, act: {"name": "thu.csv", "content": "Số máy;Đọc\nX1;1,0\n".encode()},
    BEGIN_RUN: lambda sheet, act: {"kind": Run.Kind.REPEAT},
    ENTER: _cell,
    ENTER_CONDITIONS: lambda sheet, act: {"values": {}},
    GRANT_DEVIATION: _deviation,
    MAP_FILE: lambda file, act: {"mapping": file.mapping},
    RECORD_SEAL: lambda sheet, act: {"moment": "found", "position": "Nắp thử nút"},
    REPLACE: lambda sheet, act: {"performed_on": act.on},
    SHARE_STANDARD: _of_batch,
    TAKE_CONDITIONS: _recorded,
    USE_STANDARD: lambda sheet, act: _standard(needs(sheet)),
}
