"""Opening hours: Norwegian holidays, eves, changes of clock, and what nobody means."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_catalog.errors import BadHours
from service_catalog.hours import OSLO, Holiday, Hours, expand_school_holidays, in_oslo
from service_catalog.phrases import open_phrase, week_phrase

OFFICE = "Mo-Fr 08:00-15:30"
AUTUMN = Holiday(date(2026, 10, 5), date(2026, 10, 9))
SUMMER = Holiday(date(2026, 6, 20), date(2026, 8, 16))


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=OSLO)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("expression", "when", "state"),
    [
        (OFFICE, at(2026, 11, 24, 10), "open"),
        (OFFICE, at(2026, 11, 24, 15, 30), "closed"),
        (OFFICE, at(2026, 11, 28, 10), "closed"),
        # Nothing is said about holidays and eves, so nobody knows.
        (OFFICE, at(2026, 5, 1, 10), "unknown"),
        (OFFICE, at(2026, 12, 24, 10), "unknown"),
        (OFFICE, at(2026, 12, 31, 10), "unknown"),
        ("Mo-Sa 08:00-15:30; PH off", at(2027, 3, 27, 10), "unknown"),  # Easter eve
        ("Mo-Sa 08:00-15:30; PH off", at(2027, 5, 15, 10), "unknown"),  # Whitsun eve
        # Shut anyway stays shut.
        (OFFICE, at(2026, 5, 17, 10), "closed"),
        (f"{OFFICE}; PH off", at(2026, 5, 1, 10), "closed"),
        (f"{OFFICE}; PH off; Dec 24 off", at(2026, 12, 24, 10), "closed"),
        ("24/7", at(2026, 12, 24, 23), "open"),
        ("Mo-Fr 00:00-08:00,15:30-24:00; Sa,Su,PH 00:00-24:00", at(2026, 5, 1, 12), "open"),
        ("Fr-Sa 18:00-02:00", at(2026, 11, 29, 1), "open"),
        ("unknown", at(2026, 11, 24, 10), "unknown"),
    ],
)
def test_state(expression: str, when: datetime, state: str) -> None:
    assert Hours(expression).state(when) == state


def test_unknown_is_neither_open_nor_closed() -> None:
    assert Hours(OFFICE).open_now(at(2026, 5, 1, 10)) is None


def test_norwegian_public_holidays_are_those_of_another_library() -> None:
    hours = Hours("off; PH 00:00-24:00; Dec 24 off")
    day = date(2026, 1, 1)
    official = holidays.country_holidays("NO", years=[2026, 2027, 2028])
    while day.year < 2029:
        noon = at(day.year, day.month, day.day, 12)
        assert (hours.state(noon) == "open") == (day in official), day
        day += timedelta(days=1)


def test_closes_and_opens() -> None:
    hours = Hours("Mo,Tu,Th,Fr 08:00-15:30; We 08:00-20:00; PH off")
    assert hours.closes_at(at(2026, 11, 25, 19)) == at(2026, 11, 25, 20)
    assert hours.opens_next(at(2026, 11, 25, 21)) == at(2026, 11, 26, 8)
    assert hours.opens_next(at(2026, 11, 25, 19)) is None
    assert hours.closes_at(at(2026, 11, 25, 21)) is None
    # The holiday in between is not offered.
    assert hours.opens_next(at(2026, 4, 30, 16)) == at(2026, 5, 4, 8)
    assert Hours(OFFICE).opens_next(at(2026, 12, 23, 16)) == at(2026, 12, 28, 8)


def test_day_and_night() -> None:
    hours = Hours("24/7")
    assert hours.always_open and hours.closes_at(at(2026, 11, 24, 10)) is None
    assert not Hours(OFFICE).always_open
    assert not Hours("off").ever_open(at(2026, 1, 1))


@pytest.mark.parametrize("hour", [0, 1, 2, 3])
def test_the_night_the_clock_changes(hour: int) -> None:
    for day in (datetime(2026, 3, 29, hour), datetime(2026, 10, 25, hour, 30)):
        hours = Hours("Sa-Su 18:00-06:00")
        assert hours.state(day) == "open"
        assert hours.closes_at(day) == at(day.year, day.month, day.day, 6)


def test_times_of_other_zones_are_norwegian_here() -> None:
    utc = datetime(2026, 7, 1, 6, 30, tzinfo=timezone.utc)
    assert in_oslo(utc).hour == 8
    assert Hours(OFFICE).state(utc) == "open"
    assert Hours(OFFICE).state(datetime(2026, 7, 1, 8, 30)) == "open"


@settings(max_examples=300, deadline=None)
@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(timezone.utc)))
def test_open_spans_and_states_agree(moment: datetime) -> None:
    hours = Hours("Mo-Fr 08:00-12:00,13:00-18:00; Sa 10:00-02:00; PH off")
    state = hours.state(moment)
    closes, opens = hours.closes_at(moment), hours.opens_next(moment)
    if state == "open":
        assert closes is not None and opens is None
        assert closes > moment
        assert hours.state(closes) != "open"
    else:
        assert closes is None and opens is not None
        assert opens >= moment
        assert hours.state(opens) == "open"


def test_every_hour_of_a_year_has_a_state() -> None:
    hours = Hours("Mo-Fr 08:00-15:30; Sa 11:00-14:00")
    moment = datetime(2026, 1, 1, tzinfo=timezone.utc)
    for _ in range(366 * 24):
        assert hours.state(moment) in ("open", "closed", "unknown")
        moment += timedelta(hours=1)


def test_school_holidays() -> None:
    hours = Hours(f"{OFFICE}; PH,SH off", [AUTUMN, SUMMER])
    assert hours.state(at(2026, 10, 6, 10)) == "closed"
    assert hours.state(at(2026, 10, 12, 10)) == "open"
    assert hours.state(at(2026, 7, 1, 10)) == "closed"
    assert hours.state(at(2026, 5, 1, 10)) == "closed"
    club = Hours("We 17:00-22:00; SH Mo-Fr 12:00-18:00", [AUTUMN])
    assert club.state(at(2026, 10, 5, 13)) == "open"
    assert club.state(at(2026, 10, 7, 20)) == "closed"
    assert expand_school_holidays(OFFICE, []) == OFFICE


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("SH off", "lists none"),
        ("", "cannot be read"),
        ("Mo-Fr 25:00-26:00", "past 24:00"),
        ("Mo-Fr 08:00-15:60", "15:60"),
        ("Mo-Fr 08:00-25:30", "past 24:00"),
        ("Man-Fre 08:00-15:00", "Man-Fre"),
        ("Mo-Fr 08.00-15.00", "cannot be read"),
        ("Mo 10:00-10:00", "no time at all"),
        ("Mo-Fr 15:00-08:00", "closes before it opens"),
        ("Mo 18:00-16:00", "closes before it opens"),
        ("Mo-Fr 08:00-15:00; " * 60, "longer than"),
    ],
)
def test_impossible_hours(expression: str, says: str) -> None:
    with pytest.raises(BadHours, match=says):
        Hours(expression, on_call=False)


def test_sh_in_the_middle_of_a_rule() -> None:
    with pytest.raises(BadHours, match="first word"):
        Hours("Mo,SH 10:00-12:00", [AUTUMN])


def test_services_on_call_may_be_open_through_the_night() -> None:
    assert Hours("Mo-Fr 15:30-08:00", on_call=True).state(at(2026, 11, 24, 3)) == "open"


@pytest.mark.parametrize(
    ("expression", "when", "nb", "nn"),
    [
        ("Mo-Th 14:00-20:00", at(2026, 11, 24, 15), "åpent til 20 i dag", "ope til 20 i dag"),
        (OFFICE, at(2026, 11, 24, 9), "åpent til 15.30 i dag", "ope til 15.30 i dag"),
        (OFFICE, at(2026, 11, 24, 6), "åpner klokka 8 i dag", "opnar klokka 8 i dag"),
        (OFFICE, at(2026, 11, 24, 20), "åpner klokka 8 i morgen", "opnar klokka 8 i morgon"),
        (OFFICE, at(2026, 11, 27, 20), "åpner mandag klokka 8", "opnar måndag klokka 8"),
        (OFFICE, at(2026, 12, 23, 20), "åpner mandag klokka 8", "opnar måndag klokka 8"),
        (
            "We 12:00-24:00",
            at(2026, 11, 25, 20),
            "åpent til midnatt i dag",
            "ope til midnatt i dag",
        ),
        ("We 12:00-02:00", at(2026, 11, 25, 20), "åpent til 2 i morgen", "ope til 2 i morgon"),
        (
            "Sa-Su 00:00-24:00; PH off",
            at(2026, 11, 28, 9),
            "åpent til 24 i morgen",
            "ope til 24 i morgon",
        ),
        (OFFICE, at(2026, 5, 1, 9), "sjekk om det er åpent i dag", "sjekk om det er ope i dag"),
        ("24/7", at(2026, 5, 1, 9), "åpent døgnet rundt", "ope døgnet rundt"),
    ],
)
def test_said_in_words(expression: str, when: datetime, nb: str, nn: str) -> None:
    hours = Hours(expression)
    assert open_phrase(hours, when, "nb") == nb
    assert open_phrase(hours, when, "nn") == nn


def test_shut_for_long_has_no_words() -> None:
    assert (
        open_phrase(Hours("2027 Aug 01-2027 Aug 31 Mo-Fr 08:00-15:00"), at(2026, 11, 24), "nb")
        is None
    )


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (OFFICE, "mandag–fredag 8–15.30"),
        (
            "Mo,Tu,Th,Fr 08:00-15:30; We 08:00-20:00",
            "mandag–tirsdag 8–15.30, onsdag 8–20, torsdag–fredag 8–15.30",
        ),
        ("Mo-Su 10:00-22:00", "hver dag 10–22"),
        ("Tu 08:00-11:00,12:00-15:00", "tirsdag 8–11 og 12–15"),
        ("Fr 20:00-24:00", "fredag 20–24"),
        ("24/7", "døgnet rundt"),
    ],
)
def test_a_week_in_words(expression: str, words: str) -> None:
    assert week_phrase(Hours(expression), at(2026, 11, 24, 12), "nb") == words


def test_a_week_with_a_holiday_leaves_it_out() -> None:
    assert week_phrase(Hours(OFFICE), at(2026, 4, 29, 12), "nn") == "måndag–torsdag 8–15.30"
