"""Keys to a booking server: OAuth2 client credentials (RFC 6749, 4.4).

What is needed lies in the environment and never in a catalog: BOOKING_<number>_TOKEN_URL,
_CLIENT_ID, _CLIENT_SECRET and _SCOPE, where <number> is the municipality's. So no catalog
can name another's secret. A key is kept in memory until shortly before it expires.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Optional
from urllib.parse import quote, urlsplit

from service_catalog.errors import LoginUnset
from service_catalog.values import LOOPBACK

MARGIN_SECONDS = 10.0
USUAL_SECONDS = 60.0  # how long a key is trusted that does not say
_KEPT: dict[tuple[str, str, str], tuple[str, float]] = {}


@dataclass(frozen=True)
class Login:
    """How to get a key. The secret shows in no log and no traceback."""

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = ""

    @classmethod
    def of(cls, number: str, settings: Optional[Mapping[str, str]] = None) -> Optional[Login]:
        """Return the login of a municipality; None when its server asks for none.

        Raises LoginUnset when only some of the settings stand.
        """
        values = os.environ if settings is None else settings
        about = [
            values.get(f"BOOKING_{number}_{name}", "")
            for name in ("TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET", "SCOPE")
        ]
        if not any(about[:3]):
            return None
        if not all(about[:3]):
            raise LoginUnset(
                f"BOOKING_{number}_TOKEN_URL, _CLIENT_ID and _CLIENT_SECRET belong together: "
                "set all three, or none"
            )
        parts = urlsplit(about[0])
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise LoginUnset(f"BOOKING_{number}_TOKEN_URL must begin with https://")
        return cls(*about)

    @property
    def form(self) -> dict[str, str]:
        """What is posted to the token endpoint."""
        asked = {"grant_type": "client_credentials"}
        return {**asked, "scope": self.scope} if self.scope else asked

    @property
    def pair(self) -> tuple[str, str]:
        """Client and secret for HTTP Basic, encoded as RFC 6749, 2.3.1 wants them."""
        return quote(self.client_id, safe=""), quote(self.client_secret, safe="")

    def kept(self) -> Optional[str]:
        """Return the key that is still good, or None."""
        key, until = _KEPT.get(self._name, ("", 0.0))
        return key if until > time.monotonic() else None

    def keep(self, answer: Any) -> str:
        """Keep the key in a token endpoint's answer and return it. Raises ValueError."""
        key = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(key, str) or not key.isascii() or not key.isprintable() or not key:
            raise ValueError("the token endpoint gave no key")
        seconds = answer.get("expires_in", USUAL_SECONDS)
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
            seconds = USUAL_SECONDS
        _KEPT[self._name] = (key, time.monotonic() + seconds - MARGIN_SECONDS)
        return key

    def forget(self) -> None:
        """Drop a key that was refused."""
        _KEPT.pop(self._name, None)

    @property
    def _name(self) -> tuple[str, str, str]:
        return self.token_url, self.client_id, self.scope
