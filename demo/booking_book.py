"""The book of the demo booking server: slots made by the calendar, appointments in SQLite.

An appointment is on disk before its answer leaves, so that what was booked
before a crash is booked after it.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from datetime import datetime, timedelta
from typing import Any

from bot.clock import NORWAY

SCHEDULE = "Schedule/eksempelvik"
SERVICE_TYPE = {"system": "urn:eksempelvik:tjeneste", "code": "samtale"}
HALF_HOUR = timedelta(minutes=30)
DAYS, SLOTS_A_DAY, FIRST_HOUR = 15, 6, 13
SCHEMA = """
create table if not exists appointment (
    id text primary key, identifier text unique, slot text, status text, body text
);
create unique index if not exists one_per_slot on appointment (slot) where status = 'booked';
"""


class SlotTaken(Exception):
    """Somebody has the slot already."""


class Book:
    """Slots and appointments. A slot is booked at most once: the database sees to it."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript(SCHEMA)

    def slots(self, after: datetime) -> list[dict[str, Any]]:
        """Return the slots that begin at or after `after`, the first ones first."""
        booked = self._db.execute("select slot from appointment where status = 'booked'")
        taken = {row[0] for row in booked}
        return [
            {**slot, "status": "busy" if slot["id"] in taken else "free"} for slot in _slots(after)
        ]

    def all(self) -> list[dict[str, Any]]:
        """Return every appointment, cancelled ones too."""
        return [json.loads(row[0]) for row in self._db.execute("select body from appointment")]

    def find(self, identifier: str) -> dict[str, Any] | None:
        """Return the appointment of an identifier, whatever its status."""
        return self._one("select body from appointment where identifier = ?", identifier)

    def read(self, key: str) -> dict[str, Any] | None:
        """Return the appointment of that id."""
        return self._one("select body from appointment where id = ?", key)

    def add(self, identifier: str, slot: str, body: dict[str, Any]) -> dict[str, Any]:
        """Book; raises SlotTaken."""
        body = {**body, "id": uuid.uuid4().hex, "meta": {"versionId": "1"}}
        values = (body["id"], identifier, slot, "booked", json.dumps(body))
        try:
            self._db.execute("insert into appointment values (?, ?, ?, ?, ?)", values)
        except sqlite3.IntegrityError:
            raise SlotTaken(slot) from None
        return body

    def cancel(self, known: dict[str, Any]) -> dict[str, Any]:
        """Cancel an appointment; its slot is free again."""
        version = str(int(known["meta"]["versionId"]) + 1)
        body = {**known, "status": "cancelled", "meta": {"versionId": version}}
        values = (json.dumps(body), known["id"])
        self._db.execute("update appointment set status='cancelled', body=? where id=?", values)
        return body

    def _one(self, query: str, value: str) -> dict[str, Any] | None:
        row = self._db.execute(query, (value,)).fetchone()
        return json.loads(row[0]) if row else None


def _slots(after: datetime) -> list[dict[str, Any]]:
    """Half-hours on weekday afternoons of the next two weeks."""
    first = after.astimezone(NORWAY).replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)
    starts = [
        first + timedelta(days=day) + number * HALF_HOUR
        for day in range(DAYS)
        for number in range(SLOTS_A_DAY)
    ]
    return [_slot(start) for start in starts if start.weekday() < 5 and start >= after]


def _slot(start: datetime) -> dict[str, Any]:
    return {
        "resourceType": "Slot",
        "id": start.strftime("%Y%m%d%H%M"),
        "serviceType": [{"coding": [SERVICE_TYPE]}],
        "schedule": {"reference": SCHEDULE},
        "status": "free",
        "start": start.isoformat(),
        "end": (start + HALF_HOUR).isoformat(),
    }
