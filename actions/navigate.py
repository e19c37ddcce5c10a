"""`action_navigate`: moves the talk one step forward."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import ActionTurn, speak
from bot.dialogue.navigate import navigate, repeat_question
from bot.dialogue.reply import Reply


class ActionNavigate(Action):  # type: ignore[misc]
    """Asks for what is missing, says what was understood, or offers help."""

    def name(self) -> str:
        return "action_navigate"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        turn = ActionTurn.read(tracker)
        if turn.silent:
            repeat_question(turn.facts, turn.before)
            return speak(dispatcher, turn, Reply())
        reply = navigate(
            turn.facts,
            turn.language,
            turn.now,
            intent=turn.intent,
            choice=turn.choice,
            reading=turn.reading,
            understood=turn.understood,
            before=turn.before,
        )
        return speak(dispatcher, turn, reply)
