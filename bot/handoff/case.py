"""One case: why a human was called, who has it, how it ended.

A state machine without any store. Every step returns the case as it is
afterwards; a step that has been taken already returns the case unchanged.

    waiting ──claim──▶ claimed ──hand back──▶ handed_back
                          └──────close──────▶ closed
"""

from __future__ import annotations

from typing import Any, Literal, Optional, get_args

from pydantic import Field, validator

from bot.handoff.duty import Receiver
from bot.handoff.errors import AlreadyClaimed, CaseEnded, DeletedByYouth, NotYours, UnknownOutcome
from bot.handoff.roster import Role
from bot.turn import Flag, Language, Model, ServiceCard

CaseState = Literal["waiting", "claimed", "handed_back", "closed"]
Outcome = Literal["reached", "referred", "emergency", "no_answer", "false_alarm"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)
OPEN = ("waiting", "claimed")
MAX_NOTE = 2000
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


class Case(Lenient):
    """One case. Times are ISO 8601 in UTC. The words said lie apart, see `Cases.transcript`."""

    id: str
    conversation_id: Optional[str]
    state: CaseState = "waiting"
    version: int = 0
    language: Language = "nb"
    municipality: Optional[str] = None
    unit: Unit
    reasons: list[Reason] = Field(default_factory=list)
    understood: dict[str, Any] = Field(default_factory=dict)
    services: list[ServiceCard] = Field(default_factory=list)
    booking: str = ""
    owner: Optional[Person] = None
    opened_at: str
    claimed_at: Optional[str] = None
    replied_at: Optional[str] = None
    youth_at: Optional[str] = None
    ended_at: Optional[str] = None
    deleted_at: Optional[str] = None
    outcome: Optional[Outcome] = None
    note: str = ""
    contacts: list[str] = Field(default_factory=list)
    previous: Optional[str] = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def urgency(self) -> str:
        """The gravest urgency of its reasons."""
        return max((reason.urgency for reason in self.reasons), key=GRAVITY.__getitem__)

    def owned_by(self, staff_id: str) -> bool:
        """Say whether this person has the case now."""
        return self.state == "claimed" and self.owner is not None and self.owner.id == staff_id

    def claim(self, person: Person, at: str) -> Case:
        """One owner at a time. Raises AlreadyClaimed, CaseEnded."""
        if self.owned_by(person.id):
            return self
        if self.state == "claimed":
            raise AlreadyClaimed(self.id)
        self._must_be_open()
        return self.copy(update={"state": "claimed", "owner": person, "claimed_at": at})

    def reply(self, staff_id: str, at: str) -> Case:
        """Note that the owner answered. Raises NotYours, CaseEnded, DeletedByYouth."""
        self._must_be_mine(staff_id)
        if self.deleted_at is not None:
            raise DeletedByYouth(self.id)
        return self.copy(update={"replied_at": self.replied_at or at})

    def hand_back(self, staff_id: str, note: str, at: str) -> Case:
        """Give the conversation back to the bot. Raises NotYours, CaseEnded."""
        if self.state == "handed_back" and self._was_mine(staff_id):
            return self
        self._must_be_mine(staff_id)
        update = {"state": "handed_back", "note": note.strip()[:MAX_NOTE], "ended_at": at}
        return self.copy(update=update)._without_contacts()

    def close(self, staff_id: str, outcome: str, at: str) -> Case:
        """End the case. Raises UnknownOutcome, NotYours, CaseEnded."""
        if outcome not in OUTCOMES:
            raise UnknownOutcome(f"{outcome!r}: must be one of {', '.join(OUTCOMES)}")
        if self.state == "closed" and self._was_mine(staff_id):
            return self
        self._must_be_mine(staff_id)
        update = {"state": "closed", "outcome": outcome, "ended_at": at}
        return self.copy(update=update)._without_contacts()

    def delete(self, contacts: list[str], at: str) -> Case:
        """Take out all words after the youth deleted the conversation.

        While somebody may have to send help, where and on which number to find them stays
        until the case ends; nothing else that was written does.
        """
        if self.deleted_at is not None:
            return self
        kept = contacts if self.is_open and self.urgency == "acute" else []
        return self.copy(
            update={
                "conversation_id": None,
                "deleted_at": at,
                "reasons": [reason.without_words() for reason in self.reasons],
                "understood": {},
                "services": [],
                "booking": "",
                "note": "",
                "contacts": kept,
            }
        )

    def _without_contacts(self) -> Case:
        return self.copy(update={"contacts": []})

    def _was_mine(self, staff_id: str) -> bool:
        return self.owner is not None and self.owner.id == staff_id

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise CaseEnded(self.id)

    def _must_be_mine(self, staff_id: str) -> None:
        self._must_be_open()
        if not self.owned_by(staff_id):
            raise NotYours(self.id)
