"""Keeps the catalogs of a running process fresh, in a thread of its own: no turn waits for it.

Every few seconds it looks for changed files in the folder and among the copies; every remote
source is fetched now and then. What is new and sound is in service at the next turn, in one
step; what is not changes nothing, and is told by `states`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from random import SystemRandom
from typing import Optional

from service_catalog.load import Catalogs, in_service
from service_catalog.sources.remote import Fetcher
from service_catalog.sources.settings import Sources
from service_catalog.sources.source import LONGEST_REASON, RemoteSource, SourceState

AT_ONCE = 4  # fetches
SPREAD = 0.1  # of the time between fetches, so that many bots do not ask at the same moment
FOLDER_NAME = "folder"
_random = SystemRandom()
log = logging.getLogger(__name__)


class Keeper:
    """Looks after `catalogs`, which are those of this process unless others are given."""

    def __init__(
        self, sources: Sources, catalogs: Catalogs, fetcher: Optional[Fetcher] = None
    ) -> None:
        self._sources = sources
        self._catalogs = catalogs
        fetcher = fetcher or Fetcher(sources)
        self._remote = [RemoteSource(one, sources, fetcher) for one in sources.remote]
        self._looked: Optional[float] = None
        self._loop: Optional[asyncio.AbstractEventLoop] = None
        self._work: Optional[asyncio.Task[None]] = None
        self._thread = threading.Thread(target=self._run, name="catalog-keeper", daemon=True)

    @classmethod
    def for_process(cls) -> Keeper:
        """Read the catalogs of this process and return their keeper. Raises BadSetting."""
        keeper = cls(Sources.load(), in_service())
        keeper.look()
        return keeper

    def start(self) -> None:
        """Begin to look and fetch."""
        self._thread.start()

    def stop(self) -> None:
        """End it; waits two seconds at most."""
        if self._loop is not None and self._work is not None:
            with contextlib.suppress(RuntimeError):  # it has ended already
                self._loop.call_soon_threadsafe(self._work.cancel)
            self._thread.join(2)

    def look(self) -> None:
        """Take up what has changed on disk."""
        self._catalogs.reload(self._sources.folder, self._sources.copies_there())
        self._looked = time.monotonic()

    async def fetch_all(self) -> None:
        """Fetch every remote source once, a few at a time, and take up what is new."""
        places = asyncio.Semaphore(AT_ONCE)

        async def renew(source: RemoteSource) -> None:
            async with places:
                await source.renew()

        await asyncio.gather(*map(renew, self._remote))
        await asyncio.to_thread(self.look)

    def states(self) -> list[SourceState]:
        """Return how the folder and every remote source are."""
        return [self._folder_state(), *(source.state() for source in self._remote)]

    def _folder_state(self) -> SourceState:
        if self._looked is None:
            return SourceState(FOLDER_NAME, "faulty", None, "it has not been read yet")
        age = int(time.monotonic() - self._looked)
        folder = self._sources.folder
        faults = [one for one in self._catalogs.faults if folder in (one.path, one.path.parent)]
        if not faults:
            return SourceState(FOLDER_NAME, "ok", age)
        first = faults[0]
        where = f"{first.path.name}:{first.line}: {first.field}"[:LONGEST_REASON]
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        return SourceState(FOLDER_NAME, "faulty", age, f"{where} has a fault{more}")

    def _run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._live())

    async def _live(self) -> None:
        self._loop, self._work = asyncio.get_running_loop(), asyncio.current_task()
        news = asyncio.Event()
        places = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(
            self._keep_looking(news),
            *(self._keep_fetching(source, news, places) for source in self._remote),
        )

    async def _keep_looking(self, news: asyncio.Event) -> None:
        while True:
            try:
                await asyncio.to_thread(self.look)
            except Exception:
                log.exception("looking for changed catalogs failed; it is tried again")
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(news.wait(), self._sources.look_seconds)
            news.clear()

    async def _keep_fetching(
        self, source: RemoteSource, news: asyncio.Event, places: asyncio.Semaphore
    ) -> None:
        while True:
            async with places:
                if await source.renew():
                    news.set()
            await asyncio.sleep(
                self._sources.refresh_seconds * _random.uniform(1 - SPREAD, 1 + SPREAD)
            )
