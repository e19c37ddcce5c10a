"""Who answers for a municipality at a moment. Nobody on duty: nobody is promised.

Another municipality takes over only by an agreement that names it, and tells its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Optional

from bot.clock import NORWAY
from bot.handoff.agreements import by_municipality
from bot.handoff.reading import FILE, read_number
from bot.handoff.roster import (
    DEFAULT_MAX_CHATS,
    Backup,
    Municipality,
    Role,
    Shift,
    read_municipalities,
)
from bot.handoff.schedule import Staffing
from bot.settings import BadSetting, section
from bot.texts import say
from bot.turn import Language


@dataclass(frozen=True)
class Receiver:
    """Who receives a case now. `municipality` is a number, `place` its name.

    `until` is when the last of those on duty goes; None when that is not within two weeks.
    """

    municipality: str
    place: str
    body: str
    role: Role
    until: Optional[datetime] = None

    @property
    def display_name(self) -> str:
        """Whom the youth is told of, in bokmål: "helsesykepleieren i Eksempelvik kommune"."""
        return self.name("nb")

    def name(self, language: Language) -> str:
        """Return whom the youth is told of, to stand inside a sentence."""
        return say(f"handoff.receiver.{self.role}", language, place=self.place)


class Duty:
    """The duty rosters of all municipalities."""

    def __init__(
        self, municipalities: Mapping[str, Municipality], receiving_unit: Optional[str]
    ) -> None:
        self._municipalities = dict(municipalities)
        self._agreements = by_municipality(municipalities.values())
        self.receiving_unit = receiving_unit

    @classmethod
    def load(cls) -> Duty:
        """Read `settings/handoff.yml`. Raises BadSetting."""
        return cls.read(section("handoff"))

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Duty:
        """Read settings. Raises BadSetting with what is wrong and how to mend it."""
        municipalities = read_municipalities(values)
        unit = values.get("receiving_unit")
        if unit is not None:
            read_number(unit, f"{FILE}: receiving_unit")
            if unit not in municipalities:
                raise BadSetting(
                    f"{FILE}: receiving_unit is {unit!r}, which does not stand under "
                    "municipalities: name it there, or write null"
                )
        return cls(municipalities, unit)

    def receiver(self, municipality: Optional[str], at: datetime) -> Optional[Receiver]:
        """Return who receives a case from `municipality` at `at`; None when nobody does.

        Without a municipality it is the receiving unit; where nobody of their own is on duty,
        the municipality that takes over by agreement. A time without a zone is Norwegian.
        """
        number = municipality or self.receiving_unit or ""
        return self._own(number, at) or self._by_agreement(number, at)

    def elsewhere(self, municipality: Optional[str], at: datetime) -> Optional[Receiver]:
        """Return who would receive by agreement, though somebody of their own is on duty."""
        return self._by_agreement(municipality or self.receiving_unit or "", at)

    def may_take_over(self, unit: str, home: Optional[str], at: datetime) -> list[Receiver]:
        """Return the other municipalities to which `unit` can hand a case over at `at`.

        That is who takes over from it by agreement, and `home`, from which it took the case
        over by agreement. Somebody must be on duty there.
        """
        found = [self._by_agreement(unit, at)]
        if home is not None and self._agreements.get(home, ("",))[0] == unit:
            found.append(self._own(home, at))
        return [one for one in found if one is not None]

    def backup(self, municipality: str) -> Optional[Backup]:
        """Return who is called when nobody takes a case, and decides when nobody has."""
        found = self._municipalities.get(municipality)
        return found.backup if found else None

    def _by_agreement(self, number: str, at: datetime) -> Optional[Receiver]:
        other, agreement = self._agreements.get(number, ("", None))
        day = (at.astimezone(NORWAY) if at.tzinfo else at).date()
        return self._own(other, at) if agreement and agreement.holds(day) else None

    def _own(self, number: str, at: datetime) -> Optional[Receiver]:
        found = self._municipalities.get(number)
        if found is None or found.missing:
            return None
        shifts = _on_duty(found, at)
        if not shifts:
            return None
        return Receiver(
            municipality=found.number,
            place=found.name,
            body=found.responsible_body or "",
            role=shifts[0].role,
            until=_last(shifts, at),
        )

    def is_on(self, municipality: str, at: datetime) -> bool:
        """Say whether somebody of this very municipality is on duty at `at`."""
        return self.staffing(municipality, at).there

    def room(self, municipality: str, at: datetime) -> int:
        """Return how many chats those on duty at `at` can have together."""
        found = self._municipalities.get(municipality)
        return len(_on_duty(found, at)) * found.max_chats if found else 0

    def staffing(self, municipality: str, at: datetime) -> Staffing:
        """Return who of a municipality is to be alerted at `at`."""
        found = self._municipalities.get(municipality)
        if found is None:
            return Staffing()
        shifts = _on_duty(found, at)
        own = [address for shift in shifts for address in shift.addresses]
        backup = found.backup.addresses if found.backup else ()
        return Staffing(
            there=bool(shifts) and not found.missing,
            duty=tuple(dict.fromkeys([*found.addresses, *own])),
            backup=tuple(dict.fromkeys([*backup, *found.addresses])),
        )

    @property
    def municipalities(self) -> tuple[Municipality, ...]:
        """What every municipality has said about its human chat."""
        return tuple(self._municipalities.values())

    @property
    def numbers(self) -> tuple[str, ...]:
        """The municipalities of the settings, by number."""
        return tuple(self._municipalities)

    def why_off(self, municipality: str) -> tuple[str, ...]:
        """Return what a municipality has not named yet; empty when its human chat is on."""
        found = self._municipalities.get(municipality)
        return ("municipality",) if found is None else found.missing

    def page_alone(self, municipality: str) -> Optional[str]:
        """Return who has decided that the open page is the only alert; None when it is not."""
        found = self._municipalities.get(municipality)
        return found.page_alone if found else None

    def place(self, municipality: str) -> str:
        """Return the name of a municipality, or its number when it is not known here."""
        found = self._municipalities.get(municipality)
        return found.name if found else municipality

    def max_chats(self, municipality: str) -> int:
        """Return how many chats one nurse can have at once."""
        found = self._municipalities.get(municipality)
        return found.max_chats if found else DEFAULT_MAX_CHATS


def _on_duty(municipality: Municipality, at: datetime) -> list[Shift]:
    return [shift for shift in municipality.roster if shift.hours.state(at) == "open"]


def _last(shifts: list[Shift], at: datetime) -> Optional[datetime]:
    ends = [shift.hours.closes_at(at) for shift in shifts]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None
