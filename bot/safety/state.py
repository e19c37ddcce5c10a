"""What the safety dialogue remembers of one conversation, and what it answers."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, Optional

from bot.safety.verdict import FLAGS
from bot.turn import Expects, Message, Safety


@dataclass
class SafetyState:
    """JSON-able through `to_json`; holds no words of the youth.

    pending: what the next message is read as an answer to: {"kind": "check" |
    "unclear" | "topic" | "human" | "emergency", "flag", "about", …}.
    signals: half-signals so far, each {"flag", "about"}. last_emergency: {"flag",
    "about", "times", "asked", "held", "eased"}: held through so many other words; eased
    when help has it. counts: how often something was answered, by
    "<answer>:<flag>". said: keys of sentences that need not be said twice.
    """

    pending: Optional[dict[str, Any]] = None
    signals: list[dict[str, Any]] = field(default_factory=list)
    last_emergency: Optional[dict[str, Any]] = None
    counts: dict[str, int] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    english: bool = False
    case_open: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the state as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Any) -> SafetyState:
        """Return the state that `to_json` gave; what is not of that shape is left out."""
        if not isinstance(stored, dict):
            return cls()
        known = {one.name: stored[one.name] for one in fields(cls) if one.name in stored}
        try:
            state = cls(**json.loads(json.dumps(known, default=str, skipkeys=True)))
        except (ValueError, RecursionError):
            return cls()
        state._mend()
        return state

    def _mend(self) -> None:
        self.pending = self.pending if _about_a_flag(self.pending) else None
        self.last_emergency = self.last_emergency if _about_a_flag(self.last_emergency) else None
        signals = self.signals if isinstance(self.signals, list) else []
        self.signals = [one for one in signals if _about_a_flag(one)]
        counts = self.counts if isinstance(self.counts, dict) else {}
        self.counts = {str(key): n for key, n in counts.items() if type(n) is int}
        self.said = [str(key) for key in self.said] if isinstance(self.said, list) else []
        self.english, self.case_open = self.english is True, self.case_open is True

    def count(self, answer: str) -> int:
        """Note that `answer` is given; return how often it has been, this time included."""
        self.counts[answer] = self.counts.get(answer, 0) + 1
        return self.counts[answer]

    def has(self, answer: str) -> bool:
        return self.counts.get(answer, 0) > 0


@dataclass
class SafetyReply:
    """One answer. `case`: open one at once, or ask first; `case_reason` holds no words.

    `holds`: nothing new was seen; it stays with the emergency, and gives way to a wish for a human.
    """

    safety: Safety
    messages: list[Message]
    expects: Optional[Expects] = None
    case: Optional[Literal["open", "ask"]] = None
    case_reason: dict[str, Any] = field(default_factory=dict)
    holds: bool = False


def _about_a_flag(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("flag") in FLAGS
        and value.get("about", "self") in ("self", "other")
    )
