"""Whether anybody is there: somebody logged in who serves a municipality, lately. Never who.

ung:staff:present:<municipality>    there as long as somebody's page has asked lately
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from redis.asyncio import Redis

from bot.handoff.duty import Duty
from bot.handoff.link import reach
from bot.handoff.schedule import Schedule


class Presence:
    """Remembers for `schedule.unattended` minutes that somebody was there.

    Everything raises StoreUnavailable when Redis is gone.
    """

    def __init__(self, redis: Redis[str], schedule: Schedule) -> None:
        self._redis = redis
        self._minutes = timedelta(minutes=schedule.unattended)

    async def seen(self, municipalities: Iterable[str]) -> None:
        """Note that somebody who serves these municipalities is logged in."""
        numbers = sorted(municipalities)

        async def write() -> None:
            async with self._redis.pipeline(transaction=False) as pipe:
                for number in numbers:
                    pipe.set(_name(number), 1, ex=self._minutes)
                await pipe.execute()

        await reach(write)

    async def is_there(self, municipality: str) -> bool:
        """Say whether somebody who serves a municipality was logged in lately."""
        return bool(await reach(lambda: self._redis.exists(_name(municipality))))

    async def unattended(self, duty: Duty, now: datetime) -> list[str]:
        """Return the municipalities whose duty has gone on so long with nobody logged in."""
        before = now - self._minutes
        on_duty = [n for n in duty.numbers if duty.is_on(n, now) and duty.is_on(n, before)]
        return [number for number in on_duty if not await self.is_there(number)]


def _name(municipality: str) -> str:
    return f"ung:staff:present:{municipality}"
