"""`python -m demo.booking_server`: a small FHIR R4 booking server for demo and tests.

Fictional: it stands for the system in which a municipality keeps its times.
BOOKING_DEMO_CLIENT_ID and BOOKING_DEMO_CLIENT_SECRET in the environment make it ask for an
OAuth2 key. With `--faults` its temper can be set: `PUT /fault {"mode": …}`, see
demo.booking_faults, and everything booked be seen: `GET /booked`.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import now
from demo.booking_book import SCHEDULE, SERVICE_TYPE, Book, SlotTaken
from demo.booking_faults import Faults, Keys

PAGE = 20
Endpoint = Callable[[Request], Awaitable[Response]]


class Server:
    """The FHIR calls: Slot search, Appointment create, search, read and cancel."""

    def __init__(self, book: Book, faults: Faults, keys: Keys) -> None:
        self.book, self.faults, self.keys = book, faults, keys

    async def slots(self, request: Request) -> Response:
        """`GET Slot?start=ge…&status=free&schedule=…&service-type=…`, in pages."""
        asked = request.query_params
        try:
            after = _instant(asked["start"]) if "start" in asked else now()
            count, offset = int(asked.get("_count", PAGE)), int(asked.get("_offset", 0))
        except ValueError:
            return _refused(400, "invalid", "start, _count or _offset cannot be read")
        found = [slot for slot in self.book.slots(after) if _wanted(slot, asked)]
        more = {**asked, "_offset": offset + count} if len(found) > offset + count else None
        link = f"{request.url.replace(query='')}?{urlencode(more)}" if more else None
        return _bundle(found[offset : offset + count], len(found), link)

    async def find(self, request: Request) -> Response:
        """`GET Appointment?identifier=system|value`."""
        found = self.book.find(request.query_params.get("identifier", ""))
        return _bundle([found] if found else [], 1 if found else 0)

    async def create(self, request: Request) -> Response:
        """`POST Appointment` with If-None-Exist: the same identifier is booked once."""
        try:
            body = json.loads(await request.body())
            identifier, slot = _identifier(body), body["slot"][0]["reference"]
        except (ValueError, KeyError, TypeError, IndexError):
            return _refused(400, "invalid", "no appointment with identifier and slot")
        known = self.book.find(identifier)
        if known is not None and request.headers.get("if-none-exist"):
            return _resource(known, 200)
        if self.faults.mode == "conflict":
            return _refused(409, "conflict", "the slot is taken")
        await self.faults.before_booking()
        try:
            made = self.book.add(identifier, slot.removeprefix("Slot/"), body)
        except SlotTaken:
            return _refused(409, "conflict", "the slot is taken")
        await self.faults.after_booking()
        return _resource(made, 201)

    async def read(self, request: Request) -> Response:
        """`GET Appointment/{key}`."""
        known = self.book.read(request.path_params["key"])
        return _resource(known, 200) if known else _refused(404, "not-found", "no such thing")

    async def change(self, request: Request) -> Response:
        """`PUT Appointment/{key}` with status cancelled; If-Match is heeded."""
        known = self.book.read(request.path_params["key"])
        if known is None:
            return _refused(404, "not-found", "no such appointment")
        version = request.headers.get("if-match", f'W/"{known["meta"]["versionId"]}"')
        if version != f'W/"{known["meta"]["versionId"]}"':
            return _refused(412, "conflict", "it was changed meanwhile")
        try:
            status = json.loads(await request.body())["status"]
        except (ValueError, KeyError, TypeError):
            return _refused(400, "invalid", "no appointment")
        if status != "cancelled":
            return _refused(422, "business-rule", "an appointment can only be cancelled")
        if self.faults.mode == "no_cancel":
            return _refused(503, "transient", "not now")
        done = self.book.cancel(known)
        await self.faults.after_booking()
        return _resource(done, 200)

    def guarded(self, endpoint: Endpoint) -> Endpoint:
        """Return `endpoint` behind the temper of the day and the key."""

        async def answer(request: Request) -> Response:
            if self.faults.mode == "closed" or not self.keys.admits(request):
                return _refused(401, "login", "no key, or one that is no longer good")
            odd = await self.faults.before()
            return odd or await endpoint(request)

        return answer

    async def set_fault(self, request: Request) -> Response:
        """`PUT /fault`: for tests alone."""
        self.faults.set(await request.json())
        if self.faults.mode == "forget":
            self.keys.given.clear()
        return Response(status_code=204)

    async def booked(self, request: Request) -> Response:
        """`GET /booked`: every appointment, for tests alone."""
        return JSONResponse(self.book.all())


def create_app(database: str, faults: bool = False, keys: Keys | None = None) -> Starlette:
    """Return the server. `database` is a path, or `:memory:`."""
    server = Server(Book(database), Faults(), keys or Keys())
    one = "/fhir/Appointment/{key}"
    routes = [
        Route("/health", _health),
        Route("/token", server.keys.give, methods=["POST"]),
        Route("/fhir/Slot", server.guarded(server.slots)),
        Route("/fhir/Appointment", server.guarded(server.find), methods=["GET"]),
        Route("/fhir/Appointment", server.guarded(server.create), methods=["POST"]),
        Route(one, server.guarded(server.read), methods=["GET"]),
        Route(one, server.guarded(server.change), methods=["PUT"]),
    ]
    if faults:
        routes += [
            Route("/fault", server.set_fault, methods=["PUT"]),
            Route("/booked", server.booked),
        ]
    return Starlette(routes=routes)


async def _health(request: Request) -> Response:
    return JSONResponse({"ok": True})


def _instant(written: str) -> datetime:
    written = written.removeprefix("ge").replace(" ", "+").replace("Z", "+00:00")
    return datetime.fromisoformat(written)


def _wanted(slot: dict[str, Any], asked: Any) -> bool:
    kind = f"{SERVICE_TYPE['system']}|{SERVICE_TYPE['code']}"
    return (
        asked.get("status", slot["status"]) == slot["status"]
        and asked.get("schedule", SCHEDULE) == SCHEDULE
        and asked.get("service-type", kind) == kind
    )


def _identifier(body: dict[str, Any]) -> str:
    first = body["identifier"][0]
    return f"{first['system']}|{first['value']}"


def _resource(body: dict[str, Any], status: int) -> Response:
    return JSONResponse(body, status, media_type="application/fhir+json")


def _bundle(resources: list[dict[str, Any]], total: int, more: str | None = None) -> Response:
    bundle: dict[str, Any] = {"resourceType": "Bundle", "type": "searchset", "total": total}
    if resources:  # FHIR allows no empty lists
        bundle["entry"] = [{"resource": resource} for resource in resources]
    if more:
        bundle["link"] = [{"relation": "next", "url": more}]
    return _resource(bundle, 200)


def _refused(status: int, code: str, words: str) -> Response:
    issue = {"severity": "error", "code": code, "diagnostics": words}
    return _resource({"resourceType": "OperationOutcome", "issue": [issue]}, status)


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(prog="python -m demo.booking_server", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", default=":memory:")
    parser.add_argument("--faults", action="store_true", help="let tests set faults over HTTP")
    parser.add_argument("--key-seconds", type=float, default=300.0, help="how long a key is good")
    options = parser.parse_args()
    if options.database != ":memory:":
        Path(options.database).parent.mkdir(parents=True, exist_ok=True)
    about = [os.environ.get(f"BOOKING_DEMO_CLIENT_{name}", "") for name in ("ID", "SECRET")]
    app = create_app(options.database, options.faults, Keys(*about, options.key_seconds))
    # ws="none": Rasa's pins hold a websockets that is too old for uvicorn, and none is needed.
    quiet = {"log_level": "warning", "access_log": False, "ws": "none"}
    uvicorn.run(app, host="127.0.0.1", port=options.port, **quiet)


if __name__ == "__main__":
    main()
