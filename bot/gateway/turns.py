"""One turn: the order in which things happen to a message.

Safety first, then a human if one has the conversation, then the engine. Every
part behind the gateway may be down; the turn is answered all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Optional

from bot.gateway.choices import Choices
from bot.gateway.conversations import Conversation, Conversations
from bot.gateway.engine import EngineUnavailable
from bot.gateway.engine_side import EngineSide, about_turn
from bot.gateway.errors import log_fault
from bot.gateway.human_path import HumanPath, expect
from bot.gateway.humans import Humans, NotDelivered
from bot.gateway.reach import reach_message
from bot.gateway.safety import Answer, SafetyDialogue, asked_about, seen
from bot.gateway.talk import answer_with, fresh, hear, spoken
from bot.gateway.tokens import Ticket
from bot.texts import say
from bot.turn import Choice, Language, Message, Turn


class Turns:
    """Takes turns. `clock` returns the time in Norway."""

    def __init__(
        self,
        store: Conversations,
        choices: Choices,
        engine: EngineSide,
        humans: Humans,
        safety: SafetyDialogue,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._choices = choices
        self._engine = engine
        self._humans = humans
        self._safety = safety
        self._clock = clock
        self._path = HumanPath(humans, safety, clock)
        self.owing: set[str] = set()  # conversations with words that a case has not got yet

    async def take(
        self,
        ticket: Ticket,
        words: str,
        choice: Optional[Choice],
        verdict: Any,
        language: Optional[str] = None,
    ) -> Turn:
        """Return the turn that answers one message. Raises ConversationGone."""
        async with self._store.lock(ticket.conversation):
            talk = await self._store.load(ticket.conversation) or fresh(ticket)
            message = hear(talk, words, language)
            try:
                turn = await self._route(talk, message, choice, verdict)
            except Exception as error:
                log_fault("turn", error)
                turn = self.bare(talk.language, verdict, words)
            return await self._finish(talk, turn, verdict)

    async def refuse(self, ticket: Ticket, words: str, verdict: Any) -> Turn:
        """Return what safety answers to a message that is refused (too long, too many).

        Nothing but safety looks at it, but a case opens as it would have.
        Raises ConversationGone.
        """
        async with self._store.lock(ticket.conversation):
            talk = await self._store.load(ticket.conversation) or fresh(ticket)
            message = hear(talk, words)
            await self._humans.catch_up(talk)
            if talk.state == "human":
                turn = await self._path.relay(talk, message, verdict)
            else:
                answer = await self._safety_answer(talk, message, verdict)
                turn = self._turn_of(talk, answer)
            return await self._finish(talk, turn, verdict)

    def bare(self, language: Language, verdict: Any, words: str) -> Turn:
        """Return an answer that needs no store, no engine and no key: the last resort."""
        answer = self._safety.respond(
            None, verdict, words, language=language, duty=False, now=self._clock()
        )
        messages = [m.copy(update={"choices": []}) for m in answer.messages]
        if not messages:
            messages = [spoken(say("gateway.fault", language)), reach_message(language)]
        return Turn(messages=messages, safety=answer.safety or seen(verdict))

    async def _route(
        self, talk: Conversation, message: Message, choice: Optional[Choice], verdict: Any
    ) -> Turn:
        await self._humans.catch_up(talk)
        if talk.state == "human":
            return await self._path.relay(talk, message, verdict)
        if talk.case is not None:
            await self._humans.pass_on(talk, [message], verdict)
        about_human = choice is not None and choice.value in ("human=yes", "human=no")
        if about_human and seen(verdict) is None:
            return await self._chosen(talk, message, choice)
        first = self._respond(talk, message, verdict, self._duty(talk))
        if not first.speaks:
            talk.safety = first.state
            return await self._engine_turn(talk, message, choice, first)
        # The place may stand in this very message: it decides who is on duty.
        flag = first.safety.flag if first.safety else None
        await self._engine.note(talk, message.text, choice, self._about(talk, first, flag))
        return self._turn_of(talk, await self._safety_answer(talk, message, verdict))

    async def _safety_answer(self, talk: Conversation, message: Message, verdict: Any) -> Answer:
        """Ask the safety dialogue; open the case that it calls for, or take back the promise."""
        receiver = self._humans.receiver(talk.place, self._clock())
        answer = self._respond(talk, message, verdict, self._duty(talk))
        if answer.case == "open" and talk.case is None and receiver is not None:
            try:
                await self._humans.open(talk, answer.case_reason, receiver)
                answer.messages += self._path.opened(talk, receiver)
                if talk.place is None and answer.expects is None:
                    answer.expects = "place"
                    expect(talk, "place")
            except NotDelivered:
                answer = self._respond(talk, message, verdict, duty=False)
        elif answer.case == "ask" and talk.case is None and receiver is not None:
            talk.asked = answer.case_reason
            if not _asks_for_human(answer.messages):
                answer.messages.append(self._path.offer(talk))
        talk.safety = answer.state
        if answer.safety is not None:
            talk.flag = answer.safety.flag
        return answer

    def _respond(self, talk: Conversation, message: Message, verdict: Any, duty: bool) -> Answer:
        return self._safety.respond(
            talk.safety,
            verdict,
            message.text,
            language=talk.language,
            duty=duty,
            now=self._clock(),
            age=talk.understood.age,
            place=talk.place,
        )

    async def _engine_turn(
        self, talk: Conversation, message: Message, choice: Optional[Choice], answer: Answer
    ) -> Turn:
        try:
            said = await self._engine.answer(
                talk, message.text, choice, self._about(talk, answer, None)
            )
        except EngineUnavailable:
            messages = [spoken(say("gateway.outage", talk.language)), reach_message(talk.language)]
            return Turn(messages=messages, expects=talk.expects, understood=talk.understood)
        if said.expects == "safe":
            talk.safety = self._safety.expect_check(talk.safety, asked_about(said.understood))
        turn = Turn(
            messages=said.messages,
            expects=said.expects,
            understood=said.understood,
            help=said.help,
        )
        if said.wants_human:
            fetched = await self._path.fetch(talk)
            turn.messages += fetched.messages
            turn.expects = fetched.expects
        elif offer := self._path.offer_after_place(talk):
            turn.messages.append(offer)
        return turn

    async def _chosen(self, talk: Conversation, message: Message, choice: Any) -> Turn:
        """Answer the buttons "human=yes" and "human=no"."""
        talk.safety = self._safety.settle_human(talk.safety)
        if choice.value == "human=yes":
            return await self._path.fetch(talk)
        talk.asked = None
        turn = await self._engine_turn(talk, message, choice, Answer(state=talk.safety))
        declined = spoken(say("gateway.human.declined", talk.language))
        turn.messages.insert(0, declined)
        return turn

    def _about(self, talk: Conversation, answer: Answer, flag: Optional[str]) -> dict[str, Any]:
        return about_turn(
            duty=self._duty(talk), now=self._clock(), outcome=answer.outcome, flag=flag
        )

    def _duty(self, talk: Conversation) -> bool:
        """Say whether a human can be had, or has the case already."""
        return talk.case is not None or (
            self._humans.receiver(talk.place, self._clock()) is not None
        )

    def _turn_of(self, talk: Conversation, answer: Answer) -> Turn:
        return Turn(
            messages=answer.messages,
            expects=answer.expects,
            understood=talk.understood,
            safety=answer.safety,
        )

    async def _finish(self, talk: Conversation, turn: Turn, verdict: Any) -> Turn:
        if verdict is None:  # the screen itself failed: nobody may go without the numbers
            turn.messages.append(reach_message(talk.language))
        answer_with(talk, turn, self._choices)
        talk.expects = turn.expects
        if talk.case is not None:  # whoever takes the case sees what the bot said, too
            await self._humans.pass_on(talk, turn.messages, None)
        if talk.undelivered:
            self.owing.add(talk.id)
        await self._store.save(talk)
        return turn

    async def deliver_owed(self) -> None:
        """Try again to bring to their cases the words that have not arrived."""
        for name in list(self.owing):
            async with self._store.lock(name):
                talk = None if self._store.is_gone(name) else await self._store.load(name)
                if talk is None or await self._humans.deliver_waiting(talk):
                    self.owing.discard(name)
                if talk is not None:
                    await self._store.save(talk)


def _asks_for_human(messages: list[Message]) -> bool:
    return any(choice.value == "human=yes" for m in messages for choice in m.choices)
