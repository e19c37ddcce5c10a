"""What a case is made of: its reasons, its people and units, and what was done with it."""

from __future__ import annotations

from typing import Any, Literal, Optional, get_args

from pydantic import Field, validator

from bot.handoff.duty import Receiver
from bot.handoff.roster import Role
from bot.turn import Flag, Model

# Higher is graver. A wish for a human without a red flag is 0.
GRAVITY = {"acute": 3, "serious": 2, "uncertain": 1, "topic": 0, "none": 0}


class Lenient(Model):
    """Kept in Redis for weeks: a newer or older version must be able to read it."""

    class Config(Model.Config):
        extra = "ignore"


class Sign(Lenient):
    """One piece of evidence behind a red flag. `words` are the youth's own."""

    kind: str = ""
    name: str = ""
    words: list[str] = Field(default_factory=list)


class Reason(Lenient):
    """Why a case opened or what was added to it: a red flag, or (flag None) a wish for a human."""

    flag: Optional[str] = None
    urgency: str = "none"
    about: str = "self"
    evidence: list[Sign] = Field(default_factory=list)
    at: str = ""

    def without_words(self) -> Reason:
        """Return the reason with nothing in it that the youth wrote."""
        return self.copy(update={"evidence": []})

    @validator("evidence", pre=True, each_item=True)
    def _by_name(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @validator("urgency", always=True)
    def _never_graded_away(cls, value: str, values: dict[str, Any]) -> str:
        if value not in GRAVITY:
            return "serious" if values.get("flag") else "none"
        return value

    @validator("flag")
    def _known(cls, value: Optional[str]) -> Optional[str]:
        return value if value in get_args(Flag) else None


class Person(Lenient):
    """Somebody on the staff. `id` is the account, `name` the first name a youth is told."""

    id: str
    name: str
    role: Role


class Unit(Lenient):
    """Who received the case. `municipality` is a number, `place` its name."""

    municipality: str
    place: str
    body: str
    role: Role = "helsesykepleier"

    @classmethod
    def of(cls, receiver: Receiver) -> Unit:
        """Return the unit that a receiver stands for."""
        return cls(
            municipality=receiver.municipality,
            place=receiver.place,
            body=receiver.body,
            role=receiver.role,
        )


class Transfer(Lenient):
    """One handing over. `to` None: to whoever is on duty. `came_from` is a municipality."""

    by: Person
    to: Optional[Person] = None
    unit: Unit
    came_from: str
    at: str


class Entry(Lenient):
    """One line of what was done with a case. It holds no text; `name` is empty for the bot."""

    what: str
    name: str = ""
    at: str


class PrivateNote(Lenient):
    """What staff write for each other. Never sent to the youth, and gone with the case."""

    by: str
    name: str
    at: str
    text: str


class Settled(Lenient):
    """What a nurse says was settled, for the bot: fixed facts, nothing she has written.

    `helped_with` are names of `settled.…` texts, `place` is a municipality's number.
    """

    helped_with: list[str] = Field(default_factory=list)
    place: Optional[str] = None
    age: Optional[int] = None


class Care(Lenient):
    """Whether health care was given, and (None: there was nothing) whether a journal holds it."""

    given: bool
    journalled: Optional[bool] = None


# What staff note on the way through an acute case, each with its time.
Done = Literal["asked_where", "called_113", "called_112", "called_backup", "called_guardian"]
DONE: tuple[str, ...] = get_args(Done)
