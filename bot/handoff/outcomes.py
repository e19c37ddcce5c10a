"""How the cases of a municipality ended: numbers by month alone, written by commit.lua.

ung:outcomes:<municipality>    hash: "2026-10:reached" → how many
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from redis.asyncio import Redis

from bot.handoff.link import reach

MONTHS = 12


class Outcomes:
    """Reads the numbers. Raises StoreUnavailable when Redis is gone."""

    def __init__(self, redis: Redis[str]) -> None:
        self._redis = redis

    async def of(self, municipality: str, month: str) -> tuple[Counter[str], Counter[str]]:
        """Return the counts by outcome of `month` ("2026-10") and of the twelve up to it."""
        found = await reach(lambda: self._redis.hgetall(name_of_outcomes(municipality)))
        return _counted(found, month, 1), _counted(found, month, MONTHS)


def name_of_outcomes(municipality: str) -> str:
    """Return the name under which the outcomes of a municipality lie in Redis."""
    return f"ung:outcomes:{municipality}"


def _counted(found: Mapping[str, str], month: str, months: int) -> Counter[str]:
    counted: Counter[str] = Counter()
    for name, number in found.items():
        when, _, outcome = name.partition(":")
        if 0 <= _index(month) - _index(when) < months:
            counted[outcome] += int(number)
    return counted


def _index(month: str) -> int:
    year, number = month.split("-")
    return 12 * int(year) + int(number)
