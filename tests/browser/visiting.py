"""Opening pages as a person of the demonstration, and watching what they complain about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

PASSWORD = "can-dung-tung-gam"  # of the demonstration, as its command prints it
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
OWN = re.compile(r"^(data|blob|about|chrome-error):")

LEFT = r"htmx:(sendAbort|afterRequest), "
"""What htmx says when a page is left before the answer to what was just typed came."""


@dataclass
class Keyring:
    """The cookies of those who have signed in, so that each signs in by the form once."""

    states: dict[str, Any] = field(default_factory=dict)


@dataclass
class Visitor:
    """Opens browsers for people and keeps what their pages complain about.

    *forgiven*: patterns of complaints a test provokes on purpose (a refusal answers 422, a cut network fails).
    """

    browser: Browser
    address: str
    keyring: Keyring
    complaints: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    def page(
        self,
        username: str = "",
        *,
        phone: bool = False,
        dark: bool = False,
        language: str = "vi",
        size: dict[str, int] | None = None,
    ) -> Page:
        """This will open an empty page, signed in as somebody where a name is given."""
        if username and username not in self.keyring.states:
            self._sign_in(username)
        context = self.browser.new_context(
            base_url=self.address,
            viewport=size or (PHONE if phone else WIDE),  # type: ignore[arg-type]
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            storage_state=self.keyring.states.get(username),
        )
        if language != "vi":
            context.add_cookies([{"name": "quacan_language", "value": language, "url": self.address}])
        return self._watched(context)

    def _watched(self, context: BrowserContext) -> Page:
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        context.on("request", self._see_request)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self._complain(f"script error: {error.error}"))
        return context.new_page()

    def _sign_in(self, username: str) -> None:
        page = self.page()
        enter(page, username)
        self.keyring.states[username] = page.context.storage_state()
        page.context.close()

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith(self.address + "/") and not OWN.match(request.url):
            self._complain(f"a request left the house: {request.url}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.page.url if message.page else ""
            self._complain(f"console {message.type} at {where}: {message.text}")

    def _complain(self, complaint: str) -> None:
        if not any(re.search(pattern, complaint) for pattern in (*self.forgiven, LEFT)):
            self.complaints.append(complaint)

    def leave(self) -> None:
        """This will close everything that was opened."""
        for context in self.contexts:
            context.close()


def enter(page: Page, username: str, password: str = PASSWORD) -> None:
    """This will sign in by the form."""
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_load_state()
