"""quacan demo: load the demonstration institution into an empty database."""

import argparse
import sys
import time

from quacan.cli import open_house, refused


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan demo``."""
    command = commands.add_parser("demo", help="load the demonstration into an empty database")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """This will load the demonstration, refusing a database that is in use."""
    open_house(migrate=True)
    from quacan.demo import accounts, is_empty, load_demo

    if not is_empty():
        return refused(
            "Cơ sở dữ liệu đã có dữ liệu: chỉ nạp dữ liệu mẫu vào cơ sở dữ liệu trống (đặt QUACAN_DATA khác)."
        )
    began = time.monotonic()
    load_demo(progress=lambda line: print(line, file=sys.stderr, flush=True))
    for line in accounts():
        print(line)
    print(f"({time.monotonic() - began:.0f} s)")
    return 0
