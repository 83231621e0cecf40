"""System checks: what must hold before the house opens its doors."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db import connection

FIXED_SQLITE = (3, 51, 3)


@register()
def check_sqlite(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """This will refuse WAL on a SQLite library that carries the WAL-reset corruption bug (before 3.51.3)."""
    if connection.vendor != "sqlite":
        return []
    import sqlite3

    found = tuple(int(part) for part in sqlite3.sqlite_version.split("."))
    if found >= FIXED_SQLITE:
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can corrupt a database in WAL mode.",
            hint="Install pysqlite3>=0.6.1 (run `make setup`) or use PostgreSQL through DATABASE_URL.",
            id="quacan.E001",
        )
    ]
