"""Opening hours against a plain reading of the same week, over every minute of a year.

The plain reading knows the days from another library and counts minutes on the wall clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

import holidays
import pytest
from dateutil.easter import easter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from service_catalog.errors import BadHours
from service_catalog.hours import LOOK_AHEAD, OSLO, Holiday, Hours, OpenState
from service_catalog.nights import cut_night

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WHOLE_DAY = 24 * 60
MINUTE = timedelta(minutes=1)
YEAR = 2026
AUTUMN = Holiday(date(2026, 10, 5), date(2026, 10, 9))
SUMMER = Holiday(date(2026, 6, 20), date(2026, 8, 16))
CLOCK_CHANGES = (date(2026, 3, 29), date(2026, 10, 25))
TWICE = (date(2026, 10, 25), date(2027, 10, 31))


@dataclass(frozen=True)
class Week:
    """A week in plain terms: for each weekday its stretches in minutes; past 1440 is night."""

    days: tuple[tuple[tuple[int, int], ...], ...]
    public_off: bool
    school_off: bool

    @property
    def expression(self) -> str:
        rules = [f"{DAYS[day]} {_times(spans)}" for day, spans in enumerate(self.days) if spans]
        off = [mark for mark, on in (("PH", self.public_off), ("SH", self.school_off)) if on]
        return ", ".join(rules) + (f"; {','.join(off)} off" if off else "")

    def hours(self) -> Hours:
        return Hours(self.expression, [AUTUMN, SUMMER])

    def state(self, local: datetime) -> OpenState:
        """Return the state at a time on the wall clock."""
        day, minute = local.date(), local.hour * 60 + local.minute
        kind = self.kind(day)
        if kind == "shut":
            return "closed"
        if any(opens <= minute < closes for opens, closes in self.days[day.weekday()]):
            return "unknown" if kind == "doubt" else "open"
        before = day - timedelta(days=1)
        late = any(minute + WHOLE_DAY < closes for _, closes in self.days[before.weekday()])
        if not late or self.kind(before) == "shut":
            return "closed"
        return "unknown" if "doubt" in (kind, self.kind(before)) else "open"

    @lru_cache(maxsize=4096)  # noqa: B019 - weeks live as long as the test
    def kind(self, day: date) -> str:
        """Say whether the hours hold on `day`, are shut, or say nothing about such a day."""
        if self.public_off and day in official(day.year):
            return "shut"
        if self.school_off and any(one.first <= day <= one.last for one in (AUTUMN, SUMMER)):
            return "shut"
        return "doubt" if day in official(day.year) or day in eves(day.year) else "sure"


@lru_cache
def official(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NO", years=[year]))


@lru_cache
def eves(year: int) -> frozenset[date]:
    sunday = easter(year)
    near = (sunday - timedelta(days=1), sunday + timedelta(days=48))
    return frozenset((date(year, 12, 24), date(year, 12, 31), *near))


def _times(spans: tuple[tuple[int, int], ...]) -> str:
    return ",".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in spans)


def _clock(minute: int) -> str:
    minute = minute - WHOLE_DAY if minute > WHOLE_DAY else minute
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """Draw a week: mornings from 6, evenings to 24, or nights to 5.30."""
    quarter = st.integers(0, 20).map(lambda step: step * 15)
    days = []
    for _ in DAYS:
        spans = []
        if draw(st.booleans()):
            opens = 6 * 60 + draw(quarter)
            spans.append((opens, opens + 15 + draw(quarter)))
        if draw(st.booleans()):
            opens = 17 * 60 + draw(quarter)
            length = draw(
                st.sampled_from([30, 120, WHOLE_DAY - opens, WHOLE_DAY - opens + 120, 13 * 60])
            )
            spans.append((opens, max(opens + 15, min(opens + length, WHOLE_DAY + 330))))
        days.append(tuple(spans))
    if not any(days):
        days[2] = ((8 * 60, 15 * 60),)
    return Week(tuple(days), draw(st.booleans()), draw(st.booleans()))


OFFICE = ((8 * 60, 15 * 60 + 30),)
EVENING = ((17 * 60, 22 * 60),)
LATE = ((18 * 60, WHOLE_DAY + 120),)
CLUB = Week((OFFICE, OFFICE, (*OFFICE, *EVENING), OFFICE, LATE, LATE, ()), False, False)


def local(moment: datetime) -> datetime:
    return moment.astimezone(OSLO)


@pytest.mark.parametrize(
    "week", [CLUB, Week(CLUB.days, True, True)], ids=["holidays not told", "shut in holidays"]
)
def test_every_minute_of_a_year(week: Week) -> None:
    hours = week.hours()
    start = datetime(YEAR, 1, 1, tzinfo=OSLO).astimezone(timezone.utc)
    end = datetime(YEAR + 1, 1, 1, tzinfo=OSLO).astimezone(timezone.utc)
    is_open: set[int] = set()
    for span in hours.spans(start, end):
        first, last = ((at.timestamp() - start.timestamp()) / 60 for at in span)
        is_open.update(range(int(first), int(last)))
    minutes = int((end - start) / MINUTE)
    assert minutes == 365 * WHOLE_DAY
    for number in range(minutes):
        moment = start + number * MINUTE
        here = local(moment)
        wanted = week.state(here)
        assert (number in is_open) == (wanted == "open"), here
        special = wanted == "unknown" or here.date() in CLOCK_CHANGES
        if special or number % 29 == 0:
            assert hours.state(moment) == wanted, here


@settings(max_examples=120, deadline=None)
@given(weeks(), st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)))
def test_any_week_at_any_minute(week: Week, at: datetime) -> None:
    hours = week.hours()
    moment = at.replace(second=0, microsecond=0, tzinfo=timezone.utc)
    for step in range(0, 3 * WHOLE_DAY, 11):
        now = moment + step * MINUTE
        assert hours.state(now) == week.state(local(now)), (week.expression, local(now))


@settings(max_examples=60, deadline=None)
@given(weeks(), st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)))
def test_when_it_opens_and_shuts_next(week: Week, at: datetime) -> None:
    hours = week.hours()
    moment = at.replace(second=0, microsecond=0, tzinfo=timezone.utc)
    # In the hour that is lived twice, "next" may be the same time once more.
    assume(local(moment).date() not in TWICE or local(moment).hour != 2)
    ahead = [moment + step * MINUTE for step in range(int(LOOK_AHEAD / MINUTE))]
    if week.state(local(moment)) == "open":
        shuts = next((one for one in ahead if week.state(local(one)) != "open"), None)
        assert hours.closes_at(moment) == shuts, (week.expression, local(moment))
        assert hours.opens_next(moment) is None
    else:
        opens = next((one for one in ahead if week.state(local(one)) == "open"), None)
        assert hours.opens_next(moment) == opens, (week.expression, local(moment))
        assert hours.closes_at(moment) is None


@pytest.mark.parametrize(
    ("written", "christmas", "new_year", "easter_eve"),
    [
        ("Mo-Su 10:00-14:00; PH off", "unknown", "unknown", "unknown"),
        ("Mo-Su 10:00-14:00; PH off; Dec 24 off", "closed", "unknown", "unknown"),
        ("Mo-Su 10:00-14:00; PH off; Dec 24,Dec 31 off", "closed", "closed", "unknown"),
        ("Mo-Su 10:00-14:00; PH off; Dec 24-31 off", "closed", "closed", "unknown"),
        ("Mo-Su 10:00-14:00; PH off; Dec 20-Jan 02 off", "closed", "closed", "unknown"),
        ("Mo-Su 10:00-14:00; Dec 24 10:00-12:00; PH off", "open", "unknown", "unknown"),
        ("Mo-Su 10:00-14:00; PH off; easter -1 day off", "unknown", "unknown", "closed"),
        ("24/7", "open", "open", "open"),
    ],
)
def test_the_eves(written: str, christmas: str, new_year: str, easter_eve: str) -> None:
    hours = Hours(written)
    wanted = {(12, 24): christmas, (12, 31): new_year, (4, 4): easter_eve}
    for (month, day), state in wanted.items():
        assert hours.state(datetime(2026, month, day, 11, tzinfo=OSLO)) == state, (month, day)


def test_the_end_of_an_evening_that_was_shut() -> None:
    hours = Hours("Mo-Su 18:00-02:00; PH off")
    night = datetime(2026, 5, 2, 1, tzinfo=OSLO)  # after the first of May
    assert hours.state(night) == "closed"
    assert hours.opens_next(night) == datetime(2026, 5, 2, 18, tzinfo=OSLO)
    untold = Hours("Mo-Su 18:00-02:00")
    assert untold.state(night) == "unknown"
    assert untold.state(night + timedelta(days=1)) == "open"


@pytest.mark.parametrize(
    "written",
    [
        "Fr 18:00-02:00; Sa 10:00-12:00",
        "Su-Th 18:00-22:00; Fr-Sa 18:00-02:00",
        "Mo-Su 22:00-05:00; We 12:00-15:00",
    ],
)
def test_a_night_that_another_rule_cuts_off_is_a_fault(written: str) -> None:
    with pytest.raises(BadHours, match="comma instead of a semicolon"):
        Hours(written)
    assert Hours(written.replace(";", ",")).state(datetime(2026, 11, 29, 1, tzinfo=OSLO))


@pytest.mark.parametrize(
    "written",
    [
        "We-Th 16:00-22:00; Fr-Sa 18:00-02:00",
        "Mo-Su 18:00-02:00; PH off",
        "Fr 18:00-24:00; Sa 10:00-12:00",
        "Sa 18:00-02:00; Mo 08:00-12:00",
        "24/7",
    ],
)
def test_nights_that_nothing_cuts_off(written: str) -> None:
    assert cut_night(written) is None


def test_the_hour_that_is_lived_twice() -> None:
    hours = Hours("Mo-Su 18:00-02:00")
    evening = datetime(2026, 10, 24, 20, tzinfo=OSLO)
    shuts = datetime(2026, 10, 25, 2, tzinfo=OSLO)
    assert hours.closes_at(evening) == shuts and shuts.fold == 0
    assert hours.state(shuts) == "closed"
    again = Hours("Mo-Su 18:00-02:30")
    twice = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=OSLO)
    closes = again.closes_at(twice)
    assert again.state(twice) == "open" and closes is not None
    assert closes.timestamp() > twice.timestamp()
