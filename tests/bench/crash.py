"""kill -9 of gateway, Redis and engine at random moments through many cases: is anything lost?

    make crash ARGS="--cases 500"

Young people write and nurses answer over HTTP, as stubborn as their pages are, while parts are
killed. Afterwards every word that was acknowledged must be there once: in the conversation, in the
case and in the event stream; and every case that was promised, in the state that was acknowledged.
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
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import redis

from tests.bench.bot import Bot, running
from tests.bench.people import Nurse, Youth, client

PARTS = ("gateway", "redis", "engine")


@dataclass
class Story:
    """One case from beginning to end, and what must be true of it."""

    youth: Youth
    number: int
    case: str = ""
    end: str = ""


@dataclass
class Result:
    """What was found. `faults` is empty when nothing was lost or doubled."""

    cases: int
    words: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


async def prove(
    bot: Bot, cases: int, at_once: int, pause: tuple[float, float], seed: int
) -> Result:
    """Play `cases` stories, `at_once` at a time, while parts are killed."""
    result = Result(cases)
    async with client(bot) as youths, client(bot) as staff:
        nurse = Nurse(staff)
        await nurse.log_in()
        killer = asyncio.create_task(_kill(bot, pause, random.Random(seed), result.kills))
        room, stories = asyncio.Semaphore(at_once), [Story(Youth(youths), n) for n in range(cases)]

        async def play(story: Story) -> None:
            async with room:
                await _live(bot, nurse, story)

        try:
            await asyncio.gather(*(play(story) for story in stories))
        finally:
            killer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await killer
        await bot.whole()
        for story in stories:
            result.faults += await _faults(bot, nurse, story)
            result.words += len(story.youth.said) + len(nurse.said.get(story.case, []))
    return result


async def _live(bot: Bot, nurse: Nurse, story: Story) -> None:
    youth, number = story.youth, story.number
    await youth.begin()
    await youth.ask_for_help()
    await youth.say(f"venter {number}")
    story.case = await _case_of(bot, youth.id)
    await nurse.claim(story.case)
    await nurse.reply(story.case, f"svar {number} a")
    await youth.say(f"takk {number}")
    await nurse.reply(story.case, f"svar {number} b")
    await youth.say(f"ha det {number}")
    story.end = "closed" if number % 2 else "handed_back"
    await (nurse.close if story.end == "closed" else nurse.hand_back)(story.case)


async def _case_of(bot: Bot, conversation: str) -> str:
    """Return the case that was promised. The nurse sees it in her list; here it is looked up."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(Exception):
            found = await bot.redis.get(f"ung:case-of:{conversation}")
            if found:
                return str(found)
        await asyncio.sleep(0.2)
    raise AssertionError("a case was promised and is not there")


async def _kill(
    bot: Bot, pause: tuple[float, float], chance: random.Random, kills: Counter[str]
) -> None:
    """Kill one part after another; sometimes two at once, which is what backups are for."""
    while True:
        await asyncio.sleep(chance.uniform(*pause))
        chosen = chance.sample(PARTS, 2 if chance.random() < 0.2 else 1)
        for name in chosen:
            bot.kill(name)
            kills[name] += 1
        # Mostly the next one comes when everything is back: a bot that is never up proves nothing.
        if chance.random() < 0.7:
            await bot.whole()


async def _faults(bot: Bot, nurse: Nurse, story: Story) -> list[str]:
    """Return what is missing or there twice; words on their way get half a minute."""
    deadline = time.monotonic() + 30
    while True:
        found = await _look(bot, nurse, story)
        if not found or time.monotonic() > deadline:
            return found
        await asyncio.sleep(0.5)


async def _look(bot: Bot, nurse: Nurse, story: Story) -> list[str]:
    youth, replies = story.youth, nurse.said.get(story.case, [])
    try:
        so_far = await youth.so_far()
        record = json.loads(await bot.redis.hget(f"ung:case:{story.case}", "json") or "{}")
        found = await bot.redis.lrange(f"ung:case:{story.case}:lines", 0, -1)
        stream = await bot.redis.xrange(f"ung:conv:{youth.id}:events")
    except (httpx.HTTPError, redis.RedisError) as error:  # a line that a kill has cut
        return [f"conversation {story.number}: {type(error).__name__}"]
    heard = [json.loads(fields["json"]).get("message") or {} for _, fields in stream]
    places: dict[str, list[dict[str, Any]]] = {
        "conversation": so_far["messages"],
        "case": [json.loads(one) for one in found],
        "events": heard,
    }
    faults = []
    for place, messages in places.items():
        there = Counter(one["text"] for one in messages if one.get("from") in ("youth", "human"))
        wanted = replies if place == "events" else [*replies, *youth.said]
        wrong = [text for text in wanted if there[text] != 1]
        faults += [f"{place} {story.number}: {there[text]} × {text!r}" for text in wrong]
    if record.get("state") != story.end:
        faults.append(f"case {story.number}: {record.get('state')}, not {story.end}")
    return faults


def main() -> int:
    """Run the proof; exit 1 when something was lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.crash", description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--at-once", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=float, default=8.0, help="seconds between kills, about")
    parser.add_argument("--quick", action="store_true", help="known engine, screen of few words")
    given = parser.parse_args()
    result = asyncio.run(_main(given))
    killed = ", ".join(f"{name} {count} times" for name, count in sorted(result.kills.items()))
    print(f"{result.cases} cases, {result.words} acknowledged words; killed: {killed}")
    print("\n".join(result.faults) or "nothing lost, nothing doubled")
    return 1 if result.faults else 0


async def _main(given: argparse.Namespace) -> Result:
    pause = (given.every * 0.25, given.every * 1.75)
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), given.quick) as bot:
            return await prove(bot, given.cases, given.at_once, pause, given.seed)


if __name__ == "__main__":
    sys.exit(main())
