"""The two databases: which settings a URL stands for."""

from pathlib import Path

import pytest

from quacan.centre.base.database import database_settings


def test_without_a_url_the_database_lies_below_the_data():
    found = database_settings("", data=Path("/srv/quacan"))
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == "/srv/quacan/quacan.sqlite3"


def test_sqlite_is_set_to_lose_no_write():
    options = database_settings("sqlite:///srv/a%20b.sqlite3", data=Path("x"))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "mmap_size=0"):
        assert pragma in options["init_command"]


def test_a_path_may_have_spaces():
    assert database_settings("sqlite:///srv/a%20b.sqlite3", data=Path("x"))["NAME"] == "/srv/a b.sqlite3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_server_is_named_with_its_parts(scheme):
    found = database_settings(f"{scheme}://an:m%40t@may:5433/quacan", data=Path("x"))
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("quacan", "an", "m@t")
    assert (found["HOST"], found["PORT"]) == ("may", "5433")


def test_a_socket_is_named_by_its_folder():
    assert database_settings("postgres:///quacan?host=/run/pg", data=Path("x"))["HOST"] == "/run/pg"


def test_any_other_scheme_is_refused_by_name():
    with pytest.raises(ValueError, match="mysql"):
        database_settings("mysql://x/y", data=Path("x"))
