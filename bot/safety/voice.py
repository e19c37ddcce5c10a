"""To whom we speak, and when: decides the tongue, the line, and what is open now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Optional
from zoneinfo import ZoneInfo

import holidays

from bot.turn import Flag, Tongue

# Home itself may be the danger: nothing said here may lead to the family.
HOME_FLAGS = frozenset({"violence", "unsafe_home", "sexual_abuse"})
_ADULT_FROM = 18
# Well inside the hours that Alarmtelefonen gives for its chat (16:15–22:45).
_CHAT_HOURS = range(17, 22)
# Well inside "weekdays, daytime", which is all that is known of the Red Cross line.
_DAYTIME = range(10, 14)
_NORWAY = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True)
class Voice:
    """One listener at one moment. `age` is None when it is not known."""

    tongue: Tongue
    now: datetime
    age: Optional[int] = None

    @property
    def adult(self) -> bool:
        return self.age is not None and self.age >= _ADULT_FROM

    @property
    def moment(self) -> datetime:
        """The time in Norway; a time without a zone is taken as Norwegian."""
        return self.now.astimezone(_NORWAY) if self.now.tzinfo else self.now

    def line(self, flag: Flag) -> str:
        """Return the number of the round-the-clock line that fits age and flag."""
        if not self.adult:
            return "116 111"
        return "116 006" if flag in HOME_FLAGS else "116 123"

    @property
    def chat(self) -> str:
        """Return the key of what can honestly be said about chats at this hour."""
        evening = self.moment.hour in _CHAT_HOURS and not self.adult
        return "safety.chat.evening" if evening else "safety.chat.later"

    @property
    def red_cross(self) -> bool:
        """Whether the Red Cross line on forced marriage is surely staffed."""
        moment = self.moment
        weekday = moment.weekday() < 5 and moment.date() not in _holidays(moment.year)
        return weekday and moment.hour in _DAYTIME


@lru_cache(maxsize=4)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NO", years=year))
