"""Twenty verifiers typing at once, each on a worksheet of 100 readings, against a served house.

`python -m benchmarks.desks` writes such a house into QUACAN_DATA and prints who types where; `rows` serves it as
`quacan serve` does and types over HTTP, cell by cell, as the page does.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

USERS = 20
PACE = 1.0
"""Seconds from one cell to the next of one person: quicker than an instrument can be read."""
CELLS = 30
WARM = 4
PACED = f"{USERS} people, a cell a second each"
TOKEN = "t" * 32
HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Desk:
    """One verifier: the session, the worksheet, what is typed into it in turn."""

    session: str
    sheet: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Served:
    """A house that is served: its port and the process that answers with the help of its children."""

    port: int
    process: int

    def processor_seconds(self) -> float:
        """This will read how long the processor has worked for the server so far, all its processes together."""
        ticks = 0
        for place in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                head, _name, tail = place.read_text().rpartition(")")
                fields = tail.split()
                if self.process in (int(head.split()[0]), int(fields[1])):
                    ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def rows() -> list[dict[str, Any]]:
    """This will build the house, serve it, and time what each person waits for after each cell."""
    with tempfile.TemporaryDirectory() as folder:
        desks = built(folder)
        with served(folder) as house:
            together(house.port, desks, cells=WARM, pace=0)
            before = house.processor_seconds()
            paced = together(house.port, desks, cells=CELLS, pace=PACE)
            worked = (house.processor_seconds() - before) / len(paced)
            pressed = together(house.port, desks, cells=CELLS, pace=0)
            alone = together(house.port, desks[:1], cells=CELLS, pace=0)
    return [
        _row("one person", alone),
        {**_row(PACED, paced), "processor": worked},
        _row(f"{USERS} people, everyone without a pause", pressed),
    ]


def _row(contender: str, times: Sequence[float]) -> dict[str, Any]:
    ordered = sorted(times)
    return {
        "contender": contender,
        "size": len(ordered),
        "seconds": ordered[int(0.95 * len(ordered))],
        "median": ordered[len(ordered) // 2],
        "longest": ordered[-1],
    }


def environment(folder: str) -> dict[str, str]:
    """This will give the environment of a house in a folder of its own."""
    return {**os.environ, "QUACAN_DATA": folder, "DATABASE_URL": "", "QUACAN_URL": ""}


def built(folder: str) -> list[Desk]:
    """This will write the house in a process of its own and give the desks."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.desks"],
        env=environment(folder),
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [
        Desk(one["session"], one["sheet"], tuple(map(tuple, one["cells"]))) for one in json.loads(done.stdout)
    ]


@contextmanager
def served(folder: str) -> Iterator[Served]:
    """This will serve the house with the command a user gives, until the block ends."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port = int(probe.getsockname()[1])
    quacan = Path(sys.executable).parent / "quacan"
    server = subprocess.Popen(
        [quacan, "serve", "--no-demo", "--port", str(port)],
        env=environment(folder) | {"QUACAN_URL": f"http://{HERE}:{port}"},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield Served(port, server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex((HERE, port)) == 0:
                return
        sleep(0.1)
    raise RuntimeError("the server did not start")


def together(port: int, desks: Sequence[Desk], *, cells: int, pace: float) -> list[float]:
    """This will let everybody type so many cells, and give the seconds everybody waited.

    With a pace the wait counts from the instant the cell was due, so a late answer makes the next one late too.
    """
    start = perf_counter() + 0.2
    with ThreadPoolExecutor(len(desks)) as people:
        waits = [
            people.submit(_type, port, desk, cells, pace, start + i * pace / len(desks))
            for i, desk in enumerate(desks)
        ]
    return [seconds for wait in waits for seconds in wait.result()]


def _type(port: int, desk: Desk, cells: int, pace: float, start: float) -> list[float]:
    found = []
    for turn in range(cells):
        due = start + turn * pace if pace else perf_counter()
        sleep(max(0.0, due - perf_counter()))
        cell, text = desk.cells[turn % len(desk.cells)]
        answer = saved(port, desk, {cell: f"{text}{_digits(start, turn)}"})
        found.append(perf_counter() - due)
        assert answer["rows"][cell.rpartition(".")[0]]["verdict"], answer
    return found


def _digits(start: float, turn: int) -> str:
    """Further decimals, different every time, so that every save is a new revision."""
    return f"{int(start * 1000) % 100_000:05d}{turn:03d}"


def saved(port: int, desk: Desk, cells: dict[str, str]) -> dict[str, Any]:
    """This will send cells as the page does and give the answer; any refusal is an error."""
    connection = http.client.HTTPConnection(HERE, port, timeout=60)
    connection.request(
        "POST",
        f"/kiem-dinh/{desk.sheet}/so-doc/",
        json.dumps({"cells": cells, "conditions": {}}),
        {
            "Content-Type": "application/json",
            "Cookie": f"sessionid={desk.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Origin": f"http://{HERE}:{port}",
            "Referer": f"http://{HERE}:{port}/kiem-dinh/{desk.sheet}/",
        },
    )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status == 200, (answer.status, body[:500])
    found: dict[str, Any] = json.loads(body)
    return found


def main() -> int:
    """This will write the house: everybody has a worksheet of 100 readings, all typed already."""
    from quacan.cli import open_house

    open_house(migrate=True)
    from benchmarks import house

    centre = house.found()
    people = house.verifiers(centre, USERS)
    desks = []
    with house.hundred_readings() as (case, cells):
        for job in house.jobs(centre, house.MULTIMETER, case, people):
            sheet = house.opened(job, house.MULTIMETER)
            house.typed(sheet, case, cells)
            readings = [[key, text] for key, text in cells.items() if key.endswith(".indication")]
            desks.append({"session": house.signed_in(job.performer), "sheet": sheet.pk, "cells": readings})
    json.dump(desks, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
