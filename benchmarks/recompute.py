"""Ten thousand stored worksheets recomputed by `quacan recompute --all`, in a house of their own.

`python -m benchmarks.recompute` writes such a house into QUACAN_DATA: two worksheets are measured and sent through the
actions, then their rows are copied in bulk, every copy with a number, readings and digests of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.desks import environment

if TYPE_CHECKING:
    from django.db import models

    from quacan.centre.verification.models import Worksheet


SHEETS = 10_000
AT_ONCE = 500


def rows() -> list[dict[str, Any]]:
    """This will build the house and time the command on all its worksheets, and on the first alone."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(__file__).parents[1]
        command = [sys.executable, "-m", "benchmarks.recompute"]
        number = subprocess.run(
            command, env=environment(folder), cwd=here, stdout=subprocess.PIPE, text=True, check=True
        ).stdout.strip()
        one = timed(folder, [number])
        every = timed(folder, ["--all", "--progress"])
    assert every["answer"].startswith(f"{SHEETS}/{SHEETS} "), every["answer"]
    return [
        {"contender": "quacan recompute, one worksheet", "size": 1, **_figures(one)},
        {"contender": "quacan recompute --all", "size": SHEETS, **_figures(every)},
    ]


def _figures(one: dict[str, Any]) -> dict[str, Any]:
    return {"seconds": one["seconds"], "megabytes": one["megabytes"]}


def timed(folder: str, words: Sequence[str]) -> dict[str, Any]:
    """This will run the command in a process of its own: its answer, seconds, peak resident megabytes."""
    quacan = str(Path(sys.executable).parent / "quacan")
    start = perf_counter()
    process = subprocess.Popen(
        [quacan, "recompute", *words], env=environment(folder), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    answer = process.stdout.read()
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, answer
    return {
        "answer": answer,
        "seconds": perf_counter() - start,
        "megabytes": used.ru_maxrss / 1024,
    }


def main() -> int:
    """This will write the house and print the number of its first worksheet."""
    from quacan.cli import open_house

    open_house(migrate=True)
    from benchmarks import house
    from quacan.centre.verification.actions import submit_worksheet

    centre = house.found()
    people = house.verifiers(centre, 1)
    originals = []
    for kind in (house.SCALE, house.WATER_METER):
        case, cells = house.passing(kind)
        [job] = house.jobs(centre, kind, case, people)
        sheet = house.typed(house.opened(job, kind), case, cells)
        originals.append(submit_worksheet(house.deed(sheet.performer), sheet))
    share = SHEETS // len(originals)
    for sheet in originals:
        for start in range(1, share, AT_ONCE):
            copied(sheet, range(start, min(share, start + AT_ONCE)))
    print(originals[0].number)
    return 0


def copied(sheet: Worksheet, ordinals: range) -> None:
    """This will copy a worksheet in bulk, with everything written on it, once for each ordinal."""
    from django.db import transaction

    from quacan.centre.examinations.actions import write_examinations
    from quacan.centre.examinations.models import Condition, Examination, Reading, Run, StandardUse
    from quacan.centre.examinations.queries import content_of, digest_of
    from quacan.centre.verification.queries import submitted

    with transaction.atomic():
        made = [_again(sheet, number=f"{sheet.number}-{i}") for i in ordinals]
        write_examinations(made)
        [run] = sheet.runs.all()
        runs = Run.objects.bulk_create(_again(run, examination=one) for one in made)
        for model in (Condition, StandardUse):
            kept = list(model.objects.filter(examination=sheet))
            model.objects.bulk_create(_again(row, examination=one) for one in made for row in kept)
        typed = list(sheet.readings.all())
        readings = [
            _again(row, examination=one, run=its)
            for one, its in zip(made, runs, strict=True)
            for row in typed
        ]
        for row in readings:
            row.digest = digest_of(row)
        Reading.objects.bulk_create(readings)
        whole = list(submitted().filter(pk__in=[one.pk for one in made]))
        for one in whole:
            one.content_sha256 = content_of(one)
        Examination.objects.bulk_update(whole, ["content_sha256"])


def _again(row: models.Model, **changes: Any) -> Any:
    """The same row, to be written anew with some fields changed."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    made = type(row)(**values)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


if __name__ == "__main__":
    sys.exit(main())
