"""Asks "Fikk du hjelp?" when somebody comes back with a code, if they said yes to being asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Optional, cast

from bot.gateway.conversation import Conversation
from bot.gateway.reach import reach_message
from bot.gateway.talk import spoken
from bot.gateway.tally import Tally
from bot.gateway.waiting import menu
from bot.helped import ANSWERS, Had, Said
from bot.texts import say
from bot.turn import Choice, Message, Turn
from bot.unmet import week_of

NAME = "helped="


class Helped:
    """The question and what is answered to it. `clock` returns the time in Norway."""

    def __init__(self, tally: Tally, clock: Callable[[], datetime]) -> None:
        self._tally = tally
        self._clock = clock

    def question(self, talk: Conversation) -> Optional[Message]:
        """Return the question if it is time for it, and note that it is asked.

        Not while a human is awaited or there: the help is under way.
        """
        if talk.ask_helped != "wanted" or talk.with_human:
            return None
        talk.ask_helped = "asked"
        choices = [
            Choice(label=say(f"helped.choice.{had}", talk.tongue), value=f"{NAME}{had}")
            for had in ANSWERS
        ]
        return spoken(say("helped.question", talk.tongue), choices=choices)

    def answers(self, value: str) -> bool:
        """Say whether a button belongs here."""
        return value.removeprefix(NAME) in ANSWERS and value.startswith(NAME)

    def answer(self, talk: Conversation, value: str) -> Turn:
        """Thank, and offer help again where it was not had. The first answer counts, by week."""
        had = cast(Had, value.removeprefix(NAME))
        place = talk.place
        if talk.ask_helped == "asked" and place is not None:
            self._tally.add(Said(week_of(self._clock().date()), place, had))
        talk.ask_helped = "answered"
        return Turn(
            messages=self._words(talk, had), expects=talk.expects, understood=talk.understood
        )

    def _words(self, talk: Conversation, had: Had) -> list[Message]:
        language = talk.tongue
        thanks = spoken(say(f"helped.{had}", language))
        if had == "yes":
            return [thanks]
        human = Choice(label=say("choice.human=yes", language), value="human=yes")
        again = spoken(say("helped.again", language), choices=[human, *menu(talk)])
        return [thanks, reach_message(language), again]
