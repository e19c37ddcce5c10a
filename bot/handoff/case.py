"""One case: why a human was called, who has it, how it ended.

A state machine without any store. Every step returns the case as it is
afterwards; a step that has been taken already returns the case unchanged.

    waiting ──claim──▶ claimed ──first word──▶ answered
       transferred ◀──transfer── claimed, answered ──hand back──▶ handed_back
            └──claim──▶ claimed                    └──close──▶ closed

A case that was handed over (`transferred`) is open and waits, as a new one does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, Optional, get_args

from pydantic import Field, root_validator

from bot.handoff.contents import (
    GRAVITY,
    Care,
    Entry,
    Lenient,
    Person,
    PrivateNote,
    Reason,
    Settled,
    Sign,
    Transfer,
    Unit,
)
from bot.handoff.errors import AlreadyClaimed, CaseEnded, DeletedByYouth, NotYours, UnknownOutcome
from bot.turn import Language, ServiceCard

__all__ = ["GRAVITY", "OUTCOMES", "Case", "Person", "Reason", "Sign", "Unit"]

CaseState = Literal["waiting", "claimed", "answered", "transferred", "handed_back", "closed"]
Outcome = Literal["reached", "referred", "emergency", "no_answer", "false_alarm"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)
WAITS = ("waiting", "transferred")
TAKEN = ("claimed", "answered")
OPEN = (*WAITS, *TAKEN)
MAX_NOTE = 2000


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
    # Municipalities where the youth knows somebody: nobody who serves one of them sees the case.
    not_for: list[str] = Field(default_factory=list)
    transfers: list[Transfer] = Field(default_factory=list)
    done: list[Entry] = Field(default_factory=list)
    notes: list[PrivateNote] = Field(default_factory=list)
    settled: Settled = Field(default_factory=Settled)
    care: Optional[Care] = None
    excerpt_at: Optional[str] = None

    @root_validator(skip_on_failure=True)
    def _as_it_was_kept_before(cls, values: dict[str, Any]) -> dict[str, Any]:
        """A case from before there was `answered` says by its first word that it was."""
        if values["state"] == "claimed" and values["replied_at"] and not values["transfers"]:
            values["state"] = "answered"
        return values

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def waits(self) -> bool:
        """Nobody has it: it is new, or was handed over and not taken yet."""
        return self.state in WAITS

    @property
    def is_taken(self) -> bool:
        return self.state in TAKEN

    @property
    def waiting_since(self) -> str:
        """When the wait that is now began: at the opening, or at the last transfer."""
        return self.transfers[-1].at if self.transfers else self.opened_at

    @property
    def turn(self) -> str:
        """What tells this wait from the one before a transfer, to stand behind a name."""
        return f".{len(self.transfers)}" if self.transfers else ""

    @property
    def urgency(self) -> str:
        """The gravest urgency of its reasons."""
        return max((reason.urgency for reason in self.reasons), key=GRAVITY.__getitem__)

    def is_for(self, municipalities: Iterable[str]) -> bool:
        """Say whether somebody who serves these municipalities may see the case."""
        served = set(municipalities)
        return self.unit.municipality in served and not served & set(self.not_for)

    def owned_by(self, staff_id: str) -> bool:
        """Say whether this person has the case now."""
        return self.is_taken and self._was_mine(staff_id)

    def had_by(self, staff_id: str) -> bool:
        """Say whether this person has the case, or had it when it ended."""
        return not self.waits and self._was_mine(staff_id)

    def claim(self, person: Person, at: str) -> Case:
        """One owner at a time. Raises AlreadyClaimed, CaseEnded."""
        if self.owned_by(person.id):
            return self
        if self.is_taken:
            raise AlreadyClaimed(self.id)
        self._must_be_open()
        update = {"state": "claimed", "owner": person, "claimed_at": at}
        return self.copy(update=update).noted("claim", person.name, at)

    def reply(self, staff_id: str, at: str) -> Case:
        """Note that the owner answered. Raises NotYours, CaseEnded, DeletedByYouth."""
        self._must_be_mine(staff_id)
        if self.deleted_at is not None:
            raise DeletedByYouth(self.id)
        update = {"state": "answered", "replied_at": self.replied_at or at}
        after = self.copy(update=update)
        return after.noted("answer", self._name, at) if self.state == "claimed" else after

    def transfer(self, staff_id: str, to: Optional[Person], unit: Unit, at: str) -> Case:
        """Hand the case over, to a colleague or (None) to those on duty. Raises NotYours."""
        if self.state == "transferred" and self._went_to(staff_id, to, unit):
            return self
        self._must_be_mine(staff_id)
        assert self.owner is not None
        move = Transfer(by=self.owner, to=to, unit=unit, came_from=self.unit.municipality, at=at)
        transfers = [*self.transfers, move]
        update = {"state": "transferred", "owner": None, "unit": unit, "transfers": transfers}
        return self.copy(update=update).noted("transfer", self._name, at)

    def hand_back(
        self, staff_id: str, note: str, at: str, settled: Optional[Settled] = None
    ) -> Case:
        """Give the conversation back to the bot. Raises NotYours, CaseEnded."""
        if self.state == "handed_back" and self._was_mine(staff_id):
            return self
        self._must_be_mine(staff_id)
        update: dict[str, Any] = {"state": "handed_back", "ended_at": at}
        update |= {"note": note.strip()[:MAX_NOTE], "settled": settled or Settled()}
        return self.copy(update=update)._ended("hand_back", at)

    def close(self, staff_id: str, outcome: str, at: str, care: Optional[Care] = None) -> Case:
        """End the case. Raises UnknownOutcome, NotYours, CaseEnded."""
        if outcome not in OUTCOMES:
            raise UnknownOutcome(f"{outcome!r}: must be one of {', '.join(OUTCOMES)}")
        if self.state == "closed" and self._was_mine(staff_id):
            return self
        self._must_be_mine(staff_id)
        update = {"state": "closed", "outcome": outcome, "care": care, "ended_at": at}
        return self.copy(update=update)._ended("close", at)

    def take_back(self, at: str) -> Case:
        """End a case that nobody has claimed, because the youth knows somebody there.

        Nothing that was written stays, and nobody there sees it any more. Where there is danger,
        or somebody has it already, it stays as it is.
        """
        if not self.waits or any(reason.flag for reason in self.reasons):
            return self
        not_for = [*dict.fromkeys([*self.not_for, self.unit.municipality])]
        update = {"state": "closed", "ended_at": at, "not_for": not_for}
        return self.delete([], at).copy(update=update)

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
                "notes": [],
                "settled": Settled(),
                "contacts": kept,
            }
        )

    def noted(self, what: str, name: str, at: str) -> Case:
        """Return the case with a line more of what was done with it."""
        return self.copy(update={"done": [*self.done, Entry(what=what, name=name, at=at)]})

    def _ended(self, what: str, at: str) -> Case:
        return self.copy(update={"contacts": []}).noted(what, self._name, at)

    @property
    def _name(self) -> str:
        return self.owner.name if self.owner else ""

    def _went_to(self, staff_id: str, to: Optional[Person], unit: Unit) -> bool:
        last = self.transfers[-1]
        return (last.by.id, last.to, last.unit) == (staff_id, to, unit)

    def _was_mine(self, staff_id: str) -> bool:
        return self.owner is not None and self.owner.id == staff_id

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise CaseEnded(self.id)

    def _must_be_mine(self, staff_id: str) -> None:
        self._must_be_open()
        if not self.owned_by(staff_id):
            raise NotYours(self.id)
