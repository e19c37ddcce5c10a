"""Where catalogs come from: `settings/catalogs.yml`, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Optional
from urllib.parse import urlsplit

from bot import settings
from bot.settings import BadSetting
from service_catalog.sources.copies import Copy

FILE = "settings/catalogs.yml"
SHIPPED = "service_catalog/catalogs"
SHORTEST_LOOK, SHORTEST_REFRESH = 0.1, 1.0
_ENTRY = frozenset({"municipality", "url"})


@dataclass(frozen=True)
class Remote:
    """A catalog that is fetched. `municipality` is a number, or "national"."""

    municipality: str
    url: str

    @property
    def host(self) -> str:
        """What may be told: the rest of an address can hold a key."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True)
class Sources:
    """Everything that says where catalogs come from. Times are in the unit that the name says."""

    folder: Path
    remote: tuple[Remote, ...] = ()
    look_seconds: float = 15.0
    refresh_seconds: float = 3600.0
    max_age_hours: float = 72.0
    proxy: Optional[str] = None
    allow_this_machine: bool = False
    copies: Path = settings.ROOT / "var" / "catalogs"

    @classmethod
    def load(cls, values: Optional[Mapping[str, Any]] = None) -> Sources:
        """Read `settings/catalogs.yml`, or `values`. Raises BadSetting, which says what to mend.

        A folder of settings without that file means the catalogs that we ship, and nothing remote.

        Environment: UNGVEIVISER_CATALOGS (another folder), UNGVEIVISER_VAR (where copies lie).
        """
        given = dict(_settings() if values is None else values)
        unknown = sorted(
            set(given) - {field.name for field in fields(cls)} | {"copies"} & set(given)
        )
        if unknown:
            raise BadSetting(
                f"{FILE}: {unknown[0]!r} is no setting; remove it or mend its spelling"
            )
        given["folder"] = _folder(given.get("folder", SHIPPED))
        allow = given.setdefault("allow_this_machine", False)
        if not isinstance(allow, bool):
            raise BadSetting(f"{FILE}: allow_this_machine is {allow!r}; write true or false")
        given["remote"] = _remotes(given.get("remote"), allow)
        _check_times(given)
        _check_proxy(given.get("proxy"))
        var = settings.env("VAR")
        return cls(**given, copies=Path(var or settings.ROOT / "var", "catalogs"))

    def copy_of(self, remote: Remote) -> Copy:
        """Return the last good copy of `remote`, there or not."""
        return Copy(self.copies, remote.municipality)

    def copies_there(self) -> list[Path]:
        """Return the copies that there are of the remote sources."""
        paths = (self.copy_of(remote).path for remote in self.remote)
        return [path for path in paths if path is not None]


def _settings() -> Mapping[str, Any]:
    there = (settings.FOLDER / "catalogs.yml").exists()
    return settings.section("catalogs") if there else {}


def _folder(written: Any) -> Path:
    named = settings.env("CATALOGS") or written
    if not isinstance(named, str) or not named:
        raise BadSetting(f"{FILE}: folder is {named!r}; name the folder of the catalogs")
    return settings.ROOT / named


def _remotes(written: Any, allow_this_machine: bool) -> tuple[Remote, ...]:
    if written is not None and not isinstance(written, list):
        raise BadSetting(f"{FILE}: remote must be a list of municipality and url")
    found: dict[str, Remote] = {}
    for index, entry in enumerate(written or (), 1):
        remote = _remote(entry, f"{FILE}: remote[{index}]", allow_this_machine)
        if remote.municipality in found:
            raise BadSetting(f"{FILE}: remote[{index}]: {remote.municipality} stands twice")
        found[remote.municipality] = remote
    return tuple(found.values())


def _remote(entry: Any, where: str, allow_this_machine: bool) -> Remote:
    if not isinstance(entry, dict) or set(entry) != _ENTRY:
        raise BadSetting(f"{where}: write municipality and url, and nothing else")
    number, url = entry["municipality"], entry["url"]
    if not isinstance(number, str) or not re.fullmatch(r"[0-9]{4}|national", number):
        raise BadSetting(f'{where}: municipality is {number!r}; write it in quotes, as in "3413"')
    fault = url_fault(url, allow_this_machine)
    if fault:
        raise BadSetting(f"{where}: url {fault}")
    return Remote(number, url)


def url_fault(url: Any, allow_this_machine: bool) -> Optional[str]:
    """Say why nothing may be fetched from `url`, without quoting it (a key?); None when it may."""
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is no web address"
    if not host or re.search(r"[\s\x00-\x1f\x7f]", url):
        return "is no web address; write it as in https://www.eksempel.no/katalog.yml"
    if parts.username is not None or parts.password is not None:
        return "holds a user name; write the address without it"
    if parts.scheme != "https" and not (parts.scheme == "http" and allow_this_machine):
        return "must begin with https://"
    return None


def _check_times(given: Mapping[str, Any]) -> None:
    least = {"look_seconds": SHORTEST_LOOK, "refresh_seconds": SHORTEST_REFRESH, "max_age_hours": 0}
    for name, shortest in least.items():
        value = given.get(name, shortest)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= shortest:
            raise BadSetting(f"{FILE}: {name} is {value!r}; write a number from {shortest:g} up")


def _check_proxy(proxy: Any) -> None:
    if proxy is None:
        return
    parts = urlsplit(proxy) if isinstance(proxy, str) else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting(f"{FILE}: proxy must be null, or as in http://proxy.eksempel.no:3128")
