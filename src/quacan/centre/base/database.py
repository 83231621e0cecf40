"""The two databases: SQLite inside the house, PostgreSQL beside it.

SQLite up to 3.51.2 can corrupt a database in WAL mode, so a fixed library (``pysqlite3``) takes the place of
Python's own before Django loads; ``check_sqlite`` refuses to start on any other.
"""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def use_fixed_sqlite() -> None:
    """This will make ``import sqlite3`` mean the fixed library for everything imported afterwards."""
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def database_settings(url: str, *, data: Path) -> dict[str, Any]:
    """This will turn a database URL ('' means SQLite below *data*) into Django's settings.

    Raises ValueError for a scheme that is neither ``postgres`` nor ``sqlite``.
    """
    if not url:
        return sqlite_settings(data / "quacan.sqlite3")
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql_settings(url)
    if parts.scheme == "sqlite":
        return sqlite_settings(Path(unquote(parts.path)))
    raise ValueError(f"DATABASE_URL: unknown scheme {parts.scheme!r}; use postgres:// or sqlite:///path")


def sqlite_settings(path: Path) -> dict[str, Any]:
    """This will give the settings measured to lose no write: WAL, IMMEDIATE, FULL, long timeout, no mmap."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;"
                " PRAGMA cache_size=-16384; PRAGMA foreign_keys=ON"
            ),
        },
    }


def _postgresql_settings(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {},
    }
