"""How the rules of `bot.nlu.duration_rules` read a number of days out of what they matched.

Every reader takes the match and the moment, and returns days, or None where the
match tells nothing after all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.nlu.numerals import ordinal
from bot.nlu.schoolyear import since, start_of
from bot.nlu.timewords import span_days, unit_days

LONG, SHORT = 3650.0, 1.0
# "i januar" in November is more likely to come than to be ten months ago.
_LIKELY_PAST_DAYS = 305
# "edru i to måneder" tells nothing of how long it was bad; "edru i et år" does.
_CLEARLY_LONG_DAYS = 120


@dataclass(frozen=True)
class Moment:
    """When the message is read, and in which school year its writer is (1–13) if told."""

    today: date
    grade: int | None = None

    def days_since(self, day: date) -> float:
        return float((self.today - day).days)

    @property
    def school_days(self) -> float:
        """Days since this school year was well on its way."""
        return self.days_since(since("skolestart", self.today))


_WITHOUT = re.compile(
    r"\b(?:ikke|aldri|ingen\w*|not|never|havent|gang|gangen|ganger|eneste|sjelden|tredje|fjerde|"
    r"femte|hatt)\b[^.!?]*$"
)
_GOOD_TIMES = re.compile(
    r"\b(?:edru|nykter|clean|rusfri|gips|ro|holdt meg|la være|uten|avtale|permisjon)"
    r"(?: (?:i|på))?\W*$"
)
_PAST = re.compile(
    r"\b(?:ble|var|fikk|døde|drakk|drukket|tok|sa|kom|gikk|skjedde|hadde|så|lå|sto|slo|traff|lot|"
    r"fant|løp|falt|åt|spiste|skulket?|sendte|gråt|drømte|våknet|mistet|kastet|flyttet|"
    r"skjedd|sovet|sov|kjørte|"
    r"[a-zæøå]{2,}(?:dde|gde|kte|lte|nte|pte|ste|tte))\b"
)
_FUTURE = re.compile(r"\b(?:skal|vil|må|kommer|drar|reiser|flytter|blir|fyller|når|håper)\b")


def span(found: re.Match[str], _moment: Moment) -> float | None:
    before = found.string[max(0, found.start() - 25) : found.start("n")]
    days = span_days(found)
    return days if days > _CLEARLY_LONG_DAYS or not _GOOD_TIMES.search(before) else None


def span_without(found: re.Match[str], _moment: Moment) -> float | None:
    """ "ikke sovet på to uker", "fjerde gang på et år": a span only after such words."""
    before = found.string[max(0, found.start() - 60) : found.start()]
    return span_days(found) if _WITHOUT.search(before) else None


def last_unit(found: re.Match[str], _moment: Moment) -> float | None:
    """ "de siste ukene": more than one, not said how many."""
    several = found["unit"].endswith(("ene", "er", "weeks", "days"))
    return unit_days(found["unit"]) * (2.5 if several else 1)


def named(found: re.Match[str], moment: Moment) -> float | None:
    groups = found.groupdict()
    name, back = groups.get("name"), groups.get("back") or ""
    if name == "vår" and not re.search(r"(?:\bi|fjor|sist|forrige) vår", found.group()):
        return None  # "siden vår hund døde"
    years = {"": 0, "fjor": 1, "forfjor": 2}.get(back)
    if years is None:  # a year in four digits
        years = moment.today.year - int(back)
    if not 0 <= years < 25:
        return None
    if name is None:
        return moment.days_since(date(moment.today.year - years, 10, 1))
    return moment.days_since(since(name, moment.today, years))


def named_event(found: re.Match[str], moment: Moment) -> float | None:
    days = named(found, moment)
    if days is None or found["back"]:
        return days
    return days if days < _LIKELY_PAST_DAYS and _is_told_as_past(found) else None


def past_event(found: re.Match[str], _moment: Moment) -> float | None:
    return SHORT if _is_told_as_past(found) else None


def _is_told_as_past(found: re.Match[str]) -> bool:
    """ "på lørdag", "i sommer": behind us only where the clause is told in the past."""
    text = found.string
    start = max(text.rfind(mark, 0, found.start()) for mark in ".!?,") + 1
    ends = [place for mark in ".!?," if (place := text.find(mark, found.end())) >= 0]
    clause = text[start : min(ends, default=len(text))]
    return bool(_PAST.search(clause)) and not _FUTURE.search(clause)


def year(found: re.Match[str], moment: Moment) -> float | None:
    years = moment.today.year - int(found["year"])
    return 365.0 * years if 0 < years < 20 else None


def season(found: re.Match[str], moment: Moment) -> float | None:
    days = moment.days_since(start_of(found["season"], moment.today))
    return days + (365 if found["back"] else 0)


def grade(found: re.Match[str], moment: Moment) -> float | None:
    """A school year by its number: years ago, unless it is the one that goes on now."""
    grade = ordinal(found["grade"])
    if grade is None:
        return None
    return moment.school_days if grade == moment.grade else LONG


def earlier_grade(found: re.Match[str], moment: Moment) -> float | None:
    grade = ordinal(found["grade"])
    return LONG if grade and moment.grade and grade < moment.grade else None


def new_school(_found: re.Match[str], moment: Moment) -> float | None:
    return LONG if moment.grade in (9, 10, 12, 13) else moment.school_days


def this_school_year(_found: re.Match[str], moment: Moment) -> float | None:
    return moment.school_days
