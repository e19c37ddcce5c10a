"""The catalogs in service: read from a folder, kept as they last were good.

A file that turns bad stays out of the way of youth: what it last said right goes
on, and the fault is told in `faults` (for health pages and its owner).
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Optional

from bot import settings
from service_catalog.checking.check import Checked, catalog_files
from service_catalog.checking.rules import holidays
from service_catalog.errors import CatalogError, Fault
from service_catalog.hours import Hours, hours_of
from service_catalog.reading import read_files
from service_catalog.schema import Catalog, Service
from service_catalog.sources.settings import Sources
from service_catalog.terms import ON_CALL

FOLDER = Path(settings.env("CATALOGS", str(Path(__file__).with_name("catalogs"))))
NATIONAL = "national"
MANY = 10  # files
Stamp = tuple[int, int]  # of a file: when it was changed (ns), and its bytes

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Offer:
    """A service made ready for finding: its catalog, public id and opening hours.

    `usually` and `chat_usually` are rough times, only good for not offering what is most
    likely shut.
    """

    id: str
    service: Service
    catalog: Catalog
    hours: Optional[Hours]
    usually: Optional[Hours]
    chat_usually: Optional[Hours]

    @property
    def fictional(self) -> bool:
        return self.catalog.is_fictional(self.service)


@dataclass(frozen=True)
class _Read:
    """One file as it was last read. `catalog` is what it last said right."""

    stamp: Stamp
    catalog: Optional[Catalog]
    faults: list[Fault]


class Catalogs:
    """Every catalog in service, by municipality number. Safe to reload while in use."""

    def __init__(self, catalogs: Iterable[Catalog] = ()) -> None:
        self.faults: list[Fault] = []
        self._files: dict[Path, _Read] = {}
        self._reloading = threading.Lock()
        self._all: dict[str, Catalog] = {}
        self._offers: dict[str, tuple[Offer, ...]] = {}
        self._serve(catalogs)

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Catalogs:
        """Read the catalogs in `folder`. Faulty files are left out and named in `faults`.

        Raises CatalogError when there is no sound catalog at all.
        """
        catalogs = cls()
        catalogs.reload(folder)
        if not catalogs.all:
            told = "; ".join(str(fault) for fault in catalogs.faults[:3]) or "it is empty"
            raise CatalogError(f"{folder} holds no sound catalog: {told}")
        return catalogs

    def reload(self, folder: Path = FOLDER, copies: Sequence[Path] = ()) -> list[Fault]:
        """Read what has changed; return the faults. What was good before stays in service.

        `copies` are catalogs that were fetched; each goes before the file of the same
        municipality in `folder`.
        """
        with self._reloading:
            return self._reload(folder, copies)

    def _reload(self, folder: Path, copies: Sequence[Path]) -> list[Fault]:
        own = catalog_files(folder) if folder.is_dir() else []
        faults = []
        if not own:
            faults = [Fault(folder, 1, "file", "is gone or empty; put the catalogs back")]
            own = [path for path in self._files if path.parent == folder]
        stamps = {path: _stamp(path) for path in [*copies, *own]}
        before = self._files
        changed = {
            path: stamp
            for path, stamp in stamps.items()
            if stamp is not None and (path not in before or stamp != before[path].stamp)
        }
        read: dict[Path, _Read] = {}
        with _no_rounds():
            for path, checked in read_files(list(changed), idle=not before):
                read[path] = _take(checked, changed[path], before.get(path))
                _spare_the_collector(len(read))
        known = {**before, **read}
        files = {path: known[path] for path in stamps if path in known}
        if read or files.keys() != before.keys():
            self._serve(one.catalog for one in files.values() if one.catalog is not None)
        self._files = files
        self.faults = [*faults, *(fault for one in files.values() for fault in one.faults)]
        return self.faults

    def _serve(self, catalogs: Iterable[Catalog]) -> None:
        """Make `catalogs` the ones in service, in one step for everybody who reads."""
        by_key: dict[str, Catalog] = {}
        for catalog in catalogs:
            by_key.setdefault(catalog.key, catalog)
        offers = {
            key: self._offers[key] if self._all.get(key) is catalog else tuple(map_offers(catalog))
            for key, catalog in by_key.items()
        }
        visiting: dict[str, list[Offer]] = {}
        for group in offers.values():
            for offer in group:
                for number in offer.service.service_area:
                    visiting.setdefault(number, []).append(offer)
        self._all, self._offers, self._visiting = by_key, offers, visiting

    @property
    def all(self) -> dict[str, Catalog]:
        """Every catalog by its key: a municipality number, or "national"."""
        return self._all

    def of(self, number: Optional[str]) -> Optional[Catalog]:
        """Return the catalog of a municipality, or None when it has none."""
        return self._all.get(number) if number else None

    def offers(self, key: Optional[str]) -> tuple[Offer, ...]:
        """Return what the catalog `key` offers."""
        return self._offers.get(key, ()) if key else ()

    def from_neighbours(self, number: Optional[str]) -> tuple[Offer, ...]:
        """Return what other municipalities offer in `number` too."""
        return tuple(self._visiting.get(number, ())) if number else ()

    def offer(self, public_id: str) -> Optional[Offer]:
        """Return the offer with this public id, as "9999-helsestasjon", or None."""
        group = self._offers.get(public_id.partition("-")[0], ())
        return next((offer for offer in group if offer.id == public_id), None)


def map_offers(catalog: Catalog) -> Iterable[Offer]:
    """Yield the services of a catalog with their hours read."""
    days = holidays(catalog)
    for service in catalog.services:
        on_call = service.type in ON_CALL

        def read(written: Optional[str], on_call: bool = on_call) -> Optional[Hours]:
            return hours_of(written, days, on_call) if written else None

        yield Offer(
            id=catalog.public_id(service),
            service=service,
            catalog=catalog,
            hours=read(service.schedule.opening_hours if service.schedule else None),
            usually=read(service.usually),
            chat_usually=read(service.chat.usually if service.chat else None),
        )


@lru_cache(maxsize=1)
def in_service() -> Catalogs:
    """Return the catalogs of this process, as they lie on disk when it is first asked.

    A server keeps them fresh with `service_catalog.sources.keeper`. Raises BadSetting.
    """
    sources = Sources.load()
    catalogs = Catalogs()
    catalogs.reload(sources.folder, sources.copies_there())
    return catalogs


def up_to_date() -> Catalogs:
    """Return the catalogs of this process with what has changed on disk. Raises BadSetting."""
    sources = Sources.load()
    catalogs = in_service()
    catalogs.reload(sources.folder, sources.copies_there())
    return catalogs


def _spare_the_collector(read: int) -> None:
    """Take what has been read out of the garbage collector's rounds, every few files.

    A round over a country's catalogs holds every thread up for half a second. They live long
    and hold no cycles, so counting references is enough to free them.
    """
    if read % MANY == 0:
        gc.freeze()


@contextmanager
def _no_rounds() -> Iterator[None]:
    """Hold the garbage collector's rounds back while files are read: they cost a sixth of it."""
    going = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if going:
            gc.enable()


def _take(checked: Checked, stamp: Stamp, known: Optional[_Read]) -> _Read:
    for fault in checked.faults:
        log.warning("catalog fault: %s", fault)
    last_good = known.catalog if known else None
    return _Read(stamp, checked.catalog or last_good, checked.faults)


def _stamp(path: Path) -> Optional[Stamp]:
    """Return what tells that a file has changed; None when it has just gone."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
