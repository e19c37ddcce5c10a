"""How one gets a time at each service near somebody, said as it is: no need, web, phone, ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Optional

from service_catalog.cards import match
from service_catalog.fit import Candidate, candidates
from service_catalog.load import Catalogs, Offer, in_service
from service_catalog.query import Bookable, Match, Query
from service_catalog.schema import Service
from service_catalog.values import fill_settings

Kind = Literal["drop_in", "web", "phone", "ask"]
WAYS_SHOWN = 3


@dataclass(frozen=True)
class WayIn:
    """How one gets to a service. `how` is what the catalog says of it, for `ask` alone."""

    kind: Kind
    match: Match
    how: Optional[str] = None


def ways_in(query: Query, catalogs: Optional[Catalogs] = None) -> list[WayIn]:
    """Return how one gets to the best services near, at most three; plain ways first.

    Left out: what takes a referral, and what nobody knows how to reach.
    """
    return _ways(query, lambda one: one.local, catalogs)[:WAYS_SHOWN]


def way_to(service_id: str, query: Query, catalogs: Optional[Catalogs] = None) -> Optional[WayIn]:
    """Return how one gets to that service without its booking server; None when unknown."""
    found = _ways(query, lambda one: one.offer.id == service_id, catalogs)
    return found[0] if found else None


def booked_at(
    place: str, service_id: str, catalogs: Optional[Catalogs] = None
) -> Optional[Bookable]:
    """Return the service where something is booked, whether or not it is offered now."""
    for offer in (catalogs or in_service()).offers(place):
        if offer.id == service_id:
            return _bookable(offer)
    return None


def _bookable(offer: Offer) -> Optional[Bookable]:
    endpoint = offer.service.booking_endpoint and fill_settings(offer.service.booking_endpoint)
    return Bookable(offer, endpoint) if endpoint else None


def _ways(
    query: Query, wanted: Callable[[Candidate], bool], catalogs: Optional[Catalogs]
) -> list[WayIn]:
    found = []
    for one in candidates(query, catalogs or in_service()):
        kind = _kind(one.service) if wanted(one) else None
        how = one.service.application_process
        if kind is not None and (kind != "ask" or how is not None):
            found.append(WayIn(kind, match(one, query), how.say(query.language) if how else None))
    return sorted(found, key=lambda way: way.kind == "ask")


def _kind(service: Service) -> Optional[Kind]:
    ways = set(service.who_may_come)
    if not {"meet", "phone", "video"} & set(service.attending_types):
        return None
    if "drop_in" in ways:
        return "drop_in"
    if "booking" in ways and service.url:
        return "web"
    if {"booking", "contact"} & ways:
        return "phone" if service.phones else "ask"
    return None
