"""What a turn needs of the engine: an answer, or silently the facts in a message."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Optional

from bot.gateway.conversation import Conversation
from bot.gateway.engine import Engine, EngineTurn, EngineUnavailable
from bot.turn import Choice

# What the engine missed while it was away; older than this many messages is let go.
UNHEARD_KEPT = 10


class EngineSide:
    """Talks with the engine on behalf of a conversation and keeps what it understood."""

    def __init__(self, engine: Engine, silent_timeout: float) -> None:
        self._engine = engine
        self._silent_timeout = silent_timeout

    async def answer(
        self, talk: Conversation, words: str, choice: Optional[Choice], about: dict[str, Any]
    ) -> EngineTurn:
        """Return the engine's turn. Raises EngineUnavailable and remembers what it missed."""
        try:
            await self._tell_what_it_missed(talk, about)
            turn = await self._send(talk, words, choice, about)
        except EngineUnavailable:
            _miss(talk, words, choice)
            raise
        _keep(talk, turn)
        return turn

    async def note(
        self, talk: Conversation, words: str, choice: Optional[Choice], about: dict[str, Any]
    ) -> None:
        """Let the engine note facts (place, age) without a word. Quick, and never raises."""
        try:
            turn = await self._send(
                talk, words, choice, {**about, "silent": True}, self._silent_timeout
            )
        except EngineUnavailable:
            _miss(talk, words, choice)
        else:
            _keep(talk, turn)

    async def _tell_what_it_missed(self, talk: Conversation, about: dict[str, Any]) -> None:
        while talk.unheard:
            missed = talk.unheard[0]
            choice = Choice(label="", value=missed["choice"]) if missed.get("choice") else None
            silent = {**about, "silent": True, "safe": None, "flag": talk.flag}
            turn = await self._send(
                talk, missed.get("text") or "", choice, silent, self._silent_timeout
            )
            _keep(talk, turn)
            talk.unheard.pop(0)

    async def _send(
        self,
        talk: Conversation,
        words: str,
        choice: Optional[Choice],
        about: dict[str, Any],
        timeout: Optional[float] = None,
    ) -> EngineTurn:
        return await self._engine.send(
            talk.id,
            text=None if choice else words,
            choice=choice.value if choice else None,
            metadata={
                "language": talk.tongue,
                "municipality": talk.municipality,
                "expects": talk.expects,
                **about,
            },
            facts=talk.facts,
            timeout=timeout,
        )


def about_turn(
    *, duty: bool, now: datetime, outcome: dict[str, Any], flag: Optional[str] = None
) -> dict[str, Any]:
    """Return the metadata that goes to the engine with a message."""
    return {
        "safe": outcome.get("safe"),
        "flag": flag,
        "silent": False,
        "duty": duty,
        "now": now.isoformat(),
    }


def _keep(talk: Conversation, turn: EngineTurn) -> None:
    talk.facts, talk.understood = turn.facts, turn.understood


def _miss(talk: Conversation, words: str, choice: Optional[Choice]) -> None:
    talk.unheard.append({"choice": choice.value} if choice else {"text": words})
    del talk.unheard[:-UNHEARD_KEPT]
