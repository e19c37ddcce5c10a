"""Reading one service of HSDS: our own as it was, another's as far as it says."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from service_catalog.exchange.hsds import PHONE, SERVICE
from service_catalog.exchange.hsds_hours import from_schedules
from service_catalog.exchange.hsds_parts import Parts, take_homes
from service_catalog.exchange.leaves import Leaf
from service_catalog.exchange.raw import Raw

_WEEK = ("freq", "byday", "opens_at", "closes_at", "interval", "wkst", "timezone")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def shared(raw: Raw, own: bool, organizations: Parts, locations: Parts) -> list[Leaf]:
    """Take what stands the same way in every HSDS file."""
    found = take_homes(raw, SERVICE, own)
    for index, phone in enumerate(raw.many("phones")):
        values = take_homes(phone, PHONE, own)
        found += [(("phones", index, *where), value) for where, value in values]
    codes = (language.record.get("code") for language in raw.many("languages"))
    if own or all(isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in codes):
        for index, language in enumerate(raw.many("languages")):
            found.append((("languages", index), language.take("code")))
    organization = raw.one("organization")
    if organization is not None:
        found.append((("organization_id",), organizations.add(organization)))
    return found + _places(raw, own, locations)


def foreign(raw: Raw, today: date) -> list[Leaf]:
    """Take what others say in ways of their own, and only what needs no guess."""
    return [*_hours(raw, today), *_cost(raw), *_alert(raw)]


def at_home(found: list[Leaf]) -> list[Leaf]:
    """Write numbers and dates the way a catalog does: no +47, no time of day."""
    return [(where, _mended(str(where[-1]), value)) for where, value in found]


def _places(raw: Raw, own: bool, locations: Parts) -> list[Leaf]:
    found: list[Leaf] = []
    for at in raw.many("service_at_locations"):
        location = at.one("location")
        if location is None or location.record.get("location_type") in ("virtual", "postal"):
            continue
        found.append((("location_ids", len(found)), locations.add(location)))
    return found


def _hours(raw: Raw, today: date) -> list[Leaf]:
    """Take the schedules of the service, or of the only place it is at."""
    at = raw.many("service_at_locations")
    schedules = raw.many("schedules") or (at[0].many("schedules") if len(at) == 1 else [])
    hours = from_schedules([one.record for one in schedules], today)
    if hours is None:
        return []
    for schedule in schedules:
        for key in _WEEK:
            schedule.take(key)
    return [(("schedule", "opening_hours"), hours)]


def _cost(raw: Raw) -> list[Leaf]:
    amounts = [option.record.get("amount") for option in raw.many("cost_options")]
    if not amounts or not all(isinstance(amount, (int, float)) for amount in amounts):
        return []
    return [(("cost",), "paid" if any(amounts) else "free")]


def _alert(raw: Raw) -> list[Leaf]:
    text = raw.text("alert")
    return [(("alerts", 0, "text", "nb"), text)] if text else []


def _mended(name: str, value: Any) -> Any:
    if name == "number" and isinstance(value, str):
        return re.sub(r"^(?:\+|00)47[ -]?", "", value.strip("\"' "))
    if name == "assured_date" and isinstance(value, str):
        found = _DATE.match(value)
        return found[0] if found else value
    return value
