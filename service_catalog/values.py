"""Checks of single values: web addresses, booking endpoints, dates, whole numbers."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Optional
from urllib.parse import urlsplit

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # Python 3.11 alone would take 20260501 too
# Only these settings may stand in an address: a catalog must not be able to read secrets out.
_SETTING = re.compile(r"\$\{([^}]*)\}")
_ALLOWED_SETTING = re.compile(r"BOOKING_(?![A-Z0-9_]*(?:SECRET|TOKEN|CLIENT))[A-Z0-9_]+")

_SCHEDULE = re.compile(r"Schedule/[A-Za-z0-9\-.]{1,64}")
_TOKEN = re.compile(r"(?:[a-z][a-z0-9+.-]*:[^\s|,]+\|)?[^\s|,]+")


def clean_url(url: Optional[str]) -> Optional[str]:
    """Return `url` when youth may be sent there. Raises ValueError otherwise."""
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise ValueError(f"{url!r} must begin with https://")
    _check_host(url)
    return url


def clean_booking_endpoint(url: str) -> None:
    """Raise ValueError unless `url` is a FHIR base address over https, or on this machine."""
    for name in _SETTING.findall(url):
        if not _ALLOWED_SETTING.fullmatch(name):
            raise ValueError(
                f"{url!r} uses the setting {name!r}; only BOOKING_… may stand here, and no login"
            )
    filled = _SETTING.sub("1", url)
    parts = urlsplit(filled)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError(f"{url!r} must begin with https:// (http:// only on this machine)")
    if parts.hostname not in LOOPBACK:
        _check_host(filled)


def clean_booking_schedule(reference: str) -> None:
    """Raise ValueError unless `reference` is one to a FHIR Schedule."""
    if not _SCHEDULE.fullmatch(reference):
        raise ValueError(f"{reference!r} is no schedule; write it as in Schedule/helsestasjonen")


def clean_booking_service_type(token: str) -> None:
    """Raise ValueError unless `token` is one of FHIR: "system|code" or "code"."""
    if not _TOKEN.fullmatch(token):
        raise ValueError(f"{token!r} is no service type; write it as in https://system.no|kode")


def fill_settings(url: str, settings: Optional[Mapping[str, str]] = None) -> Optional[str]:
    """Return `url` with its ${BOOKING_…} settings filled; None when one of them is not set."""
    values = os.environ if settings is None else settings
    names = _SETTING.findall(url)
    if not all(_ALLOWED_SETTING.fullmatch(name) and values.get(name) for name in names):
        return None
    return _SETTING.sub(lambda found: values[found[1]], url)


def year_or_date(value: str) -> str:
    """Return `value` when it is a date such as 2026-05-01, or a year when no more is known."""
    if _YEAR.fullmatch(value):
        return value
    try:
        return _day(value).isoformat()
    except ValueError:
        raise ValueError(
            f"{value!r} is no date; write it as in 2026-05-01, or a year when no more is known"
        ) from None


def _day(written: str) -> date:
    if not _DAY.fullmatch(written):
        raise ValueError(written)
    return date.fromisoformat(written)


@lru_cache(maxsize=4096)
def first_day(written: str) -> date:
    """Return the day that `written` (see `year_or_date`) means; a year means its first day."""
    return date.fromisoformat(written if len(written) == 10 else f"{written}-01-01")


def iso_date(value: Any) -> Any:
    """Return the date written as 2026-05-01; pydantic alone would read 2026 as seconds."""
    try:
        return value if isinstance(value, date) else _day(str(value))
    except ValueError:
        raise ValueError(f"{value!r} is no date; write it as in 2026-05-01") from None


def whole_number(value: Any) -> Any:
    """Return `value` unless it is true or false, which Python counts as 1 and 0."""
    if isinstance(value, bool):
        raise ValueError(f"{str(value).lower()!r} is no whole number; write it as in 13")
    return value


def _check_host(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(f"{url!r} is no web address") from None
    if "." not in host.strip(".") or re.search(r"\s", url) or host.replace(".", "").isdigit():
        raise ValueError(f"{url!r} is no web address; write it as in https://www.eksempel.no")
    if parts.username is not None:
        raise ValueError(f"{url!r} holds a user name; write the address without it")
