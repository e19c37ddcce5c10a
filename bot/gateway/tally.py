"""Counts beside the turns: in memory first, into Redis now and then.

Best effort: no turn waits for it or fails because of it. What could not be written is tried
again; what was sent and not acknowledged is let go, since nothing must count twice.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol

from bot.gateway.redis_link import RedisLink, StoreDown
from bot.unmet import dropped_at

MOST_WAITING = 10_000  # with Redis away for long


class Counted(Protocol):
    """One thing that is counted: a field of the hash `key`, which goes 26 weeks after `week`."""

    @property
    def week(self) -> str: ...

    @property
    def key(self) -> str: ...

    @property
    def field(self) -> str: ...


class Tally:
    """The numbers that wait to be written."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._waiting: Counter[Counted] = Counter()

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= MOST_WAITING

    def add(self, one: Counted) -> None:
        """Count one. Touches nothing but memory."""
        if not self.is_full:
            self._waiting[one] += 1

    async def write(self) -> None:
        """Add what waits to the numbers in Redis. Does nothing while Redis is away."""
        if not self._waiting or not await self._link.is_up():
            return
        batch, self._waiting = self._waiting, Counter()
        with contextlib.suppress(StoreDown):
            await self._link.call(lambda client: _add(client, batch))


async def _add(client: Any, batch: Mapping[Counted, int]) -> None:
    async with client.pipeline(transaction=True) as pipe:
        for one, number in batch.items():
            pipe.hincrby(one.key, one.field, number)
            pipe.expireat(one.key, int(dropped_at(one.week).timestamp()))
        await pipe.execute()
