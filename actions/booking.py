"""`action_booking`: free times, a booking, a cancellation. It speaks its own result."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import ActionTurn, speak
from bot.dialogue.booking import note_unheard, take_booking_turn, wish_of
from bot.dialogue.navigate import repeat_question
from bot.dialogue.reply import Reply


class ActionBooking(Action):  # type: ignore[misc]
    """Shows free times where the municipality has booking; books, moves and cancels one."""

    def name(self) -> str:
        return "action_booking"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Any]:
        turn = ActionTurn.read(tracker)
        repeat_question(turn.facts, turn.before)
        if turn.silent:
            note_unheard(turn.facts, turn.choice or "", turn.conversation)
            return speak(dispatcher, turn, Reply())
        wish = turn.choice or wish_of(str(tracker.latest_message.get("text") or ""))
        reply = await take_booking_turn(
            turn.facts, wish, turn.conversation, turn.language, turn.now
        )
        return speak(dispatcher, turn, reply)
