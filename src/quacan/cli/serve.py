"""quacan serve: bring the database up to date, load the demo when it is empty, serve with gunicorn."""

import argparse
import os
import socket
import sys

from quacan.cli import open_house, refused


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """This will add ``quacan serve``."""
    command = commands.add_parser("serve", help="migrate, load the demo into an empty database, and serve")
    command.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    command.add_argument("--host", default=os.environ.get("QUACAN_BIND", "127.0.0.1"))
    command.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """This will serve until it is stopped; a busy port is refused before anything is touched."""
    if not _is_free(args.host, args.port):
        return refused(f"Cổng {args.port} đang bận / port {args.port} is in use: PORT=… make run")
    os.environ.setdefault("QUACAN_URL", f"http://{args.host}:{args.port}")
    open_house(migrate=True)
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    from quacan.demo import accounts, is_empty, load_demo

    if is_empty() and not args.no_demo:
        print("Nạp dữ liệu mẫu, khoảng một phút / loading the demo, about a minute…", flush=True)
        load_demo(progress=lambda line: print(f"  {line}", flush=True))
    print(f"\nQuả Cân: http://{args.host}:{args.port}\n", flush=True)
    for line in accounts():
        print(line, flush=True)
    print(flush=True)
    return _gunicorn(args.host, args.port)


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _gunicorn(host: str, port: int) -> int:
    workers = 2 * (os.cpu_count() or 1)
    from django.db import connections

    connections.close_all()
    os.execv(  # noqa: S606  (our own interpreter, fixed arguments)
        sys.executable,
        [
            *(sys.executable, "-m", "gunicorn", "quacan.centre.config.wsgi:application"),
            *("--bind", f"{host}:{port}", "--workers", str(workers), "--worker-class", "sync"),
            *("--max-requests", "5000", "--max-requests-jitter", "500", "--timeout", "60"),
            *("--log-level", "warning"),
        ],
    )
