"""The first bubble to somebody who writes in another language: what we can do, and the numbers."""

from __future__ import annotations

from typing import Optional

from bot.gateway.conversation import Conversation
from bot.gateway.errors import log_fault
from bot.gateway.safety_turn import Heard
from bot.safety.english import is_english
from bot.safety.foreign import Foreign, foreign, languages
from bot.safety.numbers import BY_NUMBER
from bot.turn import Message, Turn

NUMBERS = ("113", "112", "116 111", "116 117")


def tongue_of(heard: Heard) -> Optional[Foreign]:
    """Return the language of what was typed, when the bot does not speak it."""
    try:
        return None if heard.choice else foreign(heard.message.text)
    except Exception as error:
        log_fault("other languages", error)
        return None


def not_understood(talk: Conversation) -> Turn:
    """Return the turn for what the engine cannot read; the question that waits goes on waiting."""
    understood = talk.understood.copy(update={"not_understood": True})
    return Turn(expects=talk.expects, understood=understood)


def in_their_tongue(turn: Turn, talk: Conversation, heard: Heard) -> Turn:
    """Put what we can say in their language before everything else; in English once."""
    tongue = tongue_of(heard)
    if tongue is not None:
        turn.messages.insert(0, _bubble(tongue.bubble(danger=turn.safety is not None)))
    elif turn.safety is None and not heard.choice and is_english(heard.message.text):
        words = languages()["en"].say if "en" in languages() else ""
        if words and all(message.text != words for message in talk.messages):
            turn.messages.insert(0, _bubble(words))
    return turn


def _bubble(words: str) -> Message:
    return Message(text=words, services=[BY_NUMBER[number].card("en") for number in NUMBERS])
