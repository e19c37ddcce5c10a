"""A calendar file for an appointment: only when wished for, and it tells nothing.

Who opens the calendar sees "Avtale" and a time. No place, no name of ours, no alarm.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timezone

from icalendar import Calendar, Event

from bot.dialogue.facts import Facts
from bot.dialogue.plan import HOME_FLAGS, HOME_THEMES
from service_catalog.booking.client import FreeTime

TITLE = "Avtale"


def may_be_seen(facts: Facts) -> bool:
    """Say whether a calendar can be offered: never when home may be the danger."""
    at_home = facts.home_danger or facts.topic == "home" or facts.flag in HOME_FLAGS
    return not at_home and not HOME_THEMES & {*facts.themes, *facts.also}


def calendar_file(facts: Facts) -> bytes | None:
    """Return the appointment as iCalendar (RFC 5545); None without one, or when home listens."""
    booked = facts.booking.get("booked")
    if booked is None or not may_be_seen(facts):
        return None
    time = FreeTime.from_json(booked)
    event = Event()
    event.add("uid", uuid.uuid4().hex)
    event.add("dtstamp", datetime.now(timezone.utc))
    event.add("dtstart", time.start.astimezone(timezone.utc))
    event.add("dtend", time.end.astimezone(timezone.utc))
    event.add("summary", TITLE)
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{TITLE}//NO")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
