"""Opening hours and ages said in words, in bokmål and nynorsk."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Optional

from bot.texts import say
from bot.turn import Tongue
from service_catalog.hours import KEPT, Hours, in_oslo, midnight
from service_catalog.schema import Service

WEEK = timedelta(days=7)
MIDNIGHT = "24"
BROAD = (13, 18)  # who fits 13 to 18 needs no words about age


def open_phrase(hours: Hours, now: datetime, language: Tongue) -> Optional[str]:
    """Return "åpent til 20 i dag", "åpner klokka 14 i morgen"; None when it is shut for long."""
    here = in_oslo(now)
    state = hours.state(here)
    if state == "unknown":
        return say("catalog.maybe_closed", language)
    if hours.always_open:
        return say("catalog.open_always", language)
    if state == "open":
        closes = hours.closes_at(here)
        if closes is None:
            return say("catalog.open_always", language)
        return _until(here, closes, language)
    opens = hours.opens_next(here)
    return _from(here, opens, language) if opens else None


def week_phrase(hours: Hours, now: datetime, language: Tongue) -> Optional[str]:
    """Return the coming seven days in words: "mandag–fredag 8–15.30, onsdag 8–20"."""
    return _week_from(hours, in_oslo(now).date(), language)


@lru_cache(maxsize=KEPT)
def _week_from(hours: Hours, first: date, language: Tongue) -> Optional[str]:
    if hours.always_open:
        return say("catalog.round_the_clock", language)
    start = midnight(first)
    days: dict[int, str] = {}
    for span in hours.spans(start, start + WEEK):
        piece = f"{_time(span.opens)}–{_closing(span.closes)[1]}"
        day = span.opens.weekday()
        if day in days:
            piece = say("catalog.list_and", language, first=days[day], second=piece)
        days[day] = piece
    return ", ".join(_day_groups(days, language)) if days else None


def age_phrase(service: Service, age: Optional[int], language: Tongue) -> Optional[str]:
    """Return who it is for, when the age is not known or the service does not say."""
    if service.ages == "unknown":
        return say("catalog.age_unknown", language)
    low, high = service.minimum_age, service.maximum_age
    if age is not None or (low is None and high is None):
        return None
    if (low or 0) <= BROAD[0] and (high is None or high >= BROAD[1]):
        return None
    if low is None:
        return say("catalog.age_to", language, high=high)
    if high is None:
        return say("catalog.age_from", language, low=low)
    return say("catalog.age_between", language, low=low, high=high)


def sentence(text: str) -> str:
    """Return `text` as a sentence: a capital first, a full stop last."""
    text = text.strip()
    ended = text if text.endswith((".", "!", "?")) else f"{text}."
    return ended[:1].upper() + ended[1:]


def listing(names: list[str], language: Tongue, joiner: str = "catalog.or") -> str:
    """Return "a, b eller c"."""
    if len(names) < 2:
        return "".join(names)
    return say(joiner, language, first=", ".join(names[:-1]), second=names[-1])


def _until(now: datetime, closes: datetime, language: Tongue) -> str:
    day, time = _closing(closes)
    days = (day.date() - now.date()).days
    if days == 0 and time == MIDNIGHT:
        time = say("catalog.midnight", language)
    if days < 2:
        key = "catalog.open_until_today" if days == 0 else "catalog.open_until_tomorrow"
        return say(key, language, time=time)
    return say("catalog.open_until_day", language, day=_day(now, day, language), time=time)


def _closing(closes: datetime) -> tuple[datetime, str]:
    """Return the day and time of closing; midnight belongs to the day that ends."""
    if closes == midnight(closes.date()):
        return closes - timedelta(minutes=1), MIDNIGHT
    return closes, _time(closes)


def _from(now: datetime, opens: datetime, language: Tongue) -> str:
    days = (opens.date() - now.date()).days
    if days < 2:
        key = "catalog.opens_today" if days == 0 else "catalog.opens_tomorrow"
        return say(key, language, time=_time(opens))
    return say("catalog.opens_day", language, day=_day(now, opens, language), time=_time(opens))


def _day(now: datetime, then: datetime, language: Tongue) -> str:
    if (then.date() - now.date()).days < WEEK.days:
        return _weekdays(language)[then.weekday()]
    months = say("catalog.months", language).split(",")
    return f"{then.day}. {months[then.month - 1]}"


def _time(moment: datetime) -> str:
    return f"{moment.hour}.{moment.minute:02}" if moment.minute else str(moment.hour)


def _weekdays(language: Tongue) -> list[str]:
    return say("catalog.weekdays", language).split(",")


def _day_groups(days: dict[int, str], language: Tongue) -> list[str]:
    """Say neighbouring days with the same hours together."""
    names = _weekdays(language)
    groups: list[tuple[int, int, str]] = []
    for day in sorted(days):
        if groups and groups[-1][1] == day - 1 and groups[-1][2] == days[day]:
            groups[-1] = (groups[-1][0], day, days[day])
        else:
            groups.append((day, day, days[day]))
    if len(groups) == 1 and groups[0][:2] == (0, 6):
        return [f"{say('catalog.every_day', language)} {groups[0][2]}"]
    return [
        f"{names[first]} {hours}" if first == last else f"{names[first]}–{names[last]} {hours}"
        for first, last, hours in groups
    ]
