"""Counts needs that nothing met, beside the turns: in memory first, into Redis now and then.

Best effort: no turn waits for it or fails because of it. What could not be written is tried
again; what was sent and not acknowledged is let go, since a need must not count twice.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.gateway.conversation import Conversation
from bot.gateway.redis_link import RedisLink, StoreDown
from bot.turn import Level
from bot.unmet import Need, dropped_at, need

MOST_WAITING = 10_000  # with Redis away for long


class Unmet:
    """The numbers that wait to be written. `clock` returns the time in Norway."""

    def __init__(self, link: RedisLink, clock: Callable[[], datetime]) -> None:
        self._link = link
        self._clock = clock
        self._waiting: Counter[Need] = Counter()

    def count(self, talk: Conversation, level: Level) -> None:
        """Count a conversation, once for each level and week. Touches nothing but memory."""
        place = talk.understood.place
        if place is None:
            return
        one = need(level, place, talk.understood.age, self._clock())
        mark = f"{one.week}:{level}"
        if mark in talk.unmet or len(self._waiting) >= MOST_WAITING:
            return
        talk.unmet.append(mark)
        self._waiting[one] += 1

    async def write(self) -> None:
        """Add what waits to the numbers in Redis. Does nothing while Redis is away."""
        if not self._waiting or not await self._link.is_up():
            return
        batch, self._waiting = self._waiting, Counter()
        with contextlib.suppress(StoreDown):
            await self._link.call(lambda client: _add(client, batch))


async def _add(client: Any, batch: Mapping[Need, int]) -> None:
    async with client.pipeline(transaction=True) as pipe:
        for one, number in batch.items():
            pipe.hincrby(one.key, one.field, number)
            pipe.expireat(one.key, int(dropped_at(one.week).timestamp()))
        await pipe.execute()
