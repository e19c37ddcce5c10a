"""`python -m service_catalog preview`: the whole bot on one catalog, beside what is in service.

The catalog (and the lines of the country) is copied to a folder of its own, with its own
Redis; nothing in service is touched, and all is gone when it ends. When the file is
changed it is checked and the bot starts anew on it.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import socket
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Optional

from service_catalog.checking.command import check
from service_catalog.errors import CatalogError
from service_catalog.onboarding.preview_bot import HOST, PreviewBot
from service_catalog.onboarding.starting import SHIPPED
from service_catalog.schema import Catalog

POLL = 1.0  # seconds between looks at the file
NATIONAL = "national.yml"
Stamp = Optional[tuple[int, int]]


def add(commands: Any) -> None:
    """Register the command with the command line."""
    parser = commands.add_parser("preview", help="run the whole bot on just this catalog")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--port", type=int, default=8001)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Check the file, run the bot on it until Ctrl-C. Raises CatalogError when it has faults."""
    catalog = sound(chosen.file)
    if catalog is None:
        raise CatalogError("The catalog has faults, so there is nothing to see yet: mend them.")
    free_port_or_refuse(chosen.port)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with TemporaryDirectory(prefix="ungveiviser-preview-") as room:
        bot = PreviewBot(Path(room), chosen.port)
        take_up(chosen.file, bot.catalogs)
        bot.start()
        try:
            return watch(chosen.file, catalog, bot, stop)
        finally:
            bot.stop()
            print("The preview has ended.", flush=True)


def sound(file: Path) -> Optional[Catalog]:
    """Print the faults and warnings of one file; return its catalog, None when it is faulty."""
    if file.is_dir():
        raise CatalogError(f"{file} is a folder; give the file of one catalog")
    found, warnings = check([file])
    for line in (*found.faults, *warnings):
        print(line, flush=True)
    return found.sound[0][1].catalog if found.sound else None


def take_up(file: Path, folder: Path) -> None:
    """Put a copy of the catalog in `folder`, with the lines of the whole country beside it."""
    folder.mkdir(exist_ok=True)
    copy = folder / "preview.yml"
    shutil.copyfile(file, copy.with_suffix(".new"))
    copy.with_suffix(".new").replace(copy)
    if file.name != NATIONAL:
        shutil.copyfile(SHIPPED / NATIONAL, folder / NATIONAL)


def watch(file: Path, catalog: Catalog, bot: PreviewBot, stop: threading.Event) -> int:
    """Wait for Ctrl-C; say where the bot is, and take up what is changed in the file."""
    seen, told = stamp(file), False
    while not stop.wait(POLL):
        if bot.ended is not None:
            print("The bot has ended; the lines above say why.", file=sys.stderr)
            return bot.ended or 1
        if not told and bot.answers():
            told = True
            print(f"\n  {catalog.name}: {bot.address(catalog)}\n  {file} is watched.\n", flush=True)
        now = stamp(file)
        if now not in (seen, None):
            seen = now
            changed = sound(file)
            if changed is None:
                print("  not taken up: the last sound one goes on\n", flush=True)
                continue
            catalog, told = changed, False
            print("  changed and sound: the bot starts anew on it …", flush=True)
            take_up(file, bot.catalogs)
            bot.restart()
    return 0


def stamp(file: Path) -> Stamp:
    """Return what changes when the file does; None while it is away (editors replace files)."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def free_port_or_refuse(port: int) -> None:
    """Raise CatalogError when `port` cannot be had."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            raise CatalogError(f"port {port} is taken or cannot be used; try --port 8002") from None
