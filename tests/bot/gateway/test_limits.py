"""Limits: after the screen, per conversation and per address, open when Redis is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.gateway.limits import network_of
from tests.bot.gateway.conftest import open_house
from tests.bot.gateway.standins import ACUTE

SCHOOL = {"X-Forwarded-For": "198.51.100.7"}


@pytest.fixture
async def strict(fresh_redis, tmp_path):
    """A gateway with limits that a test can reach."""
    async with open_house(
        fresh_redis,
        tmp_path,
        limit_messages_per_conversation="3/minute",
        limit_messages_per_address="5/minute",
        limit_conversations_per_address="2/minute",
    ) as house:
        yield house


async def test_too_many_messages_in_a_conversation(strict):
    talk = await strict.start()
    for _ in range(3):
        await talk.say("hei")
    answer = await talk.post(text="hei")
    assert answer.status_code == 429
    assert answer.json()["error"]["code"] == "too_many_messages"
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    other = await strict.start()
    assert (await other.post(text="hei")).status_code == 200


async def test_a_429_carries_the_emergency_answer_and_opens_the_case(strict):
    talk = await strict.start(municipality="9999")
    for _ in range(3):
        await talk.say("hei")
    answer = await talk.post(text=f"jeg {ACUTE}")
    assert answer.status_code == 429
    body = answer.json()
    assert body["safety"] == {"flag": "suicide", "response": "emergency"}
    assert "Ring 113" in body["messages"][0]["text"]
    assert "fått beskjed" in body["messages"][1]["text"]
    assert talk.id in strict.cases.cases
    assert strict.engine.told() == ["hei"] * 3
    assert (await talk.so_far())["state"] == "waiting"


async def test_an_address_is_limited_but_never_loopback(strict):
    for _ in range(4):
        await strict.start()  # loopback: no limit
    for expected in (201, 201, 429):
        answer = await strict.client.post("/api/conversations", json={}, headers=SCHOOL)
        assert answer.status_code == expected
    assert answer.json()["error"]["code"] == "too_many_conversations"
    talks = [await strict.start() for _ in range(3)]
    for number in range(6):
        talk = talks[number % 3]
        answer = await talk.raw(b'{"text": "hei"}', **SCHOOL)
        assert answer.status_code == (200 if number < 5 else 429)
    assert (await talks[2].post(text="hei")).status_code == 200


async def test_no_address_is_kept(strict):
    talk = await strict.start()
    await talk.raw(b'{"text": "hei"}', **SCHOOL)
    kept = b" ".join(key.encode() for key in strict.redis.client().scan_iter("*"))
    assert b"198.51" not in kept and b"198.51.100.7" not in strict.redis.on_disk()
    assert any(b"ung:limit" in key.encode() for key in strict.redis.client().scan_iter("*"))


async def test_the_hash_of_an_address_is_another_one_tomorrow(house, monkeypatch):
    from bot.gateway import limits

    class Tomorrow(limits.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + timedelta(days=1)

    today = house.parts.limits._hash("198.51.100.7")
    assert today == house.parts.limits._hash("198.51.100.7")
    monkeypatch.setattr(limits, "datetime", Tomorrow)
    assert house.parts.limits._hash("198.51.100.7") != today


async def test_limits_open_when_redis_is_gone(strict):
    talk = await strict.start()
    strict.redis.stop()
    for _ in range(6):
        assert (await talk.post(text="hei")).status_code == 200


async def test_a_school_of_600_behind_one_address(house):
    """The real settings: everybody starts, and writes ten messages within a minute."""
    limits = house.parts.limits
    for _ in range(600):
        assert await limits.start("198.51.100.7") is None
    for pupil in range(600):
        for _ in range(3):
            assert await limits.message(f"pupil-{pupil}", "198.51.100.7") is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("127.0.0.1", None),
        ("127.3.2.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        (None, None),
        ("unix:", None),
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_what_an_address_is_counted_by(address, network):
    assert network_of(address) == network
