"""quacan messages: keep the English catalogue in step with the code and the templates."""

import argparse

from quacan.cli import catalogue


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan messages``."""
    command = commands.add_parser(
        "messages", help="collect sentences, keep their English, compile (for developers)"
    )
    command.add_argument("--prune", action="store_true", help="forget sentences no file has any more")
    command.add_argument(
        "--missing", action="store_true", help="only list sentences without English; writes nothing"
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """This will update and compile the catalogue; exit code 1 while any sentence has no English."""
    entries = catalogue.merged(catalogue.messages_in(), catalogue.read_catalogue(), prune=args.prune)
    missing = [entry.message for entry in entries if not entry.is_whole and not entry.gone]
    if not args.missing:
        catalogue.write(entries)
    for message in missing:
        print(f"{message.text}\t{', '.join(message.places)}")
    print(f"{len(entries)} sentences, {len(missing)} without English")
    return 1 if missing else 0
