"""What safety does to one message of a conversation: the answer, and the case that it calls for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Optional

from bot.gateway import asked
from bot.gateway.conversation import Conversation
from bot.gateway.humans import Humans, NotDelivered
from bot.gateway.safety import Answer, SafetyDialogue, reason_of
from bot.handoff import messages as handoff
from bot.turn import Choice, Message

# Buttons whose value says more to the safety dialogue than the words on them.
_READ_BY_VALUE = frozenset({"safe", "safe_place", "company", "human"})
# A reason that begins so is no new danger: it tells how an emergency answer was taken.
_FOLLOW = "follow_"


@dataclass(frozen=True)
class Heard:
    """One message of the youth: as it is kept, the button it came from, what the screen saw."""

    message: Message
    choice: Optional[Choice]
    verdict: Any

    @property
    def value(self) -> str:
        return self.choice.value if self.choice else ""

    @property
    def about_human(self) -> bool:
        return self.value in ("human=yes", "human=no", "human=known")

    @property
    def words(self) -> str:
        """What the safety dialogue reads."""
        return self.value if self.value.split("=")[0] in _READ_BY_VALUE else self.message.text


class SafetyTurn:
    """Asks the safety dialogue and acts on what it says."""

    def __init__(
        self, safety: SafetyDialogue, humans: Humans, clock: Callable[[], datetime]
    ) -> None:
        self._safety = safety
        self._humans = humans
        self._clock = clock

    def duty(self, talk: Conversation) -> bool:
        """Say whether a human can be had, or has the case already."""
        return talk.with_human or self._receiver(talk) is not None

    def look(self, talk: Conversation, heard: Heard) -> Answer:
        """Return what the safety dialogue would answer; nothing is done yet."""
        return self._respond(talk, heard, self.duty(talk))

    async def keep(self, talk: Conversation, heard: Heard, answer: Answer) -> None:
        """Go on from an answer without words: keep its state, tell an open case what was said."""
        talk.safety = answer.state
        if talk.with_human:
            await self._humans.pass_on(talk, [heard.message], reason_of(heard.verdict))

    async def answer(self, talk: Conversation, heard: Heard) -> Answer:
        """Return the answer, with the case opened that it calls for, or the promise taken back."""
        answer = self.look(talk, heard)
        if talk.with_human:
            reason = reason_of(heard.verdict) or _new_reason(answer)
            await self._humans.pass_on(talk, [heard.message], reason)
        elif answer.case is not None:
            answer = await self._fetch(talk, heard, answer)
        talk.safety = answer.state
        if answer.safety is not None:
            talk.flag = answer.safety.flag
        return answer

    async def _fetch(self, talk: Conversation, heard: Heard, answer: Answer) -> Answer:
        receiver = self._receiver(talk)
        if receiver is None:
            return self._respond(talk, heard, duty=False)
        if answer.case == "ask":
            asked.ask(talk, answer.case_reason, receiver)
            question = _question_of(answer.messages)
            if question is None:
                answer.messages.append(handoff.ask(receiver, talk.tongue))
            else:  # the safety dialogue's own question
                question.choices.append(handoff.known(talk.tongue))
            return answer
        try:
            outlook = await self._humans.open(talk, answer.case_reason, receiver, self._clock())
        except NotDelivered:
            return self._respond(talk, heard, duty=False)
        # Before the last bubble, which asks something.
        told = handoff.opened(receiver, talk.tongue, outlook)
        answer.messages.insert(max(1, len(answer.messages) - 1), told)
        return answer

    def _respond(self, talk: Conversation, heard: Heard, duty: bool) -> Answer:
        return self._safety.respond(
            talk.safety,
            heard.verdict,
            heard.words,
            language=talk.language,
            duty=duty,
            now=self._clock(),
            age=talk.understood.age,
            place=talk.place,
            open_case=talk.with_human,
        )

    def _receiver(self, talk: Conversation) -> Any:
        return self._humans.receiver_for(talk, self._clock())


def _new_reason(answer: Answer) -> Optional[dict[str, Any]]:
    """Return the reason of an answer that is graver than the words alone, as after a check."""
    if answer.case != "open":
        return None
    names = [str(sign["name"]) for sign in answer.case_reason.get("evidence", [])]
    return None if any(name.startswith(_FOLLOW) for name in names) else answer.case_reason


def _question_of(messages: list[Message]) -> Optional[Message]:
    asking = (m for m in messages if any(choice.value == "human=yes" for choice in m.choices))
    return next(asking, None)
