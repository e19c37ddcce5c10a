"""Free times shown, one chosen, booked once, moved, cancelled; never said to be so unless it is.

Whatever nobody knows is asked of the booking server by its identifier before anything
else is done, so that an unknown outcome never becomes two appointments.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.booked import Attempt, Booking
from bot.dialogue.booking_words import button, marked, news, said, way_round, ways, when
from bot.dialogue.calendar import may_be_seen
from bot.dialogue.facts import Facts
from bot.dialogue.reply import Reply, bookable_for
from bot.texts import say
from bot.turn import CALENDAR_FILE, NAME_ASKED, Choice, Message, Tongue
from service_catalog.booking.client import BookingClient, BookingUnavailable
from service_catalog.find import Bookable
from service_catalog.ways import booked_at

log = logging.getLogger(__name__)
_MOVE = re.compile(r"\b(flytt\w*|bytt\w*|endr\w*|omberam\w*)\b")
_MORE = re.compile(r"\b(flere|fleire|andre) (ledige )?(tid|time|timer|timar|tider)\b")


async def take_booking_turn(
    facts: Facts, choice: str | None, conversation: str, language: Tongue, now: datetime
) -> Reply:
    """Answer a button, or what `wish_of` makes of "jeg vil ha time" and the like."""
    name, _, value = (choice or "times=show").partition("=")
    booking = Booking(facts, conversation)
    if facts.place is None and not booking.holds_something:
        return _need_place(facts, language)
    offer = _where(facts, booking, fresh=(name, value) == ("times", "show"), now=now)
    if offer is None:
        return ways(facts, language, now)
    booking.kept.update(place=offer.offer.catalog.key, service=offer.id)
    try:
        client = offer.client()
    except BookingUnavailable as error:
        log.error("booking at %s: %s", offer.id, error)
        return way_round(said("booking.down", language), offer.id, facts, language, now)
    async with client:
        turn = BookingTurn(facts, booking, offer, client, language, now)
        return await turn.take(name, value)


def wish_of(text: str) -> str:
    """Return what a typed wish for a time asks for, as a button would. Cancelling takes a press.

    >>> wish_of("eg må flytte timen min")
    'move=booking'
    """
    words = text.lower()
    if _MOVE.search(words):
        return "move=booking"
    return "times=more" if _MORE.search(words) else "times=show"


def note_unheard(facts: Facts, choice: str, conversation: str) -> None:
    """Note a press on "book" whose answer was lost with the engine: nobody knows what it did."""
    name, _, slot = choice.partition("=")
    booking = Booking(facts, conversation)
    attempt = booking.attempt(slot) if name == "book" else None
    if attempt is not None and (booking.booked is None or booking.moving):
        booking.note_unknown(attempt, sent=True)


@dataclass
class BookingTurn:
    """One turn with the booking server of one service."""

    facts: Facts
    booking: Booking
    offer: Bookable
    client: BookingClient
    language: Tongue
    now: datetime

    async def take(self, name: str, value: str) -> Reply:
        """Answer a button. What is unknown is found out first, whatever was pressed."""
        pending = self.booking.pending
        if pending is not None and not (name == "book" and value == pending.time.id):
            settled = await self._find_out(pending, asked=name == "check")
            if settled is not None:
                return settled
        if name == "cancel":
            return await self._cancel_old() if value == "old" else await self._cancel()
        if name == "calendar":
            return self._calendar()
        if name == "move" and self.booking.booked:
            self.booking.kept["moving"] = value != "stop"
        if self.booking.booked and not self.booking.moving:
            return self._already()
        if name == "time":
            return await self._chosen(value)
        if name in ("name", "first_name"):
            return await self._named(name, value)
        if name == "book":
            return await self._book(value)
        return await self._show_times(more=value == "more")

    async def _show_times(self, more: bool = False, taken: str | None = None) -> Reply:
        without = set(self.booking.kept.get("seen", [])) if more else set()
        try:
            times = await self.client.free_times(self.now, without | ({taken} if taken else set()))
        except BookingUnavailable:
            return self._down()
        if not times:
            self.booking.drop("seen")
            return self._way_round(
                said("booking.no_more" if more else "booking.none", self.language)
            )
        if not more:
            self.booking.drop("seen")
        self.booking.show(times)
        choices = [Choice(label=when(t, self.language), value=f"time={t.id}") for t in times]
        choices.append(self._choice("times=more"))
        if self.booking.moving:
            choices.append(self._choice("move=stop"))
        return Reply([Message(text=self._say("booking.choose_time"), choices=choices)])

    async def _chosen(self, slot: str) -> Reply:
        attempt = self.booking.attempt(slot)
        if attempt is None:
            return await self._show_times()
        self.booking.kept["chosen"] = slot
        self.booking.drop("first_name")
        text = self._say("booking.anonymous_or_name", attempt)
        choices = [
            self._choice("book=anonymous", f"book={slot}"),
            self._choice("name=write"),
            self._choice("times=other", "times=show"),
        ]
        return Reply([Message(text=text, choices=choices)])

    async def _named(self, name: str, value: str) -> Reply:
        slot = self.booking.kept.get("chosen", "")
        attempt = self.booking.attempt(slot)
        if attempt is None:
            return await self._show_times()
        if name == "name":
            anonymous = self._choice("book=anonymous", f"book={slot}")
            text = say("booking.write_name", self.language)
            return Reply([marked(NAME_ASKED, text, [anonymous])])
        self.booking.kept["first_name"] = value
        choices = [
            self._choice("book=named", f"book={slot}"),
            self._choice("time=anonymous", f"time={slot}"),
            self._choice("times=other", "times=show"),
        ]
        return Reply([Message(text=self._say("booking.named", attempt), choices=choices)])

    async def _book(self, slot: str) -> Reply:
        attempt = self.booking.attempt(slot)
        if attempt is None:
            return await self._show_times()
        person = self.booking.kept.get("first_name")
        unsure = self.booking.pending
        sent = unsure is not None and unsure.name == attempt.name
        outcome = await self.client.book(attempt.time, attempt.name, person, sent_before=sent)
        if outcome == "cancelled":  # that name is used up
            self.booking.drop("pending")
            self.booking.next_round()
            return await self._book(slot)
        if outcome == "booked":
            if unsure is not None and not sent:
                # It may have come late; one appointment is what was wished for.
                await self.client.cancel(unsure.name)
            return await self._is_booked(attempt)
        if outcome == "unknown":
            return self._unknown(attempt, sent=True)
        if outcome == "taken":
            return await self._taken(attempt)
        return self._down(self._choice("book=again", f"book={slot}"))

    async def _find_out(self, pending: Attempt, asked: bool) -> Reply | None:
        """Ask by identifier what became of an attempt; None when the talk can go on."""
        outcome = await self.client.ask(pending.name)
        if outcome == "booked":
            return await self._is_booked(pending)
        if outcome == "cancelled":
            self.booking.drop("pending")
            self.booking.next_round()
            return None
        if outcome != "missing":
            return self._unknown(pending)
        if self.booking.settled and not asked:
            return None
        # The same time can be tried again at once; another only when this one cannot come late.
        again = self._choice("book=again", f"book={pending.time.id}")
        others = [self._choice("times=other", "times=show")] if self.booking.settled else []
        return said("booking.missing", self.language, again, *others)

    async def _is_booked(self, attempt: Attempt) -> Reply:
        """Say what is booked; a move ends with the old appointment cancelled, or honestly not."""
        old = self.booking.note_booked(attempt)
        if old is None:
            return Reply([news(self._say("booking.confirmed", attempt), self._after_booking())])
        if await self.client.cancel(old.name) == "cancelled":
            self.booking.drop("old")
            return Reply([news(self._say("booking.moved", attempt), self._after_booking())])
        text = self._say("booking.moved_half", attempt)
        return Reply([news(text, [self._choice("cancel=old"), *self._after_booking()])])

    async def _taken(self, attempt: Attempt) -> Reply:
        self.booking.drop("pending")
        reply = await self._show_times(taken=attempt.time.id)
        key = "booking.taken_move" if self.booking.moving else "booking.taken"
        reply.messages.insert(0, Message(text=say(key, self.language)))
        return reply

    async def _cancel(self) -> Reply:
        booked = self.booking.booked
        if booked is None:
            return said("booking.nothing_to_cancel", self.language)
        if await self.client.cancel(booked.name) != "cancelled":
            text = say("booking.cancel_failed", self.language)
            return Reply([Message(text=text, choices=[self._choice("cancel=booking")])])
        self.booking.note_cancelled()
        text = self._say("booking.cancelled", booked)
        return Reply([news(text, [self._choice("times=show")])])

    async def _cancel_old(self) -> Reply:
        old = self.booking.old
        if old is None:
            return said("booking.nothing_to_cancel", self.language)
        if await self.client.cancel(old.name) != "cancelled":
            return said("booking.cancel_failed", self.language, self._choice("cancel=old"))
        self.booking.drop("old")
        return Reply([news(self._say("booking.old_cancelled", old), self._after_booking())])

    def _calendar(self) -> Reply:
        if self.booking.booked is None or not may_be_seen(self.facts):
            return said("booking.no_calendar", self.language)
        return Reply([marked(CALENDAR_FILE, say("booking.calendar", self.language), [])])

    def _unknown(self, attempt: Attempt, sent: bool = False) -> Reply:
        self.booking.note_unknown(attempt, sent=sent)
        reply = said("booking.unknown", self.language, self._choice("check=booking"))
        if self.booking.moving:
            reply.messages.append(Message(text=say("booking.old_stands", self.language)))
        return reply

    def _down(self, *choices: Choice) -> Reply:
        if self.booking.moving:
            return said("booking.not_moved", self.language, *choices, self._choice("move=stop"))
        return self._way_round(said("booking.down", self.language, *choices))

    def _already(self) -> Reply:
        text = self._say("booking.already", self.booking.booked)
        return Reply([Message(text=text, choices=self._after_booking())])

    def _after_booking(self) -> list[Choice]:
        names = ["move=booking", "cancel=booking"] if self.booking.booked else []
        if self.booking.booked and may_be_seen(self.facts):
            names.append("calendar=show")
        return [self._choice(name) for name in names]

    def _way_round(self, reply: Reply) -> Reply:
        return way_round(reply, self.offer.id, self.facts, self.language, self.now)

    def _choice(self, name: str, value: str | None = None) -> Choice:
        return button(name, self.language, value)

    def _say(self, key: str, attempt: Attempt | None = None) -> str:
        at = when(attempt.time, self.language) if attempt else ""
        return say(key, self.language, when=at, where=self.offer.name(self.language))


def _where(facts: Facts, booking: Booking, *, fresh: bool, now: datetime) -> Bookable | None:
    """Return where the talk is about: what is booked stays where it was booked."""
    place, service = booking.kept.get("place"), booking.kept.get("service")
    if place and service and (booking.holds_something or not fresh):
        return booked_at(place, service)
    return bookable_for(facts, now)


def _need_place(facts: Facts, language: Tongue) -> Reply:
    facts.themes = facts.themes or ["spor_time"]
    facts.greeted = True
    facts.asked.append("place")
    facts.expects = "place"
    return Reply([Message(text=say("booking.need_place", language))], "place")
