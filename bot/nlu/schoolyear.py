"""When a time that young people name by the school year was: "siden jul", "i fjor vår"."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter


def _words(text: str) -> list[str]:
    return text.split()


# (month, day) of what comes every year at about the same time.
_DAYS: dict[str, tuple[int, int]] = {
    "nyttår": (1, 1),
    "vinterferien": (2, 25),
    "konfirmasjonen": (5, 10),
    "17 . mai": (5, 17),
    "russetida": (5, 10),
    "sommerferien": (8, 10),  # when it was over
    "skolestart": (9, 1),  # when school was well on its way
    "høstferien": (10, 5),
    "halloween": (10, 31),
    "jul": (12, 25),
}
_MONTHS = _words(
    "januar februar mars april mai juni juli august september oktober november desember"
)
_ENGLISH_MONTHS = _words(
    "january february march april may june july august september october november december"
)
_SEASONS: dict[str, tuple[int, int]] = {
    "vinter": (1, 25),
    "vår": (4, 15),
    "sommer": (8, 10),
    "høst": (10, 1),
    "winter": (1, 25),
    "spring": (4, 15),
    "summer": (8, 10),
    "autumn": (10, 1),
}
_STARTS: dict[str, tuple[int, int]] = {
    "vinter": (12, 1),
    "vår": (3, 1),
    "sommer": (6, 15),
    "høst": (9, 1),
}
_OTHER_NAMES = {
    "julen": "jul",
    "julaften": "jul",
    "juleferien": "jul",
    "julaftan": "jul",
    "christmas": "jul",
    "påsken": "påske",
    "påskeferien": "påske",
    "easter": "påske",
    "nyttårsaften": "nyttår",
    "sportsferien": "vinterferien",
    "konfirmasjon": "konfirmasjonen",
    "skoleåret": "skolestart",
    "semesterstart": "skolestart",
    "studiestart": "skolestart",
    "fadderuka": "skolestart",
    "new year": "nyttår",
    "new years": "nyttår",
    "the summer": "sommer",
    "ferien": "sommerferien",
    "sommerferie": "sommerferien",
    "høstferie": "høstferien",
    "vinterferie": "vinterferien",
    "juleferie": "jul",
} | {f"{season}en": season for season in ("vinter", "vår", "sommer", "høst")}

_NAMED = [*_DAYS, *_SEASONS, *_OTHER_NAMES, *_MONTHS, *_ENGLISH_MONTHS, "påske"]
# Every name that `since` knows.
NAME = "(?:" + "|".join(sorted(_NAMED, key=len, reverse=True)) + ")"
MONTH = "(?:" + "|".join(_MONTHS) + ")"
SEASON = r"(?:vinter|vår|sommer|høst)(?:en)?"


def since(name: str, today: date, years_back: int = 0) -> date:
    """Return when `name` (matched by NAME) was last, or `years_back` calendar years ago.

    A month or season that is still going on counts as just begun. Raises KeyError.
    """
    name = _OTHER_NAMES.get(name, name)
    year = today.year - years_back
    day = _in_year(name, year)
    if not years_back and day > today:
        going_on = name in _SEASONS or name in _MONTHS or name in _ENGLISH_MONTHS
        near = day - today < timedelta(days=31)
        day = today if going_on and near else _in_year(name, year - 1)
    return day


def start_of(season: str, today: date) -> date:
    """Return the first day of the season (matched by SEASON) that is on or was last."""
    season = season.removesuffix("en")
    first = date(today.year, *_STARTS[season])
    return first if first <= today else date(today.year - 1, *_STARTS[season])


def _in_year(name: str, year: int) -> date:
    if name == "påske":
        sunday: date = easter(year)
        return sunday
    if name in _MONTHS:
        return _last_day(year, _MONTHS.index(name) + 1)
    if name in _ENGLISH_MONTHS:
        return _last_day(year, _ENGLISH_MONTHS.index(name) + 1)
    return date(year, *(_DAYS.get(name) or _SEASONS[name]))


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
