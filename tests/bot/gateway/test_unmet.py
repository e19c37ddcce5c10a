"""Unmet needs are counted beside the turns: once, without a word or an id, and never in the way."""

from __future__ import annotations

import asyncio
import json
import time

import pytest

from bot.unmet import dropped_at, week_of

KEY = "ung:unmet:3413:*"


def gap(level: str = "orange", age: int | None = 14, gap: bool = True) -> dict:
    return {
        "help": {"level": level, "why": [], "services": []},
        "gap": gap,
        "understood": {"themes": ["trist"], "place": "3413", "age": age},
    }


async def say(house, talk, **about):
    house.engine.next = gap(**about)
    return await talk.say("jeg har det vondt i Stange")


async def counted(house) -> dict[str, str]:
    await house.parts.tally.write()
    client = house.redis.client()
    return {k: v for key in client.keys(KEY) for k, v in client.hgetall(key).items()}


@pytest.fixture(autouse=True)
def _nothing_waits(house):
    house.parts.tally._waiting.clear()


async def test_a_gap_is_counted_and_not_told(house):
    turn = await say(house, await house.start())
    assert "gap" not in turn and turn["help"]["level"] == "orange"
    assert await counted(house) == {"orange:13-15": "1"}


async def test_help_without_a_gap_is_not_counted(house):
    await say(house, await house.start(), gap=False)
    assert await counted(house) == {}


async def test_a_conversation_counts_once_a_level_and_week(house):
    talk = await house.start()
    for level in ("orange", "orange", "red"):
        await say(house, talk, level=level)
    await say(house, talk, age=17)  # a second age is no second need
    assert await counted(house) == {"orange:13-15": "1", "red:13-15": "1"}
    await say(house, await house.start(), age=None)
    assert await counted(house) == {"orange:13-15": "1", "red:13-15": "1", "orange:unknown": "1"}


async def test_nothing_else_is_kept_and_not_for_long(house):
    talk = await house.start()
    await say(house, talk)
    await counted(house)
    client = house.redis.client()
    (key,) = client.keys("ung:unmet:*")
    week = week_of(house.parts.clock().date())
    assert key == f"ung:unmet:3413:{week}"
    assert client.hgetall(key) == {"orange:13-15": "1"}
    left = dropped_at(week).timestamp() - time.time()
    assert abs(client.ttl(key) - left) < 60


async def test_deleting_the_conversation_deletes_what_it_was_counted_for(house):
    talk = await house.start()
    await say(house, talk)
    await talk.delete()
    assert not [key for key in house.redis.client().keys("ung:conv:*") if talk.id in key]
    assert await counted(house) == {"orange:13-15": "1"}  # a number belongs to nobody


async def test_redis_away_neither_delays_nor_fails_a_turn_and_the_number_comes_later(house):
    talk = await house.start()
    house.redis.stop()
    turn = await say(house, talk)
    assert turn["help"]["level"] == "orange"
    await house.parts.tally.write()
    house.redis.mend()
    house.parts.link._closed_until = 0.0
    assert await counted(house) == {"orange:13-15": "1"}


async def test_the_gateway_writes_by_itself(house):
    await say(house, await house.start())
    client = house.redis.client()
    for _ in range(150):
        if client.keys(KEY):
            break
        await asyncio.sleep(0.1)
    assert client.keys(KEY)


async def test_the_engine_speaks_of_a_gap():
    from datetime import datetime

    from bot.clock import NORWAY
    from bot.dialogue.facts import Facts
    from bot.dialogue.reply import Reply, offer_help

    answers = {}
    for place in ("9999", "3413", "4601"):  # whole; old facts only; no catalog
        facts = Facts(themes=["trist"], severity="severe", duration="short", age=15, place=place)
        reply = Reply()
        offer_help(reply, facts, "nb", datetime(2026, 11, 23, 12, tzinfo=NORWAY))
        answers[place] = json.loads(json.dumps(reply.to_json(facts)))["gap"]
    assert answers == {"9999": False, "3413": True, "4601": False}
