"""Counts needs that nothing met, once for each conversation, level and week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.gateway.conversation import Conversation
from bot.gateway.tally import Tally
from bot.turn import Level
from bot.unmet import need


class Unmet:
    """`clock` returns the time in Norway."""

    def __init__(self, tally: Tally, clock: Callable[[], datetime]) -> None:
        self._tally = tally
        self._clock = clock

    def count(self, talk: Conversation, level: Level) -> None:
        """Count a conversation, once for each level and week. Touches nothing but memory."""
        place = talk.understood.place
        if place is None:
            return
        one = need(level, place, talk.understood.age, self._clock())
        mark = f"{one.week}:{level}"
        if mark in talk.unmet or self._tally.is_full:
            return
        talk.unmet.append(mark)
        self._tally.add(one)
