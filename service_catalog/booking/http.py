"""The line to a booking server: bounded in time and size, to that server alone.

It tells apart what was certainly not done (`NotSent`) from what may have been done
(`BookingUnavailable`), because only the first may be called "not booked".
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, Optional

import httpx

from service_catalog.booking.login import Login
from service_catalog.errors import BookingUnavailable, NotSent

# An action has three seconds (bot/engine/inprocess.py). What is asked after a lost answer
# must fit in, so no single call may use up the whole.
BUDGET_SECONDS = 2.5
CALL_SECONDS = 1.1
TIMEOUT = httpx.Timeout(CALL_SECONDS, connect=0.6)
MOST_BYTES = 500_000


class Answer:
    """What a server answered: a status and, when it was JSON, what it said."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status = status
        try:
            self.said: Any = json.loads(body)
        except (ValueError, RecursionError):
            self.said = None


class Line:
    """Calls to one server within one turn. `base` is its FHIR address."""

    def __init__(
        self,
        base: str,
        login: Optional[Login] = None,
        transport: Optional[httpx.AsyncBaseTransport] = None,
        budget: float = BUDGET_SECONDS,
    ) -> None:
        self._base = httpx.URL(base.rstrip("/") + "/")
        self._login = login
        self._until = time.monotonic() + budget
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT,
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            headers={"Accept": "application/fhir+json", "Accept-Encoding": "identity"},
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def call(self, method: str, path: str, **how: Any) -> Answer:
        """Call the server; a key that is refused is fetched anew, once.

        Raises NotSent when the server has certainly not got the call, BookingUnavailable
        when it may have.
        """
        url = self.inside(path)
        if url is None:
            raise NotSent("an address outside the server")
        headers = how.pop("headers", {})
        answer = await self._once(method, url, headers=headers | await self._key(), **how)
        if answer.status == 401 and self._login is not None:
            self._login.forget()
            answer = await self._once(method, url, headers=headers | await self._key(), **how)
        return answer

    def inside(self, address: str) -> Optional[httpx.URL]:
        """Return `address` as a whole; None when it leads away from the server."""
        try:
            url = self._base.join(address)
        except (httpx.InvalidURL, TypeError, ValueError):
            return None
        same = (url.scheme, url.host, url.port) == (
            self._base.scheme,
            self._base.host,
            self._base.port,
        )
        return url if same and url.path.startswith(self._base.path) else None

    async def _key(self) -> dict[str, str]:
        """Return the header that lets us in. Raises NotSent: without a key nothing is sent."""
        if self._login is None:
            return {}
        key = self._login.kept()
        if key is None:
            try:
                answer = await self._once(
                    "POST",
                    httpx.URL(self._login.token_url),
                    data=self._login.form,
                    auth=self._login.pair,
                    headers={"Accept": "application/json"},
                )
                if answer.status != 200:
                    raise NotSent(f"the token endpoint answered {answer.status}")
                key = self._login.keep(answer.said)
            except (BookingUnavailable, ValueError) as error:
                raise NotSent(f"no key: {error}") from None
        return {"Authorization": f"Bearer {key}"}

    async def _once(self, method: str, url: httpx.URL, **how: Any) -> Answer:
        left = min(CALL_SECONDS, self._until - time.monotonic())
        if left <= 0:
            raise NotSent("no time left in this turn")
        try:
            return await asyncio.wait_for(self._read(method, url, **how), left)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
            raise NotSent(type(error).__name__) from None
        except (httpx.HTTPError, httpx.StreamError, asyncio.TimeoutError, ValueError) as error:
            raise BookingUnavailable(type(error).__name__) from None

    async def _read(self, method: str, url: httpx.URL, **how: Any) -> Answer:
        auth = how.pop("auth", None)
        request = self._http.build_request(method, url, **how)
        answer = await self._http.send(request, auth=auth, stream=True)
        try:
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > MOST_BYTES:
                    raise BookingUnavailable("the answer is too large")
            return Answer(answer.status_code, body)
        finally:
            await answer.aclose()
