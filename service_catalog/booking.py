"""Free times and appointments at a booking server that speaks FHIR R4.

A booking is named by its identifier (made from conversation and time), so that
pressing twice, or asking again after a lost answer, never makes two of it.
Nothing is told about the young person but that somebody anonymous comes.
Source: HL7 FHIR R4, Slot and Appointment.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import httpx

SYSTEM = "urn:ungveiviser:booking"
TIMES_SHOWN = 3
TIMEOUT = httpx.Timeout(1.2, connect=0.6)
Outcome = Literal["booked", "taken", "unknown", "down", "cancelled"]


class BookingUnavailable(Exception):
    """The booking server is down, too slow, or answered nonsense."""


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


class BookingClient:
    """Talks to the booking server of one service. `base` is its FHIR address."""

    def __init__(self, base: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._http = httpx.AsyncClient(
            base_url=base.rstrip("/") + "/",
            timeout=TIMEOUT,
            transport=transport,
            trust_env=False,
            headers={"Accept": "application/fhir+json"},
        )

    async def __aenter__(self) -> BookingClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def free_times(self, after: datetime) -> list[FreeTime]:
        """Return the next free times, at most three. Raises BookingUnavailable."""
        query = {
            "status": "free",
            "start": f"ge{after.isoformat()}",
            "_sort": "start",
            "_count": "10",
        }
        bundle = await self._ask("GET", "Slot", params=query)
        try:
            slots = [_slot(entry["resource"]) for entry in bundle.get("entry", [])]
        except (KeyError, TypeError, ValueError, AttributeError):
            raise BookingUnavailable("the list of times cannot be read") from None
        later = sorted((slot for slot in slots if slot.start > after), key=lambda slot: slot.start)
        return later[:TIMES_SHOWN]

    async def book(self, time: FreeTime, name: str) -> Outcome:
        """Book `time` under the identifier `name`; the same name books once.

        When the answer is lost the server is asked by the name before anything
        is said: `unknown` means that neither yes nor no could be found out.
        """
        try:
            answer = await self._http.post(
                "Appointment",
                json=_appointment(time, name),
                headers={"If-None-Exist": f"identifier={SYSTEM}|{name}"},
            )
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return "down"
        except httpx.HTTPError:
            return await self._found_out(name)
        if answer.status_code in (409, 412):
            return "taken"
        if answer.status_code in (200, 201) and _status(answer) == "booked":
            return "booked"
        return await self._found_out(name)

    async def cancel(self, name: str) -> Outcome:
        """Cancel the booking called `name`."""
        try:
            found = await self._find(name)
            if found is None or found.get("status") == "cancelled":
                return "cancelled"
            answer = await self._http.put(
                f"Appointment/{found['id']}", json={**found, "status": "cancelled"}
            )
        except (httpx.HTTPError, BookingUnavailable, KeyError):
            return "unknown"
        return "cancelled" if answer.status_code == 200 else "unknown"

    async def _found_out(self, name: str) -> Outcome:
        try:
            found = await self._find(name)
        except BookingUnavailable:
            return "unknown"
        if found is None:
            return "down"
        return "booked" if found.get("status") == "booked" else "unknown"

    async def _find(self, name: str) -> dict[str, Any] | None:
        bundle = await self._ask("GET", "Appointment", params={"identifier": f"{SYSTEM}|{name}"})
        try:
            entries: list[dict[str, Any]] = bundle.get("entry", [])
            return dict(entries[0]["resource"]) if entries else None
        except (KeyError, TypeError, ValueError, AttributeError):
            raise BookingUnavailable("the booking cannot be read") from None

    async def _ask(self, method: str, path: str, **how: Any) -> dict[str, Any]:
        try:
            answer = await self._http.request(method, path, **how)
            answer.raise_for_status()
            body = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise BookingUnavailable(type(error).__name__) from None
        if not isinstance(body, dict) or body.get("resourceType") != "Bundle":
            raise BookingUnavailable("the answer is no FHIR Bundle")
        return body


def _slot(resource: dict[str, Any]) -> FreeTime:
    start, end = (_instant(resource[name]) for name in ("start", "end"))
    return FreeTime(str(resource["id"]), start, end)


def _instant(written: str) -> datetime:
    moment = datetime.fromisoformat(written.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError(f"{written!r} has no time zone")
    return moment


def _status(answer: httpx.Response) -> str | None:
    try:
        body = answer.json()
    except ValueError:
        return None
    return body.get("status") if isinstance(body, dict) else None


def _appointment(time: FreeTime, name: str) -> dict[str, Any]:
    return {
        "resourceType": "Appointment",
        "status": "booked",
        "identifier": [{"system": SYSTEM, "value": name}],
        "slot": [{"reference": f"Slot/{time.id}"}],
        "start": time.start.isoformat(),
        "end": time.end.isoformat(),
        "participant": [{"actor": {"display": "Ungdom (anonym)"}, "status": "accepted"}],
    }
