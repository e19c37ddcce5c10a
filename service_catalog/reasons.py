"""Short reasons for a service besides its hours: what it costs, who one must be, how one meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from bot.texts import say
from bot.turn import Tongue
from service_catalog.query import Query
from service_catalog.schema import Service

BY_WIRE = frozenset({"chat", "online"})


def reasons(service: Service, query: Query) -> list[str]:
    """Return the short reasons as sentences, what they wish for first."""
    found = dict(_all(service, query))
    wishes = [name for name in ("anonymous", "video") if name in query.prefers]
    wished = [found[name] for name in wishes if name in found]
    return [*wished, *(text for text in found.values() if text not in wished)]


def hours_unknown(service: Service, language: Tongue) -> Optional[str]:
    """Return that nobody knows when it is open; None when something is known or it has no door.

    The doors of every municipality tell themselves where to ask.
    """
    known = service.schedule is not None and service.confidence == "verified"
    if known or service.generic or service.usual_times:
        return None
    if set(service.attending_types) <= BY_WIRE:
        return None
    return say("catalog.hours_unknown", language)


def _all(service: Service, query: Query) -> Iterator[tuple[str, str]]:
    language = query.language
    if service.waiting_time:
        yield "waiting", service.waiting_time.say(language)
    if service.anonymous:
        yield "anonymous", say("catalog.anonymous", language)
    cost = _cost(service, language)
    if cost:
        yield "cost", cost
    from_an_age = query.age is None and service.video_minimum_age is not None
    if "video" in service.meets_by(query.age) and not from_an_age:
        yield "video", say("catalog.video", language)


def _cost(service: Service, language: Tongue) -> Optional[str]:
    if service.cost == "paid" and service.fees_description:
        return service.fees_description.say(language)
    return None if service.cost == "unknown" else say(f"catalog.cost_{service.cost}", language)
