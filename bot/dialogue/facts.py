"""What is known in one conversation. Travels with every turn as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from bot.turn import Understood


@dataclass
class Facts:
    """Everything the dialogue knows and has done. All fields are JSON-able."""

    themes: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)  # themes that may be meant besides
    question: list[str] = field(default_factory=list)  # what the last message asked us about
    about: str = "self"
    topic: str | None = None  # the opening choice: hurt, home, friend, unsure
    severity: str | None = None
    severity_words: str | None = None
    duration: str | None = None
    duration_words: str | None = None
    severity_guess: str | None = None  # what a first reading makes of it; it is still asked
    duration_guess: str | None = None
    only_how_much: bool = False  # "ja, ganske mye": what it gets in the way of was not told
    weighs: bool = False  # it seems to get in the way, so it is worth asking how much
    place: str | None = None
    bydel: str | None = None
    place_options: list[dict[str, Any]] = field(default_factory=list)
    age: int | None = None
    prefers: list[str] = field(default_factory=list)
    home_danger: bool = False
    flag: str | None = None  # the gravest red flag answered in this talk
    safe: str | None = None  # what the safety question gave: yes, no, unclear
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    expects: str | None = None
    confirmed: bool = False
    corrected: bool = False
    greeted: bool = False  # the first reply with its mirror has been given
    misunderstood: int = 0
    not_understood: bool = False
    helped: str | None = None  # level of the help already offered
    listened: int = 0  # times that nothing was said but that it is heard
    human_offered: bool = False  # the last message asked whether they want a human
    offered: list[str] = field(default_factory=list)  # ids of services shown
    onward: str | None = None  # what the last message asked of the way onwards: "part=refers"
    onward_for: str | None = None  # the same, kept until they say where they live
    onward_told: list[str] = field(default_factory=list)  # what was told of it
    avoid: list[str] = field(default_factory=list)  # ids of services where they know somebody
    avoid_types: list[str] = field(default_factory=list)  # types of service where they do
    unwanted: list[str] = field(default_factory=list)  # types of service they turned down
    booking: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, stored: dict[str, Any] | None) -> Facts:
        """Return facts from what `to_json` gave; fields of another version are dropped."""
        known = {one.name for one in fields(cls)}
        return cls(**{key: value for key, value in (stored or {}).items() if key in known})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def knows(self, question: str) -> bool:
        """Say whether `question` needs no asking: answered, refused or asked before."""
        answered = {
            "what": bool(self.themes),
            "impact": self.severity is not None,
            "impact_detail": self.severity is not None and not self.only_how_much,
            "duration": self.duration is not None,
            "place": self.place is not None,
            "age": self.age is not None,
            "prefers": bool(self.prefers),
            "safe": self.safe is not None or self.flag is not None,
            "confirm": self.confirmed,
        }
        return answered.get(question, False) or question in self.refused or question in self.asked

    def turn_to(self, themes: list[str], also: list[str]) -> None:
        """Take up a new theme after help was given. What is known of the person stays, and
        nothing is asked twice."""
        self.themes, self.also, self.topic = themes, also, None
        self.severity_words = self.duration_words = None
        self.helped = None
        self.confirmed = self.corrected = False
        self.asked = [name for name in self.asked if name != "what"]

    def understood(self) -> Understood:
        """Return what the chat API tells of them: what was said, or else the first reading."""
        stored = self.to_json()
        stored["themes"] = [*self.themes, *self.also] or self.question
        stored["severity"] = self.severity or self.severity_guess
        stored["duration"] = self.duration or self.duration_guess
        return Understood.parse_obj({name: stored[name] for name in Understood.__fields__})
