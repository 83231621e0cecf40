"""A real server over a copy of the demonstration, Debian's Chromium before it, and a watch over every page."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visiting import ARGUMENTS, Keyring, Visitor
from tests.conftest import QUACAN, House

STARTS_WITHIN = 60


def free_port() -> int:
    """This will find a port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(house: House) -> Iterator[str]:
    """This will serve an installation as a user does, and give its address until the block ends."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = house.data / "server.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [QUACAN, "serve", "--no-demo", "--port", str(port)],
            env={**house.environment, "QUACAN_URL": address},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(server, port, log)
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(f"the server did not start: {log.read_text()}")


def chromium_here() -> str:
    """This will find the browser of the machine, or give ''."""
    return os.environ.get("QUACAN_TEST_CHROMIUM") or shutil.which("chromium") or ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser one line says what to install, in place of a line for every test."""
    driven = [item for item in items if item.get_closest_marker("browser")]
    if chromium_here() or not driven:
        return
    reason = f"{len(driven)} browser tests need Debian's package 'chromium'"
    driven[0].add_marker(pytest.mark.skip(reason=reason))
    config.hook.pytest_deselected(items=driven[1:])
    items[:] = [item for item in items if item not in driven[1:]]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of the machine."""
    return chromium_here()


@pytest.fixture(scope="session")
def house(
    chromium: str,
    demo: House,
    tmp_path_factory: pytest.TempPathFactory,
    copier: Callable[[House, Path], House],
) -> House:
    """The demonstration of this run, a copy of this worker's own."""
    return copier(demo, tmp_path_factory.mktemp("browser") / "house")


@pytest.fixture(scope="session")
def address(house: House) -> Iterator[str]:
    """Where the server answers."""
    with serving(house) as found:
        yield found


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    """Who has signed in already: cookies by name."""
    return Keyring()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium for the tests of one file: its event loop must be gone before tests that read the database."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def visitor(browser: Browser, address: str, keyring: Keyring) -> Iterator[Visitor]:
    """Whoever opens pages in a test; afterwards no page may have complained."""
    found = Visitor(browser, address, keyring)
    yield found
    found.leave()
    assert not found.complaints, "\n".join(found.complaints)
