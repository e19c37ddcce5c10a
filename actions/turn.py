"""What every action reads from Rasa's tracker, and how it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.clock import now
from bot.dialogue.facts import Facts
from bot.dialogue.interpret import Reading, take_asked, take_choice, take_message, take_safety
from bot.dialogue.navigate import repeat_question
from bot.dialogue.reply import Reply
from bot.turn import Tongue


@dataclass
class ActionTurn:
    """One message as an action sees it. `understood` is false when nothing was made of it."""

    facts: Facts
    before: Facts
    intent: str
    choice: str | None
    reading: Reading | None
    language: Tongue
    now: datetime
    silent: bool
    conversation: str = ""
    understood: bool = True

    @classmethod
    def read(cls, tracker: Tracker) -> ActionTurn:
        """Return the turn with its facts already updated by the message."""
        latest = tracker.latest_message
        metadata: dict[str, Any] = latest.get("metadata") or {}
        entities = latest.get("entities") or []
        reading = next((e["value"] for e in entities if e.get("entity") == "reading"), None)
        intent = (latest.get("intent") or {}).get("name") or "gibberish"
        turn = cls(
            facts=Facts.from_json(metadata.get("facts")),
            before=Facts.from_json(metadata.get("facts")),
            intent="off_topic" if (reading or {}).get("off_topic") else intent,
            choice=metadata.get("choice"),
            reading=reading,
            language=cast(Tongue, metadata.get("language") or "nb"),
            now=now(metadata.get("now")),
            silent=bool(metadata.get("silent")),
            conversation=str(metadata.get("conversation") or ""),
        )
        turn._take(metadata)
        return turn

    def _take(self, metadata: dict[str, Any]) -> None:
        if self.facts.place is None and metadata.get("municipality"):
            self.facts.place = metadata["municipality"]
        for known in (self.facts, self.before):
            take_asked(known, metadata.get("expects"))
        take_safety(self.facts, metadata, self.reading)
        if self.choice:
            take_choice(self.facts, self.choice)
        elif self.reading is not None:
            self.understood = take_message(self.facts, self.reading)
            self.facts.not_understood = self.reading["not_understood"] and not self.understood


def speak(dispatcher: CollectingDispatcher, turn: ActionTurn, reply: Reply) -> list[Any]:
    """Say `reply`; in a silent turn only what was understood is handed back."""
    if turn.silent:
        reply = Reply()
    dispatcher.utter_message(json_message=reply.to_json(turn.facts))
    return []


def aside(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    reply: Callable[[Facts, str, Tongue, datetime], Reply],
) -> list[Any]:
    """Say something beside the thread; the question that was waiting stays open."""
    turn = ActionTurn.read(tracker)
    repeat_question(turn.facts, turn.before)
    said = Reply() if turn.silent else reply(turn.facts, turn.intent, turn.language, turn.now)
    return speak(dispatcher, turn, said)
