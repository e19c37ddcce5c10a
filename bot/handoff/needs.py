"""The unmet needs of a municipality as staff may see them; the gateway counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from redis.asyncio import Redis

from bot.handoff.link import reach
from bot.helped import Week
from bot.helped import key_of as key_of_helped
from bot.helped import told as told_of_helped
from bot.unmet import AGE_BANDS, FEWEST, Row, key_of, rows, told_weeks
from service_catalog.coverage.pages import as_csv

COLUMNS = ("week", "municipality", "level", "ages", "conversations")


class Needs:
    """Reads the numbers. Raises StoreUnavailable when Redis is gone."""

    def __init__(self, redis: Redis[str]) -> None:
        self._redis = redis

    async def told(self, municipality: str, today: date) -> list[Row]:
        """Return what may be told, the newest week first, every level of every week."""
        weeks = told_weeks(today)
        counted = await self._counted([key_of(municipality, week) for week in weeks])
        return [
            row for week, numbers in zip(weeks, counted, strict=True) for row in rows(week, numbers)
        ]

    async def helped(self, municipality: str, today: date) -> list[Week]:
        """Return what may be told of who was asked whether help was had, the newest week first."""
        weeks = told_weeks(today)
        counted = await self._counted([key_of_helped(municipality, week) for week in weeks])
        return [told_of_helped(week, numbers) for week, numbers in zip(weeks, counted, strict=True)]

    async def _counted(self, keys: list[str]) -> list[dict[str, int]]:
        async def read() -> list[dict[str, str]]:
            async with self._redis.pipeline(transaction=False) as pipe:
                for key in keys:
                    pipe.hgetall(key)
                found: list[dict[str, str]] = await pipe.execute()
                return found

        return [{name: int(n) for name, n in one.items()} for one in await reach(read)]


def needs_csv(municipality: str, told: Iterable[Row]) -> str:
    """Return the numbers for a spreadsheet: a row for each week, level and age band."""
    return as_csv(COLUMNS, _csv_rows(municipality, told))


def _csv_rows(municipality: str, told: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    few = f"fewer_than_{FEWEST}"
    for row in told:
        for band in AGE_BANDS:
            yield row.week, municipality, row.level, band, row.bands[band] or few
        total = "not_told" if row.total is None else row.total
        yield row.week, municipality, row.level, "all", total
