"""What is asked of the catalog, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Optional

from bot.turn import Level, ServiceCard, Tongue
from service_catalog.booking.client import BookingClient
from service_catalog.booking.login import Login
from service_catalog.load import Offer

# How far away help is: in the bydel, the municipality, a neighbour that serves it too, a door
# that every municipality has, a line for the whole country.
Step = Literal["district", "municipality", "intermunicipal", "everywhere", "national"]
Wish = Literal["chat", "phone", "meet", "drop_in", "no_parents", "anonymous"]


@dataclass(frozen=True)
class Query:
    """What is known about the one who looks for help.

    `place` is a municipality number, `text` what they said (only compared with the keywords
    of services, never kept), `exclude` public ids not to show (a person they know works
    there), `exclude_types` service types for the same reason, `types` the only service types
    wanted. `prefers` holds `Wish`es.
    """

    level: Level
    now: datetime
    place: Optional[str] = None
    bydel: Optional[str] = None
    themes: Iterable[str] = ()
    age: Optional[int] = None
    prefers: Iterable[str] = ()
    home_danger: bool = False
    language: Tongue = "nb"
    text: str = ""
    exclude: Iterable[str] = ()
    exclude_types: Iterable[str] = ()
    types: Iterable[str] = ()


@dataclass(frozen=True)
class Match:
    """One service that fits, ready to show and to read aloud."""

    card: ServiceCard
    step: Step
    description: str
    anonymity: str
    address: Optional[str] = None
    booking: Optional[str] = None  # FHIR base address, settings filled in
    stale: bool = False
    first_door: bool = False

    @property
    def bookable(self) -> bool:
        return self.booking is not None


@dataclass(frozen=True)
class Found:
    """Two to four matches, best first; sentences that must be said; whether a level is empty.

    `gap`: the municipality has a catalog, and nothing in it fits at this level.
    """

    matches: list[Match] = field(default_factory=list)
    honest: list[str] = field(default_factory=list)
    gap: bool = False


@dataclass(frozen=True)
class Bookable:
    """A service where a time can be booked. `endpoint` is the FHIR address of its server."""

    offer: Offer
    endpoint: str

    @property
    def id(self) -> str:
        return self.offer.id

    def client(self) -> BookingClient:
        """Return a client for its booking server. Raises LoginUnset."""
        service = self.offer.service
        return BookingClient(
            self.endpoint,
            login=Login.of(self.offer.catalog.key),
            schedule=service.booking_schedule,
            service_type=service.booking_service_type,
        )

    def name(self, language: Tongue) -> str:
        return self.offer.service.name.say(language)
