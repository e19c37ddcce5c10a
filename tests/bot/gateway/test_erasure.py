"""Deleted means gone: from the process, from Redis, from its file, from the engine."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from bot.gateway.erasure import Erasure
from bot.texts import say
from tests.bot.gateway.standins import ACUTE

SECRET_WORDS = "rabarbrablomstene-mine"


async def eventually(true, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "did not happen in time"
        await asyncio.sleep(0.05)


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def keys_of(house, talk) -> list[str]:
    return [key for key in house.redis.client().scan_iter("*") if talk.id in key]


async def test_deleted_everywhere_and_off_the_disk(house):
    talk = await house.start()
    await talk.say(SECRET_WORDS)
    await house.parts.events.publish(talk.id, {"type": "state", "state": "bot"})
    assert SECRET_WORDS.encode() in house.redis.on_disk()
    answer = await talk.delete()
    assert answer.status_code == 204 and answer.content == b""
    assert keys_of(house, talk) == []
    assert house.engine.forgotten == [talk.id]
    await eventually(lambda: SECRET_WORDS.encode() not in house.redis.on_disk())
    assert house.parts.store._held == {} and house.parts.erasure.pending == 0


async def test_a_deleted_conversation_opens_no_more(house):
    talk = await house.start()
    await talk.say("hei")
    await talk.delete()
    for method, rest in (("GET", ""), ("GET", "/events"), ("POST", "/messages")):
        answer = await house.client.request(
            method, talk.path + rest, headers=talk.key, content=b'{"text": "hei"}'
        )
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "conversation_gone"
    assert (await talk.delete()).status_code == 204  # again: still gone, still no error
    assert keys_of(house, talk) == []


async def test_a_red_flag_to_a_deleted_conversation_is_still_answered(house):
    talk = await house.start()
    await talk.delete()
    answer = await talk.post(text=f"jeg {ACUTE}")
    assert answer.status_code == 404
    assert answer.json()["safety"]["response"] == "emergency"


async def test_another_process_knows_that_it_is_gone(house, fresh_redis):
    talk = await house.start()
    await talk.delete()
    house.parts.store._gone.clear()
    assert (await talk.post(text="hei")).status_code == 404
    marks = list(fresh_redis.client().scan_iter("ung:gone:*"))
    assert len(marks) == 1 and talk.id not in marks[0]
    assert fresh_redis.client().ttl(marks[0]) > 0


async def test_a_turn_under_way_does_not_bring_it_back(house):
    talk = await house.start()
    house.engine.slow = 0.3
    turn = asyncio.create_task(talk.post(text=SECRET_WORDS))
    await asyncio.sleep(0.1)
    waiting = asyncio.create_task(talk.delete())
    await asyncio.sleep(0.05)
    late = await talk.post(text="for sent")
    assert (await turn).status_code == 200 and (await waiting).status_code == 204
    assert late.status_code == 404
    assert keys_of(house, talk) == [] and house.parts.store._held == {}


async def test_the_case_is_told(house):
    talk = await house.start(municipality="9999")
    before = (await talk.so_far())["deletion_notice"]
    await talk.say(f"jeg {ACUTE}")
    after = (await talk.so_far())["deletion_notice"]
    assert before == say("gateway.delete.plain", "nb")
    assert after != before and "slette" in after  # told before what remains
    await talk.delete()
    assert house.cases.deleted == [talk.id]


async def test_with_redis_away_it_is_unreachable_at_once_and_erased_later(house):
    talk = await house.start()
    await talk.say(SECRET_WORDS)
    house.redis.stop()
    assert (await talk.delete()).status_code == 204
    assert (await talk.post(text="hei")).status_code == 404
    assert house.parts.erasure.pending == 1
    house.redis.start()
    await eventually(lambda: keys_of(house, talk) == [])
    await eventually(lambda: SECRET_WORDS.encode() not in house.redis.on_disk(), 15)
    assert house.parts.erasure.pending == 0


async def test_engine_and_case_that_are_away_are_told_later(house):
    talk = await house.start()
    await talk.say("hei")
    house.engine.status, house.cases.down = 503, True
    assert (await talk.delete()).status_code == 204
    assert keys_of(house, talk) == [] and house.parts.erasure.pending == 1
    house.engine.status, house.cases.down = 200, False
    await eventually(lambda: house.engine.forgotten == [talk.id])
    await eventually(lambda: house.cases.deleted == [talk.id])
    await eventually(lambda: house.parts.erasure.pending == 0)


async def test_what_is_left_to_erase_survives_a_killed_gateway(house):
    talk = await house.start()
    await talk.say(SECRET_WORDS)
    house.redis.stop()
    await talk.delete()
    folder = Path(house.parts.config.var, "erase")
    assert names_in(folder) == [talk.id]
    house.parts.erasure._pending.clear()  # the old process is dead
    house.redis.start()
    parts = house.parts
    await asyncio.sleep(0.3)
    again = Erasure(parts.store, parts.engine, parts.humans, parts.events, parts.link, folder)
    assert again.pending == 1
    await again.retry()
    assert keys_of(house, talk) == [] and names_in(folder) == []


async def test_many_deletions_rewrite_the_file_seldom(house):
    talks = [await house.start() for _ in range(5)]
    client = house.redis.client()
    await eventually(lambda: not client.info("persistence")["aof_rewrite_in_progress"])
    client.config_resetstat()
    for talk in talks:
        await talk.delete()
    assert client.info("commandstats")["cmdstat_bgrewriteaof"]["calls"] == 1
    assert house.parts.erasure._rewrite_wanted  # and once more for the later ones


async def test_everything_in_redis_expires(house):
    plain, talk = await house.start(), await house.start(municipality="9999")
    await plain.say("hei")
    await talk.say(f"jeg {ACUTE}")
    await house.parts.events.publish(talk.id, {"type": "state", "state": "human"})
    client = house.redis.client()
    keys = list(client.scan_iter("*"))
    assert all(key.startswith("ung:") for key in keys), keys
    assert all(client.ttl(key) > 0 for key in keys), {key: client.ttl(key) for key in keys}
    assert client.ttl(f"ung:conv:{plain.id}") <= 24 * 3600
    assert client.ttl(f"ung:conv:{talk.id}") > 24 * 3600  # a case is open
