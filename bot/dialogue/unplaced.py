"""When the answer to "where do you live?" names no place that we know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.dialogue.facts import Facts
from bot.dialogue.reply import Reply, join, move_on
from bot.texts import say
from bot.turn import Message, Tongue

TELLS_FROM = 0.3


def wrong_place(
    facts: Facts, before: Facts, choice: str | None, reading: dict[str, Any] | None
) -> bool:
    """Say whether a place was named that we do not know: nothing else was said with it."""
    if (
        choice
        or before.expects not in ("place", "place_which")
        or facts.place
        or facts.place_options
    ):
        return False
    said_else = reading and (reading["answer"] or reading["duration"] or reading["severity"])
    return not said_else and not (reading and reading["age"])


def tells(reading: dict[str, Any] | None) -> bool:
    """Say whether a message tells of something, rather than naming a place we do not know."""
    if reading is None:
        return False
    sure: bool = reading["confidence"] >= TELLS_FROM
    return sure and reading["intent"] == "tell"


def ask_municipality(facts: Facts, language: Tongue, now: datetime, *, told: bool) -> Reply:
    """Ask once in which municipality an unknown place lies; in danger it may be a room."""
    if "place_which" in facts.asked:
        facts.refused.append("place")
        unknown = [] if told else [Message(text=say("place.unknown", language))]
        return join(Reply(messages=unknown), move_on(facts, language, now))
    facts.asked.append("place_which")
    facts.expects = "place_which"
    text = say("place.again" if told else "place.in_which", language)
    return Reply([Message(text=text)], "place_which")
