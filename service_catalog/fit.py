"""Which services may be shown to somebody, and how well each fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Optional

from bot.turn import Level
from service_catalog.hours import in_oslo
from service_catalog.load import NATIONAL, Catalogs, Offer
from service_catalog.query import Query, Step
from service_catalog.schema import Service
from service_catalog.terms import (
    FIRST_DOORS,
    LOW_THRESHOLD,
    NEVER_A_DOOR,
    PROTECTION,
    UNIVERSAL,
    ServiceType,
)

STALE_AFTER = timedelta(days=365)
GRAVE: frozenset[Level] = frozenset({"red", "dark_red"})
ADULT = 18
YOUNGEST = 12
# Where to look when a level is empty, nearest first. Never upwards past the specialists' door.
NEIGHBOURS: dict[Level, tuple[Level, ...]] = {
    "green": ("yellow",),
    "yellow": ("green", "orange"),
    "orange": ("yellow", "red"),
    "red": ("orange",),
    "dark_red": ("red", "orange"),
}
BEST_TYPES: dict[Level, tuple[ServiceType, ...]] = {"green": UNIVERSAL, "yellow": LOW_THRESHOLD}
# Points. Level and nearness outweigh everything; the rest decides among equals.
LEVEL, NEIGHBOUR = 100, 40
STEPS: dict[Step, int] = {
    "district": 40,
    "municipality": 36,
    "intermunicipal": 26,
    "everywhere": 22,
    "national": 6,
}
THEME_SPECIAL, THEME, THEME_BROAD = 20, 14, 8
OPEN, SOON, UNKNOWN = 12, 8, 3
WISH, YOUTH_ONLY, REFERRAL, STALE = 10, 4, -25, -5
NOT_FIRST = -40
AT_HOME: frozenset[str] = frozenset({"vold", "overgrep", "foreldre_rus"})


@dataclass(frozen=True)
class Candidate:
    """A service that may be shown. `open_now` is None when nobody knows."""

    offer: Offer
    step: Step
    level: Level
    stale: bool
    open_now: Optional[bool]
    score: float

    @property
    def service(self) -> Service:
        return self.offer.service

    @property
    def local(self) -> bool:
        return self.step != "national"

    @property
    def own(self) -> bool:
        """It stands in the municipality's catalog."""
        return self.step in ("district", "municipality", "intermunicipal")


def is_stale(service: Service, day: date) -> bool:
    """Say whether nobody has checked the facts for a year."""
    return day - service.assured_on > STALE_AFTER


def candidates(query: Query, catalogs: Catalogs) -> list[Candidate]:
    """Return everything that may be shown, the best first."""
    day = in_oslo(query.now).date()
    found = []
    for offer, step in _around(query, catalogs, day):
        level = _level(offer.service, query)
        if level is None or not may_show(offer, query, day):
            continue
        stale = is_stale(offer.service, day)
        if stale and query.level in GRAVE and not offer.service.generic:
            continue
        open_now = reachable(offer, query.now)
        score = _score(offer, query, step, level, stale, open_now)
        found.append(Candidate(offer, step, level, stale, open_now, score))
    return sorted(found, key=lambda one: (_group(one, query), -one.score, one.offer.id))


def _around(query: Query, catalogs: Catalogs, day: date) -> Iterator[tuple[Offer, Step]]:
    """Yield what there is with its distance; a door of every municipality gives way to its own."""
    own = catalogs.offers(query.place)
    for offer in own:
        yield offer, _near(offer, query)
    for offer in catalogs.from_neighbours(query.place):
        yield offer, "intermunicipal"
    known = {offer.service.type for offer in own if not is_stale(offer.service, day)}
    for offer in catalogs.offers(NATIONAL):
        if not offer.service.generic:
            yield offer, "national"
        elif offer.service.type not in known:
            yield offer, "everywhere"


def _near(offer: Offer, query: Query) -> Step:
    if query.bydel is None:
        return "municipality"
    service = offer.service
    there = {one.district for one in offer.catalog.locations if one.id in service.location_ids}
    return "district" if query.bydel in (*service.districts, *there) else "municipality"


def _level(service: Service, query: Query) -> Optional[Level]:
    if query.types or query.level in service.levels:
        return query.level
    return next((level for level in NEIGHBOURS[query.level] if level in service.levels), None)


def may_show(offer: Offer, query: Query, day: date) -> bool:
    """Say whether a service may be shown to this person at all."""
    service = offer.service
    types = frozenset(query.types)
    if types and service.type not in types:
        return False
    if not types and (service.type in NEVER_A_DOOR or service.type == "nodnummer"):
        return False
    if offer.id in query.exclude or service.type in query.exclude_types:
        return False
    if not _age_may_come(service, query.age):
        return False
    if query.bydel and service.districts and query.bydel not in service.districts:
        return False
    alone = query.home_danger or "no_parents" in query.prefers
    if alone and service.parents in ("involved", "unknown"):
        return False
    if any(alert.closed and alert.holds(day) for alert in service.alerts):
        return False
    if service.specialised and not types and not theme_fits(service, query):
        return False
    return bool(types) or not likely_shut(offer, query.now)


def _age_may_come(service: Service, age: Optional[int]) -> bool:
    if age is not None:
        return service.fits_age(age)
    too_old = service.minimum_age is not None and service.minimum_age >= ADULT
    return not too_old and (service.maximum_age is None or service.maximum_age >= YOUNGEST)


def theme_fits(service: Service, query: Query) -> bool:
    """Say whether what they tell is what the service is for."""
    told = set(query.themes) | ({"vold"} if query.home_danger else set())
    if told & set(service.themes):
        return True
    text = query.text.casefold()
    return bool(text) and any(word.casefold() in text for word in service.keywords)


def called_for(one: Candidate, query: Query) -> bool:
    """Say whether who protects children may be named without being the best: home is the matter."""
    at_home = query.home_danger or bool(AT_HOME & set(query.themes))
    return at_home or one.service.type not in PROTECTION


def likely_shut(offer: Offer, now: datetime) -> bool:
    """Say whether a service without sure hours is most likely shut now."""
    if offer.usually is not None:
        return offer.usually.state(now) == "closed"
    only_chat = set(offer.service.attending_types) <= {"chat", "online"}
    return only_chat and offer.hours is not None and offer.hours.state(now) == "closed"


def chat_may_be_open(offer: Offer, now: datetime) -> bool:
    """Say whether there is a chat that is not most likely shut now."""
    if offer.service.chat is None or likely_shut(offer, now):
        return False
    return offer.chat_usually is None or offer.chat_usually.state(now) != "closed"


def reachable(offer: Offer, now: datetime) -> Optional[bool]:
    """Say whether it is open now; None when nobody knows or it may not be shown."""
    if offer.hours is None or offer.service.confidence == "partly":
        return None
    return offer.hours.open_now(now)


def _group(one: Candidate, query: Query) -> int:
    """From red on, somebody near who listens and assesses comes before everything else."""
    if query.level not in GRAVE or query.types:
        return 0
    return 0 if is_first_door(one) else 1


def is_first_door(one: Candidate) -> bool:
    """Say whether this is a person near who listens, assesses and refers."""
    open_way = one.service.who_may_come != ["referral"]
    return one.local and open_way and one.service.type in FIRST_DOORS


def _score(
    offer: Offer,
    query: Query,
    step: Step,
    level: Level,
    stale: bool,
    open_now: Optional[bool],
) -> float:
    service = offer.service
    points: float = LEVEL if level == query.level else NEIGHBOUR
    points += STEPS[step] + _theme_points(service, query)
    points += _time_points(offer, query.now, open_now)
    points += WISH * _wishes_met(offer, query)
    if service.maximum_age is not None and service.maximum_age <= 25:
        points += YOUTH_ONLY
    points += _type_points(service, query)
    if service.who_may_come == ["referral"]:
        points += REFERRAL
    return points + (STALE if stale else 0)


def _type_points(service: Service, query: Query) -> int:
    """Everyday arenas first for what is everyday, people who listen and assess for the rest.

    Who protects children comes first only where somebody may be in danger at home: many are
    afraid of the barnevern, and somebody who listens can go there with them. What is for Sámi
    youth is shown, but not before what is for all: nobody is asked who they are.
    """
    best = BEST_TYPES.get(query.level, FIRST_DOORS)
    if service.type in PROTECTION and not query.home_danger and not query.types:
        return NOT_FIRST
    if service.type == "samisk_tjeneste" and not query.types:
        return NOT_FIRST
    return len(best) - best.index(service.type) if service.type in best else 0


def _theme_points(service: Service, query: Query) -> int:
    if not service.themes:
        return THEME_BROAD
    if not theme_fits(service, query):
        return 0
    return THEME_SPECIAL if service.specialised else THEME


def _time_points(offer: Offer, now: datetime, open_now: Optional[bool]) -> int:
    if open_now is None or offer.hours is None:
        return UNKNOWN
    if open_now:
        return OPEN
    return SOON if offer.hours.opens_next(now, within=timedelta(hours=24)) else 0


def _wishes_met(offer: Offer, query: Query) -> int:
    service = offer.service
    wishes = set(query.prefers)
    met = len(wishes & service.meets_by(query.age) - {"chat"})
    met += "chat" in wishes and chat_may_be_open(offer, query.now)
    met += "drop_in" in wishes and "drop_in" in service.who_may_come
    met += "anonymous" in wishes and service.anonymous
    return met
