"""What the youth is told on the way to a human, and while one has the conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Optional

from bot.gateway.conversation import Conversation
from bot.gateway.errors import log_fault
from bot.gateway.humans import Humans, NotDelivered
from bot.gateway.reach import reach_message
from bot.gateway.safety import SafetyDialogue, reason_of, seen
from bot.gateway.talk import spoken
from bot.gateway.waiting import menu
from bot.handoff import messages as handoff
from bot.nlu import known_there
from bot.nlu.normalise import normalise
from bot.texts import say
from bot.turn import Expects, Message, Turn

WISH: dict[str, Any] = {"flag": None, "urgency": "none"}
# Stands in a reason while it waits for the place to be known.
LATER = "when_place_is_known"
# Where somebody works who is known as "helsesykepleieren".
NURSES = frozenset({"skolehelsetjeneste", "helsestasjon", "helsestasjon_for_ungdom"})


class HumanPath:
    """Fetches a human where there is one, and promises none where there is not."""

    def __init__(
        self, humans: Humans, safety: SafetyDialogue, clock: Callable[[], datetime]
    ) -> None:
        self._humans = humans
        self._safety = safety
        self._clock = clock

    async def fetch(self, talk: Conversation) -> Turn:
        """Answer a wish for a human: open a case, or say who else can be reached."""
        if talk.with_human:
            return _turn(talk, [spoken(say("gateway.human.waiting", talk.language))])
        reason = {name: value for name, value in (talk.asked or WISH).items() if name != LATER}
        receiver = self._humans.receiver_for(talk, self._clock())
        if receiver is None:
            return self._nobody(talk, reason, "gateway.human.nobody")
        try:
            outlook = await self._humans.open(talk, reason, receiver, self._clock())
        except NotDelivered:
            return self._nobody(talk, reason, "gateway.human.not_opened")
        messages = [handoff.opened(receiver, talk.language, outlook)]
        if reason.get("flag") is None:
            if outlook in ("busy", "unattended"):  # who has seen no number yet gets them
                messages.append(reach_message(talk.language))
            return _turn(talk, messages)
        return _turn(talk, [*messages, handoff.where(talk.language)], "place")

    async def fetch_other(self, talk: Conversation) -> Turn:
        """Answer who knows somebody there: ask for another municipality's, or say there is nobody.

        From now on nothing of theirs goes where they know somebody.
        """
        found = self._humans.receiver_for(talk, self._clock())
        if talk.with_human or found is None:
            return await self.fetch(talk)
        talk.avoid.append(found.municipality)
        other = self._humans.receiver_for(talk, self._clock())
        if other is not None:
            return _turn(talk, [handoff.ask_other(other, talk.language)])
        talk.asked = None
        meanwhile = spoken(say("waiting.offer.nobody", talk.language), choices=menu(talk))
        nobody = spoken(say("handoff.known.nobody", talk.language))
        return _turn(talk, [nobody, reach_message(talk.language), meanwhile])

    def offer_after_place(self, talk: Conversation) -> Optional[Message]:
        """Offer a human who was wished for in vain, now that the place is known."""
        if talk.asked is None or LATER not in talk.asked or talk.understood.place is None:
            return None
        reason = {name: value for name, value in talk.asked.items() if name != LATER}
        receiver = self._humans.receiver_for(talk, self._clock())
        talk.asked = reason if receiver is not None else None
        return handoff.ask(receiver, talk.language) if receiver is not None else None

    async def relay(self, talk: Conversation, message: Message, verdict: Any) -> Turn:
        """Bring a message to the human who has the conversation.

        The bot keeps quiet, but a life in danger gets its numbers all the same.
        """
        turn = Turn(understood=talk.understood, safety=seen(verdict))
        if not await self._humans.pass_on(talk, [message], reason_of(verdict)):
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
                open_case=True,
            )
            talk.safety = answer.state
            turn.messages += answer.messages
        return turn

    def _nobody(self, talk: Conversation, reason: dict[str, Any], key: str) -> Turn:
        messages = [spoken(say(key, talk.language)), reach_message(talk.language)]
        if talk.place is not None:
            talk.asked = None
            return _turn(talk, messages)
        talk.asked = {**reason, LATER: True}
        messages.append(spoken(say("gateway.human.which_place", talk.language)))
        return _turn(talk, messages, "place")


def knows_the_nurse(text: str) -> bool:
    """Say whether somebody answers, in their own words, that they know who would read."""
    try:
        found = known_there.find(normalise(text))
    except Exception as error:
        log_fault("somebody known", error)
        return False
    return found is not None and (not found.types or bool(NURSES & set(found.types)))


def expect(talk: Conversation, question: Expects) -> None:
    """Let the engine read the next message as the answer to a question asked here."""
    talk.facts = {**talk.facts, "expects": question}


def _turn(talk: Conversation, messages: list[Message], expects: Optional[Expects] = None) -> Turn:
    if expects is not None:
        expect(talk, expects)
    return Turn(messages=messages, expects=expects, understood=talk.understood)
