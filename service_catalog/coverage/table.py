"""Who finds a door, and when: one table of a municipality's help, level × age × time.

Pure functions from catalogs to facts. *Unknown* is never *closed*: a service without hours, or
whose facts are old or only partly sure, leaves a cell unknown. What one needs a referral for,
specialists, numbers for emergencies, web pages and help for certain themes are no doors for
everybody; they are listed beside the table. Ages are whole years from 12 to 20.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Optional, get_args

from bot.turn import Level
from service_catalog.coverage.open_days import POSSIBLE, SLOTS, Slot, open_days
from service_catalog.fit import GRAVE, is_stale
from service_catalog.load import NATIONAL, Catalogs, Offer
from service_catalog.schema import Catalog, Service
from service_catalog.terms import NEVER_A_DOOR, ServiceType

__all__ = ["POSSIBLE", "SLOTS", "Slot"]  # with what is defined here, for who reads a table

LEVELS: tuple[Level, ...] = get_args(Level)
AGES = range(12, 21)
# 12: younger than most offers begin. 16: one decides about one's own health. 18: of age, and
# BUP becomes DPS. 19 and 20 are where school health and much else end: cells may be uneven.
BANDS: dict[str, range] = {
    "12": range(12, 13),
    "13-15": range(13, 16),
    "16-17": range(16, 18),
    "18-20": range(18, 21),
}
OPEN_WAYS = frozenset({"drop_in", "booking", "contact"})

# Where help comes from: the catalog itself, a neighbour that serves the municipality too, a door
# that every municipality has, a line for the whole country.
Source = Literal["own", "neighbour", "everywhere", "national"]
# Worst first. none: no door; closed: surely shut then; unknown: nobody has said; open.
State = Literal["none", "closed", "unknown", "open"]
STATES: tuple[State, ...] = get_args(State)
Reason = Literal["specialist", "referral", "emergency", "web", "theme"]


@dataclass(frozen=True)
class Door:
    """A service one can go to or call oneself. `days`: weekdays (Monday 0) it is open, by slot.

    `days` is None when nobody knows the hours.
    """

    offer: Offer
    source: Source
    stale: bool
    days: Optional[dict[Slot, frozenset[int]]]

    @property
    def service(self) -> Service:
        return self.offer.service

    @property
    def sure(self) -> bool:
        """Somebody has made sure within a year, and it says who may come and how."""
        service = self.service
        known = service.ages != "unknown" and bool(OPEN_WAYS & set(service.who_may_come))
        return known and service.confidence == "verified" and not self.stale

    @property
    def local(self) -> bool:
        return self.source in ("own", "neighbour")

    def stands_at(self, level: Level, age: int) -> bool:
        """Say whether the bot would show it. From red on, old facts are not used at all."""
        if level not in self.service.levels or not self.service.fits_age(age):
            return False
        return not (self.stale and level in GRAVE)

    def state(self, slot: Slot) -> State:
        """Return whether it is open in a slot of an ordinary week."""
        if not self.sure or self.days is None or self.offer.hours is None:
            return "unknown"
        if self.days[slot]:
            return "open"
        return "unknown" if self.offer.hours.vague else "closed"

    def serves(self, district: Optional[str]) -> bool:
        """Say whether it is for those who live in a bydel."""
        return not self.service.districts or district in self.service.districts


class Beside(NamedTuple):
    """A service that is no door for everybody, and why."""

    service: Service
    reason: Reason


@dataclass(frozen=True)
class Cell:
    """One level and age band. States and days by slot, for the age and bydel that have least.

    `uneven`: some ages of the band have a door, `lacking` have none.
    """

    level: Level
    band: str
    doors: tuple[Door, ...]
    states: dict[Slot, State]
    days: dict[Slot, int]
    lacking: tuple[int, ...]

    @property
    def uneven(self) -> bool:
        return 0 < len(self.lacking) < len(BANDS[self.band])

    @property
    def sure(self) -> int:
        """How many of the doors rest on facts that somebody has made sure of."""
        return sum(door.sure for door in self.doors)

    @property
    def unsure(self) -> int:
        return len(self.doors) - self.sure


@dataclass(frozen=True)
class Table:
    """What a municipality offers on `day`. `doors` of every source; `besides` of its own.

    `lawful`: the types of help that every municipality has.
    """

    catalog: Catalog
    day: date
    doors: tuple[Door, ...]
    besides: tuple[Beside, ...]
    lawful: tuple[ServiceType, ...] = ()

    def local(self, level: Level, age: int) -> list[Door]:
        """Return the doors here (own and neighbours') for an age at a level."""
        return [door for door in self.doors if door.local and door.stands_at(level, age)]

    def at_any_level(self, age: int) -> list[Door]:
        """Return the doors here for an age, whatever the level."""
        return [
            door
            for door in self.doors
            if door.local and any(door.stands_at(level, age) for level in LEVELS)
        ]

    def by_district(self, doors: Iterable[Door]) -> list[list[Door]]:
        """Return what each bydel has of `doors`; one list where nothing depends on the bydel."""
        every = list(doors)
        if not any(door.service.districts for door in every):
            return [every]
        return [[door for door in every if door.serves(one)] for one in self.catalog.districts]

    def from_source(self, source: Source) -> list[Door]:
        return [door for door in self.doors if door.source == source]

    def cell(self, level: Level, band: str) -> Cell:
        """Return one cell of the table."""
        by_age = {age: self.local(level, age) for age in BANDS[band]}
        every = {door.offer.id: door for doors in by_age.values() for door in doors}
        split = [part for doors in by_age.values() for part in self.by_district(doors)]
        served = [doors for doors in split if doors] or [[]]
        return Cell(
            level=level,
            band=band,
            doors=tuple(every.values()),
            states={slot: worst(state_of(doors, slot) for doors in served) for slot in SLOTS},
            days={slot: min(len(days_of(doors, slot)) for doors in served) for slot in SLOTS},
            lacking=tuple(age for age, doors in by_age.items() if not doors),
        )

    def cells(self) -> Iterator[Cell]:
        """Yield every cell, level by level."""
        for level in LEVELS:
            for band in BANDS:
                yield self.cell(level, band)


def coverage(
    catalog: Catalog,
    own: Iterable[Offer],
    day: date,
    neighbours: Iterable[Offer] = (),
    national: Iterable[Offer] = (),
) -> Table:
    """Return the table of `catalog`, whose services are `own`, as it is on `day`."""
    own, national = tuple(own), tuple(national)
    fresh = {offer.service.type for offer in own if not is_stale(offer.service, day)}
    sources: list[tuple[Offer, Source]] = [(offer, "own") for offer in own]
    sources += [(offer, "neighbour") for offer in neighbours]
    for offer in national:
        if not offer.service.generic:
            sources.append((offer, "national"))
        elif offer.service.type not in fresh:  # gives way to the municipality's own
            sources.append((offer, "everywhere"))
    return Table(
        catalog=catalog,
        day=day,
        doors=tuple(_door(o, source, day) for o, source in sources if no_door(o.service) is None),
        besides=tuple(_besides(own)),
        lawful=tuple(offer.service.type for offer in national if offer.service.generic),
    )


def coverage_of(catalogs: Catalogs, number: str, day: date) -> Optional[Table]:
    """Return the table of a municipality, or None when it has no catalog."""
    catalog = catalogs.of(number)
    if catalog is None or catalog.scope == "national":
        return None
    return coverage(
        catalog,
        catalogs.offers(number),
        day,
        catalogs.from_neighbours(number),
        catalogs.offers(NATIONAL),
    )


def no_door(service: Service) -> Optional[Reason]:
    """Return why a service is no door for everybody; None when it is one."""
    if service.type in NEVER_A_DOOR:
        return "specialist"
    if service.type == "nodnummer":
        return "emergency"
    if service.who_may_come == ["referral"]:
        return "referral"
    if service.specialised:
        return "theme"
    if service.attending_types == ["online"]:
        return "web"
    return None


def state_of(doors: Iterable[Door], slot: Slot) -> State:
    """Return the best that `doors` offer in a slot: one that may be open leaves it unknown."""
    states = {door.state(slot) for door in doors}
    return max(states, key=STATES.index, default="none")


def days_of(doors: Iterable[Door], slot: Slot) -> frozenset[int]:
    """Return the weekdays on which one of `doors` is surely open in a slot."""
    known = (door.days[slot] for door in doors if door.sure and door.days)
    return frozenset().union(*known)


def worst(states: Iterable[State]) -> State:
    return min(states, key=STATES.index)


def band_of(age: Optional[int]) -> Optional[str]:
    """Return the band of an age; None when it is not known or outside 12 to 20."""
    return next((band for band, ages in BANDS.items() if age is not None and age in ages), None)


def _door(offer: Offer, source: Source, day: date) -> Door:
    days = open_days(offer.hours, day) if offer.hours else None
    return Door(offer, source, is_stale(offer.service, day), days)


def _besides(own: Iterable[Offer]) -> Iterator[Beside]:
    for offer in own:
        reason = no_door(offer.service)
        if reason is not None:
            yield Beside(offer.service, reason)
