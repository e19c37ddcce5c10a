"""Many human chats at once over HTTP and event streams: how fast, and is anything lost or doubled?

    make load ARGS="--chats 60 --seconds 60"

Each chat has a page that follows its events, a young person and a nurse who both write all the
time. Measured: from the nurse's sending to the youth's stream, and from the youth's sending until
it is acknowledged, that is, lies in the case where the nurse's page finds it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.bot import Bot, running
from tests.bench.people import Nurse, Youth, client


@dataclass
class Measured:
    """Seconds of every delivery, and words that came not at all or more than once."""

    to_youth: list[float] = field(default_factory=list)
    to_case: list[float] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0

    def told(self) -> str:
        """Return the figures as a few lines."""
        lines = await bot.redis.lrange(f"ung:case:{talk.case}:lines", 0, -1)

    in_case = [one["text"] for one in map(json.loads, lines) if one["from"] == "youth"]
    found.lost += sum(text not in in_case for text in talk.youth.said)
    found.doubled += sum(in_case.count(text) > 1 for text in set(talk.youth.said))


def _at(found: list[float], share: float) -> str:
    ordered = sorted(found)
    return f"{ordered[round(share * (len(ordered) - 1))] * 1000:.0f} ms" if ordered else "–"


def main() -> int:
    """Run the load; exit 1 when something was lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--chats", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between one's words")
    parser.add_argument("--quick", action="store_true", help="known engine, screen of few words")
    given = parser.parse_args()
    found = asyncio.run(_main(given))
    print(f"{given.chats} chats for {given.seconds:g} s, a word each way every {given.pause:g} s")
    print(found.told())
    return 1 if found.lost or found.doubled else 0


async def _main(given: argparse.Namespace) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), given.quick) as bot:
            return await measure(bot, given.chats, given.seconds, given.pause)


if __name__ == "__main__":
    sys.exit(main())
