"""Fetching one catalog over https from somebody else's server, which may be slow, ill or hostile.

What it may cost is bounded before it begins: where we connect (sources/address.py), how
long it takes, how much is read, how often it is tried. The address is settled first and connected
to by number; the name still stands in Host and is what the certificate must be for.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import SystemRandom
from typing import Optional

import httpx

from service_catalog.errors import FetchError
from service_catalog.read import ending_of
from service_catalog.sources.address import addresses_of, is_number
from service_catalog.sources.settings import Sources, url_fault
from service_catalog.yaml_file import MAX_BYTES

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
WHOLE_SECONDS = 30.0
TRIES = 3
FIRST_WAIT = 0.5  # seconds; doubled for each further try, more or less by half
MAX_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429})
_HEADERS = {
    "Accept": "application/yaml, text/yaml, application/json;q=0.9, text/plain;q=0.5",
    "Accept-Encoding": "identity",  # a few packed bytes can unfold to gigabytes
    "User-Agent": "Ungveiviser (catalog)",
}
_random = SystemRandom()


@dataclass(frozen=True)
class Fetched:
    """What a source said. `content` is None when it has not changed."""

    content: Optional[bytes]
    ending: str = ""
    etag: Optional[str] = None
    last_modified: Optional[str] = None


class Fetcher:
    """Fetches catalogs as `sources` allows. `verify`: another set of trusted certificates."""

    def __init__(
        self,
        sources: Sources,
        verify: Optional[ssl.SSLContext] = None,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._sources = sources
        self._verify = verify or httpx.create_ssl_context(trust_env=False)
        self._whole_seconds = whole_seconds

    async def fetch(self, url: str, asking: dict[str, str]) -> Fetched:
        """Return what stands at `url`. `asking`: the headers that ask for news only.

        Raises FetchError. What may pass is tried three times, after waits that double.
        """
        for attempt in range(TRIES):
            try:
                return await asyncio.wait_for(self._follow(url, asking), self._whole_seconds)
            except asyncio.TimeoutError:
                raise FetchError("it takes too long", passing=True) from None
            except FetchError as error:
                if not error.passing or attempt == TRIES - 1:
                    raise
            await asyncio.sleep(FIRST_WAIT * 2**attempt * _random.uniform(0.5, 1.5))
        raise AssertionError("the last try returns or raises")

    async def _follow(self, url: str, asking: dict[str, str]) -> Fetched:
        """Follow redirects, each judged like the first address."""
        try:
            here = httpx.URL(url)
            for _ in range(MAX_REDIRECTS + 1):
                async with self._answer(here, asking) as answer:
                    if answer.status_code not in _REDIRECTS:
                        return await _take(answer, here, bool(asking))
                    here = here.join(answer.headers.get("location", ""))
        except httpx.TimeoutException:
            raise FetchError("it takes too long", passing=True) from None
        except httpx.InvalidURL:
            raise FetchError("it leads to what is no web address") from None
        except httpx.HTTPError as error:
            raise _as_fault(error) from None
        raise FetchError(f"it redirects more than {MAX_REDIRECTS} times")

    @asynccontextmanager
    async def _answer(
        self, url: httpx.URL, asking: dict[str, str]
    ) -> AsyncIterator[httpx.Response]:
        fault = url_fault(str(url), self._sources.allow_this_machine)
        if fault:
            raise FetchError(f"it leads to an address that {fault}")
        headers = {**_HEADERS, **asking, "Host": url.netloc.decode("ascii")}
        async with httpx.AsyncClient(
            timeout=TIMEOUT, verify=self._verify, trust_env=False, proxy=self._sources.proxy
        ) as client:
            answer = await self._connect(client, url, headers)
            try:
                yield answer
            finally:
                await answer.aclose()

    async def _connect(
        self, client: httpx.AsyncClient, url: httpx.URL, headers: dict[str, str]
    ) -> httpx.Response:
        """Send the request to the first address that answers."""
        host = url.raw_host.decode("ascii")
        port = url.port or (443 if url.scheme == "https" else 80)
        if self._sources.proxy:
            # The proxy looks names up; a number is judged here all the same.
            if is_number(host):
                await addresses_of(host, port)
            return await client.send(client.build_request("GET", url, headers=headers), stream=True)
        addresses = await addresses_of(host, port, self._sources.allow_this_machine)
        for address in addresses:
            request = client.build_request(
                "GET",
                url.copy_with(host=address),
                headers=headers,
                extensions={"sni_hostname": host},
            )
            try:
                return await client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if address == addresses[-1]:
                    raise
        raise FetchError("its name has no address", passing=True)


async def _take(answer: httpx.Response, url: httpx.URL, asked_for_news: bool) -> Fetched:
    """Read the answer, no further than the largest catalog. Raises FetchError."""
    status = answer.status_code
    if status == 304 and asked_for_news:
        return Fetched(None)
    if status != 200:
        passing = status in _PASSING or status >= 500
        raise FetchError(f"it answers with status {status}", passing=passing)
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise FetchError("it answers packed, which was not asked for")
    ending = ending_of(answer.headers.get("content-type"), url.path)
    content = bytearray()
    async for piece in answer.aiter_raw():
        content += piece
        if len(content) > MAX_BYTES:
            raise FetchError(f"it is larger than {MAX_BYTES // 1000} KB")
    etag, modified = (answer.headers.get(name) for name in ("etag", "last-modified"))
    return Fetched(bytes(content), ending, etag, modified)


def _as_fault(error: httpx.HTTPError) -> FetchError:
    cause: Optional[BaseException] = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchError("its certificate is not valid")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.ConnectError):
        return FetchError("it cannot be reached", passing=True)
    return FetchError("its answer breaks off or is no HTTP", passing=True)
