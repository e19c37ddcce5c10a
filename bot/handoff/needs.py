"""The unmet needs of a municipality as staff may see them; the gateway counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from redis.asyncio import Redis

from bot.handoff.link import reach
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

        async def read() -> list[dict[str, str]]:
            async with self._redis.pipeline(transaction=False) as pipe:
                for week in weeks:
                    pipe.hgetall(key_of(municipality, week))
                found: list[dict[str, str]] = await pipe.execute()
                return found

        return [
            row
            for week, counted in zip(weeks, await reach(read), strict=True)
            for row in rows(week, {name: int(number) for name, number in counted.items()})
        ]


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
