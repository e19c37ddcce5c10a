"""The way to Redis for cases and staff."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis.asyncio import Redis
from redis.exceptions import ConnectionError, RedisError

from bot.handoff.errors import StoreUnavailable

T = TypeVar("T")


def connect(url: str, timeout: float = 1.0) -> Redis[str]:
    """Return a client as `Cases` needs it: answers as text, and no long waiting (seconds)."""
    return Redis.from_url(
        url, decode_responses=True, socket_timeout=timeout, socket_connect_timeout=timeout
    )


async def reach(work: Callable[[], Awaitable[T]]) -> T:
    """Return what `work()` returns. Raises StoreUnavailable for whatever hinders Redis.

    A connection of the time before Redis was restarted fails at its first use, so
    `work` is tried twice and must be something that can be done twice.
    """
    try:
        try:
            return await work()
        except ConnectionError:
            return await work()
    except (RedisError, OSError) as error:
        raise StoreUnavailable(type(error).__name__) from error
