"""Alerts by webhook: signed JSON, to https or this machine alone.

The receiver checks `X-Ungveiviser-Signature`: "sha256=" and the HMAC-SHA256, in hex, of
`X-Ungveiviser-Timestamp` + "." + the body, keyed with UNGVEIVISER_ALERT_SECRET.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from functools import partial
from urllib.parse import urlsplit

import httpx

from bot.handoff.address import is_loopback
from bot.handoff.errors import NotSent
from bot.handoff.notice import Notice
from bot.handoff.retries import PAUSE_SECONDS, with_retries

TIMEOUT_SECONDS = 5.0
# Answers after which the same request may well succeed.
PASSING = frozenset({408, 425, 429})


class Webhook:
    """Posts notices. `pause`: seconds before the second try."""

    def __init__(
        self, secret: str, timeout: float = TIMEOUT_SECONDS, pause: float = PAUSE_SECONDS
    ) -> None:
        self._secret = secret.encode()
        self._pause = pause
        # What is on this machine is reached without the proxy of the environment.
        self._outside = httpx.AsyncClient(timeout=timeout, follow_redirects=False)
        self._here = httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False)

    async def send(self, notice: Notice, target: str) -> None:
        """Post a notice. Raises NotSent, whose text holds no address."""
        body = json.dumps(notice.as_json(), ensure_ascii=False).encode()
        await with_retries(partial(self._post, target, body), self._pause)

    async def close(self) -> None:
        """Close the connections."""
        await self._outside.aclose()
        await self._here.aclose()

    async def _post(self, target: str, body: bytes) -> None:
        here = is_loopback(urlsplit(target).hostname or "")
        client = self._here if here else self._outside
        try:
            answer = await client.post(target, content=body, headers=self._headers(body))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotSent(type(error).__name__) from None
        if not answer.is_success:
            passing = answer.is_server_error or answer.status_code in PASSING
            raise NotSent(f"HTTP {answer.status_code}", final=not passing)

    def _headers(self, body: bytes) -> dict[str, str]:
        at = str(int(time.time()))
        return {
            "Content-Type": "application/json",
            "X-Ungveiviser-Timestamp": at,
            "X-Ungveiviser-Signature": f"sha256={signature(self._secret, at, body)}",
        }


def signature(secret: bytes, at: str, body: bytes) -> str:
    """Return the signature of a body that was sent at a time (seconds since 1970)."""
    return hmac.new(secret, at.encode() + b"." + body, hashlib.sha256).hexdigest()
