"""`python -m demo.booking_server`: a small FHIR R4 booking server for demo and tests.

Fictional: it stands for the system in which a municipality keeps its times. Slots
lie half-hourly on weekday afternoons of the next two weeks. Appointments are kept in SQLite.
With `--faults` its temper can be set: `PUT /fault {"mode": "slow" | "conflict" |
"nonsense" | "lost" | null}` (lost: books, then breaks the connection).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sqlite3
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import NORWAY, now

HALF_HOUR = timedelta(minutes=30)
SCHEMA = """
create table if not exists appointment (
    id text primary key, identifier text unique, slot text, status text, body text
);
create unique index if not exists one_per_slot on appointment (slot) where status = 'booked';
"""


class Book:
    """Slots and appointments. A slot is booked at most once: the database sees to it."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript(SCHEMA)

    def free(self, after: datetime, count: int) -> list[dict[str, Any]]:
        """Return free slots that begin after `after`, the first ones first."""
        taken = {
            row[0]
            for row in self._db.execute("select slot from appointment where status = 'booked'")
        }
        free = [slot for slot in _slots(after) if slot["id"] not in taken]
        return free[:count]

    def find(self, identifier: str) -> dict[str, Any] | None:
        row = self._db.execute(
            "select body from appointment where identifier = ?", (identifier,)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def add(self, identifier: str, slot: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """Book; None when the slot is taken."""
        body = {**body, "id": uuid.uuid4().hex}
        values = (body["id"], identifier, slot, "booked", json.dumps(body))
        try:
            self._db.execute("insert into appointment values (?, ?, ?, ?, ?)", values)
        except sqlite3.IntegrityError:
            return None
        return body

    def cancel(self, key: str, body: dict[str, Any]) -> None:
        values = ("cancelled", json.dumps(body), key)
        self._db.execute("update appointment set status = ?, body = ? where id = ?", values)


def _slots(after: datetime) -> list[dict[str, Any]]:
    slots = []
    first = after.astimezone(NORWAY).replace(hour=13, minute=0, second=0, microsecond=0)
    for day in range(15):
        for number in range(6):
            start = first + timedelta(days=day) + number * HALF_HOUR
            if start.weekday() < 5 and start > after:
                slots.append(
                    {
                        "resourceType": "Slot",
                        "id": start.strftime("%Y%m%d%H%M"),
                        "schedule": {"reference": "Schedule/eksempelvik"},
                        "status": "free",
                        "start": start.isoformat(),
                        "end": (start + HALF_HOUR).isoformat(),
                    }
                )
    return slots


def create_app(database: str, faults: bool = False) -> Starlette:
    """Return the server. `database` is a path, or `:memory:`."""
    book, fault = Book(database), {"mode": None}

    async def misbehave() -> Response | None:
        if fault["mode"] == "slow":
            await asyncio.sleep(5)
        if fault["mode"] == "nonsense":
            return Response("<html>Velkommen</html>", media_type="text/html")
        return None

    async def slots(request: Request) -> Response:
        odd = await misbehave()
        if odd:
            return odd
        asked = request.query_params.get("start", "")
        after = (
            datetime.fromisoformat(asked.removeprefix("ge").replace(" ", "+")) if asked else now()
        )
        return _bundle(book.free(after, int(request.query_params.get("_count", "10"))))

    async def appointments(request: Request) -> Response:
        odd = await misbehave()
        if odd:
            return odd
        if request.method == "GET":
            found = book.find(request.query_params.get("identifier", "").rpartition("|")[2])
            return _bundle([found] if found else [])
        body = await request.json()
        identifier = body["identifier"][0]["value"]
        known = book.find(identifier)
        if known is not None:
            return JSONResponse(known, 200)
        slot = body["slot"][0]["reference"].removeprefix("Slot/")
        made = None if fault["mode"] == "conflict" else book.add(identifier, slot, body)
        if made is None:
            return JSONResponse({"resourceType": "OperationOutcome"}, 409)
        if fault["mode"] == "lost":
            await asyncio.sleep(5)
        return JSONResponse(made, 201)

    async def change(request: Request) -> Response:
        body = await request.json()
        book.cancel(request.path_params["key"], body)
        return JSONResponse(body)

    async def set_fault(request: Request) -> Response:
        fault["mode"] = (await request.json())["mode"]
        return Response(status_code=204)

    async def health(request: Request) -> Response:
        return JSONResponse({"ok": True})

    routes = [
        Route("/health", health),
        Route("/fhir/Slot", slots),
        Route("/fhir/Appointment", appointments, methods=["GET", "POST"]),
        Route("/fhir/Appointment/{key}", change, methods=["PUT"]),
    ]
    if faults:
        routes.append(Route("/fault", set_fault, methods=["PUT"]))
    return Starlette(routes=routes)


def _bundle(resources: list[dict[str, Any]]) -> JSONResponse:
    entries = [{"resource": resource} for resource in resources]
    return JSONResponse(
        {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries}
    )


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(prog="python -m demo.booking_server", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", default=":memory:")
    parser.add_argument("--faults", action="store_true", help="let tests set faults over HTTP")
    options = parser.parse_args()
    if options.database != ":memory:":
        Path(options.database).parent.mkdir(parents=True, exist_ok=True)
    app = create_app(options.database, options.faults)
    # ws="none": Rasa's pins hold a websockets that is too old for uvicorn, and none is needed.
    quiet = {"log_level": "warning", "access_log": False, "ws": "none"}
    uvicorn.run(app, host="127.0.0.1", port=options.port, **quiet)


if __name__ == "__main__":
    main()
