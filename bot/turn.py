"""The shapes of the chat API: what one turn of a conversation holds.

Every part that answers a young person (dialogue, safety, handoff, gateway)
builds these models; OpenAPI is made from them. Source: the chat API contract.
"""

from __future__ import annotations

from typing import Literal, Optional

from pydantic import BaseModel, Field

State = Literal["bot", "waiting", "human", "closed"]
Author = Literal["bot", "human", "youth", "system"]
Flag = Literal[
    "suicide",
    "self_harm",
    "overdose",
    "violence",
    "sexual_abuse",
    "psychosis",
    "medical",
    "harm_others",
    "unsafe_home",
]
Response = Literal["emergency", "human", "check"]
Level = Literal["green", "yellow", "orange", "red", "dark_red"]
Severity = Literal["mild", "moderate", "severe"]
Duration = Literal["short", "long"]
About = Literal["self", "other"]
Language = Literal["nb", "nn"]
Tongue = Literal["nb", "nn", "en"]  # a written form, or English to who writes it
# What the id of a message begins with when other rooms must know what it is: news of an
# appointment (for the nurse), a calendar file to fetch (for the page), a first name asked for.
BOOKING_NEWS = "booking-"
CALENDAR_FILE = "calendar-"
NAME_ASKED = "name-"
Expects = Literal[
    "what",
    "duration",
    "impact",
    "impact_detail",
    "safe",
    "place",
    "place_which",
    "age",
    "prefers",
    "confirm",
]


class Model(BaseModel):
    class Config:
        extra = "forbid"
        allow_population_by_field_name = True


class Choice(Model):
    """A button. `value` is opaque to clients and signed before it leaves the gateway."""

    label: str
    value: str


class ServiceCard(Model):
    """One service as shown to a young person. `phone` is empty on fictional ones' links."""

    id: str
    name: str
    type: str
    why: str = ""
    hours: Optional[str] = None
    open_now: Optional[bool] = None
    phone: Optional[str] = None
    url: Optional[str] = None
    checked: Optional[str] = None
    fictional: bool = False


class Message(Model):
    """One bubble. `at` is ISO 8601 in UTC; `id` and `at` are set by the gateway."""

    id: str = ""
    from_: Author = Field(default="bot", alias="from")
    text: str
    at: str = ""
    choices: list[Choice] = Field(default_factory=list)
    services: list[ServiceCard] = Field(default_factory=list)


class Understood(Model):
    """What has been understood so far in the whole conversation."""

    themes: list[str] = Field(default_factory=list)
    severity: Optional[Severity] = None
    duration: Optional[Duration] = None
    about: About = "self"
    place: Optional[str] = None
    age: Optional[int] = None
    not_understood: bool = False


class Safety(Model):
    flag: Flag
    response: Response


class Help(Model):
    """The level of help offered, with the reasons. Never shown to the young person."""

    level: Level
    why: list[str] = Field(default_factory=list)
    services: list[str] = Field(default_factory=list)


class Turn(Model):
    state: State = "bot"
    messages: list[Message] = Field(default_factory=list)
    expects: Optional[Expects] = None
    understood: Understood = Field(default_factory=Understood)
    safety: Optional[Safety] = None
    help: Optional[Help] = None
