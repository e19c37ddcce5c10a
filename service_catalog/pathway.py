"""Which way onwards holds for somebody: the municipality's own before the default.

The municipality's own says what is different there; what it leaves out is the default's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Optional

from bot.turn import Level
from service_catalog.fit import STALE_AFTER
from service_catalog.load import NATIONAL, Catalogs, in_service
from service_catalog.pathway_schema import Pathway, Step
from service_catalog.schema import Catalog
from service_catalog.text import YouthText

# What of a way somebody asks for. `first`: who to talk to; `refers`: who sends one on.
PathwayPart = Literal[
    "steps", "first", "refers", "bring", "waiting_time", "while_waiting", "if_refused"
]
USUAL_LEVEL: Level = "red"  # who asks for the way to the specialists, and has told no more
LISTENS = ("listens", "assesses")


@dataclass(frozen=True)
class Way:
    """The municipality's own pathway, if it has one, and the default of the country."""

    own: Optional[Pathway]
    default: Optional[Pathway]

    @property
    def first(self) -> Optional[Pathway]:
        return self.own or self.default

    def steps(self, *kinds: str) -> tuple[Optional[Pathway], list[Step]]:
        """Return the steps of these kinds and whose they are: the own before the default's."""
        for one in (self.own, self.default):
            found = [step for step in one.steps if step.kind in kinds] if one else []
            if found:
                return one, found
        return None, []

    def text(self, name: str) -> tuple[Optional[Pathway], Optional[YouthText]]:
        """Return what is said of `bring`, `if_refused` …, and whose words it is."""
        for one in (self.own, self.default):
            text: Optional[YouthText] = getattr(one, name) if one else None
            if text is not None:
                return one, text
        return None, None


def pathway(
    place: Optional[str],
    age: Optional[int],
    level: Optional[Level] = None,
    catalogs: Optional[Catalogs] = None,
    *,
    home_danger: bool = False,
) -> Optional[Pathway]:
    """Return the way onwards for somebody; None when nobody has written one down.

    Whose age is not known gets the way of those under 18.
    """
    return way(place, age, level, catalogs, home_danger=home_danger).first


def way(
    place: Optional[str],
    age: Optional[int],
    level: Optional[Level] = None,
    catalogs: Optional[Catalogs] = None,
    *,
    home_danger: bool = False,
) -> Way:
    """Return the municipality's own way and the default, as far as there are any."""
    serving = catalogs or in_service()
    wanted = level or USUAL_LEVEL
    catalog, national = serving.of(place), serving.of(NATIONAL)
    own = _fitting(catalog, age, wanted) if catalog else None
    if own and catalog and home_danger and _leads_home(own, catalog):
        own = None
    return Way(own, _fitting(national, age, wanted) if national else None)


def is_old(one: Pathway, day: date) -> bool:
    """Say whether nobody has made sure of it for a year."""
    return day - one.assured_on > STALE_AFTER


def _fitting(catalog: Catalog, age: Optional[int], level: Level) -> Optional[Pathway]:
    """Return the pathway for this age, best at this level; the young are meant when it is open."""
    fits = [one for one in catalog.pathways if age is None or age in one.ages]
    if age is None:
        fits.sort(key=lambda one: one.ages.start)
    return next((one for one in fits if level in one.levels), fits[0] if fits else None)


def _leads_home(one: Pathway, catalog: Catalog) -> bool:
    """Say whether its first door may bring in the parents: nothing for who is in danger there."""
    parents = {service.id: service.parents for service in catalog.services}
    return any(parents.get(who) in ("involved", "unknown") for who in one.steps[0].who)
