"""The engine in this process, for scoring the code without a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.engine.quiet import quiet


class LocalEngine:
    """Takes turns with a trained model as Rasa's server would."""

    def __init__(self, model: Path) -> None:
        quiet()
        from rasa.core.agent import Agent
        from rasa.core.tracker_store import TrackerStore

        from bot.engine.channel import prepare
        from bot.engine.store import ForgetfulTrackerStore

        store: TrackerStore = ForgetfulTrackerStore(None)
        self._agent = Agent.load(str(model), tracker_store=store)
        prepare(self._agent)

    async def take_turn(self, call: dict[str, Any]) -> dict[str, Any]:
        """Answer one turn. The shape of `call` and of the answer: bot.engine.channel."""
        from bot.engine.channel import take_turn

        answer = await take_turn(self._agent.handle_message, call)
        assert answer is not None, "no action answered"
        return answer
