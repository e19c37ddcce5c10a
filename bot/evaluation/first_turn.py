"""The answer to the first message of a fresh conversation, without a server.

The gateway's own turn is taken, with the trained engine in this process and
with no Redis: what is scored is the code that young people meet.
"""

from __future__ import annotations

import secrets
import tempfile
from datetime import datetime, timezone
from typing import Any

from bot.engine.local import LocalEngine
from bot.gateway.config import Config
from bot.gateway.engine import EngineHealth, EngineTurn
from bot.gateway.parts import Parts, build_parts
from bot.gateway.tokens import Ticket, new_id


class EngineHere:
    """The gateway's engine as a function call."""

    def __init__(self, engine: LocalEngine) -> None:
        self._engine = engine

    async def send(
        self,
        conversation: str,
        *,
        text: str | None,
        choice: str | None,
        metadata: dict[str, Any],
        facts: dict[str, Any],
        timeout: float | None = None,
    ) -> EngineTurn:
        call: dict[str, Any] = {"conversation": conversation, "metadata": metadata, "facts": facts}
        call |= {"choice": choice} if choice else {"text": text}
        return EngineTurn.parse_obj(await self._engine.take_turn(call))

    async def forget(self, conversation: str) -> None:
        """Nothing is kept."""

    async def health(self) -> EngineHealth:
        return EngineHealth(up=True)

    async def close(self) -> None:
        """Nothing is open."""


class FirstTurns:
    """Answers first messages. `model` is the trained dialogue model."""

    def __init__(self, engine: LocalEngine) -> None:
        config = Config(secret=secrets.token_hex(16), var=tempfile.mkdtemp())
        self._parts: Parts = build_parts(config, engine=EngineHere(engine))

    async def answer(self, text: str) -> tuple[dict[str, Any], Any]:
        """Return the turn (as JSON) and the screen's verdict for `text`."""
        verdict = self._parts.screening.look(text)
        ticket = Ticket(new_id(), None, None, datetime.now(timezone.utc))
        turn = await self._parts.turns.take(ticket, text, None, verdict)
        return turn.dict(by_alias=True), verdict
