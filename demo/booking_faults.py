"""Tempers and keys of the demo booking server: what a real one may do on a bad day.

Modes: `slow` (every answer), `late` (books after a while), `conflict`, `nonsense`
(answers `body`), `lost` (books, then says nothing), `die` (books, then is gone),
`die_before` (is gone, nothing booked), `no_cancel` (cancels nothing), `closed` (401 whatever
the key), `forget` (all keys given out so far are void).
"""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import signal
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

HTML = "<html>Velkommen</html>"


@dataclass
class Faults:
    """Which temper the server is in. `seconds` is how long slow is."""

    mode: str | None = None
    seconds: float = 5.0
    body: str = HTML
    status: int = 200

    def set(self, about: dict[str, Any]) -> None:
        """Take over a temper as a test sends it; what is left out goes back to normal."""
        fresh = Faults(**about)
        self.mode, self.seconds = fresh.mode, fresh.seconds
        self.body, self.status = fresh.body, fresh.status

    async def before(self) -> Response | None:
        """Misbehave before anything is done; return an answer that stands in for the real one."""
        if self.mode == "slow":
            await asyncio.sleep(self.seconds)
        if self.mode == "nonsense":
            return Response(self.body, self.status, media_type="application/fhir+json")
        return None

    async def before_booking(self) -> None:
        """Misbehave when all is well but nothing is booked yet."""
        if self.mode == "late":
            await asyncio.sleep(self.seconds)
        if self.mode == "die_before":
            _die()

    async def after_booking(self) -> None:
        """Misbehave when it is booked and on disk, but the answer is not sent."""
        if self.mode == "lost":
            await asyncio.sleep(self.seconds)
        if self.mode == "die":
            _die()


@dataclass
class Keys:
    """OAuth2 client credentials (RFC 6749, 4.4). Without a `client` everybody is let in."""

    client: str = ""
    secret: str = ""
    lifetime: float = 300.0
    given: dict[str, float] = field(default_factory=dict)

    def admits(self, request: Request) -> bool:
        """Say whether a request carries a key that is still good."""
        kind, _, key = request.headers.get("authorization", "").partition(" ")
        return not self.client or (kind == "Bearer" and self.given.get(key, 0) > time.monotonic())

    async def give(self, request: Request) -> Response:
        """`POST /token`: a key for the client that knows the secret."""
        form = await request.form()
        asked = _basic(request.headers.get("authorization", ""))
        if form.get("grant_type") != "client_credentials" or asked != (self.client, self.secret):
            return JSONResponse({"error": "invalid_client"}, 401)
        key = secrets.token_urlsafe(24)
        self.given[key] = time.monotonic() + self.lifetime
        answer = {"access_token": key, "token_type": "Bearer", "expires_in": self.lifetime}
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def _basic(header: str) -> tuple[str, str]:
    try:
        client, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    except ValueError:
        return "", ""
    return unquote(client), unquote(secret)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
