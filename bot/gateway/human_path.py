"""What the youth is told on the way to a human, and while one has the conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Optional

from bot.gateway.conversations import Conversation
from bot.gateway.humans import Humans, NotDelivered
from bot.gateway.reach import reach_message
from bot.gateway.safety import SafetyDialogue, seen
from bot.gateway.talk import spoken, yes_or_no
from bot.texts import say
from bot.turn import Message, Turn

WISH = {"flag": None, "urgency": "none"}


class HumanPath:
    """Fetches a human where there is one, and promises none where there is not."""

    def __init__(
        self, humans: Humans, safety: SafetyDialogue, clock: Callable[[], datetime]
    ) -> None:
        self._humans = humans
        self._safety = safety
        self._clock = clock

    async def fetch(self, talk: Conversation, reason: Optional[dict[str, Any]] = None) -> Turn:
        """Answer a wish for a human: open a case, or say who else can be reached."""
        if talk.case is not None:
            return self._turn(talk, [spoken(say("gateway.human.waiting", talk.language))])
        reason = reason or talk.asked or WISH
        receiver = self._humans.receiver(talk.place, self._clock())
        if receiver is None:
            return self._nobody(talk, reason, "gateway.human.nobody")
        try:
            await self._humans.open(talk, reason, receiver)
        except NotDelivered:
            return self._nobody(talk, reason, "gateway.human.not_opened")
        messages = self.opened(talk, receiver)
        return self._turn(talk, messages, "place" if talk.place is None else None)

    def opened(self, talk: Conversation, receiver: Any) -> list[Message]:
        """Say that a case is open, and ask where they are when it is not known."""
        name = receiver.name(talk.language)
        messages = [spoken(say("gateway.human.opened", talk.language, name=name), "system")]
        if talk.place is None:
            messages.append(spoken(say("gateway.human.where", talk.language)))
        return messages

    def offer(self, talk: Conversation) -> Message:
        """Ask whether a human shall read."""
        return spoken(say("gateway.human.ask", talk.language), choices=yes_or_no(talk.language))

    def offer_after_place(self, talk: Conversation) -> Optional[Message]:
        """Offer a human who was wished for in vain, now that the place is known."""
        if not (talk.asked or {}).get("when_place_is_known") or talk.understood.place is None:
            return None
        reason = {**(talk.asked or {})}
        reason.pop("when_place_is_known")
        talk.asked = None
        if self._humans.receiver(talk.place, self._clock()) is None:
            return None
        talk.asked = reason
        return self.offer(talk)

    async def relay(self, talk: Conversation, message: Message, verdict: Any) -> Turn:
        """Bring a message to the human who has the conversation. The bot keeps quiet,
        but a life in danger gets its numbers all the same."""
        turn = Turn(understood=talk.understood, safety=seen(verdict))
        if not await self._humans.pass_on(talk, [message], verdict):
            text = say("gateway.human.undelivered", talk.language)
            turn.messages += [spoken(text, "system"), reach_message(talk.language)]
        if turn.safety is not None and turn.safety.response == "emergency":
            answer = self._safety.respond(
                talk.safety,
                verdict,
                message.text,
                language=talk.language,
                duty=True,
                now=self._clock(),
                age=talk.understood.age,
                place=talk.place,
            )
            talk.safety = answer.state
            turn.messages += answer.messages
        return turn

    def _nobody(self, talk: Conversation, reason: dict[str, Any], key: str) -> Turn:
        messages = [spoken(say(key, talk.language)), reach_message(talk.language)]
        if talk.place is not None:
            talk.asked = None
            return self._turn(talk, messages)
        talk.asked = {**reason, "when_place_is_known": True}
        messages.append(spoken(say("gateway.human.which_place", talk.language)))
        return self._turn(talk, messages, "place")

    def _turn(self, talk: Conversation, messages: list[Message], expects: Any = None) -> Turn:
        if expects is not None:
            expect(talk, expects)
        return Turn(messages=messages, expects=expects, understood=talk.understood)


def expect(talk: Conversation, question: str) -> None:
    """Let the engine read the next message as the answer to a question asked here."""
    talk.facts = {**talk.facts, "expects": question}
