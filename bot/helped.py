"""Whether help was had, as who came back and wanted to be asked said it: numbers by week alone.

Counted and told as unmet needs are (`bot.unmet`): by ISO week and municipality, nothing else; told
are only weeks that are over, numbers of five or more, and sums that give no small number away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Optional, get_args

from bot.unmet import FEWEST, safe_sum

Had = Literal["yes", "partly", "no"]
ANSWERS: tuple[Had, ...] = get_args(Had)


class Said(NamedTuple):
    """What is counted. `week` as "2026-W47"."""

    week: str
    municipality: str
    had: Had

    @property
    def key(self) -> str:
        return key_of(self.municipality, self.week)

    @property
    def field(self) -> str:
        return self.had


@dataclass(frozen=True)
class Week:
    """One week as it may be told; None stands for fewer than five, also for none."""

    week: str
    had: dict[Had, Optional[int]]
    total: Optional[int]

    @property
    def tells(self) -> bool:
        """There is a number in it."""
        return self.total is not None or any(self.had.values())


def key_of(municipality: str, week: str) -> str:
    """Return the name under which the numbers of a week lie in Redis: a hash."""
    return f"ung:helped:{municipality}:{week}"


def told(week: str, counted: Mapping[str, int]) -> Week:
    """Return what may be told of a week. `counted`: by answer."""
    numbers = {had: counted.get(had, 0) for had in ANSWERS}
    shown = {had: number if number >= FEWEST else None for had, number in numbers.items()}
    return Week(week, shown, safe_sum(numbers.values()))
