"""Opening hours between OpenStreetMap syntax and the schedules of Open Referral HSDS 3.

A schedule there is a weekly rule as in RFC 5545: `byday`, `opens_at`, `closes_at`. It knows no
holidays, so those are told in words (`notes`), and the exact hours go along as an attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Optional

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(
    r"(?:(?P<days>(?:Mo|Tu|We|Th|Fr|Sa|Su)[A-Za-z,\- ]*?) )?"
    r"(?P<spans>\d\d:\d\d-\d\d:\d\d(?: ?, ?\d\d:\d\d-\d\d:\d\d)*)"
)
_CLOSED = re.compile(r"(?:PH|SH)(?: ?, ?(?:PH|SH))? off")
_TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)(?::00)?(?:\+0[12]:?00)?")
_CLOSED_WORDS = {"PH": "Stengt på helligdager.", "SH": "Stengt i skoleferier."}
_NORWEGIAN_ZONES = (None, 1, 2)
# With one of these a schedule is more, or less, than the same week over and over.
_NOT_WEEKLY = ("until", "count", "byweekno", "bymonthday", "byyearday")

Schedule = dict[str, Any]
_Week = dict[str, list[str]]


def to_schedules(hours: str) -> list[Schedule]:
    """Return `hours` as weekly schedules; as one described in words when they are no such."""
    week, notes = _week(hours)
    if not week:
        return [{"description": hours}]
    days_of: dict[str, list[str]] = {}
    for day in _DAYS:
        for span in week.get(day, []):
            days_of.setdefault(span, []).append(day[:2].upper())
    return [_schedule(days, span, notes) for span, days in days_of.items()]


def from_schedules(schedules: Iterable[Mapping[str, Any]], today: date) -> Optional[str]:
    """Return schedules as hours; None unless each is a plain week in Norwegian time."""
    week: _Week = {}
    for schedule in schedules:
        days, span = _days_of(schedule), _span_of(schedule)
        if not days or span is None or not _is_weekly(schedule, today):
            return None
        for day in days:
            week.setdefault(day, []).append(span)
    if not week:
        return None
    days_by_spans: dict[str, list[str]] = {}
    for day in _DAYS:
        if day in week:
            days_by_spans.setdefault(",".join(sorted(week[day])), []).append(day)
    return "; ".join(f"{_together(days)} {spans}" for spans, days in days_by_spans.items())


def _week(hours: str) -> tuple[_Week, list[str]]:
    """Return {day: spans} and what else holds, in words; no days for hours that are no week."""
    if hours.strip() == "24/7":
        return {day: ["00:00-24:00"] for day in _DAYS}, []
    week: _Week = {}
    notes: list[str] = []
    for rule in (part.strip() for part in hours.split(";")):
        found = _RULE.fullmatch(rule)
        days = _expand(found["days"]) if found else []
        if found and days:
            spans = [span.strip() for span in found["spans"].split(",")]
            week.update(dict.fromkeys(days, spans))
        elif _CLOSED.fullmatch(rule):
            notes += [words for code, words in _CLOSED_WORDS.items() if code in rule]
        else:
            return {}, []
    return week, notes


def _expand(written: Optional[str]) -> list[str]:
    """Return the days of `Mo-We,Fr`; every day when none is written, none for other words."""
    if written is None:
        return list(_DAYS)
    days: list[str] = []
    for part in written.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first not in _DAYS or (last or first) not in _DAYS:
            return []
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        days += [_DAYS[i % 7] for i in range(start, (end if end >= start else end + 7) + 1)]
    return days


def _schedule(days: Sequence[str], span: str, notes: Sequence[str]) -> Schedule:
    opens, closes = span.split("-")
    schedule = {
        "freq": "WEEKLY",
        "byday": ",".join(days),
        "opens_at": opens,
        "closes_at": closes,
        "timezone": 1,
    }
    return {**schedule, "notes": " ".join([*notes, "Norsk tid, med sommertid."])}


def _days_of(schedule: Mapping[str, Any]) -> list[str]:
    written = schedule.get("byday")
    if not isinstance(written, str):
        return []
    days = [day.strip().capitalize() for day in written.split(",")]
    return days if all(day in _DAYS for day in days) else []


def _span_of(schedule: Mapping[str, Any]) -> Optional[str]:
    times = [str(schedule.get(key)) for key in ("opens_at", "closes_at")]
    found = [_TIME.fullmatch(time) for time in times]
    if found[0] is None or found[1] is None:
        return None
    return "-".join(f"{time[1]}:{time[2]}" for time in found if time)


def _is_weekly(schedule: Mapping[str, Any], today: date) -> bool:
    if schedule.get("freq") not in (None, "WEEKLY") or schedule.get("interval") not in (None, 1):
        return False
    if any(schedule.get(key) for key in _NOT_WEEKLY):
        return False
    if schedule.get("timezone") not in _NORWEGIAN_ZONES:
        return False
    first, last = schedule.get("valid_from") or "", schedule.get("valid_to") or "9999"
    return str(first)[:10] <= today.isoformat() <= str(last)


def _together(days: Sequence[str]) -> str:
    """Return days that follow each other as Mo-Fr, others with commas."""
    places = [_DAYS.index(day) for day in days]
    if len(days) > 2 and places == list(range(places[0], places[0] + len(days))):
        return f"{days[0]}-{days[-1]}"
    return ",".join(days)
