"""One turn at a time in a conversation, in this process and across processes."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any, Optional
from weakref import WeakValueDictionary

from redis.exceptions import TimeoutError as RedisTimeout

from bot.gateway.redis_link import RedisLink, StoreDown

# Longer than the slowest turn: a gateway that dies holds a conversation up no longer.
LOCK_SECONDS = 15
WAIT_SECONDS = 10.0
LOOK_SECONDS = 0.02
TimeoutErrors = (asyncio.TimeoutError, RedisTimeout)


class Locks:
    """Named locks. Without Redis, or after a long wait, the one in the process must do."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._freeing: set[asyncio.Task[None]] = set()
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
                    await self._free(shared)

    async def _take(self, shared_name: str) -> Optional[Any]:
        if self._link.client is None:
            return None
        shared = self._link.client.lock(shared_name, timeout=LOCK_SECONDS, thread_local=False)
        token = secrets.token_hex(16)
        give_up = time.monotonic() + WAIT_SECONDS
        try:
            while time.monotonic() < give_up:
                if await self._link.call(lambda _: shared.acquire(blocking=False, token=token)):
                    return shared
                await asyncio.sleep(LOOK_SECONDS)
        except StoreDown as error:
            if isinstance(error.__cause__, TimeoutErrors):
                # Redis may have locked it all the same, after we gave up.
                shared.local.token = token.encode()
                self._free_later(shared)
        return None

    async def _free(self, shared: Any) -> None:
        token = shared.local.token
        try:
            await self._link.call(lambda _: shared.release())
        except StoreDown as error:
            if isinstance(error.__cause__, TimeoutErrors):
                shared.local.token = token
                self._free_later(shared)

    def _free_later(self, shared: Any) -> None:
        async def free() -> None:
            for _ in range(LOCK_SECONDS):
                await asyncio.sleep(1)
                with contextlib.suppress(StoreDown):
                    await self._link.call(lambda _: shared.release())
                    return

        task = asyncio.create_task(free())
        self._freeing.add(task)
        task.add_done_callback(self._freeing.discard)
