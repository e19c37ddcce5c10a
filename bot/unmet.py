"""Needs that nothing in a municipality's catalog met: how they are counted and told.

Kept are numbers by ISO week, municipality, level and age band, and nothing else. Told are only
weeks that are over (so that nobody sees a number grow after a conversation), only numbers of
five or more, and a sum only where it gives nothing away about the numbers that are not told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Optional

from bot.clock import NORWAY
from bot.turn import Level
from service_catalog.coverage.table import BANDS, LEVELS, band_of

KEPT_WEEKS = 26
# Fewer conversations than this could point at somebody in a small place.
FEWEST = 5
UNKNOWN = "unknown"
AGE_BANDS = (*BANDS, UNKNOWN)


class Need(NamedTuple):
    """What is counted. `week` as "2026-W47", `band` one of AGE_BANDS."""

    week: str
    municipality: str
    level: Level
    band: str

    @property
    def key(self) -> str:
        return key_of(self.municipality, self.week)

    @property
    def field(self) -> str:
        return f"{self.level}:{self.band}"


@dataclass(frozen=True)
class Row:
    """One week and level as it may be told; None stands for fewer than five, also for none.

    `total`: the sum of all bands; None where it is not told.
    """

    week: str
    level: Level
    bands: dict[str, Optional[int]]
    total: Optional[int]

    @property
    def tells(self) -> bool:
        """There is a number in it."""
        return self.total is not None or any(self.bands.values())


def need(level: Level, municipality: str, age: Optional[int], at: datetime) -> Need:
    """Return what a conversation counts as."""
    return Need(week_of(at.date()), municipality, level, band_of(age) or UNKNOWN)


def week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def key_of(municipality: str, week: str) -> str:
    """Return the name under which the numbers of a week lie in Redis: a hash."""
    return f"ung:unmet:{municipality}:{week}"


def dropped_at(week: str) -> datetime:
    """Return when the numbers of a week are deleted: 26 weeks after it ended."""
    monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    return datetime.combine(monday + timedelta(weeks=KEPT_WEEKS + 1), time(), tzinfo=NORWAY)


def told_weeks(today: date) -> list[str]:
    """Return the weeks that may be told, the newest first. The one that runs is none of them."""
    return [week_of(today - timedelta(weeks=back)) for back in range(1, KEPT_WEEKS + 1)]


def rows(week: str, counted: Mapping[str, int]) -> Iterator[Row]:
    """Yield what may be told of a week: a row for each level. `counted`: by `Need.field`."""
    for level in LEVELS:
        yield row(week, level, {band: counted.get(f"{level}:{band}", 0) for band in AGE_BANDS})


def row(week: str, level: Level, numbers: Mapping[str, int]) -> Row:
    """Return what may be told of the numbers by age band."""
    bands = {band: number if number >= FEWEST else None for band, number in numbers.items()}
    return Row(week, level, bands, safe_sum(numbers.values()))


def safe_sum(numbers: Collection[int]) -> Optional[int]:
    """Return the sum of numbers of which those below five are hidden; None where it gives away.

    The sum is told where each number that is hidden could still be anything from 0 to 4: with
    m hidden numbers that add up to r, where 5 ≤ r ≤ 4·(m - 1), or where none is hidden.
    """
    hidden = [number for number in numbers if number < FEWEST]
    rest, most = sum(hidden), FEWEST - 1
    safe = not hidden or FEWEST <= rest <= most * (len(hidden) - 1)
    return sum(numbers) if safe else None
