"""Opening hours in OpenStreetMap syntax, in Norwegian time, with Norwegian holidays.

`unknown` is not `closed`: a service without hours, or one whose hours do not say
what happens on a public holiday, is neither offered as open nor called shut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Literal, NamedTuple, Optional
from zoneinfo import ZoneInfo

import opening_hours
from opening_hours import OpeningHours, State

from service_catalog.errors import BadHours
from service_catalog.nights import cut_night, night_end

OSLO = ZoneInfo("Europe/Oslo")
_ParserError: type[Exception] = vars(opening_hours)["ParserError"]  # not in its type stubs
LOOK_AHEAD = timedelta(days=14)
KEPT = 16_384  # expressions held ready: more than all municipalities together write
MAX_LENGTH = 500  # the reader's time grows with the expression
LONGEST_SPAN = timedelta(hours=20)
LONGEST_NIGHT = timedelta(hours=6)  # past midnight, for a service that is not on call

OpenState = Literal["open", "closed", "unknown"]
_STATES: dict[State, OpenState] = {
    State.OPEN: "open",
    State.CLOSED: "closed",
    State.UNKNOWN: "unknown",
}
_SCHOOL_HOLIDAY = re.compile(r"\bSH\b")
_SCHOOL_RULE = re.compile(r"^(?:(PH)\s*,\s*)?SH(?:\s*,\s*(PH))?\b\s*(?P<rest>.*)$")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
# The eves, each with how hours are seen to speak of it: a date, or a stretch of December days.
_EVES = {
    "Dec 24 00:00-24:00": re.compile(r"\bDec \d\d?\s*-|\bDec [\d,\s]*\b24\b"),
    "Dec 31 00:00-24:00": re.compile(r"\bDec \d\d?\s*-|\bDec [\d,\s]*\b31\b"),
    "easter -1 day 00:00-24:00; easter +48 days 00:00-24:00": re.compile(r"\beaster\b"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Holiday(NamedTuple):
    """One listed school holiday, both days included."""

    first: date
    last: date


class Span(NamedTuple):
    """A stretch of time in which a service is open."""

    opens: datetime
    closes: datetime


class Hours:
    """When a service is open. Raises BadHours for what cannot be read or be true."""

    def __init__(
        self, expression: str, holidays: Sequence[Holiday] = (), on_call: bool = True
    ) -> None:
        self.expression = expression
        check_spans(expression, on_call)
        self._hours = _read(expand_school_holidays(expression, holidays))
        self._doubt = doubtful_days(expression)
        self._night_end = night_end(expression)
        start = datetime(2026, 1, 1, tzinfo=OSLO)
        never_changes = self._doubt is None and self._hours.next_change(start) is None
        self.always_open = never_changes and self._hours.is_open(start)
        # One search asks several times about the same moment.
        self._last: tuple[Optional[datetime], OpenState] = (None, "unknown")

    @property
    def vague(self) -> bool:
        """Words in the hours ("etter avtale") leave open when it is not open for certain."""
        return '"' in self.expression or "unknown" in self.expression

    def state(self, at: datetime) -> OpenState:
        """Return whether it is open at `at`; a time without a zone is Norwegian time."""
        known_at, known = self._last
        if known_at is at:
            return known
        moment = in_oslo(at)
        state = _STATES[self._hours.state(moment)[0]]
        if state == "open":
            state = self._really(moment)
        self._last = (at, state)
        return state

    def _really(self, moment: datetime) -> OpenState:
        """Return the state at a moment at which the bare syntax says open."""
        headless = self._headless(moment)
        if headless and not self._doubted(_evening_before(moment)):
            return "closed"
        return "unknown" if headless or self._doubted(moment) else "open"

    def _doubted(self, moment: datetime) -> bool:
        return self._doubt is not None and _is_among(moment.date(), self._doubt)

    def _headless(self, moment: datetime) -> bool:
        """Say whether this is the end of an evening that was shut, or may have been."""
        if self._night_end is None or moment.time() >= self._night_end:
            return False
        before = _evening_before(moment)
        return not self._hours.is_open(before) or self._doubted(before)

    def open_now(self, at: datetime) -> Optional[bool]:
        """Return True, False, or None when the hours don't say."""
        state = self.state(at)
        return None if state == "unknown" else state == "open"

    def closes_at(self, at: datetime) -> Optional[datetime]:
        """Return when it shuts next; None when it is shut or stays open for two weeks."""
        if self.state(at) != "open":
            return None
        span = next(self.spans(at, at + LOOK_AHEAD), None)
        return None if span is None or span.closes >= in_oslo(at) + LOOK_AHEAD else span.closes

    def opens_next(self, at: datetime, within: timedelta = LOOK_AHEAD) -> Optional[datetime]:
        """Return when it opens next; None when it is open or does not open `within`."""
        if self.state(at) == "open":
            return None
        span = next(self.spans(at, at + within), None)
        return span.opens if span else None

    def spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yield the open stretches between `start` and `end`, adjoining ones as one."""
        held: Optional[Span] = None
        for span in self._certain(in_oslo(start), in_oslo(end)):
            if held and held.closes == span.opens:
                held = Span(held.opens, span.closes)
                continue
            if held:
                yield held
            held = span
        if held:
            yield held

    def _certain(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yield what the hours say is open, without the days they say nothing about."""
        for opens, closes in _open(self._hours, start, end):
            for day in _days_of(opens, closes) if self._doubt else ():
                if not self._doubted(midnight(day)):
                    continue
                if midnight(day) > opens:
                    yield Span(opens, midnight(day))
                opens = midnight(day + timedelta(days=1))
            if self._night_end is not None and self._headless(opens):
                opens = datetime.combine(opens.date(), self._night_end, tzinfo=OSLO)
            if opens < closes:
                yield Span(opens, closes)

    def ever_open(self, start: datetime) -> bool:
        """Say whether it opens at all in the year after `start`."""
        return next(self.spans(start, start + timedelta(days=366)), None) is not None


@lru_cache(maxsize=KEPT)
def hours_of(expression: str, holidays: tuple[Holiday, ...], on_call: bool) -> Hours:
    """Return the hours, read once however many services write the same. Raises BadHours."""
    return Hours(expression, holidays, on_call)


@lru_cache(maxsize=KEPT)
def opens_in_a_year(hours: Hours, start: datetime) -> bool:
    """Say whether `hours` open at all in the year after `start`."""
    return hours.ever_open(start)


def in_oslo(at: datetime) -> datetime:
    """Return `at` in Norwegian time, as a moment that exists when the clock is changed."""
    may_be_changed = at.month in (3, 10) and 1 <= at.hour <= 3
    if at.tzinfo is OSLO and at.fold == 0 and not may_be_changed:
        return at
    aware = at.replace(tzinfo=OSLO) if at.tzinfo is None else at
    return aware.astimezone(timezone.utc).astimezone(OSLO)


def expand_school_holidays(expression: str, holidays: Sequence[Holiday]) -> str:
    """Write the dates of the school holidays in for `SH`, which no reader knows of itself.

    Raises BadHours when there are no dates, or `SH` stands in the middle of a rule.
    """
    if not _SCHOOL_HOLIDAY.search(expression):
        return expression
    if not holidays:
        raise BadHours(
            f"{expression!r} speaks of school holidays (SH), but the catalog lists none; "
            "fill in school_holidays, or write the dates: 2026 Jun 20-2026 Aug 16 off"
        )
    dates = ",".join(_dates(holiday) for holiday in holidays)
    rules = []
    for rule in expression.split(";"):
        if not _SCHOOL_HOLIDAY.search(rule):
            rules.append(rule.strip())
            continue
        found = _SCHOOL_RULE.match(rule.strip())
        if found is None or _SCHOOL_HOLIDAY.search(found["rest"]):
            raise BadHours(
                f"{rule.strip()!r}: SH must be the first word of its rule, "
                "as in 'Mo-Fr 08:00-15:00; SH off'"
            )
        if found[1] or found[2]:
            rules.append(f"PH {found['rest']}")
        rules.append(f"{dates} {found['rest']}")
    return "; ".join(rules)


def doubtful_days(expression: str) -> Optional[str]:
    """Return the public holidays and eves that the hours say nothing about, as hours of whole days.

    By the syntax alone `Mo-Fr 08:00-15:00` is open on the first of May and on
    Christmas Eve; a young person would stand before a closed door.
    """
    if expression.strip() == "24/7":
        return None
    rules = ["off"]
    if "PH" not in expression:
        rules.append("PH 00:00-24:00")
    rules += [eve for eve, spoken in _EVES.items() if not spoken.search(expression)]
    return "; ".join(rules) if len(rules) > 1 else None


def check_spans(expression: str, on_call: bool) -> None:
    """Raise BadHours for hours that the syntax allows but nobody means."""
    if len(expression) > MAX_LENGTH:
        raise BadHours(f"is longer than {MAX_LENGTH} characters; write the usual weeks only")
    for found in _SPAN.finditer(expression):
        opens, closes = (timedelta(hours=int(found[i]), minutes=int(found[i + 1])) for i in (1, 3))
        if closes > timedelta(days=1):
            raise BadHours(f"{found[0]!r} goes past 24:00; write the time after midnight, as 01:30")
        if opens == closes:
            raise BadHours(f"{found[0]!r} is no time at all; write 24/7 for day and night")
        if closes > opens:
            continue
        length = closes + timedelta(days=1) - opens
        if length > LONGEST_SPAN or (closes > LONGEST_NIGHT and not on_call):
            raise BadHours(
                f"{found[0]!r} closes before it opens, so it would stay open through the night; "
                "write the opening time first"
            )

    cut = cut_night(expression)
    if cut is not None:
        raise BadHours(
            f"{cut.night!r} lasts past midnight, where {cut.by!r} would cut it off; "
            "join the two with a comma instead of a semicolon"
        )


@lru_cache(maxsize=KEPT)
def _read(expression: str) -> OpeningHours:
    try:
        return OpeningHours(expression, timezone=OSLO, country="NO", max_interval_days=400)
    except _ParserError as error:
        lines = str(error).splitlines()
        at = next((line.index("^") - 4 for line in lines if "^" in line), 0)
        raise BadHours(
            f"{expression!r} cannot be read from {expression[at : at + 20]!r} on; "
            "write them as in 'Mo-Fr 08:00-15:30; We 08:00-20:00; PH off'"
        ) from None


@lru_cache(maxsize=KEPT)
def _is_among(day: date, days: str) -> bool:
    """Say whether `day` is one of the whole `days`; few are asked for, over and over."""
    return _read(days).is_open(midnight(day))


def _days_of(start: datetime, end: datetime) -> Iterator[date]:
    day = start.date()
    while midnight(day) < end:
        yield day
        day += timedelta(days=1)


def _open(hours: OpeningHours, start: datetime, end: datetime) -> Iterator[Span]:
    for opens, closes, state, _ in hours.intervals(start, end):
        if state == State.OPEN:
            yield Span(opens, _first_pass(opens, closes))


def _dates(holiday: Holiday) -> str:
    return "-".join(f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}" for day in holiday)


def _first_pass(opens: datetime, closes: datetime) -> datetime:
    """Return the first of two equal times in the night in which the clock is put back."""
    first = closes.replace(fold=0)
    return first if first.timestamp() > opens.timestamp() else closes


def _evening_before(moment: datetime) -> datetime:
    return midnight(moment.date()) - timedelta(minutes=1)


def midnight(day: date) -> datetime:
    """Return the first moment of `day` in Norway."""
    return datetime.combine(day, time(), tzinfo=OSLO)
