"""One door to Redis: short timeouts, and a pause after a failure.

Whatever needs Redis goes through `RedisLink.call`, so that a Redis that is gone
or hangs costs a turn one short timeout at most.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Optional, TypeVar

from redis.asyncio import Redis
from redis.exceptions import ConnectionError, RedisError, TimeoutError

from bot.redis_client import client_of

T = TypeVar("T")


class StoreDown(Exception):
    """Redis could not be reached or did not answer in time."""


class RedisLink:
    """Calls to Redis that fail fast. `url` None means that there is no Redis at all."""

    def __init__(self, url: Optional[str], *, timeout: float = 0.5, pause: float = 1.0) -> None:
        self.client: Optional[Redis[str]] = None
        self._timeout = timeout
        self._pause = pause
        self._closed_until = 0.0
        if url:
            self.client = client_of(url, timeout)

    async def call(self, work: Callable[[Any], Awaitable[T]], timeout: Optional[float] = None) -> T:
        """Return what `work(client)` returns. Raises StoreDown, at the latest after the timeout."""
        if self.client is None or time.monotonic() < self._closed_until:
            raise StoreDown("Redis is away")
        try:
            return await asyncio.wait_for(self._work(work), timeout or self._timeout)
        except (ConnectionError, TimeoutError, OSError, asyncio.TimeoutError) as error:
            self._closed_until = time.monotonic() + self._pause
            raise StoreDown(type(error).__name__) from error
        except RedisError as error:  # it answers, but will not do this
            raise StoreDown(type(error).__name__) from error

    async def _work(self, work: Callable[[Any], Awaitable[T]]) -> T:
        """Do the work; once more when Redis was started anew in the middle of it."""
        assert self.client is not None
        try:
            return await work(self.client)
        except ConnectionError:
            return await work(self.client)

    async def is_up(self) -> bool:
        """Say whether Redis answers now."""
        try:
            await self.call(lambda client: client.ping())
        except StoreDown:
            return False
        return True

    async def close(self) -> None:
        """Close every connection."""
        if self.client is not None:
            await self.client.close()
            await self.client.connection_pool.disconnect()
