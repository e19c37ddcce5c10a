"""One turn: the order in which things happen to a message.

Safety first, then a human if one has the conversation, then the engine. Every
part behind the gateway may be down; the turn is answered all the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, Optional

from bot.gateway import asked, consent, repeated
from bot.gateway.choices import Choices
from bot.gateway.conversation import Conversation
from bot.gateway.conversations import Conversations
from bot.gateway.engine import EngineTurn, EngineUnavailable
from bot.gateway.engine_side import EngineSide, about_turn
from bot.gateway.errors import log_fault
from bot.gateway.first_name import HIDDEN, first_name
from bot.gateway.helped import Helped
from bot.gateway.human_path import HumanPath, expecting
from bot.gateway.humans import Humans
from bot.gateway.reach import reach_message
from bot.gateway.redis_link import StoreDown
from bot.gateway.safety import Answer, SafetyDialogue, asked_about, seen
from bot.gateway.safety_turn import Heard, SafetyTurn
from bot.gateway.talk import answer_with, fresh, hear, spoken
from bot.gateway.tokens import Ticket
from bot.gateway.tongues import in_their_tongue, not_understood, tongue_of
from bot.gateway.typed_time import typed_time
from bot.gateway.unmet import Unmet
from bot.gateway.waiting import answer, is_waiting, offer
from bot.safety.context import as_answer
from bot.texts import say
from bot.turn import Choice, Language, Turn

DECLINED = Choice(label="", value="human=no")


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
        unmet: Unmet,
        helped: Helped,
    ) -> None:
        self._store = store
        self._choices = choices
        self._engine = engine
        self._humans = humans
        self._safety = safety
        self._clock = clock
        self._unmet = unmet
        self._helped = helped
        self._path = HumanPath(humans, safety, clock)
        self._safe = SafetyTurn(safety, humans, clock)
        self.owing: set[str] = set()  # conversations with words that a case has not got yet

    async def take(
        self,
        ticket: Ticket,
        words: str,
        choice: Optional[Choice],
        verdict: Any,
        language: Optional[str] = None,
        name: Optional[str] = None,
    ) -> Turn:
        """Return the turn that answers one message; sent again under its `name`, the same one.

        Raises ConversationGone.
        """
        async with self._store.lock(ticket.conversation):
            talk = await self._store.load(ticket.conversation) or fresh(ticket)
            if (before := repeated.answer(talk, name, words)) is not None:
                return before
            if verdict is not None:
                verdict = as_answer(verdict, talk.expects, words)
            called = first_name(talk, words, verdict) if choice is None else None
            timed = typed_time(talk, words, verdict, self._choices) if choice is None else None
            message = hear(talk, HIDDEN if called else words, language, name)
            heard = Heard(message, called or choice or timed, verdict)
            try:
                turn = await self._route(talk, heard)
            except Exception as error:
                log_fault("turn", error)
                turn = self.bare(talk.language, verdict, words)
            return await self._finish(talk, turn, verdict)

    async def refuse(
        self, ticket: Ticket, words: str, verdict: Any, name: Optional[str] = None
    ) -> Turn:
        """Return what safety answers to a message that is refused (too long, too many).

        Nothing but safety looks at it, but a case opens as it would have.
        Raises ConversationGone.
        """
        async with self._store.lock(ticket.conversation):
            talk = await self._store.load(ticket.conversation) or fresh(ticket)
            if (before := repeated.answer(talk, name, words)) is not None:
                return before
            heard = Heard(hear(talk, words, name=name), None, verdict)
            await self._catch_up(talk)
            if talk.state == "human":
                turn = await self._path.relay(talk, heard.message, verdict)
            else:
                turn = _turn_of(talk, await self._safe.answer(talk, heard))
                turn = in_their_tongue(turn, talk, heard)
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

    async def _route(self, talk: Conversation, heard: Heard) -> Turn:
        await self._catch_up(talk)
        if talk.state == "human":
            return await self._path.relay(talk, heard.message, heard.verdict)
        if seen(heard.verdict) is None and (turn := self._from_texts(talk, heard.value)):
            if talk.with_human:
                await self._humans.pass_on(talk, [heard.message])
            return turn
        about_human = heard.about_human or _tells_of_the_nurse(talk, heard)
        if about_human and seen(heard.verdict) is None:
            return await self._chosen(talk, heard)
        first = self._safe.look(talk, heard)
        if first.speaks and not (first.holds and self._wishes(talk, heard.message.text)):
            # The place may stand in this very message, and decides who is on duty.
            flag = first.flag_raised
            about = self._about(talk, first, flag)
            await self._engine.note(talk, heard.message.text, heard.choice, about)
            turn = _turn_of(talk, await self._safe.answer(talk, heard))
            return in_their_tongue(turn, talk, heard)
        await self._safe.keep(talk, heard, first)
        turn = await self._answered(talk, heard, first)
        if turn is None:
            unread = tongue_of(heard) is not None
            turn = not_understood(talk) if unread else await self._engine_turn(talk, heard, first)
        return in_their_tongue(turn, talk, heard)

    async def _answered(self, talk: Conversation, heard: Heard, first: Answer) -> Optional[Turn]:
        """Answer a yes or no to the question for a human, in words; None when it is neither."""
        words = heard.message.text
        wish = first.outcome.get("human")
        if wish is None and not heard.choice:
            if asked.just_asked(talk):
                wish = consent.read(words, talk.tongue == "en")
            elif consent.wishes_another(words):  # whom they know shuts other doors too
                await self._engine.note(talk, words, None, self._about(talk, first, None))
                return await self._path.wished(talk, words)
            elif self._wishes(talk, words):
                return await self._path.wished(talk)
        if wish == "yes":
            return await self._path.agreed(talk)
        if wish == "no":
            return await self._declined(talk, heard, first)
        return await self._path.ask_again(talk, wish) if wish in ("unsure", "terms") else None

    def _wishes(self, talk: Conversation, words: str) -> bool:
        """Say whether a human is wished for in words that need no engine."""
        again = asked.is_declined(talk) and consent.changes_mind(words)
        nurse = consent.is_wish_for_nurse(words) and self._safe.duty(talk)
        return again or nurse or consent.is_wish(words)

    async def _catch_up(self, talk: Conversation) -> None:
        await self._humans.catch_up(talk)
        if talk.human_left:
            talk.safety = self._safety.settle_case(talk.safety)
            talk.human_left = False

    def _from_texts(self, talk: Conversation, value: str) -> Optional[Turn]:
        """Answer the buttons that need neither safety nor the engine."""
        if is_waiting(value):
            return answer(talk, value)
        return self._helped.answer(talk, value) if self._helped.answers(value) else None

    async def _chosen(self, talk: Conversation, heard: Heard) -> Turn:
        """Answer the buttons "human=yes", "human=no" and "human=known".

        Without a button it is "known", said in words.
        """
        answer = Answer(state=self._safety.settle_human(talk.safety))
        await self._safe.keep(talk, heard, answer)
        if heard.value == "human=yes":
            return await self._path.agreed(talk)
        if heard.choice is None or heard.value == "human=known":
            return await self._path.fetch_other(talk)
        return await self._declined(talk, heard, answer)

    async def _declined(self, talk: Conversation, heard: Heard, answer: Answer) -> Turn:
        asked.decline(talk)
        told = heard.choice is None and len(heard.message.text.split()) > asked.BARE_NO
        said = heard if told else Heard(heard.message, DECLINED, None)  # "nei, kaster opp alt"
        turn = await self._engine_turn(talk, said, answer)
        turn.messages.insert(0, spoken(say("gateway.human.declined", talk.tongue)))
        return turn

    async def _engine_turn(self, talk: Conversation, heard: Heard, answer: Answer) -> Turn:
        about = self._about(talk, answer, None)
        try:
            said = await self._engine.answer(talk, heard.message.text, heard.choice, about)
        except EngineUnavailable:
            messages = [spoken(say("gateway.outage", talk.tongue)), reach_message(talk.tongue)]
            return Turn(messages=messages, expects=talk.expects, understood=talk.understood)
        return await self._turn_of_engine(talk, heard, said)

    async def _turn_of_engine(self, talk: Conversation, heard: Heard, said: EngineTurn) -> Turn:
        if said.expects == "safe":
            flag = asked_about(said.understood, said.facts)
            talk.safety = self._safety.expect_check(talk.safety, flag, said.understood.about)
        turn = Turn(
            messages=said.messages,
            expects=said.expects,
            understood=said.understood,
            help=said.help,
        )
        if said.gap and said.help:
            self._unmet.count(talk, said.help.level)
        if said.wants_human:
            fetched = await self._path.wished(talk, heard.message.text)
            turn.messages += fetched.messages
            turn.expects = fetched.expects or turn.expects
        elif asked.just_asked(talk) and consent.asks_back(heard.message.text):
            self._ask_once_more(talk, turn)
        else:
            self._path.after_place(talk, turn)
        return turn

    def _ask_once_more(self, talk: Conversation, turn: Turn) -> None:
        """Let the question for a human stand after an answer to what they asked about it."""
        question = self._path.question(talk) if turn.expects in (None, "what") else None
        if question is not None:
            turn.messages.append(question)
            turn.expects = expecting(talk, "confirm")

    def _about(self, talk: Conversation, answer: Answer, flag: Optional[str]) -> dict[str, Any]:
        return about_turn(
            duty=self._safe.duty(talk), now=self._clock(), outcome=answer.outcome, flag=flag
        )

    async def _finish(self, talk: Conversation, turn: Turn, verdict: Any) -> Turn:
        offer(talk, turn)
        if verdict is None:  # the screen itself failed: nobody may go without the numbers
            turn.messages.append(reach_message(talk.tongue))
        answer_with(talk, turn, self._choices)
        talk.expects = turn.expects
        repeated.keep(talk, turn)
        if talk.with_human:  # whoever takes the case sees what the bot said, too
            await self._humans.pass_on(talk, turn.messages)
        if talk.undelivered:
            self.owing.add(talk.id)
        await self._store.save(talk)
        return turn

    async def deliver_owed(self) -> None:
        """Try again to bring to their cases the words that have not arrived."""
        with contextlib.suppress(StoreDown):
            self.owing |= await self._store.owing()
        for name in list(self.owing):
            async with self._store.lock(name):
                talk = None if self._store.is_gone(name) else await self._store.load(name)
                if talk is None or await self._humans.deliver_waiting(talk):
                    self.owing.discard(name)
                if talk is not None:
                    await self._store.save(talk)


def _tells_of_the_nurse(talk: Conversation, heard: Heard) -> bool:
    """Say whether they tell that they know the nurse, who was asked for or is offered."""
    words = heard.message.text
    if talk.state == "waiting" and talk.flag is None and not heard.choice:
        known = consent.knows_the_nurse if asked.just_handed_over(talk) else consent.names_the_nurse
        return known(words)
    if talk.asked is None or asked.is_declined(talk) or heard.choice:
        return False
    if asked.just_asked(talk):
        return consent.read(words) == "known"
    return consent.names_the_nurse(words)


def _turn_of(talk: Conversation, answer: Answer) -> Turn:
    return Turn(
        messages=answer.messages,
        expects=expecting(talk, answer.expects),
        understood=talk.understood,
        safety=answer.safety,
    )
