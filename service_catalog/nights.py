"""Opening hours past midnight, which the reader of the syntax gets wrong at two places.

What stands after midnight belongs to the evening before. The reader opens it although the evening
was shut (`Fr 18:00-02:00; PH off`, the night after a holiday), and loses it where another rule
holds for the next day (`Fr 18:00-02:00; Sa 10:00-12:00`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from typing import NamedTuple, Optional

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
_RULE = re.compile(
    rf"(?P<days>{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*)(?:,PH)?\s+"
    r"(?P<spans>\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}(?:\s*,\s*\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2})*)"
)


class Cut(NamedTuple):
    """A rule that runs past midnight, and the rule that cuts it off there."""

    night: str
    by: str


def night_end(expression: str) -> Optional[time]:
    """Return until when an evening may last; None without such evenings.

    None also where something begins at midnight: what is open then may be a day of its own.
    """
    spans = [list(map(int, found)) for found in _SPAN.findall(expression)]
    if any(span[:2] == [0, 0] for span in spans):
        return None
    ends = [span[2:] for span in spans if [0, 0] < span[2:] < span[:2]]
    hour, minute = max(ends, default=(0, 0))
    return time(hour, minute) if ends else None


def cut_night(expression: str) -> Optional[Cut]:
    """Return the first evening whose end is lost because another rule holds for the next day."""
    groups = [list(_rules(group)) for group in expression.split(";")]
    for index, group in enumerate(groups):
        others = [rule for each in groups[:index] + groups[index + 1 :] for rule in each]
        for night, days in group:
            into = {(day + 1) % 7 for day in days} if _runs_past_midnight(night) else set()
            for by, held in others:
                if into & held:
                    return Cut(night, by)
    return None


def _rules(group: str) -> Iterator[tuple[str, set[int]]]:
    for found in _RULE.finditer(group):
        yield found[0], {day for part in found["days"].split(",") for day in _days(part)}


def _days(part: str) -> Iterator[int]:
    first, _, last = part.partition("-")
    start, end = _DAYS.index(first), _DAYS.index(last or first)
    for step in range((end - start) % 7 + 1):
        yield (start + step) % 7


def _runs_past_midnight(rule: str) -> bool:
    return night_end(rule) is not None
