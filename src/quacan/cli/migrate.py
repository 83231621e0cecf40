"""quacan migrate: bring the database up to date with this release, keeping everything in it."""

import argparse

from quacan.cli import open_house


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds ``quacan migrate``."""
    command = commands.add_parser("migrate", help="bring the database up to date with this release")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Migrates, and says so; a second time it changes nothing."""
    open_house(migrate=True)
    print("Cơ sở dữ liệu đã theo phiên bản này / the database is up to date")
    return 0
