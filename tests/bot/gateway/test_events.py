"""The event stream: nothing lost, resumed where it was left, open through an outage."""

from __future__ import annotations

import asyncio
import contextlib

import anyio

from tests.bot.gateway.conftest import parse_events


class Listener:
    """Reads an event stream in the background."""

    def __init__(self, talk, **headers: str) -> None:
        self.talk, self.headers = talk, headers
        self.lines: list[str] = []
        self.status = 0
        self.ended = False
        self.task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Listener:
        self.task = asyncio.create_task(self._read())
        while not self.status:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.task
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task

    async def _read(self) -> None:
        path = f"{self.talk.path}/events"
        headers = {**self.talk.key, **self.headers}
        async with self.talk.house.client.stream(
            "GET", path, headers=headers, timeout=30
        ) as answer:
            self.status, self.answer = answer.status_code, answer
            async for line in answer.aiter_lines():
                self.lines.append(line)
        self.ended = True

    @property
    def events(self):
        return parse_events(self.lines)

    @property
    def texts(self) -> list[str]:
        return [event["data"]["message"]["text"] for event in self.events]

    async def until(self, count: int, seconds: float = 5) -> None:
        with anyio.fail_after(seconds):
            while len(self.events) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


def said(number: int) -> dict:
    message = {
        "id": f"h-{number}",
        "from": "human",
        "text": f"nr {number}",
        "at": "2026-11-22T10:00:00Z",
    }
    return {"type": "message", "message": message}


async def test_what_a_human_writes_arrives_with_its_stream_id(house):
    talk = await house.start()
    async with Listener(talk) as listener:
        assert listener.status == 200
        assert listener.answer.headers["content-type"].startswith("text/event-stream")
        event_id = await house.parts.events.publish(talk.id, said(1))
        await house.parts.events.publish(talk.id, {"type": "state", "state": "human"})
        await listener.until(2)
    first, second = listener.events
    assert first == {"id": event_id, "event": "message", "data": said(1)}
    assert second["event"] == "state" and second["data"]["state"] == "human"


async def test_last_event_id_resumes_with_nothing_lost_or_doubled(house):
    talk = await house.start()
    ids = [await house.parts.events.publish(talk.id, said(number)) for number in range(5)]
    async with Listener(talk, **{"Last-Event-ID": ids[1]}) as listener:
        await listener.until(3)
        await house.parts.events.publish(talk.id, said(5))
        await listener.until(4)
    assert listener.texts == ["nr 2", "nr 3", "nr 4", "nr 5"]


async def test_without_or_with_a_broken_last_event_id_everything_comes(house):
    talk = await house.start()
    for number in range(3):
        await house.parts.events.publish(talk.id, said(number))
    for given in ({}, {"Last-Event-ID": "rubbish"}, {"Last-Event-ID": "9" * 40}):
        async with Listener(talk, **given) as listener:
            await listener.until(3)
        assert listener.texts == ["nr 0", "nr 1", "nr 2"]


async def test_delivery_is_quick_and_every_stream_gets_it(house):
    talk = await house.start()
    async with Listener(talk) as one, Listener(talk) as two:
        for number in range(20):
            await house.parts.events.publish(talk.id, said(number))
        await one.until(20, 1)
        await two.until(20, 1)
    assert one.texts == two.texts == [f"nr {number}" for number in range(20)]


async def test_events_of_one_conversation_stay_there(house):
    mine, other = await house.start(), await house.start()
    async with Listener(mine) as listener:
        await house.parts.events.publish(other.id, said(1))
        await house.parts.events.publish(mine.id, said(2))
        await listener.until(1)
        await asyncio.sleep(0.3)
    assert listener.texts == ["nr 2"]


async def test_an_event_written_by_another_process_is_found(house):
    talk = await house.start()
    async with Listener(talk) as listener:
        house.redis.client().xadd(f"ung:conv:{talk.id}:events", {"json": '{"type": "state"}'})
        await listener.until(1, 2)


async def test_heartbeats_keep_the_line_alive(house):
    talk = await house.start()
    async with Listener(talk) as listener:
        await asyncio.sleep(1.4)
        assert any(line.startswith(":") for line in listener.lines)


async def test_redis_away_the_stream_stays_open_and_catches_up(house):
    talk = await house.start()
    await house.parts.events.publish(talk.id, said(1))
    async with Listener(talk) as listener:
        await listener.until(1)
        house.redis.stop()
        await asyncio.sleep(0.6)
        assert not listener.ended
        async with Listener(talk) as late:
            assert late.status == 200
            house.redis.start()
            await asyncio.sleep(0.5)
            await house.parts.events.publish(talk.id, said(2))
            await listener.until(2)
            await late.until(2)
    assert listener.texts == late.texts == ["nr 1", "nr 2"]


async def test_too_many_streams_of_one_conversation_are_refused(house):
    talk = await house.start()
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(house.parts.config.streams_per_conversation):
            await stack.enter_async_context(Listener(talk))
        answer = await house.client.get(f"{talk.path}/events", headers=talk.key)
        assert answer.status_code == 429 and answer.headers["retry-after"]
    await asyncio.sleep(0.5)
    assert house.parts.events.followers(talk.id) == 0


async def test_deleting_ends_the_streams(house):
    talk = await house.start()
    async with Listener(talk) as listener:
        await talk.delete()
        await asyncio.sleep(0.4)
        assert listener.ended
    assert (await house.client.get(f"{talk.path}/events", headers=talk.key)).status_code == 404
