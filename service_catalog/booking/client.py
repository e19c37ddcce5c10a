"""Free times and appointments at a booking server that speaks FHIR R4.

A booking is named by its identifier (made from conversation and time), so that
pressing twice, or asking again after a lost answer, never makes two of it.
Nothing is told about the young person but that somebody anonymous comes, or a first name.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal, Optional

import httpx

from service_catalog.booking.fhir import (
    SYSTEM,
    FreeTime,
    appointment,
    free_times,
    identifier,
    is_booked,
    is_ours,
    next_page,
    resources,
)
from service_catalog.booking.http import Answer, Line
from service_catalog.booking.login import Login
from service_catalog.errors import BookingUnavailable, NotSent

__all__ = ["BookingClient", "BookingUnavailable", "FreeTime", "Outcome", "identifier"]

TIMES_SHOWN = 3
PAGES_AT_MOST = 3
# `unknown`: neither yes nor no could be found out. `missing`: the server has no such booking
# now. `down`: nothing was sent, or it was refused. `cancelled` is only said when it is so.
Outcome = Literal["booked", "taken", "unknown", "down", "missing", "cancelled"]
TAKEN = (409, 412)


class BookingClient:
    """Talks to the booking server of one service, for one turn. `base` is its FHIR address.

    `schedule` ("Schedule/…") and `service_type` ("system|code") narrow down whose times.
    """

    def __init__(
        self,
        base: str,
        transport: Optional[httpx.AsyncBaseTransport] = None,
        *,
        login: Optional[Login] = None,
        schedule: Optional[str] = None,
        service_type: Optional[str] = None,
    ) -> None:
        self._line = Line(base, login, transport)
        self._narrow = {"schedule": schedule, "service-type": service_type}

    async def __aenter__(self) -> BookingClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._line.close()

    async def free_times(
        self, after: datetime, without: Collection[str] = (), most: int = TIMES_SHOWN
    ) -> list[FreeTime]:
        """Return the next free times, at most `most`, none whose id is in `without`.

        Raises BookingUnavailable.
        """
        query: dict[str, Any] = {
            "status": "free",
            "start": f"ge{after.isoformat()}",
            "_sort": "start",
            "_count": str(20 + len(without)),
            **{name: value for name, value in self._narrow.items() if value},
        }
        slots: list[dict[str, Any]] = []
        page = "Slot"
        times: list[FreeTime] = []
        for _ in range(PAGES_AT_MOST):
            bundle = await self._bundle(page, query if page == "Slot" else None)
            slots += _resources(bundle, "Slot")
            others = (one for one in slots if str(one.get("id")) not in without)
            times = free_times(others, after)
            more = next_page(bundle)
            if len(times) >= most or more is None or self._line.inside(more) is None:
                break
            page = more
        return times[:most]

    async def book(
        self,
        time: FreeTime,
        name: str,
        first_name: Optional[str] = None,
        *,
        sent_before: bool = False,
    ) -> Outcome:
        """Book `time` under the identifier `name`; the same name books once.

        When the answer is lost the server is asked by the name before anything is said.
        `sent_before`: an earlier attempt may have arrived, so only the server can say no.
        """
        try:
            answer = await self._line.call(
                "POST",
                "Appointment",
                json=appointment(time, name, first_name),
                headers={
                    "Content-Type": "application/fhir+json",
                    "If-None-Exist": f"identifier={SYSTEM}|{name}",
                    "Prefer": "return=representation",
                },
            )
        except NotSent:
            return "unknown" if sent_before else "down"
        except BookingUnavailable:
            return await self._after_silence(name)
        if answer.status in (200, 201) and is_booked(answer.said, name):
            return "booked"
        found = await self.ask(name)
        if found != "missing":
            return found
        refusal = _refusal(answer)
        return "unknown" if refusal == "down" and sent_before else refusal

    async def ask(self, name: str) -> Outcome:
        """Ask the server by identifier: booked, cancelled, missing, or unknown."""
        try:
            found = await self._find(name)
        except BookingUnavailable:
            return "unknown"
        if found is None:
            return "missing"
        if found.get("status") == "cancelled":
            return "cancelled"
        return "booked" if is_booked(found, name) else "unknown"

    async def cancel(self, name: str) -> Outcome:
        """Cancel the booking called `name`: cancelled, or unknown. None there is none left."""
        try:
            found = await self._find(name)
            if found is None or found.get("status") == "cancelled":
                return "cancelled"
            answer = await self._put(found)
        except BookingUnavailable:
            return await self._cancelled_after_all(name)
        if is_ours(answer.said, name) and answer.said.get("status") == "cancelled":
            return "cancelled"
        return await self._cancelled_after_all(name)

    async def _cancelled_after_all(self, name: str) -> Outcome:
        return "cancelled" if await self.ask(name) in ("cancelled", "missing") else "unknown"

    async def _put(self, found: dict[str, Any]) -> Answer:
        meta = found.get("meta")
        version = meta.get("versionId") if isinstance(meta, dict) else None
        headers = {"Content-Type": "application/fhir+json"}
        if isinstance(version, str) and version.isalnum():
            headers["If-Match"] = f'W/"{version}"'
        body = {**found, "status": "cancelled"}
        return await self._line.call(
            "PUT", f"Appointment/{found['id']}", json=body, headers=headers
        )

    async def _after_silence(self, name: str) -> Outcome:
        """The server may still be at it, so that it has none now does not mean no."""
        found = await self.ask(name)
        return "unknown" if found == "missing" else found

    async def _find(self, name: str) -> Optional[dict[str, Any]]:
        """Return the appointment called `name`, one that stands before one that is cancelled."""
        bundle = await self._bundle("Appointment", {"identifier": f"{SYSTEM}|{name}"})
        found = [one for one in _resources(bundle, "Appointment") if is_ours(one, name)]
        if any(not isinstance(one.get("id"), str) for one in found):
            raise BookingUnavailable("the booking has no id")
        return min(found, key=lambda one: one.get("status") == "cancelled", default=None)

    async def _bundle(self, path: str, query: Optional[dict[str, Any]]) -> dict[str, Any]:
        how = {"params": query} if query else {}
        answer = await self._line.call("GET", path, **how)
        if answer.status != 200:
            raise BookingUnavailable(f"status {answer.status}")
        _resources(answer.said, "")  # raises unless it is a Bundle
        bundle: dict[str, Any] = answer.said
        return bundle


def _resources(bundle: Any, kind: str) -> list[dict[str, Any]]:
    try:
        return resources(bundle, kind)
    except ValueError as error:
        raise BookingUnavailable(str(error)) from None


def _refusal(answer: Answer) -> Outcome:
    """Return what an answer means after which the server has no such booking."""
    if answer.status in TAKEN:
        return "taken"
    refused = 400 <= answer.status < 500 and answer.status != 408
    return "down" if refused else "unknown"
