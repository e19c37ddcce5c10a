"""What the safety screen says about one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Optional, get_args

from bot.turn import About, Flag, Response

Urgency = Literal["acute", "serious", "uncertain", "topic", "none"]

FLAGS: tuple[Flag, ...] = get_args(Flag)
# The gravest first.
URGENCIES: tuple[Urgency, ...] = ("acute", "serious", "uncertain", "topic", "none")
RESPONSES: dict[Urgency, Optional[Response]] = {
    "acute": "emergency",
    "serious": "human",
    "uncertain": "check",
    "topic": "check",
    "none": None,
}


@dataclass(frozen=True)
class Evidence:
    """One reason for a verdict: which pattern or model, which words, how strongly (0–1)."""

    kind: Literal["pattern", "classifier", "context"]
    name: str
    words: tuple[str, ...] = ()
    score: float = 1.0


@dataclass(frozen=True)
class Verdict:
    """Which red flag a message shows, how urgent it is, about whom, and why."""

    flag: Optional[Flag] = None
    urgency: Urgency = "none"
    about: About = "self"
    evidence: tuple[Evidence, ...] = ()

    @property
    def response(self) -> Optional[Response]:
        """The answer that the urgency calls for; None without a red flag."""
        return RESPONSES[self.urgency] if self.flag else None


def graver(one: Urgency, other: Urgency) -> Urgency:
    """Return the graver of two urgencies."""
    return one if URGENCIES.index(one) <= URGENCIES.index(other) else other
