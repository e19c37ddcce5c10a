"""The small dialogue around red flags: answers, the one direct question, what follows.

Pure: state and verdict in, answer and state out; no input or output, and it never
raises. The gateway keeps the state in the conversation.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any, Optional

from bot.safety.at_hand import in_its_light
from bot.safety.card import last_resort
from bot.safety.english import is_english
from bot.safety.foreign import foreign
from bot.safety.state import SafetyReply, SafetyState
from bot.safety.steps import Outcome, Step
from bot.safety.verdict import Verdict
from bot.safety.voice import Voice
from bot.turn import About, Flag, Language, Response, Safety, Tongue

__all__ = [
    "SafetyReply",
    "SafetyState",
    "ease",
    "expect_check",
    "in_danger",
    "respond",
    "settle_case",
    "settle_human",
]

Answered = tuple[Optional[SafetyReply], SafetyState, Optional[Outcome]]


def respond(
    state: SafetyState,
    verdict: Optional[Verdict],
    text: str,
    *,
    language: Language,
    duty: bool,
    now: datetime,
    age: Optional[int] = None,
    place: Optional[str] = None,
    open_case: Optional[bool] = None,
) -> Answered:
    """Answer one message for safety.

    `verdict`: what the screen saw; None when the screen itself failed. `text`: the
    message, a button's label, or its value ("safe=no"). `duty`: a human can be had.
    `open_case`: a human has the case or will get it; None = as far as known here.

    Returns (reply, state, outcome). Reply None: the message goes on to the dialogue.
    Outcome goes along to it: {"safe": "no" | "yes" | "unclear"} after a direct question
    ("yes" = there is danger), {"human": "yes" | "no" | "unclear"} after the offer of a
    human was answered in words. The given state is left as it was.
    """
    try:
        kept = SafetyState.from_json(state.to_json())
        heard = True if foreign(text) else is_english(text)
        kept.english = kept.english if heard is None else heard
        tongue: Tongue = "en" if kept.english else "nn" if language == "nn" else "nb"
        step = Step(
            state=kept,
            verdict=in_its_light(verdict or Verdict(), kept, text),
            text=text,
            voice=Voice(tongue, now, age if type(age) is int else None),
            duty=bool(duty),
            place=place,
            open_case=kept.case_open if open_case is None else open_case,
        )
        reply, outcome = step.take()
        return reply, kept, outcome
    except Exception as error:
        logging.getLogger(__name__).error("safety dialogue failed: %s", type(error).__name__)
        return _without_texts(state, verdict, language, bool(duty))


def expect_check(state: SafetyState, flag: Flag, about: About = "self") -> SafetyState:
    """Return the state after the dialogue itself asked whether there is danger of `flag`.

    Its question must be one to which "ja" means danger.
    """
    kept = SafetyState.from_json(state.to_json())
    kept.pending = {"kind": "check", "flag": flag, "about": about}
    kept.count(f"check:{flag}")
    return kept


def settle_human(state: SafetyState) -> SafetyState:
    """Return the state after the offer of a human was answered with a button."""
    kept = SafetyState.from_json(state.to_json())
    if (kept.pending or {}).get("kind") == "human":
        kept.pending = None
    return kept


def in_danger(state: SafetyState) -> bool:
    """Say whether danger is in play: a red flag was answered and not taken back.

    A check that was answered with no is none, and neither is a mere topic.
    """
    kind = (state.pending or {}).get("kind")
    answered = any(name.startswith(("human:", "emergency:")) for name in state.counts)
    return kind in ("check", "human", "emergency") or answered


def settle_case(state: SafetyState) -> SafetyState:
    """Return the state after a human has had the conversation and left it.

    What was asked and what was in the air is theirs; a thank-you is no answer to it.
    """
    kept = SafetyState.from_json(state.to_json())
    kept.pending, kept.last_emergency = None, None
    kept.signals, kept.case_open = [], False
    return kept


def ease(state: SafetyState) -> SafetyState:
    """Return the state once help has the emergency: other words are no longer held back."""
    kept = SafetyState.from_json(state.to_json())
    if kept.last_emergency is not None:
        kept.last_emergency["eased"] = True
    return kept


def _without_texts(state: Any, verdict: Optional[Verdict], language: Any, duty: bool) -> Answered:
    """Answer from what is fixed in code, when texts or state cannot be used."""
    kept = state if isinstance(state, SafetyState) else SafetyState()
    response: Optional[Response] = getattr(verdict, "response", None)
    flag: Optional[Flag] = getattr(verdict, "flag", None)
    pending = kept.pending if isinstance(kept.pending, dict) else {}
    if response is None and pending.get("kind") == "check":
        response, flag = "human", pending.get("flag")
    if response is None or flag is None:
        return None, kept, None
    reply = SafetyReply(
        safety=Safety(flag=flag, response=response),
        messages=[last_resort(response, "en" if kept.english is True else language)],
        expects="safe" if response == "check" else None,
        case="open" if duty and response == "emergency" else None,
        case_reason={
            "flag": flag,
            "urgency": getattr(verdict, "urgency", "serious"),
            "about": getattr(verdict, "about", "self"),
            "evidence": ["answered_without_texts"],
        },
    )
    after = SafetyState(pending={"kind": "check", "flag": flag, "about": "self"})
    return reply, (after if response == "check" else SafetyState()), None
