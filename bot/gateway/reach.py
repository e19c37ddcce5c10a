"""Who can be reached now, whatever is down here: three numbers that answer day and night."""

from __future__ import annotations

from bot.safety.numbers import BY_NUMBER
from bot.texts import say
from bot.turn import Message, Tongue

ALWAYS_OPEN = ("116 111", "116 117", "113")


def reach_message(language: Tongue) -> Message:
    """Return the bubble with the numbers that always answer."""
    cards = [BY_NUMBER[number].card(language) for number in ALWAYS_OPEN]
    return Message(text=say("gateway.reach", language), services=cards)
