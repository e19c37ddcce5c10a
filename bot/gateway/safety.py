"""The safety dialogue as the gateway uses it: with state that is kept in the conversation."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Optional, Protocol

from bot.dialogue.plan import HOME_THEMES
from bot.gateway.errors import log_fault
from bot.gateway.reach import reach_message
from bot.turn import About, Expects, Flag, Language, Message, Response, Safety, Understood


class DialogueLike(Protocol):
    """The module `bot.safety.dialogue`."""

    SafetyState: Any

    def respond(
        self, state: Any, verdict: Any, text: str, **about: Any
    ) -> tuple[Any, Any, Any]: ...

    def expect_check(self, state: Any, flag: Flag, about: About) -> Any: ...

    def settle_case(self, state: Any) -> Any: ...

    def ease(self, state: Any) -> Any: ...

    def settle_human(self, state: Any) -> Any: ...

    def in_danger(self, state: Any) -> bool: ...


@dataclass
class Answer:
    """What the safety dialogue says to one message. `reply` None: it has nothing to say."""

    state: Any
    safety: Optional[Safety] = None
    messages: list[Message] = field(default_factory=list)
    expects: Optional[Expects] = None
    case: Optional[str] = None
    case_reason: dict[str, Any] = field(default_factory=dict)
    outcome: dict[str, Any] = field(default_factory=dict)
    holds: bool = False

    @property
    def speaks(self) -> bool:
        return self.safety is not None or bool(self.messages)

    @property
    def flag_raised(self) -> Optional[Flag]:
        """The red flag that was seen; none while it has only been asked about."""
        asked = self.safety is None or self.safety.response == "check"
        return None if asked or self.safety is None else self.safety.flag


class SafetyDialogue:
    """Asks `bot.safety.dialogue`; never raises, and never changes the state it is given."""

    def __init__(self, dialogue: DialogueLike) -> None:
        self._dialogue = dialogue

    def respond(
        self,
        stored: Any,
        verdict: Any,
        text: str,
        *,
        language: Language,
        duty: bool,
        now: datetime,
        age: Optional[int] = None,
        place: Optional[str] = None,
        open_case: bool = False,
    ) -> Answer:
        """Return the answer to one message. `stored` is the state as it lies in the conversation.

        For a dialogue that fails the numbers that always answer stand in.
        """
        try:
            reply, state, outcome = self._dialogue.respond(
                self._state(stored),
                verdict,
                text,
                language=language,
                duty=duty,
                now=now,
                age=age,
                place=place,
                open_case=open_case,
            )
        except Exception as error:
            log_fault("safety dialogue", error)
            return _without_words(stored, verdict, language)
        answer = Answer(state=state.to_json(), outcome=dict(outcome or {}))
        if reply is not None:
            answer.safety, answer.messages = reply.safety, list(reply.messages)
            answer.expects, answer.case = reply.expects, reply.case
            answer.holds = reply.holds
            answer.case_reason = _with_words(reply.case_reason or {}, verdict)
        return answer

    def expect_check(self, stored: Any, flag: Flag, about: About) -> Any:
        """Return the state after the dialogue itself asked about `flag`."""
        try:
            return self._dialogue.expect_check(self._state(stored), flag, about).to_json()
        except Exception as error:
            log_fault("safety dialogue", error)
            return stored

    def settle_human(self, stored: Any) -> Any:
        """Return the state after the offer of a human was answered with a button."""
        if stored is None:
            return None
        return self._dialogue.settle_human(self._state(stored)).to_json()

    def settle_case(self, stored: Any) -> Any:
        """Return the state after a human has had the conversation and left it."""
        return None if stored is None else self._dialogue.settle_case(self._state(stored)).to_json()

    def ease(self, stored: Any) -> Any:
        """Return the state with a human there: an emergency need not be held on to."""
        return None if stored is None else self._dialogue.ease(self._state(stored)).to_json()

    def in_danger(self, stored: Any) -> bool:
        """Say whether a red flag was answered in this talk; a fault counts as danger."""
        try:
            return stored is not None and self._dialogue.in_danger(self._state(stored))
        except Exception as error:
            log_fault("safety dialogue", error)
            return True

    def _state(self, stored: Any) -> Any:
        if stored is None:
            return self._dialogue.SafetyState()
        return self._dialogue.SafetyState.from_json(copy.deepcopy(stored))


def seen(verdict: Any) -> Optional[Safety]:
    """Return what the screen saw as the API tells it, or None."""
    response: Optional[Response] = verdict.response if verdict is not None else None
    if response is None or verdict.flag is None:
        return None
    return Safety(flag=verdict.flag, response=response)


def asked_about(understood: Understood, facts: dict[str, Any]) -> Flag:
    """Return which red flag the dialogue's safety question was about, as it chooses itself."""
    at_home = set(understood.themes) & HOME_THEMES or facts.get("topic") == "home"
    return "unsafe_home" if at_home else "suicide"


def reason_of(verdict: Any) -> Optional[dict[str, Any]]:
    """Return why a verdict calls for a human, as a case keeps it; None when it does not."""
    if seen(verdict) is None:
        return None
    return {
        "flag": verdict.flag,
        "urgency": verdict.urgency,
        "about": verdict.about,
        "evidence": [
            {"kind": one.kind, "name": one.name, "words": list(one.words)}
            for one in verdict.evidence
        ],
    }


def _with_words(reason: dict[str, Any], verdict: Any) -> dict[str, Any]:
    """Return the dialogue's reason with the words that the screen saw, for the nurse."""
    signs = (reason_of(verdict) or {}).get("evidence", [])
    names = {sign["name"] for sign in signs}
    others = [name for name in reason.get("evidence", []) if name not in names]
    more = [{"kind": "context", "name": str(name), "words": []} for name in others]
    return {**reason, "evidence": [*signs, *more]}


def _without_words(stored: Any, verdict: Any, language: Language) -> Answer:
    answer = Answer(state=stored, safety=seen(verdict))
    if answer.safety is not None:
        answer.messages = [reach_message(language)]
        answer.case_reason = reason_of(verdict) or {}
        answer.case = "open" if answer.safety.response == "emergency" else None
    return answer
