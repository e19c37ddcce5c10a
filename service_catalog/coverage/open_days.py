"""When a service is open in an ordinary week: on which weekdays, in which part of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args

from service_catalog.hours import Hours, midnight

Slot = Literal["day", "evening", "night", "weekend"]
SLOTS: tuple[Slot, ...] = get_args(Slot)
# Weekdays (Monday 0) and hours after midnight; a night belongs to the day it begins on.
WINDOWS: dict[Slot, tuple[range, int, int]] = {
    "day": (range(5), 8, 16),
    "evening": (range(5), 16, 22),
    "night": (range(7), 22, 32),
    "weekend": (range(5, 7), 8, 22),
}
# On how many days of a week a slot can be open at all.
POSSIBLE: dict[Slot, int] = {slot: len(days) for slot, (days, _, _) in WINDOWS.items()}
WEEKS = 52
SHORTEST = timedelta(hours=1)  # less than that on a day is the edge of the next slot


def open_days(hours: Hours, first: date) -> dict[Slot, frozenset[int]]:
    """Return the weekdays that are open in most weeks of the year after `first`, by slot.

    Most, and not all: holidays and summer do not make an ordinary week.
    """
    open_for: Counter[tuple[Slot, date]] = Counter()
    for slot, day, minutes in _stretches(hours, first):
        open_for[slot, day] += minutes
    least = SHORTEST.total_seconds() // 60
    often = Counter(
        (slot, day.weekday()) for (slot, day), minutes in open_for.items() if minutes >= least
    )
    return {
        slot: frozenset(weekday for weekday in WINDOWS[slot][0] if often[slot, weekday] * 2 > WEEKS)
        for slot in SLOTS
    }


def _stretches(hours: Hours, first: date) -> Iterator[tuple[Slot, date, int]]:
    """Yield slot, day and open minutes, for every open stretch of a year."""
    last = first + timedelta(weeks=WEEKS)
    for span in hours.spans(midnight(first), midnight(last)):
        opens, closes = span.opens.replace(tzinfo=None), span.closes.replace(tzinfo=None)
        day = opens.date() - timedelta(days=1)  # last night may still go on
        while day <= closes.date():
            for slot, (weekdays, start, end) in WINDOWS.items():
                if day.weekday() not in weekdays:
                    continue
                zero = datetime.combine(day, time())
                begin = max(opens, zero + timedelta(hours=start))
                stop = min(closes, zero + timedelta(hours=end))
                if stop > begin:
                    yield slot, day, int((stop - begin).total_seconds() // 60)
            day += timedelta(days=1)
