"""Who of the staff is logged in now, so that a case can be handed over to somebody who is there.

ung:staff:colleagues:<municipality>    hash: account → name, role and when their page last asked
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from datetime import timedelta

from redis.asyncio import Redis

from bot.handoff.contents import Person
from bot.handoff.link import reach
from bot.handoff.schedule import Schedule


class Colleagues:
    """Remembers for `schedule.unattended` minutes who was there.

    Everything raises StoreUnavailable when Redis is gone.
    """

    def __init__(self, redis: Redis[str], schedule: Schedule) -> None:
        self._redis = redis
        self._seconds = int(timedelta(minutes=schedule.unattended).total_seconds())

    async def seen(self, person: Person, municipalities: Iterable[str]) -> None:
        """Note that somebody who serves these municipalities is logged in."""
        numbers = sorted(municipalities)
        about = json.dumps({**person.dict(), "seen": int(time.time())})

        async def write() -> None:
            async with self._redis.pipeline(transaction=False) as pipe:
                for number in numbers:
                    pipe.hset(_name(number), person.id, about)
                    pipe.expire(_name(number), self._seconds)
                await pipe.execute()

        await reach(write)

    async def gone(self, person_id: str, municipalities: Iterable[str]) -> None:
        """Forget somebody who logs out."""
        numbers = sorted(municipalities)

        async def write() -> None:
            async with self._redis.pipeline(transaction=False) as pipe:
                for number in numbers:
                    pipe.hdel(_name(number), person_id)
                await pipe.execute()

        await reach(write)

    async def beside(self, person_id: str, municipality: str) -> list[Person]:
        """Return the others who serve a municipality and were there lately, by name."""
        found = await reach(lambda: self._redis.hgetall(_name(municipality)))
        oldest = time.time() - self._seconds
        records = [json.loads(one) for one in found.values()]
        people = [Person(**one) for one in records if one["seen"] >= oldest]
        return sorted(
            (one for one in people if one.id != person_id), key=lambda one: (one.name, one.id)
        )


def _name(municipality: str) -> str:
    return f"ung:staff:colleagues:{municipality}"
