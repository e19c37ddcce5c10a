"""How long young people waited for the first word of a human: seconds alone, by municipality.

ung:waits:<municipality>    list, newest first: seconds, or "-" for a case that ended without
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Optional

from redis.asyncio import Redis

from bot.handoff.link import reach

KEPT = 200
NO_WORD = "-"
# "A few minutes" is said when at least so many of the newest cases are known,
# and three of four had a word within so many seconds.
FEWEST, NEWEST, A_FEW_MINUTES = 5, 20, 600


@dataclass(frozen=True)
class Waited:
    """The waits of a municipality, newest first; None for a case that ended without a word."""

    seconds: tuple[Optional[int], ...] = ()

    @property
    def answered(self) -> list[int]:
        return [one for one in self.seconds if one is not None]

    @property
    def without_word(self) -> int:
        return len(self.seconds) - len(self.answered)

    @property
    def median(self) -> Optional[int]:
        """The median of those that had a word, in seconds; None when there are none."""
        return round(median(self.answered)) if self.answered else None

    @property
    def last(self) -> Optional[int]:
        """The newest wait that ended with a word, in seconds."""
        return self.answered[0] if self.answered else None

    @property
    def is_short(self) -> bool:
        """Say whether "it can take a few minutes" is true to what has been."""
        newest = self.seconds[:NEWEST]
        quick = [one for one in newest if one is not None and one <= A_FEW_MINUTES]
        return len(newest) >= FEWEST and len(quick) * 4 >= len(newest) * 3


class Waits:
    """Reads the waits; they are written together with the case, see commit.lua."""

    def __init__(self, redis: Redis[str]) -> None:
        self._redis = redis

    async def of(self, municipality: str) -> Waited:
        """Return the waits of a municipality. Raises StoreUnavailable."""
        found = await reach(lambda: self._redis.lrange(name_of_waits(municipality), 0, KEPT - 1))
        return Waited(tuple(None if one == NO_WORD else int(one) for one in found))


def name_of_waits(municipality: str) -> str:
    """Return the name under which the waits of a municipality lie in Redis."""
    return f"ung:waits:{municipality}"
