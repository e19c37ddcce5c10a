"""One remote source: fetched, checked, kept as a copy, and honest about how it is."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Optional
from urllib.parse import urlsplit

from service_catalog.checking.check import check_content
from service_catalog.errors import Fault, FetchError
from service_catalog.schema import Catalog
from service_catalog.sources.remote import Fetcher
from service_catalog.sources.settings import Remote, Sources
from service_catalog.values import LOOPBACK

State = Literal["ok", "stale", "faulty"]
LONGEST_REASON = 160
MOST_TOLD = 5  # faults of one catalog, in the log
NOT_YET = "it has not been fetched yet"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SourceState:
    """How one source is. Tells no address and no content, so it may be shown to anybody.

    `stale`: it could not be reached, and the last good copy goes on. `faulty`: what it says
    cannot be used, or there is no copy, or the copy has become too old. `age_seconds`: since it
    was last known to be what the source says; None when it never was.
    """

    source: str
    state: State
    age_seconds: Optional[int] = None
    reason: Optional[str] = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        age = "never fetched" if self.age_seconds is None else f"{self.age_seconds} s old"
        return f"{self.source}: {self.state}, {age}" + (f": {self.reason}" if self.reason else "")


class RemoteSource:
    """A catalog that somebody else publishes, and our copy of it."""

    def __init__(self, remote: Remote, sources: Sources, fetcher: Fetcher) -> None:
        self._remote = remote
        self._fetcher = fetcher
        self._max_age = sources.max_age_hours * 3600
        self._copy = sources.copy_of(remote)
        self._fault: Optional[FetchError] = None
        self._told: Optional[str] = None
        self._lines: list[str] = []  # of the log, told last
        self._copy_is_sound = False  # what an older version let in need not be

    async def renew(self) -> bool:
        """Fetch it, and keep what is new and sound; say whether the copy changed. Never raises."""
        changed, fault = False, None
        try:
            changed = await self._fetch()
        except FetchError as error:
            fault = error
        except OSError as error:
            fault = FetchError(f"its copy cannot be written ({error.strerror})")
        except Exception as error:  # one source must not end the others' renewal
            fault = FetchError(f"it upset us ({type(error).__name__})")
        self._fault = fault
        self._tell()
        return changed

    def state(self) -> SourceState:
        """Return how it is now."""
        note, fault = self._copy.note, self._fault
        name = self._remote.municipality
        if note is None or self._copy.path is None:
            return SourceState(name, "faulty", None, str(fault) if fault else NOT_YET)
        age = max(0, int(time.time() - note.confirmed))
        if age > self._max_age:
            why = f"{fault or 'it is not renewed'}; the copy has become too old"
            return SourceState(name, "faulty", age, why)
        if fault is None:
            return SourceState(name, "ok", age)
        return SourceState(name, "stale" if fault.passing else "faulty", age, str(fault))

    async def _fetch(self) -> bool:
        url, copy = self._remote.url, self._copy
        fetched = await self._fetcher.fetch(url, copy.asking(url))
        if fetched.content is None:
            if not self._copy_is_sound and copy.path is not None:
                await self._check(copy.path.read_bytes(), copy.path.suffix)
            copy.confirm(time.time())
            return False
        await self._check(fetched.content, fetched.ending)
        told = fetched.etag, fetched.last_modified
        copy.keep(fetched.content, fetched.ending, url, time.time(), *told)
        return True

    async def _check(self, content: bytes, ending: str) -> None:
        """Raise FetchError unless `content` is the catalog that it should be."""
        name = Path(f"{self._remote.municipality}{ending}")
        # In a thread: a large catalog takes as long to check as a turn.
        faults = await asyncio.to_thread(faults_of, content, name)
        if faults:
            for fault in faults[:MOST_TOLD]:
                self._log_once(f"catalog fault in what {self._remote.host} sent: {fault}")
            more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
            where = f"line {faults[0].line}: {faults[0].field}"[:LONGEST_REASON]
            raise FetchError(f"its catalog has a fault ({where}{more})")
        self._copy_is_sound = True

    def _log_once(self, line: str) -> None:
        if line not in self._lines:
            self._lines = [*self._lines, line][-MOST_TOLD:]
            log.warning("%s", line)

    def _tell(self) -> None:
        """Log a change of state, once."""
        now = self.state()
        told = f"{now.state} {now.reason}"
        if told != self._told and not (self._told is None and now.state == "ok"):
            log.warning("catalog source %s (%s)", now, self._remote.host)
        self._told = told


def faults_of(content: bytes, name: Path) -> list[Fault]:
    """Return what keeps `content` from being the catalog that `name` says, as in 3413.yml."""
    checked = check_content(content, name)
    if checked.catalog is None:
        return checked.faults
    return list(_not_its_business(checked.catalog, name))


def _not_its_business(catalog: Catalog, name: Path) -> list[Fault]:
    """Return where a catalog of somebody else reaches for what is not theirs."""
    if catalog.key != name.stem:
        message = f"is {catalog.key!r}, but the settings say that this is {name.stem}"
        return [Fault(name, 1, "municipality", message)]
    return [
        Fault(name, 1, f"services[{service.id}].booking_endpoint", "must not lie on this machine")
        for service in catalog.services
        if service.booking_endpoint and _is_ours(service.booking_endpoint)
    ]


def _is_ours(endpoint: str) -> bool:
    """Say whether it uses settings of this installation, or lies on this machine."""
    return "${" in endpoint or urlsplit(endpoint).hostname in LOOPBACK
