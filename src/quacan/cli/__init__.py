"""The command line: ``quacan`` and its commands. Each module of ``commands`` adds its own and is loaded lazily."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = (
    "serve",
    "migrate",
    "demo",
    "check",
    "daily",
    "reports",
    "book",
    "procedures",
    "benches",
    "recompute",
    "science",
    "environment",
    "messages",
)


def parser() -> argparse.ArgumentParser:
    """This will build the parser with every command of the house."""
    top = argparse.ArgumentParser(
        prog="quacan",
        description="Quả Cân: kiểm định, hiệu chuẩn và báo cáo; mỗi con số mở ra được tới số đọc."
        " · Verification, calibration and reporting; every figure opens down to its reading.",
        epilog="quacan COMMAND --help explains a command. Environment: QUACAN_DATA, DATABASE_URL, PORT.",
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(f"quacan.cli.{name}").add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """This will run one command and return its exit code: 0 done, 1 problems found, 2 refused."""
    args = parser().parse_args(arguments)
    try:
        return int(args.run(args))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def open_house(*, migrate: bool = False) -> None:
    """This will load Django, and bring the database up to date where *migrate* asks for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quacan.centre.config.settings")
    import django

    django.setup()
    from django.conf import settings

    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    if migrate:
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)


def refused(sentence: str) -> int:
    """This will say on stderr, in one sentence, why a command was refused; returns exit code 2."""
    print(sentence, file=sys.stderr)
    return 2
