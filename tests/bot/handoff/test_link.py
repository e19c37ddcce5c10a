"""The way to Redis: whatever hinders it has one name, and nothing waits for ever."""

from __future__ import annotations

import asyncio
import socket

import pytest
from redis.exceptions import ConnectionError

from bot.handoff.errors import StoreUnavailable
from bot.handoff.link import connect, reach
from tests.bot.handoff.conftest import RedisServer, free_port


async def test_a_connection_of_before_the_restart_is_tried_again() -> None:
    answers = iter([ConnectionError("gone"), "ok"])

    async def work() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert await reach(work) == "ok"


async def test_nobody_listening() -> None:
    async with connect(f"redis://127.0.0.1:{free_port()}/0") as client:
        with pytest.raises(StoreUnavailable, match="ConnectionError"):
            await reach(client.ping)


async def test_what_the_client_never_gives_up_ends_all_the_same() -> None:
    """A retry that hangs for ever on a half-open connection."""
    tries = 0

    async def work() -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise ConnectionError("reset by peer")
        await asyncio.Event().wait()

    with pytest.raises(StoreUnavailable):
        await asyncio.wait_for(reach(work, longest=0.2), 30)
    assert tries == 2


async def test_a_server_that_takes_calls_and_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        async with connect(url, timeout=0.2) as client:
            with pytest.raises(StoreUnavailable, match="TimeoutError"):
                await reach(client.ping)


async def test_what_redis_answers_comes_through(redis_server: RedisServer) -> None:
    async with connect(redis_server.url) as client:
        assert await reach(client.ping)
