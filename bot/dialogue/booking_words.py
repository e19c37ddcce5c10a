"""What is said of appointments: times, outcomes, and the buttons under them."""

from __future__ import annotations

import secrets
from datetime import datetime

from babel.dates import format_datetime

from bot.clock import NORWAY
from bot.dialogue.facts import Facts
from bot.dialogue.reply import Reply, query_of
from bot.texts import say
from bot.turn import BOOKING_NEWS, Choice, Message, Tongue
from service_catalog.booking.client import FreeTime
from service_catalog.ways import WayIn, way_to, ways_in

_LOCALE = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}


def when(time: FreeTime, language: Tongue) -> str:
    """Return a time as one says it: "onsdag 14. oktober kl. 13:30"."""
    pattern = "EEEE d MMMM 'at' HH:mm" if language == "en" else "EEEE d. MMMM 'kl.' HH:mm"
    return format_datetime(time.start.astimezone(NORWAY), pattern, locale=_LOCALE[language])


def said(key: str, language: Tongue, *choices: Choice) -> Reply:
    """Return a reply of one bubble."""
    return Reply([Message(text=say(key, language), choices=list(choices))])


def marked(mark: str, text: str, choices: list[Choice]) -> Message:
    """Return a bubble whose id begins with `mark`, by which other rooms know what it is."""
    return Message(id=mark + secrets.token_urlsafe(9), text=text, choices=choices)


def news(text: str, choices: list[Choice]) -> Message:
    """Return a bubble that tells what became of an appointment."""
    return marked(BOOKING_NEWS, text, choices)


def button(name: str, language: Tongue, value: str | None = None) -> Choice:
    """Return the button whose label stands under `name`."""
    return Choice(label=say(f"choice.{name}", language), value=value or name)


def ways(facts: Facts, language: Tongue, now: datetime) -> Reply:
    """Say how one gets a time where we cannot book: no need for one, web, phone, ask."""
    found = ways_in(query_of(facts, language, now))
    if not found:
        return said("booking.no_booking_here", language)
    reply = said("booking.ways", language)
    reply.messages += [_way(one, language) for one in found]
    return reply


def way_round(reply: Reply, service: str, facts: Facts, language: Tongue, now: datetime) -> Reply:
    """Add how one gets to the service when its booking server is of no help."""
    way = way_to(service, query_of(facts, language, now))
    if way is not None:
        reply.messages.append(_way(way, language))
    return reply


def _way(way: WayIn, language: Tongue) -> Message:
    card = way.match.card
    text = say(
        f"booking.way.{way.kind}",
        language,
        where=card.name,
        phone=card.phone or "",
        how=way.how or "",
    )
    return Message(text=text, services=[card])
