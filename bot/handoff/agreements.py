"""Agreements by which one municipality takes over the chats of another. Without one nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Optional

from bot.handoff.reading import FILE, check_names, read_number, text_of
from bot.settings import BadSetting

if TYPE_CHECKING:
    from bot.handoff.roster import Municipality


@dataclass(frozen=True)
class Agreement:
    """`municipality` is the one whose chats are taken over; `until` the last day, None: no end."""

    municipality: str
    agreement: str
    until: Optional[date] = None

    def holds(self, day: date) -> bool:
        """Say whether the agreement holds on a day."""
        return self.until is None or day <= self.until


def read_agreements(about: Any, where: str) -> tuple[Agreement, ...]:
    """Return what stands under `takes_over_from`. Raises BadSetting."""
    if about is None:
        return ()
    if not isinstance(about, list):
        raise BadSetting(f"{where} is {about!r}: write a list, one '- municipality: …' each")
    return tuple(_agreement(one, f"{where}[{i}]") for i, one in enumerate(about, 1))


def by_municipality(municipalities: Iterable[Municipality]) -> Mapping[str, tuple[str, Agreement]]:
    """Return who takes over from whom: number → (number of who takes over, agreement).

    Raises BadSetting when two would take over from the same, or one from itself.
    """
    found: dict[str, tuple[str, Agreement]] = {}
    for one in municipalities:
        for agreement in one.takes_over_from:
            known = found.get(agreement.municipality, (one.number,))[0]
            if agreement.municipality in found or agreement.municipality == one.number:
                raise BadSetting(
                    f"{FILE}: municipalities.{one.number}.takes_over_from: "
                    f"{agreement.municipality} is {known}'s already: name one that takes over"
                )
            found[agreement.municipality] = (one.number, agreement)
    return found


def _agreement(about: Any, where: str) -> Agreement:
    if not isinstance(about, dict):
        raise BadSetting(f"{where}: {about!r}: write municipality and agreement below it")
    check_names(about, {"municipality", "agreement", "until"}, where)
    until = about.get("until")
    if until is not None and type(until) is not date:
        raise BadSetting(f"{where}: until is {until!r}: write a day, 2027-06-30, or leave it out")
    number = read_number(about.get("municipality"), where)
    return Agreement(number, text_of(about, "agreement", where), until)
