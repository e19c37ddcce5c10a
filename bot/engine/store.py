"""Rasa's tracker store that remembers nothing.

The gateway owns the conversation; each turn begins on a fresh tracker. That
bounds the cost of a turn and leaves no text behind in the engine.
"""

from __future__ import annotations

from collections.abc import Iterable

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker


class ForgetfulTrackerStore(TrackerStore):  # type: ignore[misc]
    """Keeps no tracker from one turn to the next."""

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Drop the tracker."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return None: every turn is a new session."""
        return None

    async def keys(self) -> Iterable[str]:
        """Return no keys."""
        return []
