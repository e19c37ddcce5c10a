"""Who can take a case over now: colleagues who are there, and units with an agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Optional

from bot.clock import now
from bot.handoff.case import Case
from bot.handoff.contents import Person, Unit
from bot.handoff.desk import Visit
from bot.handoff.views import ROLE


@dataclass(frozen=True)
class Target:
    """Somebody to whom a case can be handed over now: a colleague, or another unit."""

    value: str
    words: str
    person: Optional[Person] = None
    unit: Optional[Unit] = None


async def targets(visit: Visit, case: Case) -> list[Target]:
    """Return who can take a case over now; nobody whom the youth may know."""
    number = case.unit.municipality
    beside = await visit.desk.colleagues.beside(visit.account.user, number)
    known = [await visit.desk.colleagues.beside("", one) for one in case.not_for]
    units = visit.desk.duty.may_take_over(number, case.municipality, now())
    return [_colleague(one) for one in beside if all(one not in some for some in known)] + [
        Target(f"unit:{one.municipality}", one.display_name, unit=Unit.of(one))
        for one in units
        if one.municipality not in case.not_for
    ]


async def targets_of_all(visit: Visit, mine: Iterable[Case]) -> list[Target]:
    """Return the colleagues who are there and serve every municipality of these cases."""
    user, numbers = visit.account.user, {case.unit.municipality for case in mine}
    there = [await visit.desk.colleagues.beside(user, number) for number in sorted(numbers)]
    shared = [one for one in there[0] if all(one in others for others in there)] if there else []
    return [_colleague(one) for one in shared]


def _colleague(person: Person) -> Target:
    return Target(f"person:{person.id}", f"{person.name}, {ROLE[person.role]}", person=person)
