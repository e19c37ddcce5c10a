"""What we read and write of FHIR R4 when we book: Slot, Appointment, Bundle.

Whatever a server answers is looked through before it is believed; what cannot be read
raises ValueError. Source: HL7 FHIR R4, Slot and Appointment.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Optional

SYSTEM = "urn:ungveiviser:booking"
# What the booking system shows where a name would stand.
ANONYMOUS = "Ungdom (anonym)"
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")


@dataclass(frozen=True)
class FreeTime:
    """One time that can be booked. `start` carries its time zone; `id` is the server's."""

    id: str
    start: datetime
    end: datetime

    def to_json(self) -> dict[str, str]:
        return {"id": self.id, "start": self.start.isoformat(), "end": self.end.isoformat()}

    @classmethod
    def from_json(cls, stored: dict[str, str]) -> FreeTime:
        start, end = (datetime.fromisoformat(stored[name]) for name in ("start", "end"))
        return cls(stored["id"], start, end)


def identifier(conversation: str, slot: str) -> str:
    """Return the name of a booking: the same for the same conversation and time."""
    return hashlib.sha256(f"{conversation}|{slot}".encode()).hexdigest()[:32]


def resources(bundle: Any, kind: str) -> list[dict[str, Any]]:
    """Return the resources of one kind in a Bundle. Raises ValueError when it is none."""
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise ValueError("the answer is no FHIR Bundle")
    entries = bundle.get("entry", [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise ValueError("the entries of the Bundle cannot be read")
    found = [one.get("resource") for one in entries]
    return [one for one in found if isinstance(one, dict) and one.get("resourceType") == kind]


def next_page(bundle: dict[str, Any]) -> Optional[str]:
    """Return the address of the next page of a Bundle; None when there is none."""
    links = bundle.get("link")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("relation") == "next":
            url = link.get("url")
            return url if isinstance(url, str) else None
    return None


def free_times(slots: Iterable[dict[str, Any]], after: datetime) -> list[FreeTime]:
    """Return the times that can be booked, the first ones first, no two at the same moment.

    Left out: what is not free, overbooked, past, without length, or not to be read.
    """
    found: dict[datetime, FreeTime] = {}
    for slot in slots:
        time = _free_time(slot)
        if time is not None and time.start > after:
            found.setdefault(time.start, time)
    return [found[start] for start in sorted(found)]


def appointment(time: FreeTime, name: str, first_name: Optional[str] = None) -> dict[str, Any]:
    """Return an Appointment that tells no more of the young person than a first name."""
    return {
        "resourceType": "Appointment",
        "status": "booked",
        "identifier": [{"system": SYSTEM, "value": name}],
        "slot": [{"reference": f"Slot/{time.id}"}],
        "start": time.start.isoformat(),
        "end": time.end.isoformat(),
        "participant": [
            {"actor": {"display": first_name or ANONYMOUS}, "status": "accepted"},
        ],
    }


def is_ours(resource: Any, name: str) -> bool:
    """Say whether `resource` is the appointment called `name`, and nobody else's."""
    if not isinstance(resource, dict) or resource.get("resourceType") != "Appointment":
        return False
    named = resource.get("identifier")
    return isinstance(named, list) and any(
        isinstance(one, dict) and (one.get("system"), one.get("value")) == (SYSTEM, name)
        for one in named
    )


def is_booked(resource: Any, name: str) -> bool:
    """Say whether the server holds the appointment called `name` as booked."""
    return is_ours(resource, name) and resource.get("status") == "booked"


def _free_time(slot: dict[str, Any]) -> Optional[FreeTime]:
    """Return what a Slot offers, or None when it cannot be booked or read."""
    if slot.get("status") != "free" or slot.get("overbooked") is True:
        return None
    try:
        start, end = (_instant(slot[name]) for name in ("start", "end"))
        key = slot["id"]
        if not _ID.fullmatch(key) or end <= start:
            return None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return FreeTime(key, start, end)


def _instant(written: str) -> datetime:
    moment = datetime.fromisoformat(written.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError(f"{written!r} has no time zone")
    return moment
