"""Say → expect for the safety dialogue, without any other part of the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Optional

from bot.safety.dialogue import SafetyReply, SafetyState, expect_check, respond
from bot.safety.verdict import Evidence, Urgency, Verdict
from bot.turn import About, Flag

NIGHT = datetime(2026, 11, 22, 3, 0)  # a Sunday
EVENING = datetime(2026, 11, 23, 19, 0)  # a Monday
DAY = datetime(2026, 11, 24, 12, 0)  # a Tuesday


@dataclass
class Saying:
    """One conversation. `say` gives the verdict that the screen would have given."""

    language: str = "nb"
    duty: bool = False
    now: datetime = NIGHT
    age: Optional[int] = None
    place: Optional[str] = None
    open_case: Optional[bool] = None
    state: SafetyState = field(default_factory=SafetyState)
    outcome: Optional[dict[str, str]] = None

    def say(
        self,
        text: str,
        flag: Optional[Flag] = None,
        urgency: Urgency = "none",
        about: About = "self",
        *names: str,
    ) -> Optional[SafetyReply]:
        evidence = tuple(Evidence("pattern", name) for name in names)
        verdict = Verdict(flag, urgency, about, evidence)
        return self.hear(text, verdict)

    def hear(self, text: str, verdict: Optional[Verdict]) -> Optional[SafetyReply]:
        options: dict[str, Any] = {"language": self.language}
        reply, state, self.outcome = respond(
            self.state,
            verdict,
            text,
            duty=self.duty,
            now=self.now,
            age=self.age,
            place=self.place,
            open_case=self.open_case,
            **options,
        )
        # The state lives as JSON between the turns.
        self.state = SafetyState.from_json(state.to_json())
        return reply

    def asked_by_dialogue(self, flag: Flag) -> None:
        self.state = expect_check(self.state, flag)


def words(reply: Optional[SafetyReply]) -> str:
    """Return all that a reply says."""
    assert reply is not None, "no answer"
    return "\n".join(message.text for message in reply.messages)


def values(reply: Optional[SafetyReply]) -> list[str]:
    """Return the values of all buttons of a reply."""
    assert reply is not None, "no answer"
    return [choice.value for message in reply.messages for choice in message.choices]


def kind_of(reply: Optional[SafetyReply]) -> Optional[str]:
    """Return which kind of safety reply an answer is."""
    return None if reply is None else reply.safety.response
