"""The way to Redis for cases and staff."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis.asyncio import Redis
from redis.exceptions import ConnectionError, RedisError

from bot.handoff.errors import StoreUnavailable
from bot.redis_client import client_of

T = TypeVar("T")
LONGEST = 5.0  # seconds for everything that one call asks of Redis


def connect(url: str, timeout: float = 1.0) -> Redis[str]:
    """Return a client as `Cases` needs it: answers as text, and no long waiting (seconds)."""
    return client_of(url, timeout)


async def reach(work: Callable[[], Awaitable[T]], longest: float = LONGEST) -> T:
    """Return what `work()` returns. Raises StoreUnavailable for whatever hinders Redis.

    Redis may be restarted in the middle of it, so `work` is tried twice and must be
    something that can be done twice. Whatever the client's own timeouts miss ends after
    `longest` seconds: nobody may wait for ever.
    """
    try:
        return await asyncio.wait_for(_twice(work), longest)
    except (RedisError, OSError, asyncio.TimeoutError) as error:
        raise StoreUnavailable(type(error).__name__) from error


async def _twice(work: Callable[[], Awaitable[T]]) -> T:
    try:
        return await work()
    except ConnectionError:
        return await work()
