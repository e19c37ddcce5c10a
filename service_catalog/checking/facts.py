"""Warnings about facts of a catalog: what has grown old, has passed, or looks mistaken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Optional, Union
from urllib.parse import urlsplit

from service_catalog.checking.rules import Found
from service_catalog.fit import STALE_AFTER
from service_catalog.pathway_schema import Note
from service_catalog.schema import Catalog, Phone, Service
from service_catalog.values import first_day
from service_catalog.yaml_file import Where

SOON = timedelta(days=60)
SHARED_AT_MOST = 3  # services that may have the same number before it looks like a switchboard
_PAIRS = re.compile(r"\d\d( \d\d){3}|\d{3} \d\d \d{3}|\d{3} \d{3}|\d{5}|\d{3}")
_SCHOOL_HOLIDAY = re.compile(r"\bSH\b")
Dated = Union[Service, Note]


def fact_cautions(catalog: Catalog, today: date) -> Found:
    """Yield what was true once, soon is not, or was most likely meant otherwise."""
    yield from _fiction(catalog)
    yield from _holidays(catalog, today)
    for where, part in _dated(catalog):
        yield from _age(where, part, today)
    for index, service in enumerate(catalog.services):
        for number, alert in enumerate(service.alerts):
            if alert.valid_to < today:
                message = f"passed on {alert.valid_to}; remove the alert, or write a new day"
                yield ("services", index, "alerts", number, "valid_to"), message
        for number, phone in enumerate(service.phones):
            usual = usual_form(phone)
            if usual is not None:
                message = f"{phone.number!r} is unusually written; write {usual!r}"
                yield ("services", index, "phones", number, "number"), message
    yield from _shared_numbers(catalog)
    yield from _two_hosts(catalog)


def _fiction(catalog: Catalog) -> Found:
    if catalog.municipality == "9999":
        return
    if catalog.fictional:
        message = (
            "this is a real municipality, and everything here is shown as made up; remove the line"
        )
        yield ("fictional",), message
    for index, service in enumerate(catalog.services):
        if service.fictional:
            message = (
                "a made-up service in a real catalog sends nobody anywhere; remove the service"
            )
            yield ("services", index, "fictional"), message


def _holidays(catalog: Catalog, today: date) -> Found:
    listed = catalog.school_holidays
    if not listed:
        return
    last = max(range(len(listed)), key=lambda index: listed[index].valid_to)
    end = listed[last].valid_to
    if end >= today + SOON:
        return
    ended = f"ended on {end}" if end < today else f"end on {end}"
    used = any(_SCHOOL_HOLIDAY.search(written) for written in _all_hours(catalog))
    after = "SH in the opening hours means nothing" if used else "nothing is known of holidays"
    message = f"the school holidays {ended}, after that {after}; add those of the next school year"
    yield ("school_holidays", last, "valid_to"), message


def _all_hours(catalog: Catalog) -> Iterator[str]:
    for service in catalog.services:
        yield service.schedule.opening_hours if service.schedule else ""
        yield service.usually or ""
        yield (service.chat.usually if service.chat else None) or ""


def _dated(catalog: Catalog) -> Iterator[tuple[Where, Dated]]:
    for index, service in enumerate(catalog.services):
        yield ("services", index), service
    for index, note in enumerate(catalog.notes):
        yield ("notes", index), note


def _age(where: Where, part: Dated, today: date) -> Found:
    old_from = first_day(part.assured_date) + STALE_AFTER
    if today > old_from:
        message = (
            f"nobody has made sure of this since {part.assured_date}, and it is marked as old; "
            "ask those who work there, mend it, and write the day of the check"
        )
    elif today > old_from - SOON:
        message = (
            f"was checked on {part.assured_date} and counts as old after {old_from}; ask those "
            "who work there now, and write the day of the check"
        )
    else:
        return
    yield (*where, "assured_date"), message


def usual_form(phone: Phone) -> Optional[str]:
    """Return how the number is usually written; None when it is written so already."""
    if _PAIRS.fullmatch(phone.number):
        return None
    digits = phone.digits
    if len(digits) == 8 and digits[0] in "489":
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    if len(digits) == 8:
        return " ".join(digits[at : at + 2] for at in range(0, 8, 2))
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 6 else digits


def _shared_numbers(catalog: Catalog) -> Found:
    count = Counter(digits for one in catalog.services for digits in _digits(one))
    for digits, times in count.items():
        if times <= SHARED_AT_MOST:
            continue
        where = next(
            ("services", index, "phones")
            for index, one in enumerate(catalog.services)
            if digits in _digits(one)
        )
        message = (
            f"{times} services have the number {digits}; a switchboard is a hard door. Write the "
            "direct number of each, or say in application_process whom to ask for"
        )
        yield where, message


def _digits(service: Service) -> set[str]:
    return {phone.digits for phone in service.phones}


def _two_hosts(catalog: Catalog) -> Found:
    """Whether an address answers without www cannot be seen from here; two spellings can."""
    urls = list(_urls(catalog))
    hosts = {urlsplit(url).hostname for _, url in urls}
    for where, url in urls:
        host = urlsplit(url).hostname or ""
        if f"www.{host}" in hosts:
            message = (
                f"{host!r} stands elsewhere as 'www.{host}'; some addresses answer with www only. "
                "Open both, and write the one that works everywhere"
            )
            yield where, message


def _urls(catalog: Catalog) -> Iterator[tuple[Where, str]]:
    for index, organization in enumerate(catalog.organizations):
        if organization.url:
            yield ("organizations", index, "url"), organization.url
    for index, service in enumerate(catalog.services):
        if service.url:
            yield ("services", index, "url"), service.url
        if service.chat and service.chat.url:
            yield ("services", index, "chat", "url"), service.chat.url
