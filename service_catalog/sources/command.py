"""The command that fetches every remote catalog now, as the running bot does by itself."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any, Optional

from bot.settings import BadSetting, read_file
from service_catalog.load import Catalogs
from service_catalog.sources.keeper import Keeper
from service_catalog.sources.settings import FILE, Sources


def add(commands: Any) -> None:
    """Add `fetch` to the command line."""
    fetch = commands.add_parser("fetch", help="fetch every remote catalog now")
    fetch.add_argument("--settings", metavar="FILE", type=Path, help="another catalogs.yml")
    fetch.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Fetch, keep what is sound, tell how each source is; 1 when one is not ok, 2 for settings."""
    try:
        sources = _sources(chosen.settings)
    except BadSetting as error:
        print(error, file=sys.stderr)
        return 2
    keeper = Keeper(sources, Catalogs())
    asyncio.run(keeper.fetch_all())
    states = keeper.states()
    for state in states:
        print(state)
    if not sources.remote:
        print("no remote sources in the settings", file=sys.stderr)
    return 0 if all(state.state == "ok" for state in states) else 1


def _sources(path: Optional[Path]) -> Sources:
    if path is None:
        return Sources.load()
    try:
        return Sources.load(read_file(path))
    except BadSetting as error:  # names the usual file, which was not the one that was read
        raise BadSetting(str(error).replace(FILE, str(path), 1)) from None
