"""Finds the help that fits somebody: two to four services, and what must honestly be said.

Never outside somebody's age, never through parents when home may be the danger, never a
specialist as a door, never a stale fact when it is grave (doors that every municipality
must have excepted).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Optional

from service_catalog.cards import match
from service_catalog.fit import Candidate, called_for, candidates, chat_may_be_open, may_show
from service_catalog.honest import honest_words
from service_catalog.hours import in_oslo
from service_catalog.load import Catalogs, in_service
from service_catalog.query import Bookable, Found, Match, Query, Step
from service_catalog.values import fill_settings

__all__ = ["Bookable", "Found", "Match", "Query", "Step", "bookable", "find"]

FEWEST, USUAL, MOST = 2, 3, 4
NATIONAL_AT_MOST = 2


def find(query: Query, catalogs: Optional[Catalogs] = None) -> Found:
    """Return what fits `query`, the best first. Never raises for a place we don't know."""
    serving = catalogs or in_service()
    fitting = candidates(query, serving)
    chosen = choose(fitting, query)
    has_own = serving.of(query.place) is not None
    fresh_own = [one for one in fitting if one.own and one.level == query.level]
    gap = has_own and not fresh_own
    return Found(
        matches=[match(one, query) for one in chosen],
        honest=honest_words(query, serving, chosen, gap),
        gap=gap,
    )


def choose(fitting: Sequence[Candidate], query: Query) -> list[Candidate]:
    """Choose two to four that complement each other."""
    choice = _Choice(fitting, one_of_each=not query.types)
    choice.fill(USUAL, lambda one: one.level == query.level)
    choice.fill(FEWEST, lambda one: True)
    if query.level == "dark_red":
        choice.see_to(lambda one: one.service.type == "koordinerende_enhet")
    choice.see_to(lambda one: not one.stale)
    choice.see_to(
        lambda one: one.service.specialised and one.level == query.level and called_for(one, query)
    )
    for wish in ("chat", "phone", "meet", "drop_in", "anonymous"):
        if wish in query.prefers:
            choice.see_to(partial(_offers, wish=wish, now=query.now))
    if query.level != "green":
        choice.see_to(partial(_offers, wish="now", now=query.now))
    return choice.chosen


class _Choice:
    """The services chosen so far; `pinned` ones are there for a reason of their own."""

    def __init__(self, fitting: Sequence[Candidate], one_of_each: bool) -> None:
        self.fitting = fitting
        self.one_of_each = one_of_each
        self.chosen: list[Candidate] = []
        self.pinned: list[Candidate] = []

    def fill(self, number: int, wanted: Callable[[Candidate], bool]) -> None:
        """Choose the best that add something, until there are `number`."""
        for one in self.fitting:
            if len(self.chosen) >= number:
                return
            if one not in self.chosen and wanted(one) and self._adds(one):
                self.chosen.append(one)

    def _adds(self, one: Candidate) -> bool:
        """Say whether `one` is something else than what is chosen already."""
        if not self.one_of_each:
            return True
        if any(one.service.type == other.service.type for other in self.chosen):
            return False
        return one.local or sum(not other.local for other in self.chosen) < NATIONAL_AT_MOST

    def see_to(self, wanted: Callable[[Candidate], bool]) -> None:
        """See to it that one of the chosen is as wanted, if there is such a one and room."""
        best = next((one for one in [*self.chosen, *self.fitting] if wanted(one)), None)
        if best is None:
            return
        if best not in self.chosen:
            if len(self.chosen) >= MOST and not self._make_room():
                return
            self.chosen.append(best)
        self.pinned.append(best)

    def _make_room(self) -> bool:
        """Let the last go that nothing holds; the first always stays."""
        for one in reversed(self.chosen[1:]):
            if one not in self.pinned:
                self.chosen.remove(one)
                return True
        return False


def _offers(one: Candidate, wish: str, now: datetime) -> bool:
    service = one.service
    if wish == "now":
        by_wire = {"phone", "chat"} & set(service.attending_types)
        return one.open_now is True and bool(by_wire or "drop_in" in service.who_may_come)
    if wish == "chat":
        return chat_may_be_open(one.offer, now)
    if wish == "drop_in":
        return "drop_in" in service.who_may_come
    if wish == "anonymous":
        return service.anonymous
    return wish in service.attending_types


def bookable(
    place: Optional[str],
    age: Optional[int],
    offered: Collection[str],
    now: datetime,
    catalogs: Optional[Catalogs] = None,
    exclude: Collection[str] = (),
    exclude_types: Collection[str] = (),
) -> Optional[Bookable]:
    """Return the service in `place` where somebody of `age` can book a time; None without one.

    `offered`: public ids already shown; one of them goes first. `exclude` and `exclude_types`
    as in `Query`.
    """
    serving = catalogs or in_service()
    query = Query("green", now, place, age=age, exclude=exclude, exclude_types=exclude_types)
    day = in_oslo(now).date()
    open_to = []
    for offer in serving.offers(place):
        endpoint = offer.service.booking_endpoint and fill_settings(offer.service.booking_endpoint)
        if endpoint and may_show(offer, query, day):
            open_to.append(Bookable(offer, endpoint))
    return min(open_to, key=lambda one: (one.id not in offered, one.id), default=None)
