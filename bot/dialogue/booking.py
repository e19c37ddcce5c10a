"""Free times shown, one chosen, booked once, and never said to be booked unless it is."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime

from bot.clock import NORWAY
from bot.dialogue.facts import Facts
from bot.dialogue.reply import Reply, bookable_for
from bot.texts import say
from bot.turn import Choice, Language, Message
from service_catalog.booking import BookingClient, BookingUnavailable, FreeTime, identifier
from service_catalog.find import Bookable

_LOCALE = {"nb": "nb_NO", "nn": "nn_NO"}


async def take_booking_turn(
    facts: Facts, choice: str | None, conversation: str, language: Language, now: datetime
) -> Reply:
    """Answer "jeg vil ha time", a chosen time, or a wish to cancel."""
    name, _, value = (choice or "times=show").partition("=")
    offer = bookable_for(facts, now)
    if facts.place is None:
        return _need_place(facts, language)
    if offer is None:
        return _said("booking.no_booking_here", language)
    async with offer.client() as client:
        if name == "cancel":
            return await _cancel(client, facts, language)
        if name == "book":
            return await _book(client, facts, value, conversation, offer, language, now)
        return await _show_times(client, facts, offer, language, now)


def when(time: FreeTime, language: Language) -> str:
    """Return a time as one says it: "onsdag 14. oktober kl. 13:30"."""
    pattern = "EEEE d. MMMM 'kl.' HH:mm"
    return format_datetime(time.start.astimezone(NORWAY), pattern, locale=_LOCALE[language])


async def _show_times(
    client: BookingClient, facts: Facts, offer: Bookable, language: Language, now: datetime
) -> Reply:
    if facts.booking.get("booked"):
        return _already(facts, offer, language)
    try:
        times = await client.free_times(now)
    except BookingUnavailable:
        return _said("booking.down", language)
    if not times:
        return _said("booking.none", language)
    facts.booking = {"times": [time.to_json() for time in times]}
    choices = [Choice(label=when(time, language), value=f"book={time.id}") for time in times]
    text = say("booking.choose_time", language, where=offer.name(language))
    return Reply([Message(text=text, choices=choices)])


async def _book(
    client: BookingClient,
    facts: Facts,
    slot: str,
    conversation: str,
    offer: Bookable,
    language: Language,
    now: datetime,
) -> Reply:
    if facts.booking.get("booked"):
        return _already(facts, offer, language)
    shown = [FreeTime.from_json(one) for one in facts.booking.get("times", [])]
    time = next((one for one in shown if one.id == slot), None)
    if time is None:
        return await _show_times(client, facts, offer, language, now)
    outcome = await client.book(time, identifier(conversation, slot))
    if outcome == "booked":
        facts.booking = {"booked": time.to_json(), "name": identifier(conversation, slot)}
        text = say(
            "booking.confirmed", language, when=when(time, language), where=offer.name(language)
        )
        return Reply([Message(text=text, choices=[_cancel_choice(language)])])
    if outcome == "taken":
        reply = await _show_times(client, facts, offer, language, now)
        reply.messages.insert(0, Message(text=say("booking.taken", language)))
        return reply
    # The same identifier is used again, so asking once more can never book twice.
    again = [Choice(label=say("choice.book=again", language), value=f"book={slot}")]
    return Reply([Message(text=say(f"booking.{outcome}", language), choices=again)])


async def _cancel(client: BookingClient, facts: Facts, language: Language) -> Reply:
    name = facts.booking.get("name")
    if name is None:
        return _said("booking.nothing_to_cancel", language)
    if await client.cancel(name) != "cancelled":
        return Reply(
            [
                Message(
                    text=say("booking.cancel_failed", language), choices=[_cancel_choice(language)]
                )
            ]
        )
    facts.booking = {}
    return _said("booking.cancelled", language)


def _already(facts: Facts, offer: Bookable, language: Language) -> Reply:
    time = FreeTime.from_json(facts.booking["booked"])
    text = say("booking.already", language, when=when(time, language), where=offer.name(language))
    return Reply([Message(text=text, choices=[_cancel_choice(language)])])


def _need_place(facts: Facts, language: Language) -> Reply:
    facts.themes = facts.themes or ["spor_time"]
    facts.greeted = True
    facts.asked.append("place")
    facts.expects = "place"
    return Reply([Message(text=say("booking.need_place", language))], "place")


def _cancel_choice(language: Language) -> Choice:
    return Choice(label=say("choice.cancel=booking", language), value="cancel=booking")


def _said(key: str, language: Language) -> Reply:
    return Reply([Message(text=say(key, language))])
