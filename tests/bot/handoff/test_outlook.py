"""What is said of how long it takes: by who is logged in, how busy they are, how it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
import redis.asyncio

from bot.handoff.case import Person
from bot.handoff.cases import Cases
from bot.handoff.duty import Duty
from bot.handoff.errors import TooManyChats
from bot.handoff.outlook import Outlook, Outlooks
from bot.handoff.presence import Presence
from bot.handoff.schedule import Schedule
from bot.handoff.waits import Waits
from tests.bot.handoff.conftest import EKSEMPELVIK
from tests.bot.handoff.test_duty import at
from tests.bot.handoff.test_waits import WISH, later

EVENING = at("2026-10-14T18:30")


@pytest.fixture
def presence(client: redis.asyncio.Redis) -> Presence:
    return Presence(client, Schedule())


async def look(cases: Cases, client: redis.asyncio.Redis, presence: Presence) -> Outlook:
    outlooks = Outlooks(cases, Duty.load(), presence, Waits(client))
    return await outlooks.outlook(EKSEMPELVIK, EVENING)


async def open_case(cases: Cases, name: str) -> str:
    return (await cases.open(name, reason=WISH, receiver=EKSEMPELVIK)).id


async def test_nobody_logged_in(cases: Cases, client, presence: Presence) -> None:
    await client.lpush("ung:waits:9999", *[60] * 20)
    assert await look(cases, client, presence) == "unattended"
    await presence.seen(["3413"])
    assert await look(cases, client, presence) == "unattended"
    await presence.seen(["9999"])
    assert await look(cases, client, presence) == "minutes"


async def test_that_somebody_was_there_is_forgotten(client, presence: Presence) -> None:
    await presence.seen(["9999"])
    assert 0 < await client.ttl("ung:staff:present:9999") <= 15 * 60
    assert await client.keys("*") == ["ung:staff:present:9999"]  # nothing of who it was
    await client.delete("ung:staff:present:9999")
    assert not await presence.is_there("9999")


async def test_everybody_busy(cases: Cases, client, presence: Presence) -> None:
    await client.lpush("ung:waits:9999", *[60] * 20)
    await presence.seen(["9999"])
    ingrid = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
    for number in range(3):  # one nurse is on duty, and three chats are the most
        assert await look(cases, client, presence) == "minutes"
        await cases.claim(await open_case(cases, f"conv-{number}"), ingrid, 3)
    assert await look(cases, client, presence) == "busy"
    with pytest.raises(TooManyChats):
        await cases.claim(await open_case(cases, "conv-4"), ingrid, 3)


async def test_unknown_when_too_little_is_known_or_somebody_waits_long(
    cases: Cases, client, presence: Presence
) -> None:
    await presence.seen(["9999"])
    assert await look(cases, client, presence) == "unknown"
    await client.lpush("ung:waits:9999", *[60] * 20)
    await open_case(cases, "conv")
    assert await look(cases, client, presence) == "minutes"
    with later(11):
        await presence.seen(["9999"])
        assert await look(cases, client, presence) == "unknown"


async def test_a_duty_is_unattended_only_after_a_while(presence: Presence) -> None:
    duty = Duty.load()
    assert await presence.unattended(duty, EVENING) == ["9999"]
    assert await presence.unattended(duty, at("2026-10-14T15:10")) == []  # it began just now
    assert await presence.unattended(duty, at("2026-10-14T15:16")) == ["9999"]
    assert await presence.unattended(duty, at("2026-10-14T22:05")) == []
    assert await presence.unattended(duty, EVENING + timedelta(days=-1, hours=-15)) == []
    await presence.seen(["9999"])
    assert await presence.unattended(duty, EVENING) == []
