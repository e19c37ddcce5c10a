"""Writing, delivered, read: seen by the other, gone with the conversation, never an error."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.handoff.case import Person
from bot.handoff.signs import Signs
from tests.bot.gateway.standins import ACUTE
from tests.bot.gateway.test_events import Listener
from tests.bot.gateway.test_with_handoff import real  # noqa: F401

INGRID = Person(id="ingrid", name="Ingrid", role="helsesykepleier")


async def with_human(house):
    talk = await house.start(municipality="9999")
    await talk.say(f"jeg {ACUTE}")
    case = await house.parts.cases.for_conversation(talk.id)
    await house.parts.cases.claim(case.id, INGRID)
    await talk.say("er du der")
    return talk, case


async def signed(talk, **body):
    path = f"{talk.path}/signs"
    answer = await talk.house.client.post(path, json=body, headers=talk.key)
    assert answer.status_code == 204 and answer.content == b""


async def test_the_youth_sees_that_the_human_writes_and_has_read(real):  # noqa: F811
    talk, _ = await with_human(real)
    signs = Signs(real.parts.cases._store._redis)
    async with Listener(talk) as listener:
        await signs.typing(talk.id, "human")
        await signs.note(talk.id, "human", "read", "m-1")
        for _ in range(100):
            if {"typing", "read"} <= {event["event"] for event in listener.events}:
                break
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.6)  # three more looks: neither is told again
    told = [event for event in listener.events if event["event"] in ("typing", "read")]
    assert sorted(event["event"] for event in told) == ["read", "typing"]
    assert all("id" not in event for event in told)  # resuming is from what was said
    read = next(event for event in told if event["event"] == "read")
    assert read["data"] == {"type": "read", "from": "human", "message": "m-1"}


async def test_the_human_sees_what_the_youth_does(real):  # noqa: F811
    talk, _ = await with_human(real)
    signs = Signs(real.parts.cases._store._redis)
    assert not await signs.is_typing(talk.id, "youth")
    await signed(talk, typing=True)
    assert await signs.is_typing(talk.id, "youth")
    await signed(talk, delivered="h-2", read="h-1")
    assert await signs.last(talk.id, "youth") == {"delivered": "h-2", "read": "h-1"}


async def test_the_human_sees_whether_the_page_is_open(real, monkeypatch):  # noqa: F811
    talk, _ = await with_human(real)
    signs = Signs(real.parts.cases._store._redis)
    assert (await signs.presence(talk.id)).state == "unknown"
    async with Listener(talk):
        await until(signs, talk, "here")
        monkeypatch.setattr("bot.handoff.signs.AWAY_AFTER", timedelta(0))
        assert (await signs.presence(talk.id)).state == "away"
    monkeypatch.undo()
    await signed(talk, left=True)
    await asyncio.sleep(0.6)  # a stream that is just ending says nothing against it
    left = await signs.presence(talk.id)
    assert left.state == "left" and left.at.endswith("Z")
    async with Listener(talk):  # back, with a code
        await until(signs, talk, "here")


async def until(signs, talk, state):
    for _ in range(100):
        if (await signs.presence(talk.id)).state == state:
            return
        await asyncio.sleep(0.05)
    assert (await signs.presence(talk.id)).state == state


async def test_nonsense_and_strangers_leave_no_sign(real):  # noqa: F811
    talk, _ = await with_human(real)
    for body in (
        {"read": "x" * 65},
        {"left": "ja"},
        {"read": "<b>"},
        {"typing": "yes"},
        {"read": 5},
        {},
    ):
        await signed(talk, **body)
    path = f"{talk.path}/signs"
    for content in (b"[1]", b"not json", b""):
        answer = await real.client.post(path, content=content, headers=talk.key)
        assert answer.status_code < 500
    assert (await real.client.post(path, json={"typing": True})).status_code == 401
    alone = await real.start(municipality="9999")
    await signed(alone, typing=True)  # no human there: nothing to tell anybody
    assert list(real.redis.client().scan_iter("ung:conv:*:typing:*")) == []
    assert list(real.redis.client().scan_iter("ung:conv:*:seen")) == []


async def test_signs_go_with_the_conversation(real):  # noqa: F811
    talk, _ = await with_human(real)
    await signed(talk, typing=True, delivered="h-1")
    await talk.delete()
    assert [key for key in real.redis.client().scan_iter("*") if talk.id in key] == []


async def test_with_redis_away_a_sign_is_no_error(real):  # noqa: F811
    talk, _ = await with_human(real)
    real.redis.stop()
    await signed(talk, typing=True)
    real.redis.start()


async def test_two_pages_an_hour_apart_hear_everything_once_and_in_order(real):  # noqa: F811
    """Two tabs; one sleeps for an hour's worth of messages and resumes where it was."""
    talk, case = await with_human(real)
    async with Listener(talk) as one, Listener(talk) as two:
        heard = len(one.events), len(two.events)
        await real.parts.cases.reply(case.id, "ingrid", "nr 0")
        await one.until(heard[0] + 1)
        await two.until(heard[1] + 1)
        last = [event["id"] for event in two.events if "id" in event][-1]
    for number in range(1, 61):
        await real.parts.cases.reply(case.id, "ingrid", f"nr {number}")
    async with Listener(talk, **{"Last-Event-ID": last}) as again, Listener(talk) as fresh:
        await again.until(60)
        await asyncio.sleep(0.3)
        words = [e["data"]["message"]["text"] for e in again.events if e["event"] == "message"]
        assert words == [f"nr {number}" for number in range(1, 61)]
        heard = [e["data"]["message"]["text"] for e in fresh.events if e["event"] == "message"]
        assert [text for text in heard if text.startswith("nr ")] == [
            f"nr {number}" for number in range(61)
        ]
    kept = [m["text"] for m in (await talk.so_far())["messages"] if m["from"] == "human"]
    assert kept == [f"nr {number}" for number in range(61)]
