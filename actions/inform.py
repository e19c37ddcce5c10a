"""`action_inform` and `action_smalltalk`: clear questions get their answer at once."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import aside
from bot.dialogue.inform import answer_question, small_talk


class ActionInform(Action):  # type: ignore[misc]
    """Answers a question about us or about a service, and picks up the thread again."""

    def name(self) -> str:
        return "action_inform"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        return aside(dispatcher, tracker, answer_question)


class ActionSmalltalk(Action):  # type: ignore[misc]
    """Answers a greeting, a thank-you or a goodbye, and leaves the door open."""

    def name(self) -> str:
        return "action_smalltalk"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        return aside(dispatcher, tracker, small_talk)
