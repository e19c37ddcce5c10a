"""Security headers on every answer, and no cookie for a young person."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Only this page may stand in a frame on somebody else's page.
EMBED = "/embed"
# What a host page loads from us.
FOR_HOST_PAGES = ("/widget.js", "/static/", EMBED)
STAFF = "/staff"
# Files that tell nothing about anybody; they set their own Cache-Control.
CACHEABLE = ("/widget.js", "/static/")

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors {ancestors}"
)
_ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "interest-cohort=(), microphone=(), payment=(), usb=()"
    ),
}


class SecurityHeaders:
    """ASGI middleware. `frame_ancestors` are the host pages that may frame /embed."""

    def __init__(self, app: ASGIApp, frame_ancestors: Sequence[str]) -> None:
        self._app = app
        self._ancestors = " ".join(frame_ancestors) or "'none'"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._set(MutableHeaders(scope=message), path)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _set(self, headers: MutableHeaders, path: str) -> None:
        framed = path.rstrip("/") == EMBED
        headers.update(_ALWAYS)
        if not path.startswith(CACHEABLE):
            headers["Cache-Control"] = "no-store"
        ancestors = self._ancestors if framed else "'none'"
        headers.setdefault("Content-Security-Policy", _POLICY.format(ancestors=ancestors))
        if not framed:
            headers["X-Frame-Options"] = "DENY"
        shared = framed or path.startswith(FOR_HOST_PAGES)
        headers["Cross-Origin-Resource-Policy"] = "cross-origin" if shared else "same-origin"
        if not path.startswith(STAFF) and "set-cookie" in headers:
            del headers["set-cookie"]
