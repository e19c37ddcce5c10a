"""One turn at a time in a conversation, in this process and across processes."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any, Optional
from weakref import WeakValueDictionary

from bot.gateway.redis_link import RedisLink, StoreDown

# Longer than the slowest turn: a gateway that dies holds a conversation up no longer.
LOCK_SECONDS = 10
WAIT_SECONDS = 5.0
LOOK_SECONDS = 0.02


class Locks:
    """Named locks. Without Redis, or after a long wait, the one in the process must do."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._local: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @contextlib.asynccontextmanager
    async def hold(self, name: str, shared_name: str) -> AsyncIterator[None]:
        """Hold the lock `name` here and `shared_name` in Redis."""
        local = self._local.setdefault(name, asyncio.Lock())
        async with local:
            shared = await self._take(shared_name)
            try:
                yield
            finally:
                if shared is not None:
                    with contextlib.suppress(StoreDown):  # it frees itself when its time is up
                        await self._link.call(lambda _: shared.release())

    async def _take(self, shared_name: str) -> Optional[Any]:
        if self._link.client is None:
            return None
        shared = self._link.client.lock(shared_name, timeout=LOCK_SECONDS, thread_local=False)
        give_up = time.monotonic() + WAIT_SECONDS
        with contextlib.suppress(StoreDown):
            while time.monotonic() < give_up:
                if await self._link.call(lambda _: shared.acquire(blocking=False)):
                    return shared
                await asyncio.sleep(LOOK_SECONDS)
        return None
