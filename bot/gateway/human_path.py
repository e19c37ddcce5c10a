"""What the youth is told on the way to a human, and while one has the conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Optional

from bot.gateway import asked
from bot.gateway.consent import NURSES, knows_the_nurse
from bot.gateway.conversation import Conversation
from bot.gateway.humans import Humans, NotDelivered
from bot.gateway.reach import reach_message
from bot.gateway.safety import SafetyDialogue, reason_of, seen
from bot.gateway.talk import spoken
from bot.gateway.waiting import menu
from bot.handoff import messages as handoff
from bot.texts import say
from bot.turn import Expects, Message, Turn


class HumanPath:
    """Fetches a human where there is one, and promises none where there is not."""

    def __init__(
        self, humans: Humans, safety: SafetyDialogue, clock: Callable[[], datetime]
    ) -> None:
        self._humans = humans
        self._safety = safety
        self._clock = clock

    async def wished(self, talk: Conversation, words: str = "") -> Turn:
        """Answer a wish for a human. Said again right after the question it is a yes."""
        if knows_the_nurse(words):
            return await self.fetch_other(talk)
        return await (self.agreed(talk) if asked.just_asked(talk) else self._tell_first(talk))

    async def agreed(self, talk: Conversation) -> Turn:
        """Answer a yes. It is for the one they were told of, and nobody else."""
        receiver = self._humans.receiver_for(talk, self._clock())
        told = receiver is not None and asked.was_told_of(talk, receiver)
        return await (self.fetch(talk) if told else self._tell_first(talk))

    async def _tell_first(self, talk: Conversation) -> Turn:
        """Say who would read, and ask. In danger, or with nothing told yet, it opens at once."""
        receiver = self._humans.receiver_for(talk, self._clock())
        if receiver is None and talk.avoid and self._humans.receiver(talk.place, self._clock()):
            return self._nobody_else(talk, "earlier")
        if talk.with_human or receiver is None:
            return await self.fetch(talk)
        if not talk.avoid and NURSES & set(talk.facts.get("avoid_types", [])):
            return await self.fetch_other(talk, "earlier")
        if self._in_danger(talk) or asked.said_nothing_else(talk):
            return await self.fetch(talk)
        return self._ask(talk, receiver, handoff.ask_wished(receiver, talk.tongue))

    async def ask_again(self, talk: Conversation, why: str) -> Turn:
        """Answer what is no plain yes or no: "unsure" or the "terms"; the question stands."""
        receiver = self._humans.receiver_for(talk, self._clock())
        if receiver is None:
            return await self.fetch(talk)
        return self._ask(talk, receiver, handoff.ask_again(why, talk.tongue))

    async def fetch(self, talk: Conversation) -> Turn:
        """Open a case, or say who else can be reached."""
        if talk.with_human:
            return _turn(talk, [spoken(say("gateway.human.waiting", talk.tongue))])
        reason = asked.reason(talk)
        receiver = self._humans.receiver_for(talk, self._clock())
        if receiver is None:
            return self._nobody(talk, reason, "gateway.human.nobody")
        was_asked = asked.was_told_of(talk, receiver)
        try:
            outlook = await self._humans.open(talk, reason, receiver, self._clock())
        except NotDelivered:
            return self._nobody(talk, reason, "gateway.human.not_opened")
        messages = [handoff.opened(receiver, talk.tongue, outlook)]
        if reason.get("flag") is None:
            if not was_asked:  # only now do they hear who it is
                messages[0].choices.append(handoff.known(talk.tongue))
            if outlook in ("busy", "unattended"):  # who has seen no number yet gets them
                messages.append(reach_message(talk.tongue))
            return _turn(talk, messages)
        return _turn(talk, [*messages, handoff.where(talk.tongue)], "place")

    async def fetch_other(self, talk: Conversation, told: str = "now") -> Turn:
        """Answer who knows somebody there: ask for another municipality's, or say there is nobody.

        From now on nothing of theirs goes where they know somebody, and what nobody has claimed
        there is taken back. `told`: "now" or "earlier".
        """
        if talk.with_human:
            known, told = await self._humans.take_back(talk), "back"
        else:
            found = self._humans.receiver_for(talk, self._clock())
            known = found.municipality if found is not None else None
        if known is None:
            return await self.fetch(talk)
        talk.avoid.append(known)
        other = self._humans.receiver_for(talk, self._clock())
        if other is not None:
            return self._ask(talk, other, handoff.ask_other(other, talk.tongue, told))
        return self._nobody_else(talk, told)

    def after_place(self, talk: Conversation, turn: Turn) -> None:
        """Offer a human who was wished for in vain, now that the place is known; or say it again.

        The place was asked for so that somebody near can be found: the dialogue goes on with that.
        """
        if not asked.waits_for_place(talk) or talk.understood.place is None:
            return
        question = self.question(talk)
        if question is not None:
            turn.messages.append(question)
            return
        talk.asked = None
        turn.messages.insert(0, spoken(say("gateway.human.nobody_there", talk.tongue)))

    def question(self, talk: Conversation) -> Optional[Message]:
        """Return the question whether a human shall read, where there is one."""
        receiver = self._humans.receiver_for(talk, self._clock())
        if receiver is None:
            return None
        asked.ask(talk, asked.reason(talk), receiver)
        return handoff.ask(receiver, talk.tongue)

    async def relay(self, talk: Conversation, message: Message, verdict: Any) -> Turn:
        """Bring a message to the human who has the conversation.

        The bot keeps quiet, but a life in danger gets its numbers all the same.
        """
        talk.safety = self._safety.ease(talk.safety)
        turn = Turn(understood=talk.understood, safety=seen(verdict))
        if not await self._humans.pass_on(talk, [message], reason_of(verdict)):
            text = say("gateway.human.undelivered", talk.tongue)
            turn.messages += [spoken(text, "system"), reach_message(talk.tongue)]
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

    def _ask(self, talk: Conversation, receiver: Any, question: Message) -> Turn:
        asked.ask(talk, asked.reason(talk), receiver)
        return _turn(talk, [question], "confirm")

    def _nobody_else(self, talk: Conversation, told: str) -> Turn:
        talk.asked = None
        nobody = handoff.nobody_else(talk.tongue, told)
        return _turn(talk, [nobody, reach_message(talk.tongue), _meanwhile(talk)])

    def _in_danger(self, talk: Conversation) -> bool:
        flagged = asked.reason(talk).get("flag") is not None
        return flagged or self._safety.in_danger(talk.safety)

    def _nobody(self, talk: Conversation, reason: dict[str, Any], key: str) -> Turn:
        messages = [spoken(say(key, talk.tongue)), reach_message(talk.tongue)]
        if talk.place is not None:
            talk.asked = None
            return _turn(talk, [*messages, _meanwhile(talk)])
        asked.wait_for_place(talk, reason)
        messages.append(spoken(say("gateway.human.which_place", talk.tongue)))
        return _turn(talk, messages, "place")


def expecting(talk: Conversation, question: Optional[Expects]) -> Optional[Expects]:
    """Return what a turn expects that asks `question` here; None where the dialogue knows it.

    Where they are now, and whether a human shall read, is for the human who comes. The
    dialogue asks for their municipality once, and once whether it has understood. A place
    that is told all the same is read by the engine as the answer to it.
    """
    if question == "place":
        talk.facts = {**talk.facts, "expects": question}
        return question if talk.understood.place is None else None
    confirmed = question == "confirm" and question in talk.facts.get("asked", [])
    return None if confirmed else question


def _meanwhile(talk: Conversation) -> Message:
    return spoken(say("waiting.offer.nobody", talk.tongue), choices=menu(talk))


def _turn(talk: Conversation, messages: list[Message], expects: Optional[Expects] = None) -> Turn:
    asks = expecting(talk, expects)
    return Turn(messages=messages, expects=asks, understood=talk.understood)
