"""Rasa killed, Redis stopped or hanging: still 200, honest, and the red flag answered."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.texts import say
from tests.bot.gateway.conftest import open_house, texts
from tests.bot.gateway.standins import ACUTE

RED = f"jeg {ACUTE}"


async def eventually(true, seconds: float = 6.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "did not happen in time"
        await asyncio.sleep(0.05)


def break_engine(house, how: str) -> None:
    if how == "slow":
        house.engine.slow = 5
    elif how == "status":
        house.engine.status = 500
    elif how == "nonsense":
        house.engine.nonsense = {"messages": "what", "expects": 5}
    elif how == "list":
        house.engine.nonsense = [1, 2]


@pytest.mark.parametrize("how", ["slow", "status", "nonsense", "list"])
async def test_engine_down_is_said_honestly_with_who_can_be_reached(house, how):
    talk = await house.start()
    break_engine(house, how)
    turn = await talk.say("jeg gruer meg")
    assert say("gateway.outage", "nb") in texts(turn)
    for number in ("116 111", "116 117", "113"):
        assert number in texts(turn)
    assert turn["state"] == "bot" and turn["safety"] is None and turn["help"] is None
    assert "jeg gruer meg" in [m["text"] for m in (await talk.so_far())["messages"]]


@pytest.mark.parametrize("how", ["slow", "status", "nonsense"])
async def test_engine_down_does_not_matter_to_a_red_flag(house, how):
    talk = await house.start(municipality="9999")
    break_engine(house, how)
    begun = time.monotonic()
    turn = await talk.say(RED)
    assert turn["safety"]["response"] == "emergency" and turn["state"] == "waiting"
    assert say("gateway.outage", "nb") not in texts(turn)
    assert time.monotonic() - begun < 1.0


async def test_what_the_engine_missed_it_hears_when_it_is_back(house):
    talk = await house.start()
    house.engine.status = 500
    await talk.say("jeg bor i Stange")
    await talk.choose("Noe er vondt", talk.messages)
    house.engine.status = 200
    turn = await talk.say("hei igjen")
    assert house.engine.told(silent=True) == ["jeg bor i Stange", "topic=hurt"]
    assert house.engine.told() == ["hei igjen"]
    assert turn["understood"]["place"] == "3413"
    await talk.say("og så?")
    assert len(house.engine.told(silent=True)) == 2


async def test_a_flag_that_the_engine_missed_is_told_too(house):
    """It must not send a child with danger at home to the parents, nor ask again."""
    talk = await house.start()
    house.engine.status = 500
    await talk.say(RED)
    house.engine.status = 200
    await talk.say("hei")
    missed = [call for call in house.engine.calls if call["metadata"]["silent"]]
    assert [call["metadata"]["flag"] for call in missed] == ["suicide"]


async def test_health_tells_what_is_down(house):
    answer = await house.client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "parts": {"engine": "up", "redis": "up", "safety_screen": "up", "catalogs": "up"},
        "catalogs": [{"source": "folder", "state": "ok", "age_seconds": 3, "reason": None}],
        "erasures_waiting": 0,
    }
    house.redis.stop()
    await asyncio.sleep(0.3)
    answer = await house.client.get("/health")
    assert answer.status_code == 424
    assert answer.json()["parts"]["redis"] == "down"
    assert set(answer.json()["parts"].values()) == {"up", "down"}
    assert (await house.client.get("/alive")).status_code == 200


@pytest.mark.parametrize(("state", "status"), [("ok", 200), ("stale", 200), ("faulty", 424)])
async def test_health_tells_of_a_catalog_that_is_faulty(house, state, status):
    told = {"source": "3413", "state": state, "age_seconds": None, "reason": "it cannot be reached"}
    house.engine.catalogs.append(told)
    answer = await house.client.get("/health")
    assert answer.status_code == status
    assert answer.json()["catalogs"][1] == told
    assert answer.json()["parts"]["catalogs"] == ("down" if state == "faulty" else "up")


@pytest.mark.parametrize("nonsense", ["no list", [{"source": "3413", "state": "fine"}], [1], None])
async def test_health_survives_nonsense_of_the_engine(house, nonsense):
    house.engine.catalogs = nonsense
    answer = await house.client.get("/health")
    assert answer.status_code == 424
    assert answer.json()["parts"]["engine"] == "down" and answer.json()["catalogs"] == []


async def test_redis_stopped_a_conversation_goes_on_and_is_written_later(house):
    talk = await house.start()
    await talk.say("hei")
    house.redis.stop()
    turn = await talk.say("er du der?")
    assert texts(turn) == "Du sa: er du der?"
    assert [call["facts"].get("turns") for call in house.engine.calls] == [None, 1]
    assert len((await talk.so_far())["messages"]) == 5
    other = await house.start()  # also one that begins now
    assert texts(await other.say("hallo")) == "Du sa: hallo"
    house.redis.start()
    client = house.redis.client()
    await eventually(lambda: "er du der?" in str(client.hgetall(f"ung:conv:{talk.id}")))
    await eventually(lambda: "hallo" in str(client.hgetall(f"ung:conv:{other.id}")))


async def test_redis_started_anew_is_used_at_once(house):
    """Connections that died with it are no reason to go without."""
    talks = [await house.start() for _ in range(4)]
    await asyncio.gather(*(talk.say("hei") for talk in talks))
    house.redis.stop()
    house.redis.start()
    await asyncio.gather(*(talk.say("igjen") for talk in talks))
    assert house.parts.store.unsaved == set()
    assert house.parts.link._closed_until == 0.0


async def test_redis_stopped_a_red_flag_is_answered_as_the_very_first_message(house):
    house.redis.stop()
    talk = await house.start(municipality="9999")
    assert (await talk.say(RED))["safety"]["response"] == "emergency"


async def test_a_pending_check_survives_redis(house):
    talk = await house.start(municipality="9999")
    await talk.say("jeg orker ikke mer")
    house.redis.stop()
    assert (await talk.say("vet ikke"))["safety"]["response"] == "human"


@pytest.fixture
async def brisk(fresh_redis, tmp_path):
    """A gateway that gives Redis half a second."""
    async with open_house(fresh_redis, tmp_path, redis_timeout_seconds=0.5) as house:
        yield house


async def test_redis_that_hangs_costs_little(brisk):
    house = brisk
    talk = await house.start()
    await talk.say("hei")
    house.redis.hang()
    times = []
    for _ in range(3):
        begun = time.monotonic()
        assert texts(await talk.say("hei")) == "Du sa: hei"
        times.append(time.monotonic() - begun)
    house.redis.go_on()
    assert max(times) < 1.2, times


async def test_everything_down_at_once(house):
    talk = await house.start(municipality="9999")
    house.redis.stop()
    house.engine.status = 500
    house.cases.down = True
    house.dialogue.broken = True
    turn = await talk.say(RED)
    assert turn["safety"]["response"] == "emergency" and "113" in texts(turn)
    turn = await talk.say("hei")
    assert "116 111" in texts(turn)


async def test_another_process_reads_the_conversation_from_redis(house, fresh_redis, tmp_path):
    talk = await house.start(municipality="9999")
    await talk.say("jeg orker ikke mer")
    async with open_house(fresh_redis, tmp_path) as second:
        answer = await second.client.get(talk.path, headers=talk.key)
        assert [m["text"] for m in answer.json()["messages"]][1] == "jeg orker ikke mer"
        answer = await second.client.post(
            f"{talk.path}/messages", json={"text": "vet ikke"}, headers=talk.key
        )
        assert answer.json()["safety"]["response"] == "human"
    turn = await talk.say("hei")  # and the first sees what the second did
    assert turn["state"] == "bot"
    written = [m["text"] for m in (await talk.so_far())["messages"] if m["from"] == "youth"]
    assert written == ["jeg orker ikke mer", "vet ikke", "hei"]


async def test_two_processes_serialise_one_conversation(house, fresh_redis, tmp_path):
    talk = await house.start()
    async with open_house(fresh_redis, tmp_path) as second:
        house.engine.slow = second.engine.slow = 0.03
        paths = [house.client, second.client] * 4
        answers = await asyncio.gather(
            *(
                client.post(f"{talk.path}/messages", json={"text": f"nr {i}"}, headers=talk.key)
                for i, client in enumerate(paths)
            )
        )
    assert {answer.status_code for answer in answers} == {200}
    written = [m["text"] for m in (await talk.so_far())["messages"] if m["from"] == "youth"]
    assert sorted(written) == [f"nr {i}" for i in range(8)]
    turns = [c["facts"].get("turns", 0) for c in house.engine.calls + second.engine.calls]
    assert sorted(turns) == list(range(8))


async def test_a_key_works_after_every_store_has_lost_the_conversation(house):
    talk = await house.start(language="nn")
    await talk.say("hei")
    house.redis.client().flushall()
    house.parts.store._held.clear()
    await talk.say("hei igjen")
    assert house.engine.calls[-1]["metadata"]["language"] == "nn"
    turn = await talk.choose("Noko er vondt", talk.messages)
    assert texts(turn) == "Du sa: topic=hurt"


async def test_a_lock_taken_while_redis_hung_does_not_stay(brisk):
    house = brisk
    talk = await house.start()
    await talk.say("hei")
    house.redis.hang()
    assert texts(await talk.say("henger")) == "Du sa: henger"
    house.redis.go_on()
    client = house.redis.client()
    await eventually(lambda: not client.exists(f"ung:conv:{talk.id}:lock"), 4)
    begun = time.monotonic()
    await talk.say("videre")
    assert time.monotonic() - begun < 1.0


async def test_nothing_is_lost_when_two_processes_write_without_a_lock(
    house, fresh_redis, tmp_path, monkeypatch
):
    from bot.gateway import locks

    monkeypatch.setattr(locks, "WAIT_SECONDS", 0.0)  # nobody waits for the other
    talk = await house.start()
    async with open_house(fresh_redis, tmp_path) as second:
        house.engine.slow = second.engine.slow = 0.05
        for first in range(0, 8, 2):
            await asyncio.gather(
                *(
                    one.client.post(
                        f"{talk.path}/messages", json={"text": f"nr {first + i}"}, headers=talk.key
                    )
                    for i, one in enumerate((house, second))
                )
            )
    written = [m["text"] for m in (await talk.so_far())["messages"] if m["from"] == "youth"]
    assert sorted(written) == [f"nr {i}" for i in range(8)]


async def test_two_processes_without_redis_agree_afterwards(house, fresh_redis, tmp_path):
    talk = await house.start()
    async with open_house(fresh_redis, tmp_path) as second:
        house.redis.stop()
        await talk.say("hos den ene")
        answer = await second.client.post(
            f"{talk.path}/messages", json={"text": "hos den andre"}, headers=talk.key
        )
        assert answer.status_code == 200
        house.redis.start()
        await eventually(lambda: not house.parts.store.unsaved and not second.parts.store.unsaved)
    texts_kept = [m["text"] for m in (await talk.so_far())["messages"] if m["from"] == "youth"]
    assert sorted(texts_kept) == ["hos den andre", "hos den ene"]
