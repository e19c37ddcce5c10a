"""The way to a human: who is on duty, the case, and what goes between youth and nurse."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Optional, Protocol, TypeVar

from bot.gateway.after_human import take_up
from bot.gateway.conversation import Conversation
from bot.gateway.errors import log_fault
from bot.gateway.events import Events
from bot.gateway.redis_link import RedisLink, StoreDown
from bot.handoff.errors import StoreUnavailable
from bot.handoff.outlook import Outlook
from bot.handoff.signs import Signs, Stage
from bot.turn import Message, State

T = TypeVar("T")
CASE_SECONDS = 1.5
STATES: dict[str, State] = {
    "waiting": "waiting",
    "claimed": "human",
    "answered": "human",
    "transferred": "waiting",
    "handed_back": "bot",
    "closed": "bot",
}


STAGES: tuple[Stage, ...] = ("delivered", "read")
_MESSAGE = re.compile(r"[\w-]{1,64}", re.ASCII)


class DutyLike(Protocol):
    """`bot.handoff` Duty: who answers for a municipality at a moment; None when nobody does."""

    def receiver(self, municipality: Optional[str], at: datetime) -> Any: ...

    def elsewhere(self, municipality: Optional[str], at: datetime) -> Any: ...


class CasesLike(Protocol):
    """`bot.handoff.cases.Cases`, as far as the gateway uses it. Messages are told apart by id."""

    async def open(self, conversation_id: str, **about: Any) -> Any: ...

    async def for_conversation(self, conversation_id: str) -> Any: ...

    async def youth_message(self, conversation_id: str, message: dict[str, Any]) -> Any: ...

    async def add_flag(self, conversation_id: str, reason: dict[str, Any]) -> Any: ...

    async def take_back(self, conversation_id: str) -> Any: ...

    async def youth_deleted(self, conversation_id: str) -> Any: ...


class OutlooksLike(Protocol):
    """`bot.handoff.outlook.Outlooks`: what can be said of how long a human takes."""

    async def outlook(self, receiver: Any, at: datetime) -> Outlook: ...


class NotDelivered(Exception):
    """A case could not be opened, read or written just now."""


class Humans:
    """Knows whether a human can be had and carries words there. Without `duty`: nobody, ever."""

    def __init__(
        self,
        link: RedisLink,
        events: Events,
        duty: Optional[DutyLike] = None,
        cases: Optional[CasesLike] = None,
        outlooks: Optional[OutlooksLike] = None,
    ) -> None:
        self._link = link
        self._events = events
        self._duty = duty
        self._cases = cases
        self._outlooks = outlooks

    def receiver(self, place: Optional[str], at: datetime) -> Any:
        """Return who is on duty for `place` now, or None. Never raises."""
        return self._on_duty(lambda duty: duty.receiver(place, at))

    def receiver_for(self, talk: Conversation, at: datetime) -> Any:
        """Return who is on duty and works nowhere that they know somebody. Never raises.

        There it is the municipality that takes over by agreement, or nobody.
        """
        found = self.receiver(talk.place, at)
        if found is not None and found.municipality in talk.avoid:
            found = self._on_duty(lambda duty: duty.elsewhere(talk.place, at))
        return None if found is not None and found.municipality in talk.avoid else found

    def _on_duty(self, ask: Callable[[DutyLike], Any]) -> Any:
        if self._duty is None or self._cases is None:
            return None
        try:
            return ask(self._duty)
        except Exception as error:
            log_fault("duty roster", error)
            return None

    async def open(
        self, talk: Conversation, reason: dict[str, Any], receiver: Any, at: datetime
    ) -> Outlook:
        """Open a case with all that has been said so far; return how long a human may take.

        Raises NotDelivered.
        """
        case = await self._reach(
            lambda cases: cases.open(
                talk.id,
                reason=reason,
                receiver=receiver,
                municipality=talk.place,
                transcript=[message.dict(by_alias=True) for message in talk.messages],
                language=talk.language,
                understood=talk.told,
                not_for=talk.avoid,
            )
        )
        talk.case, talk.state, talk.asked = case.id, "waiting", None
        return await self._outlook(receiver, at)

    async def _outlook(self, receiver: Any, at: datetime) -> Outlook:
        outlooks = self._outlooks
        if outlooks is None:
            return "unknown"
        try:
            return await self._link.call(lambda _: outlooks.outlook(receiver, at), CASE_SECONDS)
        except StoreDown:
            return "unknown"
        except Exception as error:
            log_fault("outlook", error)
            return "unknown"

    async def pass_on(
        self, talk: Conversation, messages: list[Message], reason: Optional[dict[str, Any]] = None
    ) -> bool:
        """Bring messages, and a new reason (a red flag), to the case.

        Returns False when it has to be tried again later; nothing is lost meanwhile.
        """
        talk.undelivered += [{"message": message.dict(by_alias=True)} for message in messages]
        if reason is not None:
            talk.undelivered.append({"flag": reason})
        return await self.deliver_waiting(talk)

    async def deliver_waiting(self, talk: Conversation) -> bool:
        """Bring what has not arrived yet, in order. Returns whether all of it has."""
        while talk.undelivered:
            item = talk.undelivered[0]
            try:
                await self._reach(partial(_deliver, talk.id, item))
            except NotDelivered:
                return False
            talk.undelivered.pop(0)
        return True

    async def catch_up(self, talk: Conversation) -> Any:
        """Bring a conversation with a case up to date: its state, and what a human wrote.

        Returns the case, ended or not; None when there is none, or none can be read:
        then everything stays as it was last known.
        """
        try:
            case = await self._reach(lambda cases: cases.for_conversation(talk.id))
            if talk.case is None and case is None:
                return None
            # A gateway that died in between may have opened it without noting it here.
            talk.case = talk.case or case.id
            await self._absorb(talk)
        except (NotDelivered, StoreDown):
            return None
        was_theirs = talk.with_human
        talk.state = STATES.get(case.state, "bot") if case is not None else "bot"
        if was_theirs and not talk.with_human:
            talk.human_left = True
            take_up(talk, case)
        return case

    async def sign(self, conversation: str, given: Mapping[str, Any]) -> None:
        """Let the human see that the youth writes, what has arrived, or that they left in haste.

        Best effort.
        """

        async def work(client: Any) -> None:
            signs = Signs(client)
            if given.get("typing") is True:
                await signs.typing(conversation, "youth")
            if given.get("left") is True:
                await signs.left(conversation)
            for stage in STAGES:
                message = given.get(stage)
                if isinstance(message, str) and _MESSAGE.fullmatch(message):
                    await signs.note(conversation, "youth", stage, message)

        try:
            await self._link.call(work)
        except (StoreDown, StoreUnavailable):
            return

    async def take_back(self, talk: Conversation) -> Optional[str]:
        """Take a case back that nobody has claimed; return the municipality it lay in.

        None when it stays where it is.
        """
        try:
            case = await self._reach(lambda cases: cases.take_back(talk.id))
        except NotDelivered:
            return None
        if case is None:
            return None
        talk.case, talk.state, talk.undelivered = None, "bot", []
        return str(case.unit.municipality)

    async def deleted(self, conversation: str) -> None:
        """Tell the case, if there is one, that the youth deleted. Raises NotDelivered."""
        if self._cases is not None:
            await self._reach(lambda cases: cases.youth_deleted(conversation))

    async def _absorb(self, talk: Conversation) -> None:
        known = {message.id for message in talk.messages}
        for event_id, event in await self._events.after(talk.id, talk.seen_event):
            talk.seen_event = event_id
            if event.get("type") == "message" and event["message"]["id"] not in known:
                talk.messages.append(Message.parse_obj(event["message"]))
        talk.messages.sort(key=lambda message: message.at)

    async def _reach(self, step: Callable[[CasesLike], Awaitable[T]]) -> T:
        cases = self._cases
        if cases is None:
            raise NotDelivered("no cases here")
        try:
            return await self._link.call(lambda _: step(cases), CASE_SECONDS)
        except StoreDown:
            raise NotDelivered("Redis is away") from None
        except Exception as error:
            log_fault("case", error)
            raise NotDelivered(type(error).__name__) from None


async def _deliver(conversation: str, item: dict[str, Any], cases: CasesLike) -> None:
    if "flag" in item:
        await cases.add_flag(conversation, item["flag"])
    else:
        await cases.youth_message(conversation, item["message"])
