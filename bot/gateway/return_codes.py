"""Codes to come back with: sixteen digits, shown once, kept as a keyed hash alone.

Sixteen digits are 53 bits: too few for a plain hash, which somebody who gets hold of the store
could try out. Keyed with the gateway's secret, which is not in the store, the hash tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Any, Optional

from bot.gateway.redis_link import RedisLink

DIGITS = 16
GROUP = 4
# What people put between the groups, or copy along with them.
_BETWEEN = re.compile(r"[\s.,:_\-\u00ad\u00b7\u2010-\u2015\u200b]+")
_CODE = re.compile(rf"[0-9]{{{DIGITS}}}", re.ASCII)


def new_code() -> str:
    """Return sixteen random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def grouped(code: str) -> str:
    """Return a code as it is shown: "1234 5678 9012 3456"."""
    return " ".join(code[at : at + GROUP] for at in range(0, DIGITS, GROUP))


def read_code(written: Any) -> Optional[str]:
    """Return the digits of a code as somebody wrote it; None when it is no code."""
    if not isinstance(written, str):
        return None
    plain = _BETWEEN.sub("", written[:200])
    return plain if _CODE.fullmatch(plain) else None


def key_of(hashed: str) -> str:
    """Return the name under which a code's conversation lies in Redis."""
    return f"ung:return:{hashed}"


class ReturnCodes:
    """Makes the hashes and finds what they stand for. `save.lua` writes them."""

    def __init__(self, secret: str, link: RedisLink) -> None:
        self._secret = f"return:{secret}".encode()
        self._link = link

    def hash(self, code: str) -> str:
        """Return what is kept of a code."""
        return hmac.new(self._secret, code.encode(), hashlib.sha256).hexdigest()

    async def conversation(self, hashed: str) -> Optional[str]:
        """Return the id of the conversation that a code leads to. Raises StoreDown."""
        found: Optional[str] = await self._link.call(lambda client: client.get(key_of(hashed)))
        return found
