"""One conversation: everything that is known of it, and how two accounts of it become one."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Optional

from pydantic import Field, PrivateAttr

from bot.turn import Expects, Language, Message, Model, State, Tongue, Understood


class Conversation(Model):
    """All that is known of one conversation. Everything in it is deleted with it."""

    id: str
    language: Language = "nb"
    language_fixed: bool = False
    municipality: Optional[str] = None
    created: str
    version: int = 0
    state: State = "bot"
    messages: list[Message] = Field(default_factory=list)
    expects: Optional[Expects] = None
    understood: Understood = Field(default_factory=Understood)
    facts: dict[str, Any] = Field(default_factory=dict)
    safety: Any = None
    flag: Optional[str] = None
    asked: Optional[dict[str, Any]] = None
    answered: Optional[dict[str, Any]] = None  # the last message, and its turn
    case: Optional[str] = None
    human_left: bool = False
    unheard: list[dict[str, str]] = Field(default_factory=list)
    undelivered: list[dict[str, Any]] = Field(default_factory=list)
    seen_event: str = "0-0"
    code: str = ""  # the hash of its return code, and when that was made
    code_at: str = ""
    offered: Optional[str] = (
        None  # why something to do meanwhile was offered last: a case, or nobody
    )
    ask_helped: str = ""  # "wanted", "asked" or "answered": see bot/gateway/helped.py
    avoid: list[str] = Field(default_factory=list)  # municipalities where they know somebody
    unmet: list[str] = Field(default_factory=list)  # what it has been counted for: week and level
    # The version that lies in Redis as far as this process knows; 0 = none.
    _written: int = PrivateAttr(0)

    class Config(Model.Config):
        extra = "ignore"

    @property
    def with_human(self) -> bool:
        """A case is open: it waits for a human, or a human has it."""
        return self.state in ("waiting", "human")

    @property
    def place(self) -> Optional[str]:
        """Where they are: what they said, or else whose page they came from."""
        return self.understood.place or self.municipality

    @property
    def tongue(self) -> Tongue:
        """What they are answered in where we can: English to who writes it."""
        english = isinstance(self.safety, dict) and self.safety.get("english") is True
        return "en" if english else self.language

    @property
    def told(self) -> dict[str, Any]:
        """What they told, for the human who takes over: the engine's mere guesses left out."""
        said = {name: self.facts.get(name) for name in ("severity", "duration")}
        return {**self.understood.dict(), **said}

    @property
    def unwritten(self) -> bool:
        """Something was said that Redis has not got."""
        return self.version != self._written

    def youth_texts(self) -> list[str]:
        return [message.text for message in self.messages if message.from_ == "youth"]

    def written_as(self, version: int) -> None:
        """Note which version lies in Redis."""
        self._written = version

    @property
    def written(self) -> int:
        return self._written

    def not_in(self, other: Conversation) -> list[Message]:
        """Return the messages that `other` has not got."""
        known = {message.id for message in other.messages}
        return [message for message in self.messages if message.id not in known]

    def owe(self, items: list[dict[str, Any]]) -> None:
        """Note what the case has not got. What it has already, it takes only once."""
        self.undelivered += [item for item in items if item not in self.undelivered]

    def take_in(self, other: Conversation) -> None:
        """Add what another process has written meanwhile, so that nothing said is lost."""
        missed, unknown = other.not_in(self), self.not_in(other)
        # Who opened the case may have known less than this: a human reads the rest too.
        unread = missed if other.case is None else unknown if self.case is None else []
        self.messages += missed
        self.messages.sort(key=lambda message: message.at)
        self.facts = {**other.facts, **self.facts}
        self.avoid = [*dict.fromkeys(self.avoid + other.avoid)]
        self.unmet = [*dict.fromkeys(self.unmet + other.unmet)]
        if other.code_at > self.code_at:
            self.code, self.code_at = other.code, other.code_at
        if self.case is None and other.case is not None:
            self.case, self.state, self.seen_event = other.case, other.state, other.seen_event
        if self.with_human:
            self.owe(other.undelivered)
            self.owe([{"message": message.dict(by_alias=True)} for message in unread])
        self.version = max(self.version, other.version) + 1
        self._written = other.version


def stamp() -> str:
    """Return the time now as the API writes it: ISO 8601, UTC."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def key(conversation: str, part: str = "") -> str:
    """Return the name under which a conversation, or a part of it, lies in Redis."""
    return f"ung:conv:{conversation}:{part}" if part else f"ung:conv:{conversation}"
