"""Many human chats at once over HTTP and event streams: how fast, and is anything lost or doubled?

    make load ARGS="--chats 60 --seconds 60"

Each chat has a page that follows its events, a young person and a nurse who both write all the
time. Measured: from the nurse's sending to the youth's stream, and from the youth's sending until
it is acknowledged, that is, lies in the case where the nurse's page finds it.
"""

from __future__ import annotations

import argparse
import asyncio
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
        lines = [
            f"{name}: {len(found)} words, median {_at(found, 0.5)}, p99 {_at(found, 0.99)}, "
            f"slowest {_at(found, 1.0)}"
            for name, found in (("nurse to youth", self.to_youth), ("youth to case", self.to_case))
        ]
        return "\n".join([*lines, f"lost {self.lost}, doubled {self.doubled}"])


@dataclass
class Chat:
    """One conversation between two people."""

    youth: Youth
    case: str = ""
    sent: dict[str, float] = field(default_factory=dict)
    heard: dict[str, list[float]] = field(default_factory=dict)


async def measure(bot: Bot, chats: int, seconds: float, pause: float) -> Measured:
    """Let `chats` pairs write for `seconds`, each side every `pause` seconds or so."""
    found = Measured()
    async with client(bot) as youths, client(bot) as staff:
        nurse = Nurse(staff)
        await nurse.log_in()
        talks = [Chat(Youth(youths)) for _ in range(chats)]
        for talk in talks:
            await _begin(bot, nurse, talk)
        following = [asyncio.create_task(talk.youth.listen(talk.heard)) for talk in talks]
        end = time.monotonic() + seconds
        sides = [_nurse_writes(nurse, talk, end, pause) for talk in talks]
        sides += [_youth_writes(talk, end, pause, found) for talk in talks]
        await asyncio.gather(*sides)
        await asyncio.sleep(3)  # for what is on its way
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        for talk in talks:
            await _count(bot, talk, found)
    return found


async def _begin(bot: Bot, nurse: Nurse, talk: Chat) -> None:
    await talk.youth.begin()
    await talk.youth.ask_for_help()
    talk.case = str(await bot.redis.get(f"ung:case-of:{talk.youth.id}"))
    await nurse.claim(talk.case)


async def _nurse_writes(nurse: Nurse, talk: Chat, end: float, pause: float) -> None:
    await asyncio.sleep(random.uniform(0, pause))
    while time.monotonic() < end:
        text = f"Hei, dette er svar {len(talk.sent)}."
        talk.sent[text] = time.monotonic()
        await nurse.reply(talk.case, text)
        await asyncio.sleep(random.uniform(0.5, 1.5) * pause)


async def _youth_writes(talk: Chat, end: float, pause: float, found: Measured) -> None:
    await asyncio.sleep(random.uniform(0, pause))
    number = 0
    while time.monotonic() < end:
        begun = time.monotonic()
        await talk.youth.say(f"jeg fikk lest det {number}")
        found.to_case.append(time.monotonic() - begun)
        number += 1
        await asyncio.sleep(random.uniform(0.5, 1.5) * pause)


async def _count(bot: Bot, talk: Chat, found: Measured) -> None:
    for text, sent in talk.sent.items():
        came = talk.heard.get(text, [])
        found.lost += not came
        found.doubled += len(came) > 1
        found.to_youth += [came[0] - sent] if came else []
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
