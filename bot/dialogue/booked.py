"""What a conversation remembers of its booking, kept in the facts as JSON.

`times` and `seen`: what was shown; `chosen`: what they are about to book, with `first_name` if
they gave one; `pending`: an attempt whose outcome nobody knows; `booked`: what they have;
`old`: what a move has left behind. `place` and `service` say where. `round` counts
cancellations, because the name of a cancelled booking is used up.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from bot.dialogue.facts import Facts
from service_catalog.booking.client import FreeTime, identifier

# Seconds after which a server that has not booked by then never will.
SETTLED_AFTER = 60.0


@dataclass(frozen=True)
class Attempt:
    """One appointment under its identifier: asked for, or made."""

    time: FreeTime
    name: str

    def to_json(self) -> dict[str, Any]:
        return {"time": self.time.to_json(), "name": self.name}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Attempt:
        return cls(FreeTime.from_json(stored["time"]), stored["name"])


class Booking:
    """Reads and changes `facts.booking`."""

    def __init__(self, facts: Facts, conversation: str) -> None:
        self._facts = facts
        self._conversation = conversation

    @property
    def kept(self) -> dict[str, Any]:
        return self._facts.booking

    @property
    def booked(self) -> Attempt | None:
        """The appointment they have."""
        if "booked" not in self.kept:
            return None
        return Attempt(FreeTime.from_json(self.kept["booked"]), self.kept["name"])

    @property
    def pending(self) -> Attempt | None:
        """The attempt whose outcome nobody knows."""
        return Attempt.from_json(self.kept["pending"]) if "pending" in self.kept else None

    @property
    def old(self) -> Attempt | None:
        """The appointment that a move has left behind, perhaps not cancelled."""
        return Attempt.from_json(self.kept["old"]) if "old" in self.kept else None

    @property
    def moving(self) -> bool:
        return bool(self.kept.get("moving"))

    @property
    def holds_something(self) -> bool:
        """Something stands, or may stand, at a booking server."""
        return any(name in self.kept for name in ("booked", "pending", "old"))

    def attempt(self, slot: str) -> Attempt | None:
        """Return the attempt at a slot that was shown; the same one for the same slot."""
        if self.pending is not None and self.pending.time.id == slot:
            return self.pending
        shown = [FreeTime.from_json(one) for one in self.kept.get("times", [])]
        time = next((one for one in shown if one.id == slot), None)
        if time is None:
            return None
        again = self.kept.get("round", 0)
        name = identifier(self._conversation, f"{slot}#{again}" if again else slot)
        return Attempt(time, name)

    def show(self, times: list[FreeTime]) -> None:
        """Note which times were shown."""
        self.kept["times"] = [time.to_json() for time in times]
        seen = [*self.kept.get("seen", []), *(time.id for time in times)]
        self.kept["seen"] = list(dict.fromkeys(seen))

    @property
    def settled(self) -> bool:
        """So long ago was the attempt sent that no server is still at it."""
        since = self.kept.get("pending", {}).get("since", 0.0)
        return time.time() - float(since) >= SETTLED_AFTER

    def note_unknown(self, attempt: Attempt, *, sent: bool) -> None:
        """Note an attempt that may or may not have been carried out; `sent` just now."""
        before = self.kept.get("pending", {}).get("since")
        since = time.time() if sent or before is None else before
        self.kept["pending"] = {**attempt.to_json(), "since": since}

    def note_booked(self, attempt: Attempt) -> Attempt | None:
        """Note that it is booked; return what they had before, when this was a move."""
        before = self.booked if self.moving else None
        where = self._only("place", "service", "round")
        self._facts.booking = {
            **where,
            "booked": attempt.time.to_json(),
            "name": attempt.name,
            **({"old": before.to_json()} if before else {}),
        }
        return before

    def note_cancelled(self) -> None:
        """Forget the appointment; the next one takes another name."""
        again = {"round": self.next_round()}
        left = self._only("old", "place", "service") if self.old else {}
        self._facts.booking = {**left, **again}

    def next_round(self) -> int:
        """Count one up and return it."""
        self.kept["round"] = int(self.kept.get("round", 0)) + 1
        return int(self.kept["round"])

    def drop(self, *names: str) -> None:
        for name in names:
            self.kept.pop(name, None)

    def _only(self, *names: str) -> dict[str, Any]:
        return {name: self.kept[name] for name in names if name in self.kept}
