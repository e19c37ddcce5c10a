"""Where an alert goes: a webhook or an e-mail address from `settings/handoff.yml`."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from bot.settings import BadSetting

Channel = Literal["webhook", "email", "chat"]
# The settings by which anybody, or a unit, can be reached.
NAMES = {"webhook", "email"}
_EMAIL = re.compile(r"[^@\s<>,;:]+@[^@\s<>,;:]+")


@dataclass(frozen=True)
class Address:
    """One way to somebody. "chat" is the young person's own conversation."""

    channel: Channel
    target: str = ""

    @property
    def mark(self) -> str:
        """A short name for Redis that tells no address."""
        return f"{self.channel}:{hashlib.sha256(self.target.encode()).hexdigest()[:12]}"


YOUTH = Address("chat")


def read_addresses(about: Mapping[str, Any], where: str) -> tuple[Address, ...]:
    """Return the `webhook` and the `email` of a person or a unit. Raises BadSetting."""
    found = []
    if about.get("webhook") is not None:
        found.append(Address("webhook", read_url(about["webhook"], f"{where}: webhook")))
    if about.get("email") is not None:
        email = about["email"]
        if not isinstance(email, str) or not _EMAIL.fullmatch(email):
            raise BadSetting(f"{where}: email is {email!r}: write one address, in quotes")
        found.append(Address("email", email))
    return tuple(found)


def read_url(value: Any, where: str) -> str:
    """Return an address that is https, or on this machine. Raises BadSetting.

    The address itself is not quoted: that of a webhook often holds a secret.
    """
    parts = _split(value)
    if parts is None or "@" in parts.netloc or not parts.hostname:
        raise BadSetting(f"{where}: is no web address: write one, in quotes, without a password")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise BadSetting(f"{where}: must begin with https:// (http:// only on this machine)")
    return str(value)


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _split(value: Any) -> Any:
    try:
        return urlsplit(value) if isinstance(value, str) and value.strip() == value else None
    except ValueError:
        return None
