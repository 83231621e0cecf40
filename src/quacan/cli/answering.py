"""How the commands over the house answer: JSON or lines on standard output, a refusal as one sentence, exit code 2."""

import argparse
import functools
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quacan.cli import open_house, refused

if TYPE_CHECKING:
    from quacan.centre.base.act import Act

Command = Callable[[argparse.Namespace], int]


def in_the_house(command: Command) -> Command:
    """This will run a command with Django loaded; whatever is refused becomes one sentence and exit code 2."""

    @functools.wraps(command)
    def run(args: argparse.Namespace) -> int:
        open_house()
        from django.db.utils import OperationalError, ProgrammingError

        from quacan.centre.base.definitions import DefinitionsRefused
        from quacan.centre.base.periods import PeriodRefused
        from quacan.centre.base.refusals import Refusal

        try:
            return command(args)
        except Refusal as refusal:
            return refused(refusal.sentence)
        except (PeriodRefused, DefinitionsRefused) as refusal:
            return refused(str(refusal))
        except BrokenPipeError:  # whoever read the answer has read enough; the command line ends quietly
            raise
        except OSError as error:
            return refused(f"Không đọc hoặc ghi được tệp {error.filename}: {error.strerror}.")
        except (OperationalError, ProgrammingError) as error:
            return refused(
                f"Không đọc được cơ sở dữ liệu ({str(error).splitlines()[0]}). "
                "Chạy “quacan demo” hoặc “quacan serve” để tạo, rồi thử lại."
            )

    return run


def operator() -> "Act":
    """This will make the deed of the person at the server's own command line, now."""
    from django.utils import timezone

    from quacan.centre.base.act import Act
    from quacan.centre.base.actors import Operator

    return Act(actor=Operator(), at=timezone.now(), door="cli")


def answer(data: Any) -> int:
    """This will print data as JSON."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def answer_rows(rows: Sequence[Mapping[str, Any]], *, as_json: bool, key: str) -> int:
    """This will print rows as JSON under a key, else one per line with tabs."""
    if as_json:
        return answer({key: list(rows)})
    for row in rows:
        print("\t".join("" if value is None else str(value) for value in row.values()))
    return 0


def write_out(content: bytes, out: str) -> int:
    """This will write a file, or standard output for ``-``."""
    if out == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        Path(out).write_bytes(content)
    return 0
