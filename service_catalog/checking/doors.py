"""Warnings about whom a municipality's catalog leaves without a door, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import get_args

from bot.turn import Level
from service_catalog.checking.rules import Found, holidays
from service_catalog.hours import Hours, Span, midnight
from service_catalog.schema import Catalog, Service
from service_catalog.terms import NEVER_A_DOOR, ON_CALL, ServiceType

LEVELS: tuple[Level, ...] = get_args(Level)
AGES = range(12, 21)  # whom the bot is for
EVENING = (time(16), time(21))
LONG_ENOUGH = timedelta(hours=1)
SATURDAY = 5
SERVICES = ("services",)
# Doors that every municipality has, one of each; the general text about them stands in
# national.yml. Of the doctors there are many, and everybody finds their own on helsenorge.no.
BY_LAW: tuple[ServiceType, ...] = (
    "skolehelsetjeneste",
    "helsestasjon",
    "ppt",
    "barnevern",
    "barnevernvakt",
    "legevakt",
    "koordinerende_enhet",
    "nav",
)


def door_cautions(catalog: Catalog, today: date) -> Found:
    """Yield what is missing in a municipal catalog; the country's lines are no such catalog."""
    if catalog.scope == "national":
        return
    doors = [one for one in catalog.services if is_door(one)]
    yield from _levels(doors)
    yield from _ages(doors)
    yield from _evenings(catalog, doors, today)
    yield from _by_wire(catalog)
    yield from _by_law(catalog)


def is_door(service: Service) -> bool:
    """Say whether a young person can go there without a referral."""
    closed = service.type in NEVER_A_DOOR or service.type == "nodnummer"
    return not closed and service.who_may_come != ["referral"]


def _levels(doors: Iterable[Service]) -> Found:
    offered = {level: [one for one in doors if level in one.levels] for level in LEVELS}
    empty = [level for level in LEVELS if not offered[level]]
    if empty:
        yield (
            SERVICES,
            f"no service of your own is offered at {', '.join(empty)}; young people then get the "
            "general doors of the whole country. Add a service, or the level to one",
        )
    parents = [level for level in LEVELS if offered[level] and all(map(_parents, offered[level]))]
    if parents:
        yield (
            SERVICES,
            f"at {', '.join(parents)} every service involves the parents, or does not say; whoever "
            "is not safe at home is left without one. Add a service with parents: not_involved or "
            "your_choice, or ask those who work there",
        )


def _parents(service: Service) -> bool:
    return service.parents in ("involved", "unknown")


def _ages(doors: Iterable[Service]) -> Found:
    open_to_all = [one for one in doors if not one.specialised]
    left = [age for age in AGES if not any(one.fits_age(age) for one in open_to_all)]
    if left:
        yield (
            SERVICES,
            f"there is no service for somebody of {', '.join(map(str, left))} years; add one, or "
            "correct minimum_age and maximum_age",
        )


def _evenings(catalog: Catalog, doors: Iterable[Service], today: date) -> Found:
    """On-call services are always open; the question is who else is, after school."""
    days = holidays(catalog)
    for service in doors:
        if service.schedule is None or service.type in ON_CALL - {"utekontakt"}:
            continue
        if _opens_in_the_evening(Hours(service.schedule.opening_hours, days), today):
            return
    yield (
        SERVICES,
        "nothing is open on weekdays between 16 and 21, as far as the opening hours say; "
        "add the hours of what is open after school (opening_hours, as in 'Tu 14:00-19:00')",
    )


def _opens_in_the_evening(hours: Hours, today: date) -> bool:
    start = midnight(today)
    return any(_evening(span) for span in hours.spans(start, start + timedelta(days=366)))


def _evening(span: Span) -> bool:
    day = span.opens.date()
    first, last = (datetime.combine(day, at, span.opens.tzinfo) for at in EVENING)
    shared = min(span.closes, last) - max(span.opens, first)
    return day.weekday() < SATURDAY and shared >= LONG_ENOUGH


def _by_wire(catalog: Catalog) -> Found:
    if not any(one.phones or one.chat for one in catalog.services):
        yield (
            SERVICES,
            "no service has a telephone number or a chat, so nobody can be reached from home; "
            "add phones or chat where there is one",
        )


def _by_law(catalog: Catalog) -> Found:
    """A hint: an empty place here is filled by the general text of national.yml."""
    missing = [kind for kind in BY_LAW if all(one.type != kind for one in catalog.services)]
    if missing:
        yield (
            SERVICES,
            f"every municipality has {', '.join(missing)}, and they do not stand here; until they "
            "do the bot shows a general text without number and hours. "
            f"'python -m service_catalog new {catalog.municipality}' writes them out to be "
            "filled in",
        )
