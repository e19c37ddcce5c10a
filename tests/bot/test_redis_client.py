"""Clients of Redis: what died with it is not used again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.redis_client import client_of
from tests.bot.handoff.conftest import RedisServer, redis_server

__all__ = ["redis_server"]
AT_ONCE = 8


@pytest.fixture
async def client(redis_server: RedisServer) -> AsyncIterator[Redis[str]]:
    async with client_of(redis_server.url, 2.0) as client:
        yield client


async def at_once(client: Redis[str]) -> list[bool]:
    """Ask over as many connections as there are questions."""
    return await asyncio.gather(*(client.ping() for _ in range(AT_ONCE)))


async def test_after_a_restart_every_old_connection_is_made_anew(
    client: Redis[str], redis_server: RedisServer
) -> None:
    """The loop has had no time yet to hear that the connections were closed."""
    assert await at_once(client) == [True] * AT_ONCE
    redis_server.kill()
    redis_server.start()
    assert await at_once(client) == [True] * AT_ONCE


async def test_after_a_restart_long_ago(client: Redis[str], redis_server: RedisServer) -> None:
    assert await at_once(client) == [True] * AT_ONCE
    redis_server.kill()
    redis_server.start()
    await asyncio.sleep(0.2)
    assert await at_once(client) == [True] * AT_ONCE


async def test_a_connection_whose_answer_nobody_took_gives_nobody_a_wrong_one(
    client: Redis[str],
) -> None:
    await client.set("mine", "mine")
    connection = await client.connection_pool.get_connection("_")
    await connection.send_command("PING")
    await asyncio.sleep(0.1)
    await client.connection_pool.release(connection)
    assert await client.get("mine") == "mine"
